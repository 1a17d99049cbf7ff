package notice

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/auth"
	"jastarhub/internal/geo"
	"jastarhub/internal/postgres"
)

// facts are what matters to anyone who comes to a shift: when it starts and ends, where, whether it takes place, and who leads. A
// new fact needs a column here, a field of Facts, a line in differ and one in the texts.
type facts struct {
	ShiftID    uuid.UUID `db:"id"`
	TeamID     uuid.UUID `db:"team_id"`
	StartsAt   time.Time `db:"starts_at"`
	EndsAt     time.Time `db:"ends_at"`
	Place      string    `db:"place"` // the shift's own, otherwise the task's
	TakesPlace bool      `db:"takes_place"`
	Hidden     bool      `db:"hidden"` // nobody gets a seat while it is hidden, and nobody is reminded
	Leads      ids       `db:"leads"`
	People     ids       `db:"people"` // those who come, or wait for a seat
	There      ids       `db:"there"`  // those of them who are checked in
	geo.Columns
}

// Facts are the facts of a shift that a change touched, before or after it.
type Facts struct {
	StartsAt *time.Time  `json:"startsAt,omitempty"`
	EndsAt   *time.Time  `json:"endsAt,omitempty"`
	Place    string      `json:"place,omitempty"`
	Point    *geo.Point  `json:"point,omitempty"`
	Leads    []uuid.UUID `json:"leads,omitempty"`
}

// The steps of SHIFT_CHANGED that are not a new time, place or lead, and the step of SHIFT_CANCELLED where no reason was given.
const (
	stepHidden = "HIDDEN"
	stepShown  = "SHOWN"
	stepDone   = "WORK_DONE"
)

// What became of a person's check-in when a shift got a new time, place or lead: people who are there already are not asked
// whether they come.
const (
	checkInStays = "STAYS"
	checkInGone  = "GONE"
)

// Touched are the shifts that a change may touch; the zero value is no shift.
type Touched struct {
	where string
	args  []any
}

// OneShift selects a shift.
func OneShift(id uuid.UUID) Touched { return Touched{`s.id = ?`, []any{id}} }

// ShiftsOfTask selects the shifts of a task.
func ShiftsOfTask(id uuid.UUID) Touched { return Touched{`s.task_id = ?`, []any{id}} }

// ShiftsOfTeam selects the shifts of a team.
func ShiftsOfTeam(id uuid.UUID) Touched { return Touched{`t.team_id = ?`, []any{id}} }

// ShiftsOfNgo selects the shifts of an NGO's teams.
func ShiftsOfNgo(id uuid.UUID) Touched { return Touched{`t.ngo_id = ?`, []any{id}} }

// ShiftsLedBy selects the shifts of the teams that a person leads.
func ShiftsLedBy(person uuid.UUID) Touched {
	return Touched{`t.team_id in (select team_id from memberships where person_id = ? and state = 'ACTIVE' and role = 'LEAD'
		union select m.id from teams m join grants g on g.ngo_id = m.ngo_id
			where g.person_id = ? and g.role = 'NGO_LEAD' and g.ended_at is null)`, []any{person, person}}
}

// Changing makes a change, and tells everyone who comes to one of the shifts, or waits for a seat, which of the facts it changed.
// words are why a shift does not take place; "" means that its work is done. by made the change, and is not told about it; nil is
// the hub.
func Changing(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, of Touched, words string, change func() error) error {
	if of.where == "" {
		return change()
	}
	before, err := postgres.Read[facts](ctx, tx, selectFacts(of, `s.ends_at > ? and exists (select from signups where shift_id = s.id and state = any(?::signup_state[]))`,
		now, postgres.Strings(coming)).Anew()) // few shifts of a team or an NGO are in the future
	if err != nil {
		return err
	}
	if err := change(); err != nil || len(before) == 0 {
		return err
	}
	touched := make([]uuid.UUID, len(before))
	for i, was := range before {
		touched[i] = was.ShiftID
	}
	after, err := postgres.Read[facts](ctx, tx, selectFacts(Touched{`s.id = any(?)`, []any{postgres.IDs(touched)}}, `true`))
	if err != nil {
		return err
	}
	for _, was := range before {
		i := slices.IndexFunc(after, func(f *facts) bool { return f.ShiftID == was.ShiftID })
		news, changed := was.became(after[i], words, now)
		if !changed {
			continue
		}
		told := map[string]ids{"": was.People}
		if news.Details.Is != nil {
			told = was.apart(after[i])
		}
		for _, checkIn := range []string{"", checkInStays, checkInGone} {
			if len(told[checkIn]) == 0 {
				continue
			}
			news.Details.CheckIn = checkIn
			if err := Tell(ctx, tx, by, now, news, People(told[checkIn]...)); err != nil {
				return err
			}
		}
	}
	return nil
}

// apart groups the people who are told about a new time, place or lead by what became of their check-ins, "" where they had none.
func (was *facts) apart(is *facts) map[string]ids {
	told := map[string]ids{}
	for _, who := range was.People {
		checkIn := ""
		switch {
		case slices.Contains(is.There, who):
			checkIn = checkInStays
		case slices.Contains(was.There, who):
			checkIn = checkInGone
		}
		told[checkIn] = append(told[checkIn], who)
	}
	return told
}

// coming are the states of sign-ups whose people are told about a change.
var coming = []string{"WAITLISTED", "OFFERED", "CONFIRMED", "CHECKED_IN"}

