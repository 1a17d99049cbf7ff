package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// ids scans an array of ids.
type ids []uuid.UUID

// Scan reads the array in the form in which the database writes it.
func (i *ids) Scan(src any) error { return pq.GenericArray{A: (*[]uuid.UUID)(i)}.Scan(src) }

// The empty values are those of an erased account.
const selectPeople = `select id, erased_at is not null as erased, given_name as "private.given_name",
	family_name as "private.family_name", coalesce(email, '') as "private.email",
	coalesce(birth_date, '0001-01-01') as "private.birth_date", language as "private.language",
	district_id as "private.district_id", email_verified_at is not null as "private.email_verified",
	hidden_id is not null as "private.hidden" from people`

// Acting is the condition that person p is not barred: not suspended, and not held back by Unready.
const Acting = `p.suspended_id is null and p.email_verified_at is not null and p.given_name <> ''`

// barring selects what limits person p to reading; d is the decision by which p is suspended.
const barring = `p.suspended_id, d.until as suspended_until, p.email_verified_at is null as unverified, p.given_name = '' as nameless`

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Person, error) {
	return postgres.Read[Person](ctx, q, postgres.Select(selectPeople).Where(`id = any(?)`, postgres.IDs(ids)))
}

// account is what signing in needs to know.
type account struct {
	ID           uuid.UUID `db:"id"`
	PasswordHash string    `db:"password_hash"`
	Verified     bool      `db:"verified"`
	LinksSince   int64     `db:"links_since"`
}

// accountOf reads the account of an email. Where there is none, it returns one with a zero id.
func accountOf(ctx context.Context, q sqlx.QueryerContext, email string) (*account, error) {
	rows, err := postgres.Read[account](ctx, q,
		postgres.Select(`select id, password_hash, email_verified_at is not null as verified, `+linksSince+` as links_since
			from people where email = ?`, email))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return &account{PasswordHash: nobody}, nil
	}
	return rows[0], nil
}

// peopleByEmail reads the person with the address, if there is one.
func peopleByEmail(ctx context.Context, q sqlx.QueryerContext, email string) ([]*Person, error) {
	return postgres.Read[Person](ctx, q, postgres.Select(selectPeople).Where(`email = ?`, email))
}

// holdByEmail reads the person with the address, if there is one, and at least keeps the account from being erased until the
// transaction ends.
func holdByEmail(ctx context.Context, tx *sqlx.Tx, email, how string) ([]*Person, error) {
	return postgres.Read[Person](ctx, tx, postgres.Select(selectPeople).Where(`email = ?`, email).Add(how))
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

// linksSince selects when the account's links were last ended, in microseconds, 0 where they never were.
const linksSince = `coalesce(extract(epoch from links_since) * 1000000, 0)::bigint`

func linksSinceOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) (since int64, err error) {
	err = tx.GetContext(ctx, &since, `select `+linksSince+` from people where id = $1`, person)
	return since, err
}

// stillHas reports whether the account's password is the one that was compared, and keeps it unchanged.
func stillHas(ctx context.Context, tx *sqlx.Tx, a *account) (bool, error) {
	rows, err := postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`select id from people where id = ? and password_hash = ?
		for no key update`, a.ID, a.PasswordHash))
	return len(rows) > 0, err
}

func setPassword(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, hash string) error {
	_, err := tx.ExecContext(ctx, `update people set password_hash = $2 where id = $1`, person, hash)
	return err
}

