package signup

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/consent/given"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

// SlotColumns are the columns of Slot, from shifts s joined with tasks t.
const SlotColumns = `s.id, s.task_id, t.team_id, t.ngo_id, t.centre_id, s.starts_at, s.ends_at, s.capacity, s.taken, s.waiting,
	t.min_age, t.work_class, s.state = 'PLANNED' as planned, t.state = 'DRAFT' as task_draft, t.state in ('OPEN', 'IN_PROGRESS') as task_open,
	s.begun_at is not null as begun, coalesce(s.hidden_id, t.hidden_id) as hidden_id`

const columns = `g.id, g.person_id, g.state, g.offer_expires_at, g.checked_in_at, g.checked_out_at, g.coming_at, g.end_reason,
	g.created_at, g.updated_at, s.id as "slot.id", s.task_id as "slot.task_id", t.team_id as "slot.team_id",
	t.ngo_id as "slot.ngo_id", t.centre_id as "slot.centre_id", s.starts_at as "slot.starts_at", s.ends_at as "slot.ends_at",
	s.capacity as "slot.capacity", s.taken as "slot.taken", s.waiting as "slot.waiting", t.min_age as "slot.min_age",
	t.work_class as "slot.work_class", s.state = 'PLANNED' as "slot.planned", t.state in ('OPEN', 'IN_PROGRESS') as "slot.task_open",
	s.begun_at is not null as "slot.begun", coalesce(s.hidden_id, t.hidden_id) as "slot.hidden_id"`

const joined = ` from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id `

func id(g *Signup) uuid.UUID { return g.ID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Signup, error) {
	return postgres.Read[Signup](ctx, q, postgres.Select(`select `+columns+joined).Where(`g.id = any(?)`, postgres.IDs(ids)))
}

// lockSlot reads a shift and keeps others from changing its seats until the transaction ends. Every statement that reads or moves
// sign-ups of the shift comes after it. Locks are taken in the order person (which every mutation holds), shift, task.
func lockSlot(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, field string) (*Slot, error) {
	return firstSlot(ctx, tx, field, postgres.Select(
		`select `+SlotColumns+` from shifts s join tasks t on t.id = s.task_id where s.id = ? for no key update of s`, shift))
}

// lockSlotOf locks the shift of a sign-up.
func lockSlotOf(ctx context.Context, tx *sqlx.Tx, signup uuid.UUID) (*Slot, error) {
	return firstSlot(ctx, tx, "id", postgres.Select(`select `+SlotColumns+` from shifts s join tasks t on t.id = s.task_id
		where s.id = (select shift_id from signups where id = ?) for no key update of s`, signup))
}

// lockSlotsOf locks the shifts of sign-ups.
func lockSlotsOf(ctx context.Context, tx *sqlx.Tx, signups []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `select from shifts s where s.id in (select shift_id from signups where id = any($1)) order by s.id for no key update`,
		postgres.IDs(signups))
	return err
}

func slotByID(ctx context.Context, q sqlx.QueryerContext, shift uuid.UUID, field string) (*Slot, error) {
	return firstSlot(ctx, q, field, postgres.Select(`select `+SlotColumns+` from shifts s join tasks t on t.id = s.task_id where s.id = ?`, shift))
}

