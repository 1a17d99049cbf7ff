package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// ids reads an array of ids.
type ids []uuid.UUID

// Scan reads the array as the database writes it.
func (i *ids) Scan(src any) error { return pq.GenericArray{A: (*[]uuid.UUID)(i)}.Scan(src) }

const selectPeople = `select id, given_name as "private.given_name", family_name as "private.family_name",
	email as "private.email", birth_date as "private.birth_date", language as "private.language",
	district_id as "private.district_id" from people`

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Person, error) {
	return postgres.Read[Person](ctx, q, postgres.Select(selectPeople).Where(`id = any(?)`, postgres.IDs(ids)))
}

// account is what signing in needs to know.
type account struct {
	ID           uuid.UUID `db:"id"`
	PasswordHash string    `db:"password_hash"`
}

// accountOf reads the account of an e-mail. Where there is none, it is nobody's: its id is zero.
func accountOf(ctx context.Context, q sqlx.QueryerContext, email string) (*account, error) {
	rows, err := postgres.Read[account](ctx, q,
		postgres.Select(`select id, password_hash from people where email = ?`, email))
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 {
		return &account{PasswordHash: nobody}, nil
	}
	return rows[0], nil
}

func insertPerson(ctx context.Context, tx *sqlx.Tx, p *Person, passwordHash string, at time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into people
		(id, email, password_hash, given_name, family_name, birth_date, language, district_id, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		p.ID, p.Private.Email, passwordHash, p.Private.GivenName, p.Private.FamilyName, p.Private.BirthDate, p.Private.Language,
		p.Private.DistrictID, at)
	return err
}

// districtExists refuses a district that does not.
func districtExists(ctx context.Context, tx *sqlx.Tx, district *uuid.UUID) error {
	if district == nil {
		return nil
	}
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from districts where id = ?`, *district))
	if err == nil && n == 0 {
		err = fault.Missing("district")
	}
	return err
}

const selectSession = `select s.id, s.person_id, s.created_at, s.last_seen_at, p.birth_date, p.language,
	exists (select from grants g where g.person_id = p.id and g.ended_at is null
		and g.role in ('CITY_OFFICER', 'COORDINATOR', 'CONSULTANT')) as staff,
	exists (select from grants g where g.person_id = p.id and g.ended_at is null and g.role = 'CITY_OFFICER') as officer,
	exists (select from grants g where g.person_id = p.id and g.ended_at is null and g.role = 'CONSULTANT') as consultant,
	array(select g.centre_id from grants g
		where g.person_id = p.id and g.ended_at is null and g.role = 'COORDINATOR') as centres,
	array(select g.ngo_id from grants g where g.person_id = p.id and g.ended_at is null and g.role = 'NGO_LEAD') as ngos,
	array(select m.team_id from memberships m
		where m.person_id = p.id and m.state = 'ACTIVE' and m.role = 'LEAD') as leads,
	array(select m.team_id from memberships m where m.person_id = p.id and m.state = 'ACTIVE') as teams
	from sessions s join people p on p.id = s.person_id
	where s.token_hash = ? and s.ended_at is null`

// sessionOf reads the session of a token that was not ended. Codes: UNAUTHENTICATED.
func sessionOf(ctx context.Context, q sqlx.QueryerContext, tokenHash []byte) (*session, error) {
	rows, err := postgres.Read[session](ctx, q, postgres.Select(selectSession, tokenHash))
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.Unauthenticated)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func insertSession(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, tokenHash []byte, at time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into sessions (id, token_hash, person_id, created_at, last_seen_at)
		values ($1, $2, $3, $4, $4)`, postgres.NewID(), tokenHash, person, at)
	return err
}

// touch writes down that a session is used, unless a rival request just did.
func touch(ctx context.Context, tx *sqlx.Tx, session uuid.UUID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update sessions set last_seen_at = $2 where id = $1 and last_seen_at < $3`,
		session, now, now.Add(-seenAfresh))
	return err
}

// endSessions ends a session, or all of its person's, and tells how many that were.
func endSessions(ctx context.Context, tx *sqlx.Tx, person, session uuid.UUID, everywhere bool, at time.Time) (int, error) {
	ended, err := tx.ExecContext(ctx, `update sessions set ended_at = $4
		where person_id = $1 and (id = $2 or $3) and ended_at is null`, person, session, everywhere, at)
	if err != nil {
		return 0, err
	}
	n, err := ended.RowsAffected()
	return int(n), err
}
