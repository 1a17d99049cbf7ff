package account

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

// barring selects what limits person p to reading; d is the decision by which p is suspended.
const barring = `p.suspended_id, d.until as suspended_until, p.email_verified_at is null as unverified, p.given_name = '' as nameless`

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
