package task

import (
	"context"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const columns = `t.id, t.team_id, t.ngo_id, n.state as ngo_state, t.centre_id, t.district_id, t.proposal_id, t.title,
	t.description, t.language, t.place, t.lat, t.lon, t.min_age, t.work_class, t.state, t.percent, t.created_by, t.claimed_by,
	t.cancel_reason, t.created_at, t.updated_at, t.verified_at,
	(select author_id from proposals where id = t.proposal_id) as proposer_id, t.hidden_id, t.last_shift_at, t.next_shift_at, t.capacity, t.taken, t.free`

const selectTasks = `select ` + columns + ` from tasks t join ngos n on n.id = t.ngo_id`

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Task, error) {
	return postgres.Read[Task](ctx, q, postgres.Select(selectTasks).Where(`t.id = any(?)`, postgres.IDs(ids)))
}

// Lock reads a task and keeps others from changing it until the transaction ends. Codes: NOT_FOUND in the field, also for a draft
// or something hidden that the actor may not see.
func Lock(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, task uuid.UUID, field string) (*Task, error) {
	rows, err := postgres.Read[Task](ctx, tx, postgres.Select(selectTasks).Where(`t.id = ?`, task).Add(`for no key update of t`))
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing(field)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func insert(ctx context.Context, tx *sqlx.Tx, t *Task) error {
	_, err := tx.NamedExecContext(ctx, `insert into tasks (id, team_id, ngo_id, centre_id, district_id, proposal_id, title,
			description, language, place, lat, lon, min_age, work_class, state, created_by, created_at, updated_at)
		values (:id, :team_id, :ngo_id, :centre_id, :district_id, :proposal_id, :title,
			:description, :language, :place, :lat, :lon, :min_age, :work_class, :state, :created_by, :created_at, :updated_at)`, t)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, t *Task) error {
	_, err := tx.NamedExecContext(ctx, `update tasks set centre_id = :centre_id, title = :title, description = :description, language = :language,
		place = :place, lat = :lat, lon = :lon, min_age = :min_age, work_class = :work_class, state = :state, claimed_by = :claimed_by,
		cancel_reason = :cancel_reason, percent = :percent, verified_at = :verified_at, updated_at = :updated_at where id = :id`, t)
	return err
}

// SetPercent sets the percentage of a locked task to that of its latest progress update.
func SetPercent(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, percent int, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update tasks set percent = $2, updated_at = $3 where id = $1`, task, percent, now)
	return err
}

// startBegun moves those of the tasks that are OPEN to IN_PROGRESS, and returns them.
func startBegun(ctx context.Context, tx *sqlx.Tx, tasks []uuid.UUID, now time.Time) ([]*Task, error) {
	return postgres.Read[Task](ctx, tx, postgres.Select(`with open as (select id from tasks where id = any(?) and state = 'OPEN'
			order by id for no key update)
		update tasks t set state = 'IN_PROGRESS', updated_at = ? from open where t.id = open.id returning t.id, t.proposal_id`,
		postgres.IDs(tasks), now))
}

// MoveOfTeam moves a locked team's live tasks to the centre that hosts it now, and returns the moves.
func MoveOfTeam(ctx context.Context, tx *sqlx.Tx, team, centre uuid.UUID, now time.Time) ([]history.Move, error) {
	rows, err := postgres.Read[Task](ctx, tx, postgres.Select(`update tasks set centre_id = ?, updated_at = ?
		where team_id = ? and state in ('DRAFT', 'OPEN', 'IN_PROGRESS', 'CLAIMED_DONE') returning id, state`, centre, now, team))
	moves := make([]history.Move, len(rows))
	for i, t := range rows {
		moves[i] = history.To(t.ID, t.State, t.State)
	}
	return moves, err
}

func districtExists(ctx context.Context, tx *sqlx.Tx, district uuid.UUID) error {
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from districts where id = ?`, district))
	if err == nil && n == 0 {
		err = fault.Missing("districtId")
	}
	return err
}

// where adds the filter's conditions. A single state is compared with "=", because only then does an index that begins with the
// state yield rows in the order of its next column.
func (f *TaskFilter) where(q *postgres.Query, v viewer) *postgres.Query {
	f.whereState(q.Where(`t.hidden_id is null`), v.actor)
	if f.DistrictID != nil {
		q.Where(`t.district_id = ?`, *f.DistrictID)
	}
	if f.CentreID != nil {
		q.Where(`t.centre_id = ?`, *f.CentreID)
	}
	if f.TeamID != nil {
		q.Where(`t.team_id = ?`, *f.TeamID)
	}
	if f.Focus != nil {
		q.Where(`t.ngo_id = any(array(select id from ngos where focus = ?))`, *f.Focus)
	}
	if len(f.WorkClass) > 0 {
		q.Where(`t.work_class = any(?::work_class[])`, postgres.Strings(f.WorkClass))
	}
	if f.FreeSeats {
		q.Where(`t.free > 0`)
	}
	if f.Text != nil {
		q.Anew().Where(`t.id in (select task_id from task_texts where text like '%' || fold(?) || '%')`, *f.Text)
	}
	f.whereShift(q, v)
	f.whereNear(q)
	return q
}

