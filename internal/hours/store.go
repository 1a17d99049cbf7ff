package hours

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const columns = `h.id, h.signup_id, h.shift_id, h.task_id, h.team_id, h.ngo_id, h.centre_id, h.person_id, h.starts_at, h.ends_at, h.came_at,
	h.went_at, h.worked_minutes, h.minutes, h.state, h.reason, h.answered_by, h.answered_at, h.created_at, h.updated_at`

func id(h *Hours) uuid.UUID { return h.ID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Hours, error) {
	return postgres.Read[Hours](ctx, q, postgres.Select(`select `+columns+` from hours h where h.id = any(?)`, postgres.IDs(ids)))
}

// lock reads hours and keeps others from answering them until the transaction ends.
func lock(ctx context.Context, tx *sqlx.Tx, ids []uuid.UUID) ([]*Hours, error) {
	return postgres.Read[Hours](ctx, tx, postgres.Select(`select `+columns+` from hours h where h.id = any(?) order by h.id for no key update`,
		postgres.IDs(ids)))
}

// update stores verdicts, which may differ only in the minutes.
func update(ctx context.Context, tx *sqlx.Tx, rows []*Hours) error {
	minutes := make(pq.Int64Array, len(rows))
	for i, h := range rows {
		minutes[i] = int64(h.Minutes)
	}
	first := rows[0]
	_, err := tx.ExecContext(ctx, `update hours h set state = $3, minutes = v.minutes, reason = $4, answered_by = $5,
			answered_at = coalesce(h.answered_at, $6), updated_at = $6
		from unnest($1::uuid[], $2::integer[]) v(id, minutes) where h.id = v.id`,
		postgres.IDs(paging.IDs(rows, id)), minutes, first.State, first.Reason, first.AnsweredBy, first.UpdatedAt)
	return err
}

func bySignups(ctx context.Context, q sqlx.QueryerContext, signups []uuid.UUID) ([]*Hours, error) {
	return postgres.Read[Hours](ctx, q, postgres.Select(`select `+columns+` from hours h where h.signup_id = any(?)`, postgres.IDs(signups)))
}

// row is hours in the list of a parent.
type row struct {
	Parent uuid.UUID `db:"parent"`
	Hours
}

// of reads a page of the hours of each parent, oldest first. column is a constant of this package.
func of(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID, states []HoursState, args paging.Args) ([]*row, error) {
	query := each(column, parents, states)
	if args.After != nil {
		query.Add(`and h.id > ?`, args.After.ID)
	}
	return postgres.Read[row](ctx, q, query.Add(`order by h.id limit ?) h`, args.Limit()))
}

// ofPersons reads a page of each person's hours, the latest shift first.
func ofPersons(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID, states []HoursState, args paging.Args) ([]*row, error) {
	query := each(`h.person_id`, people, states)
	if args.After != nil {
		query.Add(`and (h.starts_at, h.id) < (?::timestamptz, ?)`, args.After.Key, args.After.ID)
	}
	return postgres.Read[row](ctx, q, query.Add(`order by h.starts_at desc, h.id desc limit ?) h`, args.Limit()))
}

func each(column string, parents []uuid.UUID, states []HoursState) *postgres.Query {
	query := postgres.Select(`select p.id as parent, h.* from unnest(?::uuid[]) p(id) cross join lateral (
		select `+columns+` from hours h where `+column+` = p.id`, postgres.IDs(parents))
	return in(query, states)
}

// in limits a query to states. Hours that wait have indexes of their own.
func in(query *postgres.Query, states []HoursState) *postgres.Query {
	switch {
	case len(states) == 1 && states[0] == Pending:
		query.Add(`and h.state = 'PENDING'`)
	case len(states) > 0:
		query.Add(`and h.state = any(?::hours_state[])`, postgres.Strings(states))
	}
	return query
}

func counts(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID, states []HoursState) (map[uuid.UUID]int, error) {
	query := postgres.Select(`select `+column+` as id, count(*) as n from hours h`).Where(column+` = any(?)`, postgres.IDs(parents))
	return postgres.Counts(ctx, q, in(query, states).Add(`group by 1`))
}
