package shift

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/signup"
)

const selectShifts = `select ` + signup.SlotColumns + `, s.place, s.lat, s.lon, s.state, s.cancel_reason
	from shifts s join tasks t on t.id = s.task_id `

func id(s *Shift) uuid.UUID { return s.ID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Shift, error) {
	return postgres.Read[Shift](ctx, q, postgres.Select(selectShifts).Where(`s.id = any(?)`, postgres.IDs(ids)))
}

// lock reads a shift and keeps others from changing it or its seats until the transaction ends.
func lock(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID) (*Shift, error) {
	rows, err := postgres.Read[Shift](ctx, tx, postgres.Select(selectShifts).Where(`s.id = ?`, shift).Add(`for no key update of s`))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Soonest is the order of a task's shifts.
var Soonest = paging.Order{Name: "shifts-soonest", Key: paging.TimeKey}

func cursor(s *Shift) paging.Cursor {
	return paging.Cursor{Key: s.StartsAt.Format(time.RFC3339Nano), ID: s.ID}
}

func ofTasks(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID, from *time.Time, args paging.Args) ([]*Shift, error) {
	query := postgres.Select(`select s.* from unnest(?::uuid[]) p(id) cross join lateral (`+selectShifts+`where s.task_id = p.id and s.hidden_id is null`,
		postgres.IDs(tasks))
	if from != nil {
		query.Add(`and s.starts_at >= ?`, *from)
	}
	if args.After != nil {
		query.Add(`and (s.starts_at, s.id) > (?::timestamptz, ?)`, args.After.Key, args.After.ID)
	}
	return postgres.Read[Shift](ctx, q, query.Add(`order by s.starts_at, s.id limit ?) s`, args.Limit()))
}

func nextOf(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID, now time.Time) ([]*Shift, error) {
	return postgres.Read[Shift](ctx, q, postgres.Select(`select s.* from unnest(?::uuid[]) p(id) cross join lateral (`+selectShifts+`
		where s.task_id = p.id and s.state = 'PLANNED' and s.hidden_id is null and s.starts_at > ? order by s.starts_at, s.id limit 1) s`,
		postgres.IDs(tasks), now))
}

func countOfTasks(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID, from *time.Time) (map[uuid.UUID]int, error) {
	query := postgres.Select(`select task_id as id, count(*) as n from shifts where task_id = any(?) and hidden_id is null`, postgres.IDs(tasks))
	if from != nil {
		query.Add(`and starts_at >= ?`, *from)
	}
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

// Insert stores a new shift of a locked task.
func Insert(ctx context.Context, tx *sqlx.Tx, id, task uuid.UUID, in *NewShiftInput, now time.Time) error {
	point := geo.ColumnsOf(in.Point)
	_, err := tx.ExecContext(ctx, `insert into shifts (id, task_id, starts_at, ends_at, capacity, place, lat, lon, state, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, 'PLANNED', $9)`,
		id, task, in.StartsAt, in.EndsAt, in.Capacity, in.Place, point.Lat, point.Lon, now)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, s *Shift) error {
	_, err := tx.NamedExecContext(ctx, `update shifts set starts_at = :starts_at, ends_at = :ends_at, capacity = :capacity,
		place = :place, lat = :lat, lon = :lon where id = :id`, s)
	return err
}

// lockTask keeps a task's shifts from being called off, or the task from being opened, at the same moment.
func lockTask(ctx context.Context, tx *sqlx.Tx, task uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `select 1 from tasks where id = $1 for no key update`, task)
	return err
}

// needed returns which of the shifts cannot be cancelled, and why: an open task's last one, and one whose attendance is known,
// because it has begun by another process's clock.
func needed(ctx context.Context, q sqlx.QueryerContext, shifts []uuid.UUID) (map[uuid.UUID]fault.Code, error) {
	rows, err := postgres.Read[struct {
		ID   uuid.UUID  `db:"id"`
		Code fault.Code `db:"code"`
	}](ctx, q, postgres.Select(`select s.id, case
			when t.state in ('OPEN', 'IN_PROGRESS') and not exists (select from shifts o
				where o.task_id = s.task_id and o.id <> s.id and o.state = 'PLANNED') then 'LAST_SHIFT'
			when exists (select from signups g
				where g.shift_id = s.id and g.state in ('COMPLETED', 'NO_SHOW')) then 'WRONG_STATE'
			else '' end as code
		from shifts s join tasks t on t.id = s.task_id where s.id = any(?)`, postgres.IDs(shifts)))
	codes := make(map[uuid.UUID]fault.Code, len(rows))
	for _, row := range rows {
		codes[row.ID] = row.Code
	}
	return codes, err
}

// callOff cancels a locked shift, unless it has begun by another process's clock and its attendance is known: then it takes
// place.
func callOff(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, reason string) (cancelled bool, err error) {
	result, err := tx.ExecContext(ctx, `update shifts set state = 'CANCELLED', cancel_reason = $2 where id = $1 and taken = 0`, shift, reason)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n > 0, err
}

// lockComing locks a task's shifts that have not begun, in the order of their ids.
func lockComing(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, now time.Time) ([]*Shift, error) {
	return postgres.Read[Shift](ctx, tx, postgres.Select(selectShifts).
		Where(`s.task_id = ?`, task).Where(`s.state = 'PLANNED'`).Where(`s.begun_at is null`).Where(`s.starts_at > ?`, now).
		Add(`order by s.id for no key update of s`))
}

// beginning finds shifts whose start has come, and locks them; rows that another process has locked are left to it.
func beginning(ctx context.Context, tx *sqlx.Tx, now time.Time, limit int) ([]*Shift, error) {
	return postgres.Read[Shift](ctx, tx, postgres.Select(selectShifts).
		Where(`s.state = 'PLANNED'`).Where(`s.begun_at is null`).Where(`s.starts_at <= ?`, now).
		Add(`order by s.starts_at limit ? for no key update of s skip locked`, limit))
}

func markBegun(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update shifts set begun_at = $2 where id = $1`, shift, now)
	return err
}

// freeSeats counts the seats still available on shifts of each team's open tasks that begin within a period.
func freeSeats(ctx context.Context, q sqlx.QueryerContext, teams []uuid.UUID, from, to time.Time) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select t.team_id as id, sum(s.capacity - s.taken) as n
		from tasks t join shifts s on s.task_id = t.id
		where t.team_id = any(?) and t.state in ('OPEN', 'IN_PROGRESS') and t.hidden_id is null
			and s.state = 'PLANNED' and s.hidden_id is null and s.starts_at > ? and s.starts_at < ?
		group by 1`, postgres.IDs(teams), from, to))
}