// setEmail sets a verified address. Codes: EMAIL_TAKEN.
func setEmail(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, email string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update people set email = $2,
		email_verified_at = case when email = $2 then coalesce(email_verified_at, $3) else $3 end where id = $1`, person, email, at)
	return err
}

func insertPerson(ctx context.Context, tx *sqlx.Tx, p *Person, passwordHash string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into people
		(id, email, password_hash, given_name, family_name, birth_date, language, district_id, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.Private.Email, passwordHash, p.Private.GivenName, p.Private.FamilyName, p.Private.BirthDate, p.Private.Language,
		p.Private.DistrictID, at)
	return err
}

// insertSuspended and the end of the suspension wait for each other: both lock the decision.
func insertSuspended(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, addressHash []byte, now time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into suspended_addresses (hash, decision_id)
		select $2, p.suspended_id from people p join decisions d on d.id = p.suspended_id where p.id = $1
			and p.email_verified_at is not null and in_force(d.state) and (d.until is null or d.until > $3) for share of d
		on conflict (hash) do update set decision_id = excluded.decision_id`, person, addressHash, now)
	return err
}

// Suspend suspends a locked person by a decision.
func Suspend(ctx context.Context, tx *sqlx.Tx, person, decision uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update people set suspended_id = $2 where id = $1`, person, decision)
	return err
}

// EndSuspension ends a suspension, also for a person who has erased the account and registered again.
func EndSuspension(ctx context.Context, tx *sqlx.Tx, decision uuid.UUID) error {
	if _, err := tx.ExecContext(ctx, `delete from suspended_addresses where decision_id = $1`, decision); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update people set suspended_id = null where suspended_id = $1`, decision)
	return err
}

// suspendedAccount is a suspended account whose address is verified, and the decision.
type suspendedAccount struct {
	Email      string    `db:"email"`
	DecisionID uuid.UUID `db:"suspended_id"`
}

// suspendedAccounts reads those of all other people: they are few, and have an index.
func suspendedAccounts(ctx context.Context, tx *sqlx.Tx, but uuid.UUID) ([]*suspendedAccount, error) {
	return postgres.Read[suspendedAccount](ctx, tx, postgres.Select(`select email, suspended_id from people
		where suspended_id is not null and email_verified_at is not null and id <> ?`, but))
}

// suspensionsOf finds the longest suspension, if there is one, by the decisions and by those stored with the hashes, unless the
// person is suspended for at least as long. Ending a suspension locks its decision too, so that the two wait for each other.
func suspensionsOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, decisions []uuid.UUID, addressHashes [][]byte, now time.Time) ([]*uuid.UUID, error) {
	return postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`select d.id from decisions d
		where (d.id = any(?) or d.id in (select decision_id from suspended_addresses where hash = any(?)))
			and in_force(d.state) and (d.until is null or d.until > ?) and not exists (select from people p join decisions own on own.id = p.suspended_id
				where p.id = ? and (own.id = d.id or own.until is null or own.until > d.until))
		order by d.until desc nulls first limit 1 for share of d`, postgres.IDs(decisions), pq.ByteaArray(addressHashes), now, person))
}

func setProfile(ctx context.Context, tx *sqlx.Tx, p *Person) error {
	_, err := tx.ExecContext(ctx, `update people set given_name = $2, family_name = $3, language = $4, district_id = $5, birth_date = $6
		where id = $1`, p.ID, p.Private.GivenName, p.Private.FamilyName, p.Private.Language, p.Private.DistrictID, p.Private.BirthDate)
	return err
}

