package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/team"
)

const columns = `m.id, m.team_id, t.ngo_id, h.centre_id, m.person_id, m.role, m.state, m.message, m.created_at, m.expires_at,
	m.joined_at, m.ended_at`

const selectMemberships = `select ` + columns + ` from memberships m
	join teams t on t.id = m.team_id
	join hostings h on h.team_id = m.team_id and h.state = 'ACTIVE'`

func id(m *Membership) uuid.UUID       { return m.ID }
func teamID(m *Membership) uuid.UUID   { return m.TeamID }
func memberID(m *Membership) uuid.UUID { return m.PersonID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Membership, error) {
	return postgres.Read[Membership](ctx, q, postgres.Select(selectMemberships).Where(`m.id = any(?)`, postgres.IDs(ids)))
}

// lock reads a membership and its team and keeps others from changing either until the transaction ends: first the person's row,
// which says whether the member is counted, then the team's, which guards the number of its leads, and the membership's, which the
// hub may be expiring. Codes: NOT_FOUND.
func lock(ctx context.Context, tx *sqlx.Tx, membership uuid.UUID) (*team.Team, *Membership, error) {
	var teams []uuid.UUID
	err := tx.SelectContext(ctx, &teams, `select m.team_id from memberships m join people p on p.id = m.person_id
		where m.id = $1 for share of p`, membership)
	if err == nil && len(teams) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, nil, err
	}
	t, err := team.LockAny(ctx, tx, teams[0], "id")
	if err != nil {
		return nil, nil, err
	}
	rows, err := postgres.Read[Membership](ctx, tx,
		postgres.Select(selectMemberships).Where(`m.id = ?`, membership).Add(`for no key update of m`))
	if err != nil {
		return nil, nil, err
	}
	return t, rows[0], nil
}

// pageOf reads the newest memberships of each parent, whose id the column holds.
func pageOf(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID, states []MembershipState,
	args paging.Args) ([]*Membership, error) {
	query := inStates(states, postgres.Select(`select m.* from unnest(?::uuid[]) s(id) cross join lateral (`+selectMemberships,
		postgres.IDs(parents)).Where(column+` = s.id`))
	if args.After != nil {
		query.Where(`m.id < ?`, args.After.ID)
	}
	return postgres.Read[Membership](ctx, q, query.Add(`order by m.id desc limit ?) m`, args.Limit()))
}

func countsOf(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID,
	states []MembershipState) (map[uuid.UUID]int, error) {
	query := inStates(states, postgres.Select(`select `+column+` as id, count(*) as n from memberships m`).
		Where(column+` = any(?)`, postgres.IDs(parents)))
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

// inStates keeps the memberships in one of the states; no states means all.
func inStates(states []MembershipState, q *postgres.Query) *postgres.Query {
	if len(states) == 0 {
		return q
	}
	return q.Where(`m.state = any(?::membership_state[])`, postgres.Strings(states))
}

// openOf reads the person's open memberships of the teams, at most one of each.
func openOf(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, teams []uuid.UUID) ([]*Membership, error) {
	if person == uuid.Nil {
		return nil, nil
	}
	return postgres.Read[Membership](ctx, q, postgres.Select(selectMemberships).
		Where(`m.person_id = ?`, person).
		Where(`m.team_id = any(?)`, postgres.IDs(teams)).
		Where(`m.state in ('REQUESTED', 'INVITED', 'ACTIVE')`))
}

// otherLeads counts, for each of the memberships, the other leads of the team who are not barred.
func otherLeads(ctx context.Context, q sqlx.QueryerContext, memberships []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select m.id, count(*) as n from memberships m
		join memberships o on o.team_id = m.team_id and o.id <> m.id and o.state = 'ACTIVE' and o.role = 'LEAD'
		join people p on p.id = o.person_id and `+person.Acting+`
		where m.id = any(?) group by 1`, postgres.IDs(memberships)))
}

func insert(ctx context.Context, tx *sqlx.Tx, m *Membership) error {
	_, err := tx.NamedExecContext(ctx, `insert into memberships
		(id, team_id, person_id, role, state, message, created_at, expires_at)
		values (:id, :team_id, :person_id, :role, :state, :message, :created_at, :expires_at)`, m)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, m *Membership) error {
	_, err := tx.NamedExecContext(ctx, `update memberships set role = :role, state = :state, expires_at = :expires_at,
		joined_at = :joined_at, ended_at = :ended_at where id = :id`, m)
	return err
}

// expire ends lapsed memberships, longest lapsed first, and returns them as they were before. Rows that another process has
// locked are left to it.
func expire(ctx context.Context, tx *sqlx.Tx, now time.Time, limit int) ([]*Membership, error) {
	return postgres.Read[Membership](ctx, tx, postgres.Select(`with due as (
			select id, state from memberships where expires_at <= ? order by expires_at limit ? for update skip locked)
		update memberships m set state = 'EXPIRED', expires_at = null, ended_at = ?
		from due where m.id = due.id returning m.id, m.team_id, m.person_id, due.state`, now, limit, now))
}
