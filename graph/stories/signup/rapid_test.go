package signup

import (
	"context"
	"flag"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"pgregory.net/rapid"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/auth"
	"jastarhub/internal/lang"
	"jastarhub/internal/moderation"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"
)

// TestSignupsAsInTheModel lets eight people, a lead and the clock do anything in any order to a task with three shifts, two of
// which overlap, and compares the hub with the model after each step. The clock is the test's.
func TestSignupsAsInTheModel(t *testing.T) {
	t.Parallel()
	unlessGiven(t, map[string]string{"rapid.checks": "60", "rapid.steps": "60", "rapid.nofailfile": "true", "rapid.shrinktime": "20s"})
	c := hub.NewCity(t)
	r := &runner{Hub: c.Hub, lead: c.Lead.Actor(), officer: c.Officer.Actor(), team: hub.RowID(c.Team), clock: c.Present().Truncate(time.Second)}
	for _, who := range c.Crowd(8) {
		actor := who.Actor()
		actor.SessionID = uuid.Nil // a suspension ends the session, and later steps need another
		r.people = append(r.people, actor)
	}
	rapid.Check(t, func(t *rapid.T) {
		r.begin(t)
		t.Repeat(map[string]func(*rapid.T){
			"sign up": r.signUp, "sign up, the second": r.signUp, "sign up, the third": r.signUp, "sign up, the fourth": r.signUp,
			"accept": r.verb("ACCEPT_OFFER"), "decline": r.verb("DECLINE_OFFER"), "cancel": r.verb("CANCEL_SIGNUP"),
			"cancel, the second": r.verb("CANCEL_SIGNUP"), "attend": r.attend, "answer at the last moment": r.answer,
			"capacity": r.resize, "move": r.move, "cancel a shift": r.cancelShift, "suspend": r.suspend, "forgive": r.forgive,
			"wait": r.wait, "wait for something": r.waitForSomething, "round": r.tick,
			"": r.compare,
		})
	})
	t.Logf("%d runs, %d steps, refused: %v", r.runs, r.steps, r.refused)
}