// districtExists refuses a district that does not exist, in the field.
func districtExists(ctx context.Context, tx *sqlx.Tx, district *uuid.UUID, field string) error {
	if district == nil {
		return nil
	}
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from districts where id = ?`, *district))
	if err == nil && n == 0 {
		err = fault.Missing(field)
	}
	return err
}

// needing are the roles that act with a second factor only.
const needing = `('CITY_OFFICER', 'COORDINATOR', 'CONSULTANT')`

// holdsNeeding reports whether the person holds a role that needs a second factor.
func holdsNeeding(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID) (bool, error) {
	n, err := postgres.Count(ctx, q, postgres.Select(`select count(*) from grants
		where person_id = ? and ended_at is null and role in `+needing, person))
	return n > 0, err
}

// rights are what a person p may do by roles and memberships.
const rights = ` cross join lateral (select coalesce(bool_or(role in ` + needing + `), false) as staff,
		coalesce(bool_or(role = 'CITY_OFFICER'), false) as officer, coalesce(bool_or(role = 'CONSULTANT'), false) as consultant,
		coalesce(array_agg(centre_id) filter (where role = 'COORDINATOR'), '{}') as centres,
		coalesce(array_agg(ngo_id) filter (where role = 'NGO_LEAD'), '{}') as ngos
		from grants where person_id = p.id and ended_at is null) g
	cross join lateral (select coalesce(array_agg(team_id) filter (where role = 'LEAD'), '{}') as leads,
		coalesce(array_agg(team_id), '{}') as teams from memberships where person_id = p.id and state = 'ACTIVE') m`

const selectSession = `select s.id, s.person_id, s.created_at, s.last_seen_at, s.second_factor_at is not null as second_factor,
	p.birth_date, p.language, ` + barring + `, g.*, m.*
	from sessions s join people p on p.id = s.person_id left join decisions d on d.id = p.suspended_id` + rights + `
	where s.ended_at is null and p.erased_at is null`

// BeganSince reports whether the session began after a moment and has not ended.
func BeganSince(ctx context.Context, q sqlx.QueryerContext, session uuid.UUID, since time.Time) (bool, error) {
	n, err := postgres.Count(ctx, q, postgres.Select(
		`select count(*) from sessions where id = ? and created_at > ? and ended_at is null`, session, since))
	return n > 0, err
}

// RightsOf returns the person as an actor, with the present rights from NGOs' and officers' roles and as a lead of teams.
func RightsOf(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, now time.Time) (*auth.Actor, error) {
	rows, err := postgres.Read[session](ctx, q, postgres.Select(`select p.id as person_id, `+barring+`, g.officer, g.ngos, m.leads
		from people p left join decisions d on d.id = p.suspended_id`+rights+` where p.id = ?`, person))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0].actor(now), nil
}

// sessionOf reads the session of a token, if it has not ended. Codes: UNAUTHENTICATED.
func sessionOf(ctx context.Context, q sqlx.QueryerContext, tokenHash []byte) (*session, error) {
	rows, err := postgres.Read[session](ctx, q, postgres.Select(selectSession).Add(`and s.token_hash = ?`, tokenHash))
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.Unauthenticated)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// showedFactor reports whether the session began with a second factor.
func showedFactor(ctx context.Context, q sqlx.QueryerContext, session uuid.UUID) (bool, error) {
	n, err := postgres.Count(ctx, q, postgres.Select(`select count(*) from sessions
		where id = ? and second_factor_at is not null`, session))
	return n > 0, err
}

// forgetFactor ends the effect of a second factor on the person's sessions.
func forgetFactor(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update sessions set second_factor_at = null where person_id = $1 and ended_at is null`, person)
	return err
}

// insertSession begins a session; second is whether it began with a second factor.
func insertSession(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, tokenHash []byte, at time.Time, second bool) error {
	var showed *time.Time
	if second {
		showed = &at
	}
	_, err := tx.ExecContext(ctx, `insert into sessions (id, token_hash, person_id, created_at, last_seen_at, second_factor_at)
		values ($1, $2, $3, $4, $4, $5)`, postgres.NewID(), tokenHash, person, at, showed)
	return err
}

// touch records that a session is used, unless another request just did.
func touch(ctx context.Context, tx *sqlx.Tx, session uuid.UUID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $3`,
		session, now, now.Add(-seenAfresh))
	return err
}

// endSession ends one of the person's sessions, and returns how many it ended: none or one.
func endSession(ctx context.Context, tx *sqlx.Tx, person, session uuid.UUID, at time.Time) (int, error) {
	ended, err := tx.ExecContext(ctx, `update sessions set ended_at = $3
		where person_id = $1 and id = $2 and ended_at is null`, person, session, at)
	if err != nil {
		return 0, err
	}
	n, err := ended.RowsAffected()
	return int(n), err
}
