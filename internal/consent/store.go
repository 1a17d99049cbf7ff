package consent

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/lang"
	"jastarhub/internal/postgres"
)

const columns = `c.id, c.request_id, c.person_id, c.scope, c.state, c.text_version, c.language, c.guardian_email, c.expires_at,
	c.recorded_by, c.seen_on, c.note, c.asked_at, c.given_at, c.revoked_at, c.revoked_by, c.reason`

const selectConsents = `select ` + columns + ` from consents c`

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Consent, error) {
	return postgres.Read[Consent](ctx, q, postgres.Select(selectConsents).Where(`c.id = any(?)`, postgres.IDs(ids)))
}

func byRequest(ctx context.Context, q sqlx.QueryerContext, request uuid.UUID) ([]*Consent, error) {
	return postgres.Read[Consent](ctx, q, postgres.Select(selectConsents).Where(`c.request_id = ?`, request).Add(`order by c.id`))
}

func byToken(ctx context.Context, q sqlx.QueryerContext, hash []byte) ([]*Consent, error) {
	return postgres.Read[Consent](ctx, q, postgres.Select(selectConsents).Where(`c.token_hash = ?`, hash).Add(`order by c.id`))
}

// latestOf reads the latest consent to each scope for each of the people. A later row of a scope replaces earlier ones.
func latestOf(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) ([]*Consent, error) {
	return postgres.Read[Consent](ctx, q, postgres.Select(`select distinct on (c.person_id, c.scope) `+columns+` from consents c`).
		Where(`c.person_id = any(?)`, postgres.IDs(people)).Add(`order by c.person_id, c.scope, c.id desc`))
}

func liveOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) ([]*Consent, error) {
	return postgres.Read[Consent](ctx, tx, postgres.Select(selectConsents).Where(`c.person_id = ?`, person).
		Where(`c.state in ('ASKED', 'GIVEN')`).Add(`order by c.id for no key update`))
}

func insert(ctx context.Context, tx *sqlx.Tx, c *Consent, tokenHash []byte) error {
	_, err := tx.ExecContext(ctx, `insert into consents (id, request_id, person_id, scope, state, text_version, language,
			guardian_email, token_hash, expires_at, recorded_by, seen_on, note, asked_at, given_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`, c.ID, c.RequestID, c.PersonID, c.Scope, c.State,
		c.TextVersion, c.Language, c.GuardianEmail, tokenHash, c.ExpiresAt, c.RecordedBy, c.SeenOn, c.Note, c.AskedAt, c.GivenAt)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, c *Consent) error {
	_, err := tx.NamedExecContext(ctx, `update consents set state = :state, language = :language, given_at = :given_at,
		revoked_at = :revoked_at, revoked_by = :revoked_by, reason = :reason where id = :id`, c)
	return err
}

// given returns to how many of the scopes consent has been given.
func given(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, scopes []ConsentScope) (int, error) {
	return postgres.Count(ctx, tx, postgres.Select(`select count(*) from consents where person_id = ? and state = 'GIVEN'
		and scope = any(?::consent_scope[])`, person, postgres.Strings(scopes)))
}

// expireAsked ends the unanswered requests for the scopes.
func expireAsked(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, scopes []ConsentScope) (ended []uuid.UUID, err error) {
	err = tx.SelectContext(ctx, &ended, `update consents set state = 'EXPIRED'
		where person_id = $1 and state = 'ASKED' and scope = any($2::consent_scope[]) returning id`, person, postgres.Strings(scopes))
	return ended, err
}

// expireDue ends requests whose time has passed; rows that another process has locked are left to it.
func expireDue(ctx context.Context, tx *sqlx.Tx, now time.Time, limit int) ([]*Consent, error) {
	return postgres.Read[Consent](ctx, tx, postgres.Select(`with due as (select id from consents where state = 'ASKED' and expires_at <= ?
			order by expires_at limit ? for no key update skip locked)
		update consents c set state = 'EXPIRED' from due where c.id = due.id returning `+columns, now, limit))
}

// lead is somebody who runs a team.
type lead struct {
	TeamID   uuid.UUID     `db:"team_id"`
	Email    string        `db:"email"`
	Language lang.Language `db:"language"`
}

// leadsOf finds the leads of the teams in which a person is active or has a sign-up that is not over.
func leadsOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) ([]*lead, error) {
	return postgres.Read[lead](ctx, tx, postgres.Select(`with of as (
			select team_id from memberships where person_id = ? and state = 'ACTIVE'
			union select t.team_id from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id
				where g.person_id = ? and g.state not in ('CANCELLED', 'EXPIRED') and g.ends_at > ?)
		select m.team_id, p.email, p.language from memberships m join people p on p.id = m.person_id
			where m.team_id in (select team_id from of) and m.state = 'ACTIVE' and m.role = 'LEAD' and p.id <> ? and p.suspended_id is null
		union select t.id, p.email, p.language from teams t
			join grants g on g.ngo_id = t.ngo_id and g.role = 'NGO_LEAD' and g.ended_at is null join people p on p.id = g.person_id and p.suspended_id is null
			where t.id in (select team_id from of)
		order by 1, 2`, person, person, now, person))
}