// unlessGiven sets rapid's flags, which are its only settings, unless they are given.
func unlessGiven(t *testing.T, settings map[string]string) {
	flag.Visit(func(f *flag.Flag) { delete(settings, f.Name) })
	for name, value := range settings {
		if err := flag.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
}

// runner does everything twice: in the hub and in the model.
type runner struct {
	*hub.Hub
	model
	lead    *auth.Actor
	officer *auth.Actor
	people  []*auth.Actor
	team    uuid.UUID
	task    uuid.UUID
	clock   time.Time // where the last run ended: each begins after it, in the same database
	last    time.Time // when the worker last ran
	rested  bool      // nobody has done anything since
	runs    int
	steps   int
	refused map[string]int

	decisions map[int]uuid.UUID // the suspensions
}

func (r *runner) call(who *auth.Actor) mutation.Call {
	r.rested = false
	return mutation.Call{Actor: who, Now: r.now}
}

// as returns the call of one of the people, who may be suspended by now.
func (r *runner) as(who int) mutation.Call {
	actor := *r.people[who]
	actor.Suspended = r.barred[who]
	return r.call(&actor)
}

// begin makes a task with three shifts; the first two overlap, the third begins when the second ends.
func (r *runner) begin(t *rapid.T) {
	base := r.clock.Add(30 * 24 * time.Hour)
	r.clock = base
	r.runs++
	for who := range r.barred {
		r.lift(t, who)
	}
	r.model, r.decisions = model{now: base, barred: map[int]bool{}}, map[int]uuid.UUID{}
	var shifts []shift.NewShiftInput
	for _, start := range []time.Duration{30 * time.Hour, 31 * time.Hour, 33 * time.Hour} {
		shifts = append(shifts, shift.NewShiftInput{StartsAt: base.Add(start), EndsAt: base.Add(start + 2*time.Hour),
			Capacity: rapid.IntRange(1, 3).Draw(t, "seats")})
	}
	ctx := context.Background()
	made, err := r.Resolver.Tasks.Create(ctx, r.call(r.lead), task.CreateTaskInput{TeamID: r.team, Title: "Model", Description: "Three shifts.",
		Language: lang.Kazakh, Shifts: shifts})
	if err == nil {
		r.task = made.Task.ID
		_, err = r.Resolver.Tasks.Open(ctx, r.call(r.lead), task.OpenTaskInput{ID: r.task})
	}
	if err != nil {
		t.Fatal(err)
	}
	var ids []uuid.UUID
	if err := r.DB.Select(&ids, `select id from shifts where task_id = $1 order by starts_at`, r.task); err != nil {
		t.Fatal(err)
	}
	for i, s := range shifts {
		r.shifts = append(r.shifts, &modelShift{id: ids[i], starts: s.StartsAt, ends: s.EndsAt, seats: s.Capacity})
	}
	r.tick(t)
}

// agree checks that the hub did what the model did.
func (r *runner) agree(t *rapid.T, what string, err error, want string) {
	t.Helper()
	got := hub.CodeOf(err)
	if r.refused == nil {
		r.refused = map[string]int{}
	}
	if r.refused[got]++; got != want {
		t.Fatalf("%s: %v; want %q", what, err, want)
	}
}

// GoString keeps rapid's report of a failure short.
func (s *modelShift) GoString() string {
	return fmt.Sprintf("%.13s of %d seats, at %s", s.id, s.seats, s.starts.Format(time.DateTime))
}

// GoString keeps rapid's report of a failure short.
func (g *modelSignup) GoString() string { return fmt.Sprintf("%s of %d, %s", g.id, g.who, g.state) }

func (r *runner) anyShift(t *rapid.T) *modelShift {
	return rapid.SampledFrom(r.shifts).Draw(t, "shift")
}

func (r *runner) signUp(t *rapid.T) {
	open := slices.DeleteFunc(slices.Clone(r.shifts), func(s *modelShift) bool { return s.cancelled || r.over(s) })
	if len(open) == 0 || rapid.IntRange(0, 9).Draw(t, "any") == 0 {
		open = r.shifts
	}
	s, who := rapid.SampledFrom(open).Draw(t, "shift"), rapid.IntRange(0, len(r.people)-1).Draw(t, "who")
	want := r.model.signUp(s, who)
	done, err := r.Resolver.Signups.SignUp(context.Background(), r.as(who), signup.SignUpInput{ShiftID: s.id})
	r.agree(t, "sign up", err, want)
	if g := s.live(who); err == nil && g.id == uuid.Nil {
		g.id = done.Signup.ID
	} else if err == nil && g.id != done.Signup.ID {
		t.Fatalf("a repetition made %s, there is %s", done.Signup.ID, g.id)
	}
}

func (r *runner) verb(verb string) func(*rapid.T) {
	return func(t *rapid.T) { r.change(t, verb, "") }
}

func (r *runner) attend(t *rapid.T) {
	r.change(t, rapid.SampledFrom([]string{"CHECK_IN", "CHECK_OUT", "MARK_NO_SHOW", "CORRECT_ATTENDANCE"}).Draw(t, "verb"),
		rapid.SampledFrom([]string{"CONFIRMED", "CHECKED_IN", "COMPLETED", "NO_SHOW"}).Draw(t, "to"))
}

// answer waits until an offer is about to expire, or just has.
func (r *runner) answer(t *rapid.T) {
	for _, s := range r.shifts {
		for _, g := range s.line {
			if at := g.until.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "seconds")) * time.Second); g.is("OFFERED") && at.After(r.now) {
				r.now, r.clock = at, at
				verb := rapid.SampledFrom([]string{"ACCEPT_OFFER", "DECLINE_OFFER"}).Draw(t, "verb")
				want := r.model.move(s, g, verb, "")
				_, err := r.Hub.Change(r.as(g.who), verb, g.id.String(), "")
				r.agree(t, verb, err, want)
				return
			}
		}
	}
	r.signUp(t)
}

// change tries a verb on any sign-up, more often on one whose state it moves.
func (r *runner) change(t *rapid.T, verb, to string) {
	s := r.anyShift(t)
	if len(s.line) == 0 {
		r.signUp(t)
		return
	}
	fits := slices.DeleteFunc(slices.Clone(s.line), func(g *modelSignup) bool { return r.refuse(s, g, verb, to) == "WRONG_STATE" })
	if rapid.IntRange(0, 9).Draw(t, "any") == 0 {
		fits = s.line
	}
	if len(fits) == 0 {
		r.signUp(t)
		return
	}
	g := rapid.SampledFrom(fits).Draw(t, "sign-up")
	by := r.as(g.who)
	if !slices.Contains([]string{"ACCEPT_OFFER", "DECLINE_OFFER", "CANCEL_SIGNUP"}, verb) {
		by = r.call(r.lead)
	}
	want := r.model.move(s, g, verb, to)
	_, err := r.Hub.Change(by, verb, g.id.String(), to)
	r.agree(t, verb, err, want)
}

func (r *runner) resize(t *rapid.T) {
	s, seats := r.anyShift(t), rapid.IntRange(1, 5).Draw(t, "seats")
	want := r.model.resize(s, seats)
	_, err := r.Resolver.Shifts.Update(context.Background(), r.call(r.lead), shift.UpdateShiftInput{ID: s.id, Capacity: &seats})
	r.agree(t, "capacity", err, want)
}

func (r *runner) move(t *rapid.T) {
	s := r.anyShift(t)
	starts := r.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "hours")) * time.Hour)
	ends := starts.Add(time.Duration(rapid.IntRange(1, 3).Draw(t, "long")) * time.Hour)
	want := r.model.shift(s, starts, ends)
	_, err := r.Resolver.Shifts.Update(context.Background(), r.call(r.lead), shift.UpdateShiftInput{ID: s.id, StartsAt: &starts, EndsAt: &ends})
	r.agree(t, "move", err, want)
}

