package moderation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const decisionColumns = `id, kind, ` + subjectColumns + `, reason, words, state, until, decided_by, decided_at, appeal, appealed_at,
	answer, answered_by, answered_at`

const selectDecisions = `select ` + decisionColumns + ` from decisions`

func decisionID(d *Decision) uuid.UUID     { return d.ID }
func decisionCentre(d *Decision) uuid.UUID { return d.CentreID.UUID }

func decisionsByIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Decision, error) {
	return postgres.Read[Decision](ctx, q, postgres.Select(selectDecisions).Where(`id = any(?)`, postgres.IDs(ids)))
}

// lockDecision locks a decision's subject and then the decision, if the actor may see it.
func lockDecision(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, id uuid.UUID) (*Decision, error) {
	rows, err := decisionsByIDs(ctx, tx, []uuid.UUID{id})
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	if err := rows[0].lock(ctx, tx); err != nil {
		return nil, err
	}
	rows, err = postgres.Read[Decision](ctx, tx, postgres.Select(selectDecisions).Where(`id = ?`, id).Add(`for no key update`))
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func decisions(ctx context.Context, q sqlx.QueryerContext, states []DecisionState, args paging.Args) ([]*Decision, error) {
	query := inStates(postgres.Select(selectDecisions), states, `decision_state`)
	if args.After != nil {
		query.Where(`id > ?`, args.After.ID)
	}
	return postgres.Read[Decision](ctx, q, query.Add(`order by id limit ?`, args.Limit()))
}

func countDecisions(ctx context.Context, q sqlx.QueryerContext, states []DecisionState) (int, error) {
	return postgres.Count(ctx, q, inStates(postgres.Select(`select count(*) from decisions`), states, `decision_state`))
}

func decisionsOfCentres(ctx context.Context, q sqlx.QueryerContext, centres []uuid.UUID, states []DecisionState,
	args paging.Args) ([]*Decision, error) {
	query := inStates(postgres.Select(`select d.* from unnest(?::uuid[]) c(id) cross join lateral (`+selectDecisions, postgres.IDs(centres)).
		Where(`centre_id = c.id`), states, `decision_state`)
	if args.After != nil {
		query.Where(`decisions.id > ?`, args.After.ID)
	}
	return postgres.Read[Decision](ctx, q, query.Add(`order by decisions.id limit ?) d`, args.Limit()))
}

func countDecisionsOfCentres(ctx context.Context, q sqlx.QueryerContext, centres []uuid.UUID, states []DecisionState) (map[uuid.UUID]int, error) {
	query := inStates(postgres.Select(`select centre_id as id, count(*) as n from decisions`).
		Where(`centre_id = any(?)`, postgres.IDs(centres)), states, `decision_state`)
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

// concerning keeps the decisions about the actor, and about what the actor wrote or leads: the SQL form of concerns.
func concerning(q *postgres.Query, a *auth.Actor) *postgres.Query {
	return q.Where(`(person_id = ? or team_id = any(?) or ngo_id = any(?))`, a.PersonID, postgres.IDs(a.Leads), postgres.IDs(a.Ngos))
}

func ownDecisions(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, args paging.Args) ([]*Decision, error) {
	query := concerning(postgres.Select(selectDecisions), a)
	if args.After != nil {
		query.Where(`id < ?`, args.After.ID)
	}
	return postgres.Read[Decision](ctx, q, query.Add(`order by id desc limit ?`, args.Limit()))
}

func countOwnDecisions(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor) (int, error) {
	return postgres.Count(ctx, q, concerning(postgres.Select(`select count(*) from decisions`), a))
}

func insertDecision(ctx context.Context, tx *sqlx.Tx, d *Decision) error {
	_, err := tx.NamedExecContext(ctx, `insert into decisions (id, kind, `+subjectColumns+`, reason, words, state, until, decided_by, decided_at)
		values (:id, :kind, :subject_type, :subject_id, :centre_id, :team_id, :ngo_id, :person_id, :reason, :words, :state, :until,
			:decided_by, :decided_at)`, d)
	return err
}

func updateDecision(ctx context.Context, tx *sqlx.Tx, d *Decision) error {
	_, err := tx.NamedExecContext(ctx, `update decisions set state = :state, appeal = :appeal, appealed_at = :appealed_at, answer = :answer,
		answered_by = :answered_by, answered_at = :answered_at where id = :id`, d)
	return err
}

// due reads suspensions in force whose time is over, of all people or of one, and locks them; rows that another process has
// locked are left out.
func due(ctx context.Context, tx *sqlx.Tx, person uuid.NullUUID, now time.Time) ([]*Decision, error) {
	query := postgres.Select(selectDecisions).Where(`in_force(state)`).Where(`until <= ?`, now)
	if person.Valid {
		query.Where(`kind = 'SUSPEND'`).Where(`subject_id = ?`, person.UUID)
	}
	return postgres.Read[Decision](ctx, tx, query.Add(`order by until limit 500 for no key update skip locked`))
}

// facts are what the rules need to know about a person who is to be suspended.
type facts struct {
	Staff     bool          `db:"staff"`     // acts for the city or a centre
	Suspended bool          `db:"suspended"` // already
	CentreID  uuid.NullUUID `db:"centre_id"` // one of the given centres that hosts the person's team or is responsible for one of their proposals
}

func factsOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, centres []uuid.UUID) (f facts, err error) {
	err = tx.GetContext(ctx, &f, `select
		exists (select from grants where person_id = $1 and ended_at is null and role in ('CITY_OFFICER', 'COORDINATOR', 'CONSULTANT')) as staff,
		(select suspended_id is not null from people where id = $1) as suspended,
		(select centre_id from (
			(select h.centre_id from memberships m join hostings h on h.team_id = m.team_id and h.state = 'ACTIVE'
				where m.person_id = $1 and m.state = 'ACTIVE' and h.centre_id = any($2) limit 1)
			union all
			(select centre_id from proposals where author_id = $1 and centre_id = any($2) limit 1)) c limit 1) as centre_id`,
		person, postgres.IDs(centres))
	return f, err
}

// recipient is somebody who gets an email.
type recipient struct {
	TeamID   uuid.NullUUID `db:"team_id"`
	Email    string        `db:"email"`
	Language lang.Language `db:"language"`
}

// concernedBy reads everyone a decision concerns: the person, or the leads of the team and of its NGO.
func concernedBy(ctx context.Context, tx *sqlx.Tx, d *Decision) ([]*recipient, error) {
	return postgres.Read[recipient](ctx, tx, postgres.Select(`select email, language from people where erased_at is null and id in (
			select ?::uuid
			union select person_id from memberships where team_id = ? and state = 'ACTIVE' and role = 'LEAD'
			union select person_id from grants where ngo_id = ? and role = 'NGO_LEAD' and ended_at is null) order by id`,
		d.PersonID, d.TeamID, d.NgoID))
}

func leadsOf(ctx context.Context, tx *sqlx.Tx, teams []uuid.UUID) ([]*recipient, error) {
	return postgres.Read[recipient](ctx, tx, postgres.Select(`select t.id as team_id, p.email, p.language from teams t
		join people p on p.id in (`+notice.LeadsOf(`t.id`)+`) where t.id = any(?) order by t.id, p.id`, postgres.IDs(teams)))
}