func firstSlot(ctx context.Context, from sqlx.QueryerContext, field string, q *postgres.Query) (*Slot, error) {
	rows, err := postgres.Read[Slot](ctx, from, q)
	if err == nil && len(rows) == 0 {
		err = fault.Missing(field)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// live finds the person's live sign-up for the shift.
func live(ctx context.Context, tx *sqlx.Tx, shift, person uuid.UUID) (found uuid.UUID, err error) {
	err = tx.GetContext(ctx, &found, `select id from signups
		where shift_id = $1 and person_id = $2 and state not in ('CANCELLED', 'EXPIRED')`, shift, person)
	return found, err
}

// facts returns a person's relation to each of the shifts.
func (s *Service) facts(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, shifts []uuid.UUID) (map[uuid.UUID]Facts, error) {
	facts := make(map[uuid.UUID]Facts, len(shifts))
	if person == uuid.Nil {
		return facts, nil
	}
	rows, err := postgres.Read[struct {
		ID        uuid.UUID `db:"id"`
		Live      bool      `db:"live"`
		Clash     bool      `db:"clash"`
		Consented bool      `db:"consented"`
	}](ctx, q, postgres.Select(`select s.id, exists (select from signups g where g.shift_id = s.id and g.person_id = ?
		and g.state not in ('CANCELLED', 'EXPIRED')) as live, `+clashes+` as clash, `+given.TakingPart(`p.id`)+` as consented
		from shifts s cross join people p where p.id = ? and s.id = any(?)`, person, person, postgres.IDs(shifts)))
	for _, row := range rows {
		facts[row.ID] = Facts{Live: row.Live, Clash: row.Clash, Consented: row.Consented, ConsentAge: s.ConsentAge}
	}
	return facts, err
}

func insert(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, slot *Slot, person uuid.UUID, state SignupState, now time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
		values ($1, $2, $3, $4, $5, $6, $7, $7)`, id, slot.ID, person, slot.StartsAt, slot.EndsAt, state, now)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, g *Signup) error {
	_, err := tx.NamedExecContext(ctx, `update signups set state = :state, offer_expires_at = :offer_expires_at,
		checked_in_at = :checked_in_at, checked_out_at = :checked_out_at, end_reason = :end_reason, updated_at = :updated_at
		where id = :id`, g)
	return err
}

// The orders of the lists.
var (
	OldestFirst = paging.Order{Name: "signups-oldest"}
	LatestFirst = paging.Order{Name: "signups-latest", Key: paging.TimeKey}
)

// of reads a page of the sign-ups of each parent, oldest first. column is a constant of this package.
func of(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID, states []SignupState, args paging.Args) ([]*row, error) {
	query := postgres.Select(`select p.id as parent, g.* from unnest(?::uuid[]) p(id) cross join lateral (select `+
		columns+joined+`where `+column+` = p.id`, postgres.IDs(parents))
	if len(states) > 0 {
		query.Add(`and g.state = any(?::signup_state[])`, postgres.Strings(states))
	}
	if args.After != nil {
		query.Add(`and g.id > ?`, args.After.ID)
	}
	return postgres.Read[row](ctx, q, query.Add(`order by g.id limit ?) g`, args.Limit()))
}

// ofPersons reads a page of each person's sign-ups, the latest shift first.
func ofPersons(ctx context.Context, q sqlx.QueryerContext, persons []uuid.UUID, states []SignupState, args paging.Args) ([]*row, error) {
	query := postgres.Select(`select p.id as parent, g.* from unnest(?::uuid[]) p(id) cross join lateral (select `+
		columns+joined+`where g.person_id = p.id`, postgres.IDs(persons))
	if len(states) > 0 {
		query.Add(`and g.state = any(?::signup_state[])`, postgres.Strings(states))
	}
	if args.After != nil {
		query.Add(`and (g.starts_at, g.id) < (?::timestamptz, ?)`, args.After.Key, args.After.ID)
	}
	return postgres.Read[row](ctx, q, query.Add(`order by g.starts_at desc, g.id desc limit ?) g`, args.Limit()))
}

// row is a sign-up in the list of a parent.
type row struct {
	Parent uuid.UUID `db:"parent"`
	Signup
}

func counts(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID, states []SignupState) (map[uuid.UUID]int, error) {
	query := postgres.Select(`select `+column+` as id, count(*) as n`+joined).Where(column+` = any(?)`, postgres.IDs(parents))
	if len(states) > 0 {
		query.Where(`g.state = any(?::signup_state[])`, postgres.Strings(states))
	}
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

// positions returns the positions on the waiting list of those of the sign-ups that wait.
func positions(ctx context.Context, q sqlx.QueryerContext, signups []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select g.id, (select count(*) from signups w
		where w.shift_id = g.shift_id and w.state = 'WAITLISTED' and w.line <= g.line) as n
		from signups g where g.id = any(?) and g.state = 'WAITLISTED'`, postgres.IDs(signups)))
}

// mine finds a person's live sign-ups for the shifts.
func mine(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, shifts []uuid.UUID) ([]*Signup, error) {
	return postgres.Read[Signup](ctx, q, postgres.Select(`select `+columns+joined).
		Where(`g.person_id = ?`, person).
		Where(`g.shift_id = any(?)`, postgres.IDs(shifts)).
		Where(`g.state not in ('CANCELLED', 'EXPIRED')`))
}

