package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// The empty values are those of an erased account.
const selectPeople = `select id, erased_at is not null as erased, given_name as "private.given_name",
	family_name as "private.family_name", coalesce(email, '') as "private.email",
	coalesce(birth_date, '0001-01-01') as "private.birth_date", language as "private.language",
	district_id as "private.district_id", email_verified_at is not null as "private.email_verified",
	hidden_id is not null as "private.hidden" from people`

// Acting is the condition that person p is not barred: not suspended, and not held back by Unready.
const Acting = `p.suspended_id is null and p.email_verified_at is not null and p.given_name <> ''`

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Person, error) {
	return postgres.Read[Person](ctx, q, postgres.Select(selectPeople).Where(`id = any(?)`, postgres.IDs(ids)))
}

// peopleByEmail reads the person with the address, if there is one.
func peopleByEmail(ctx context.Context, q sqlx.QueryerContext, email string) ([]*Person, error) {
	return postgres.Read[Person](ctx, q, postgres.Select(selectPeople).Where(`email = ?`, email))
}

// Find finds the person. Codes: NOT_FOUND.
func (r PersonReference) Find(ctx context.Context, tx *sqlx.Tx) (uuid.UUID, error) {
	q, field := postgres.Select(`select id from people where id = ? and erased_at is null for key share`, r.ID), "person.id"
	if r.Email != nil {
		q, field = postgres.Select(`select id from people where email = ? for key share`, *r.Email), "person.email"
	}
	rows, err := postgres.Read[uuid.UUID](ctx, tx, q)
	if err == nil && len(rows) == 0 {
		err = fault.Missing(field)
	}
	if err != nil {
		return uuid.Nil, err
	}
	return *rows[0], nil
}

// FindByEmail finds the account of an address. Codes: NOT_FOUND.
func FindByEmail(ctx context.Context, tx *sqlx.Tx, address string) (uuid.UUID, error) {
	return PersonReference{Email: new(email.Sought(address))}.Find(ctx, tx)
}

// Lock reads a person and keeps others, until the transaction ends, from changing the person and from doing anything that depends
// on the person's consents and other sign-ups. An erased account is not found. Codes: NOT_FOUND in the field.
func Lock(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, field string) (*Person, error) {
	return lock(ctx, tx, id, field, `for no key update`)
}

// Hold reads a person and keeps the account from being erased until the transaction ends. Codes: NOT_FOUND in the field.
func Hold(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, field string) (*Person, error) {
	return lock(ctx, tx, id, field, `for key share`)
}

// LockWhole reads a person and keeps others from writing anything about them until the transaction ends: rows that refer to the
// account wait for it. Codes: NOT_FOUND in the field.
func LockWhole(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, field string) (*Person, error) {
	return lock(ctx, tx, id, field, `for update`)
}

// HoldByEmail is Hold for the person with the address, if there is one.
func HoldByEmail(ctx context.Context, tx *sqlx.Tx, email string) ([]*Person, error) {
	return lockByEmail(ctx, tx, email, `for key share`)
}

// LockWholeByEmail is LockWhole for the person with the address, if there is one.
func LockWholeByEmail(ctx context.Context, tx *sqlx.Tx, email string) ([]*Person, error) {
	return lockByEmail(ctx, tx, email, `for update`)
}

func lockByEmail(ctx context.Context, tx *sqlx.Tx, email, how string) ([]*Person, error) {
	return postgres.Read[Person](ctx, tx, postgres.Select(selectPeople).Where(`email = ?`, email).Add(how))
}

func lock(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, field, how string) (*Person, error) {
	rows, err := postgres.Read[Person](ctx, tx, postgres.Select(selectPeople).Where(`id = ?`, id).Where(`erased_at is null`).Add(how))
	if err == nil && len(rows) == 0 {
		err = fault.Missing(field)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Insert inserts the row of a new account. Codes: EMAIL_TAKEN.
func Insert(ctx context.Context, tx *sqlx.Tx, p *Person, passwordHash string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into people
		(id, email, password_hash, given_name, family_name, birth_date, language, district_id, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.Private.Email, passwordHash, p.Private.GivenName, p.Private.FamilyName, p.Private.BirthDate, p.Private.Language,
		p.Private.DistrictID, at)
	return err
}

func setProfile(ctx context.Context, tx *sqlx.Tx, p *Person) error {
	_, err := tx.ExecContext(ctx, `update people set given_name = $2, family_name = $3, language = $4, district_id = $5, birth_date = $6
		where id = $1`, p.ID, p.Private.GivenName, p.Private.FamilyName, p.Private.Language, p.Private.DistrictID, p.Private.BirthDate)
	return err
}

// DistrictExists refuses a district that does not exist, in the field.
func DistrictExists(ctx context.Context, tx *sqlx.Tx, district *uuid.UUID, field string) error {
	if district == nil {
		return nil
	}
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from districts where id = ?`, *district))
	if err == nil && n == 0 {
		err = fault.Missing(field)
	}
	return err
}