// whereState leaves out the drafts that the actor may not see: for most people all of them.
func (f *TaskFilter) whereState(q *postgres.Query, a *auth.Actor) {
	if len(f.States) == 0 {
		q.Where(`t.state <> 'DRAFT'`)
		return
	}
	states, some := f.States, len(a.LeadTeams())+len(a.LeadNgos())+len(a.CoordinatedCentres()) > 0
	if !a.IsOfficer() && !some {
		states = slices.DeleteFunc(slices.Clone(states), func(s TaskState) bool { return s == Draft })
	}
	switch len(states) {
	case 0:
		q.Where(`false`)
	case 1:
		q.Where(`t.state = ?::task_state`, states[0])
	default:
		q.Where(`t.state = any(?::task_state[])`, postgres.Strings(states))
	}
	if !a.IsOfficer() && some && slices.Contains(states, Draft) {
		q.Where(`(t.state <> 'DRAFT' or t.team_id = any(?) or t.ngo_id = any(?) or t.centre_id = any(?))`,
			postgres.IDs(a.LeadTeams()), postgres.IDs(a.LeadNgos()), postgres.IDs(a.CoordinatedCentres()))
	}
}

const metresPerDegree = 111_320

// whereNear selects by a box, which an index supports, before it measures distances.
func (f *TaskFilter) whereNear(q *postgres.Query) {
	if f.Near == nil {
		return
	}
	lat, lon, m := f.Near.Point.Lat, f.Near.Point.Lon, float64(f.Near.Metres)
	dLat := m / metresPerDegree
	dLon := dLat / max(math.Cos(lat*math.Pi/180), 0.01)
	q.Anew().Where(`t.lat between ? and ?`, lat-dLat, lat+dLat)
	q.Where(`t.lon between ? and ?`, lon-dLon, lon+dLon)
	q.Where(`metres(t.lat, t.lon, ?, ?) <= ?`, lat, lon, m)
}

// key returns what the list is ordered by. The tasks of a team or a centre are few enough to sort; without "+ 0" PostgreSQL would
// walk all the city's tasks in the order of an index, and often find too few of these.
func (f *TaskFilter) key(order TaskOrder) string {
	key, few := `t.free`, f.TeamID != nil || f.CentreID != nil
	if order == Soonest {
		key = `coalesce(t.next_shift_at, 'infinity')`
	}
	switch {
	case few && order == Soonest:
		key += ` + interval '0'`
	case few:
		key += ` + 0`
	}
	return key
}

func list(ctx context.Context, q sqlx.QueryerContext, f *TaskFilter, order TaskOrder, args paging.Args, v viewer) ([]*Task, error) {
	query, key := f.where(postgres.Select(selectTasks), v), f.key(order)
	switch order {
	case Soonest:
		if args.After != nil {
			query.Where(`(`+key+`, t.id) > (?::timestamptz, ?)`, args.After.Key, args.After.ID)
		}
		query.Add(`order by ` + key + `, t.id`)
	case MostNeeded:
		if args.After != nil {
			query.Where(`(`+key+`, t.id) < (?::int, ?)`, args.After.Key, args.After.ID)
		}
		query.Add(`order by ` + key + ` desc, t.id desc`)
	case Oldest:
		if args.After != nil {
			query.Where(`t.id > ?`, args.After.ID)
		}
		query.Add(`order by t.id`)
	default:
		if args.After != nil {
			query.Where(`t.id < ?`, args.After.ID)
		}
		query.Add(`order by t.id desc`)
	}
	return postgres.Read[Task](ctx, q, query.Add(`limit ?`, args.Limit()))
}

// ByTeam is the order of a team's tasks.
var ByTeam = orders[Newest]

var orders = map[TaskOrder]paging.Order{
	Newest:     {Name: "tasks-newest"},
	Oldest:     {Name: "tasks-oldest"},
	Soonest:    {Name: "tasks-soonest", Key: paging.TimeKey},
	MostNeeded: {Name: "tasks-most-needed", Key: paging.NumberKey},
}

func (o TaskOrder) cursor(t *Task) paging.Cursor {
	c := paging.Cursor{ID: t.ID}
	switch o {
	case Soonest:
		c.Key = paging.Infinity
		if t.NextShiftAt != nil {
			c.Key = t.NextShiftAt.Format(time.RFC3339Nano)
		}
	case MostNeeded:
		c.Key = strconv.Itoa(t.Free)
	}
	return c
}

func count(ctx context.Context, q sqlx.QueryerContext, f *TaskFilter, v viewer) (int, error) {
	return postgres.Count(ctx, q, f.where(postgres.Select(`select count(*) from tasks t`), v))
}

// ofTeams reads a page of each team's tasks, newest first, without drafts.
func ofTeams(ctx context.Context, q sqlx.QueryerContext, teams []uuid.UUID, args paging.Args) ([]*Task, error) {
	query := postgres.Select(`select t.* from unnest(?::uuid[]) p(id) cross join lateral (`+selectTasks+`
		where t.team_id = p.id and t.state <> 'DRAFT' and t.hidden_id is null`, postgres.IDs(teams))
	if args.After != nil {
		query.Add(`and t.id < ?`, args.After.ID)
	}
	return postgres.Read[Task](ctx, q, query.Add(`order by t.id desc limit ?) t`, args.Limit()))
}

// counts counts tasks by parent and state, without drafts. column is a constant of this package.
func counts(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID) (map[uuid.UUID][]*TaskCount, error) {
	rows, err := postgres.Read[struct {
		ID uuid.UUID `db:"id"`
		TaskCount
	}](ctx, q, postgres.Select(`select `+column+` as id, state, sum(tasks) as tasks from task_counts`).
		Where(column+` = any(?)`, postgres.IDs(parents)).Where(`state <> 'DRAFT'`).Where(`tasks > 0`).
		Add(`group by 1, 2 order by 1, 2`))
	counted := make(map[uuid.UUID][]*TaskCount, len(parents))
	for _, row := range rows {
		counted[row.ID] = append(counted[row.ID], &row.TaskCount)
	}
	return counted, err
}