// waitedFor finds the tasks on whose waiting lists people are.
func waitedFor(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	rows, err := postgres.Read[struct {
		PersonID uuid.UUID `db:"person_id"`
		TaskID   uuid.UUID `db:"task_id"`
	}](ctx, q, postgres.Select(`select distinct g.person_id, s.task_id from signups g join shifts s on s.id = g.shift_id`).
		Where(`g.person_id = any(?)`, postgres.IDs(people)).Where(`g.state = 'WAITLISTED'`))
	tasks := map[uuid.UUID][]uuid.UUID{}
	for _, row := range rows {
		tasks[row.PersonID] = append(tasks[row.PersonID], row.TaskID)
	}
	return tasks, err
}

// clashes is the condition that person p is confirmed on another shift during shift s.
const clashes = `exists (select from signups o where o.person_id = p.id and o.shift_id <> s.id
	and o.state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED')
	and tstzrange(o.starts_at, o.ends_at) && tstzrange(s.starts_at, s.ends_at))`

// mayTake is the condition that a waiting person may be confirmed now: refuseSeat, and that the person is not barred, in SQL, for
// person p, and shift s of task t. Its argument is the consent age.
var mayTake = person.Acting + ` and not (adults_only(t.work_class) and age_on(p.birth_date, s.starts_at) < 18)
	and (t.min_age is null or age_on(p.birth_date, s.starts_at) >= t.min_age)
	and (age_on(p.birth_date, s.starts_at) >= ? or ` + given.TakingPart(`p.id`) + `) and not ` + clashes

var line = `from signups g join people p on p.id = g.person_id where g.shift_id = s.id and g.state = 'WAITLISTED' and ` + mayTake

// next finds the first people, at most most, who wait for a shift and may take a seat.
func (s *Service) next(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, most int) (signups []uuid.UUID, err error) {
	q := postgres.Select(`select w.id from shifts s join tasks t on t.id = s.task_id
		cross join lateral (select g.id `+line+` order by g.line limit ?) w where s.id = ?`, s.ConsentAge, most, shift)
	err = tx.SelectContext(ctx, &signups, q.SQL(), q.Args()...)
	return signups, err
}

// toSettle finds shifts with an offer that ran out, or with a free seat and somebody waiting who may take it.
func (s *Service) toSettle(ctx context.Context, now time.Time) (shifts []uuid.UUID, err error) {
	q := postgres.Select(`select shift_id from signups where state = 'OFFERED' and offer_expires_at <= ?
		union
		select s.id from shifts s join tasks t on t.id = s.task_id
		where s.waiting > 0 and s.taken < s.capacity and s.begun_at is null and s.starts_at > ? and t.state in ('OPEN', 'IN_PROGRESS')
			and s.hidden_id is null and t.hidden_id is null and exists (select `+line+`)
		limit 200`, now, now.Add(lastHours), s.ConsentAge)
	err = sqlx.SelectContext(ctx, s.DB, &shifts, q.SQL(), q.Args()...)
	return shifts, err
}

// unmarked counts the people of each team who stayed CONFIRMED until the end of a shift.
func unmarked(ctx context.Context, q sqlx.QueryerContext, teams []uuid.UUID, now time.Time) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select t.team_id as id, count(*) as n
		from tasks t join shifts s on s.task_id = t.id join signups g on g.shift_id = s.id
		where t.team_id = any(?) and t.state in ('OPEN', 'IN_PROGRESS', 'CLAIMED_DONE') and s.ends_at <= ? and g.state = 'CONFIRMED'
		group by 1`, postgres.IDs(teams), now).Anew())
}

// freeSeats are what those who wait for a shift could get.
type freeSeats struct {
	Capacity int        `db:"capacity"`
	Waiting  int        `db:"waiting"`
	FreedAt  *time.Time `db:"freed_at"`
}

// freeWhileWaiting reads the free seats of a shift for which people wait; nothing where there are none, or nobody waits.
func freeWhileWaiting(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID) ([]*freeSeats, error) {
	return postgres.Read[freeSeats](ctx, tx, postgres.Select(`select capacity, waiting, (select max(updated_at) from signups g where g.shift_id = s.id
			and g.state in ('CANCELLED', 'EXPIRED')) as freed_at
		from shifts s where id = ? and taken < capacity and waiting > 0`, shift))
}