// selectFacts selects the facts of shifts that people may know of, soonest first.
func selectFacts(of Touched, condition string, args ...any) *postgres.Query {
	return postgres.Select(`select s.id, t.team_id, s.starts_at, s.ends_at, coalesce(s.place, t.place, '') as place,
			coalesce(s.lat, t.lat) as lat, coalesce(s.lon, t.lon) as lon, s.state = 'PLANNED' and t.state <> 'CANCELLED' as takes_place,
			coalesce(s.hidden_id, t.hidden_id) is not null as hidden,
			array(`+LeadsOf(`t.team_id`)+` order by 1) as leads,
			array(select person_id from signups where shift_id = s.id and state = any(?::signup_state[])) as people,
			array(select person_id from signups where shift_id = s.id and state = 'CHECKED_IN') as there
		from shifts s join tasks t on t.id = s.task_id`, postgres.Strings(coming)).
		Where(of.where, of.args...).Where(`t.state <> 'DRAFT'`).Where(condition, args...).Add(`order by s.starts_at, s.id`)
}

// became returns the news of a change of the facts, if there is any. About a hidden shift nothing more is told until it is shown
// again.
func (was *facts) became(is *facts, words string, now time.Time) (news News, changed bool) {
	news = News{Kind: ShiftChanged, About: AboutShift(is.ShiftID), Details: Details{When: &is.StartsAt}, Before: is.StartsAt}
	if was.StartsAt.Before(is.StartsAt) {
		news.Before = was.StartsAt
	}
	switch {
	case !was.TakesPlace:
		return news, false
	case !is.TakesPlace:
		news.Kind, news.Details.Words = ShiftCancelled, words
		if words == "" {
			news.Details.Step = stepDone
		}
	case was.Hidden && is.Hidden:
		return news, false
	case is.Hidden:
		news.Details.Step = stepHidden
	case was.Hidden:
		news.Details.Step = stepShown
	default:
		news.Details.Was, news.Details.Is = was.differ(is)
		if news.Details.Is == nil {
			return news, false
		}
		if news.Details.Is.StartsAt == nil && news.Details.Is.where() == news.Details.Was.where() {
			news.Event = fmt.Sprintf("leads %s %d", is.TeamID, now.UnixMicro()) // once, for however many shifts of the team
		}
	}
	return news, true
}

// differ returns the facts that differ, before and after; nil where none do.
func (was *facts) differ(is *facts) (before, after *Facts) {
	before, after = &Facts{}, &Facts{}
	changed := false
	if !was.StartsAt.Equal(is.StartsAt) || !was.EndsAt.Equal(is.EndsAt) {
		changed = true
		before.StartsAt, before.EndsAt, after.StartsAt, after.EndsAt = &was.StartsAt, &was.EndsAt, &is.StartsAt, &is.EndsAt
	}
	if was.where() != is.where() {
		changed = true
		before.Place, before.Point, after.Place, after.Point = was.Place, was.Point(), is.Place, is.Point()
	}
	if !slices.Equal(was.Leads, is.Leads) {
		changed = true
		before.Leads, after.Leads = was.Leads, is.Leads
	}
	if !changed {
		return nil, nil
	}
	return before, after
}

// unchanged removes from notices about changed shifts what has changed again since, and notices of which nothing is left.
func unchanged(ctx context.Context, q sqlx.QueryerContext, notices []*Notice) ([]*Notice, error) {
	var shifts []uuid.UUID
	for _, n := range notices {
		if n.Kind == ShiftChanged {
			shifts = append(shifts, n.SubjectID)
		}
	}
	if len(shifts) == 0 {
		return notices, nil
	}
	rows, err := postgres.Read[facts](ctx, q, selectFacts(Touched{`s.id = any(?)`, []any{postgres.IDs(shifts)}}, `true`))
	at := make(map[uuid.UUID]*facts, len(rows))
	for _, f := range rows {
		at[f.ShiftID] = f
	}
	return slices.DeleteFunc(notices, func(n *Notice) bool { return n.Kind == ShiftChanged && !n.stillSo(at[n.SubjectID]) }), err
}

// stillSo reduces a notice about a changed shift to what is still true, and reports whether anything is left.
func (n *Notice) stillSo(is *facts) bool {
	told := &n.Details
	if is == nil {
		return false
	}
	told.When = &is.StartsAt
	if told.Step != "" {
		return is.Hidden == (told.Step == stepHidden)
	}
	if told.Is == nil || told.Was == nil {
		return false
	}
	switch {
	case slices.Contains(is.There, n.PersonID):
		told.CheckIn = checkInStays
	case told.CheckIn == checkInStays:
		told.CheckIn = ""
	}
	if told.Is.StartsAt != nil && !(told.Is.StartsAt.Equal(is.StartsAt) && told.Is.EndsAt.Equal(is.EndsAt)) {
		told.Was.StartsAt, told.Is.StartsAt = nil, nil
	}
	if told.Is.where() != is.where() {
		told.Was.Place, told.Was.Point, told.Is.Place, told.Is.Point = "", nil, "", nil
	}
	if !slices.Equal(told.Is.Leads, is.Leads) {
		n.LedBefore, n.LedNow, told.Was.Leads, told.Is.Leads = nil, nil, nil, nil
	}
	return told.Is.StartsAt != nil || told.Is.where() != told.Was.where() || !slices.Equal(told.Is.Leads, told.Was.Leads)
}

func (f *facts) where() string { return where(f.Place, f.Point()) }

func (f *Facts) where() string { return where(f.Place, f.Point) }

// where returns a place as people read it, with its point.
func where(place string, point *geo.Point) string {
	if point == nil {
		return place
	}
	return strings.TrimSpace(fmt.Sprintf("%s (%.5f, %.5f)", place, point.Lat, point.Lon))
}

// ids scans an array of ids.
type ids []uuid.UUID

// Scan reads the array from the database.
func (i *ids) Scan(from any) error { return pq.GenericArray{A: (*[]uuid.UUID)(i)}.Scan(from) }
