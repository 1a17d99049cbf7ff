package hours

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/certificate"
	"jastarhub/internal/history"
	"jastarhub/internal/postgres"
)

// Follow keeps hours in step with attendance, in the transaction that changed it and that locked the shifts: a completed sign-up
// has hours that wait for a verdict, and waits for a new one where the times have changed; hours of a sign-up that is not
// completed are void.
func Follow(ctx context.Context, tx *sqlx.Tx, act history.Act, attended ...uuid.UUID) error {
	signups := postgres.IDs(attended)
	return move(ctx, tx, act, []entry{
		{Void, postgres.Select(`with live as (select h.id, h.state from hours h join signups g on g.id = h.signup_id
				where h.signup_id = any(?) and h.state <> 'VOID' and g.state <> 'COMPLETED' order by h.id for no key update of h)
			update hours h set state = 'VOID', minutes = 0, reason = null, answered_by = null, answered_at = null, updated_at = ?
			from live where h.id = live.id returning h.id, live.state`, signups, act.Now)},
		{Pending, postgres.Select(`with other as (select h.id, h.state, g.checked_in_at as came, g.checked_out_at as went,
					minutes_worked(g.checked_in_at, g.checked_out_at, g.starts_at, g.ends_at) as minutes
				from hours h join signups g on g.id = h.signup_id
				where h.signup_id = any(?) and g.state = 'COMPLETED'
					and (h.state = 'VOID' or (h.came_at, h.went_at) <> (g.checked_in_at, g.checked_out_at))
				order by h.id for no key update of h),
			anew as (update hours h set state = 'PENDING', came_at = other.came, went_at = other.went, worked_minutes = other.minutes,
					minutes = other.minutes, reason = null, answered_by = null, answered_at = null, updated_at = ?
				from other where h.id = other.id returning h.id, other.state),
			made as (insert into hours (id, signup_id, shift_id, task_id, team_id, ngo_id, centre_id, person_id, starts_at, ends_at,
					came_at, went_at, worked_minutes, minutes, state, created_at, updated_at)
				select id_at(?::timestamptz), g.id, g.shift_id, t.id, t.team_id, t.ngo_id, t.centre_id, g.person_id, g.starts_at, g.ends_at,
					g.checked_in_at, g.checked_out_at, w.minutes, w.minutes, 'PENDING', ?::timestamptz, ?::timestamptz
				from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id cross join lateral (
					select minutes_worked(g.checked_in_at, g.checked_out_at, g.starts_at, g.ends_at) as minutes) w
				where g.id = any(?) and g.state = 'COMPLETED' and not exists (select from hours h where h.signup_id = g.id)
				order by g.id returning id, null::hours_state)
			select id, state from anew union all select * from made`, signups, act.Now, act.Now, act.Now, act.Now, signups)},
	})
}

// entry is a statement that returns the ids and former states of the hours that entered a state.
type entry struct {
	into  HoursState
	query *postgres.Query
}

// move runs the statements and records the moves.
func move(ctx context.Context, tx *sqlx.Tx, act history.Act, entries []entry) error {
	var moves []history.Move
	var changed []uuid.UUID
	for _, e := range entries {
		rows, err := postgres.Read[struct {
			ID    uuid.UUID   `db:"id"`
			State *HoursState `db:"state"`
		}](ctx, tx, e.query)
		if err != nil {
			return err
		}
		for _, row := range rows {
			var from HoursState
			if row.State != nil {
				from = *row.State
				changed = append(changed, row.ID)
			}
			moves = append(moves, history.To(row.ID, from, e.into))
		}
	}
	if len(changed) > 0 {
		if err := certificate.HoursHaveChanged(ctx, tx, changed, act.Now); err != nil {
			return err
		}
	}
	return act.Record(ctx, tx, moves...)
}