func (r *runner) cancelShift(t *rapid.T) {
	if rapid.IntRange(0, 3).Draw(t, "seldom") != 0 {
		r.signUp(t)
		return
	}
	s := r.anyShift(t)
	want := r.model.cancel(s)
	_, err := r.Resolver.Shifts.Cancel(context.Background(), r.call(r.lead), shift.CancelShiftInput{ID: s.id, Reason: "Storm."})
	r.agree(t, "cancel a shift", err, want)
}

// suspend suspends one of the people until about the time of the shifts.
func (r *runner) suspend(t *rapid.T) {
	who := rapid.IntRange(0, len(r.people)-1).Draw(t, "who")
	if r.barred[who] || rapid.IntRange(0, 3).Draw(t, "seldom") != 0 {
		r.signUp(t)
		return
	}
	until := r.now.Add(time.Duration(rapid.IntRange(1, 40).Draw(t, "hours")) * time.Hour)
	r.model.suspend(who, until)
	done, err := r.Resolver.Moderation.Suspend(context.Background(), r.call(r.officer), moderation.SuspendPersonInput{Person: person.PersonReference{ID: &r.people[who].PersonID},
		Until: &until, Reason: "INSULT", Words: "Shouted."})
	if err != nil {
		t.Fatal(err)
	}
	r.decisions[who] = done.Decision.ID
}

func (r *runner) forgive(t *rapid.T) {
	if len(r.barred) == 0 {
		r.signUp(t)
		return
	}
	r.lift(t, rapid.SampledFrom(slices.Sorted(maps.Keys(r.barred))).Draw(t, "who"))
}

func (r *runner) lift(t *rapid.T, who int) {
	delete(r.barred, who)
	if _, err := r.Resolver.Moderation.EndSuspension(context.Background(), r.call(r.officer),
		moderation.EndSuspensionInput{ID: r.decisions[who], Reason: "They said sorry."}); err != nil {
		t.Fatal(err)
	}
}

func (r *runner) wait(t *rapid.T) {
	r.now = r.now.Add(time.Duration(rapid.IntRange(1, 240).Draw(t, "minutes")) * time.Minute)
	r.clock = r.now
}

// waitForSomething goes to a moment at which something changes, or close to it.
func (r *runner) waitForSomething(t *rapid.T) {
	var moments []time.Time
	for _, s := range r.shifts {
		moments = append(moments, s.starts.Add(-2*time.Hour), s.starts, s.ends, s.ends.Add(24*time.Hour))
		for _, g := range s.line {
			if g.is("OFFERED") {
				moments = append(moments, g.until)
			}
		}
	}
	moments = slices.DeleteFunc(moments, func(at time.Time) bool { return at.Add(-time.Second).Before(r.now) })
	if len(moments) == 0 {
		t.Skip("all is over")
	}
	at := slices.MinFunc(moments, time.Time.Compare)
	r.now = at.Add(time.Duration(rapid.IntRange(-1, 1).Draw(t, "seconds")) * time.Second)
	r.clock = r.now
}

func (r *runner) tick(t *rapid.T) {
	r.model.round()
	if r.last, r.rested = r.now, true; r.Hub.Round(r.now) != nil {
		t.Fatal("the worker failed")
	}
}

// compare checks that every sign-up is in the model's state, in the same order.
func (r *runner) compare(t *rapid.T) {
	r.steps++
	var rows []struct {
		ID    uuid.UUID  `db:"id"`
		Shift uuid.UUID  `db:"shift_id"`
		State string     `db:"state"`
		Until *time.Time `db:"offer_expires_at"`
	}
	ids := make([]uuid.UUID, len(r.shifts))
	for i, s := range r.shifts {
		ids[i] = s.id
	}
	if err := r.DB.Select(&rows, `select id, shift_id, state, offer_expires_at from signups where shift_id = any($1) order by line`,
		postgres.IDs(ids)); err != nil {
		t.Fatal(err)
	}
	for i, s := range r.shifts {
		var got, want strings.Builder
		for _, row := range rows {
			if row.Shift == s.id {
				fmt.Fprintln(&got, row.ID, row.State, unix(row.Until))
			}
		}
		for _, g := range s.line {
			until := &g.until
			if !g.is("OFFERED") {
				until = nil
			}
			fmt.Fprintln(&want, g.id, g.state, unix(until))
		}
		if got.String() != want.String() {
			t.Fatalf("shift %d at start%+v:\n%s; want\n%s", i, r.now.Sub(s.starts), got.String(), want.String())
		}
	}
	r.SoundSince(t, r.last, r.now, r.rested && r.now.Equal(r.last), r.task)
}

func unix(at *time.Time) int64 {
	if at == nil {
		return 0
	}
	return at.Unix()
}
