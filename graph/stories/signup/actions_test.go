package signup

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/signup"
)

// cell is a possible situation of a sign-up.
type cell struct {
	state  string        // LATE is OFFERED with its time over
	starts time.Duration // of the shift, from now; it lasts two hours
	with   string        // full: no seat is free; clash: confirmed elsewhere; done: the task is CLAIMED_DONE
}

func cells() (all []cell) {
	for _, state := range []string{"WAITLISTED", "OFFERED", "LATE", "CONFIRMED", "CHECKED_IN", "COMPLETED", "NO_SHOW", "CANCELLED", "EXPIRED"} {
		for _, starts := range []time.Duration{72 * time.Hour, time.Hour, -time.Minute, -time.Hour, -4 * time.Hour, -30 * time.Hour, -200 * time.Hour} {
			for _, with := range []string{"", "full", "clash", "done"} {
				there := slices.Contains([]string{"CONFIRMED", "CHECKED_IN", "COMPLETED"}, state)
				if with == "clash" && there || with != "" && starts < -time.Hour || starts > 0 && (state == "COMPLETED" || state == "NO_SHOW") {
					continue
				}
				all = append(all, cell{state, starts, with})
			}
		}
	}
	return all
}

// stage puts cells into the database, without the hub.
type stage struct {
	*hub.City
	t          *testing.T
	now        time.Time
	open, done uuid.UUID // tasks
	rival      uuid.UUID // a person who takes seats and clashes with nobody
}

func newStage(t *testing.T) *stage {
	c := hub.NewCity(t)
	open, _ := c.Task(1, 500*time.Hour)
	done, _ := c.Task(1, 500*time.Hour)
	c.Exec(`alter table tasks disable trigger tasks_over_without_shifts`) // so that the hub is tested, and not the database
	c.Exec(`alter table shifts disable trigger shifts_over_without_shifts`)
	c.Exec(`update tasks set state = 'CLAIMED_DONE', claimed_by = $2 where id = $1`, done, c.Lead.ID)
	return &stage{City: c, t: t, now: c.Present().Truncate(time.Microsecond), open: hub.RowID(open), done: hub.RowID(done), rival: hub.RowID(c.Other.ID)}
}

// must runs a statement in a transaction of the stage.
func (s *stage) must(tx *sqlx.Tx, statement string, args ...any) {
	if _, err := tx.Exec(statement, args...); err != nil {
		s.t.Fatalf("%s %v: %v", statement, args, err)
	}
}

func (s *stage) newPerson(tx *sqlx.Tx, age int) *auth.Actor {
	a := &auth.Actor{PersonID: postgres.NewID(), BirthDate: s.now.AddDate(-age, 0, -1)}
	s.must(tx, `insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at, email_verified_at)
		values ($1, $2, 'none', 'A', 'B', $3, 'EN', now(), now())`, a.PersonID, a.PersonID.String()+"@example.org", a.BirthDate)
	return a
}

func (s *stage) newShift(tx *sqlx.Tx, task uuid.UUID, starts time.Duration, seats int) uuid.UUID {
	id, at := postgres.NewID(), s.now.Add(starts)
	s.must(tx, `insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at, begun_at)
		values ($1, $2, $3, $4, $5, 'PLANNED', now(), $6)`, id, task, at, at.Add(2*time.Hour), seats, begun(at, starts))
	return id
}

// begun returns when the worker has recorded the start: it needs some minutes.
func begun(at time.Time, starts time.Duration) *time.Time {
	if starts > -10*time.Minute {
		return nil
	}
	return &at
}

func (s *stage) newSignup(tx *sqlx.Tx, shift, who uuid.UUID, state string) uuid.UUID {
	id, until := postgres.NewID(), s.now.Add(time.Second)
	if state == "LATE" {
		state, until = "OFFERED", s.now
	}
	s.must(tx, `insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at,
			offer_expires_at, checked_in_at, checked_out_at)
		select $1, s.id, $3, s.starts_at, s.ends_at, $4::signup_state, now(), now(), case when $4 = 'OFFERED' then $5::timestamptz end,
			case when $4 in ('CHECKED_IN', 'COMPLETED') then s.starts_at end, case when $4 = 'COMPLETED' then s.ends_at end
		from shifts s where id = $2`, id, shift, who, state, until)
	return id
}

// put makes a new sign-up in the cell's situation.
func (s *stage) put(c cell) (id uuid.UUID, who *auth.Actor) {
	tx := s.DB.MustBegin()
	task, seats := s.open, 3
	if c.with == "done" {
		task = s.done
	}
	if c.with == "full" {
		seats = 1
		if !slices.Contains([]string{"WAITLISTED", "CANCELLED", "EXPIRED"}, c.state) {
			seats = 2
		}
	}
	who = s.newPerson(tx, 20)
	shift := s.newShift(tx, task, c.starts, seats)
	if c.with == "full" {
		s.newSignup(tx, shift, s.rival, map[bool]string{true: "OFFERED", false: "NO_SHOW"}[c.starts > 0])
	}
	if c.with == "clash" {
		s.newSignup(tx, s.newShift(tx, s.open, c.starts+time.Hour, 1), who.PersonID, "CONFIRMED")
	}
	id = s.newSignup(tx, shift, who.PersonID, c.state)
	if err := tx.Commit(); err != nil {
		s.t.Fatal(err)
	}
	return id, who
}

// told returns what availableActions says about a sign-up: the reasons why not, "" if allowed.
func (s *stage) told(a *auth.Actor, id uuid.UUID) map[rule.Verb]string {
	rows, err := s.Resolver.Signups.ByIDs(context.Background(), []uuid.UUID{id})
	if err != nil || len(rows) != 1 {
		s.t.Fatal(rows, err)
	}
	actions, err := s.Resolver.Signups.Actions(context.Background(), a, rows, s.now)
	if err != nil {
		s.t.Fatal(err)
	}
	told := reasons(actions[0])
	if !rows[0].Visible(a) { // the hub does not show it at all
		for verb := range told {
			told[verb] = string(fault.NotFound)
		}
	}
	return told
}

func reasons(actions []*rule.Action) map[rule.Verb]string {
	told := map[rule.Verb]string{}
	for _, action := range actions {
		told[action.Action] = ""
		if action.Reason != nil {
			told[action.Action] = string(*action.Reason)
		}
	}
	return told
}

// withCode is what checkInWithCode answers where availableActions says WRONG_STATE for a sign-up.
var withCode = map[string]string{"CHECKED_IN": "", "COMPLETED": "", "CANCELLED": "NOT_SIGNED_UP", "EXPIRED": "NOT_SIGNED_UP"}

// TestWhatASignupTellsIsTrue: whatever availableActions allows succeeds, and whatever it refuses fails with the same reason, in
// every state, at every time and for everybody.
func TestWhatASignupTellsIsTrue(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	lead, coordinator, stranger := s.Lead.Actor(), s.Coordinator.Actor(), s.Volunteer.Actor()
	tried, allowed := 0, map[string]int{}
	codes := map[string]bool{}
	for _, c := range cells() {
		id, person := s.put(c)
		for viewer, a := range map[string]*auth.Actor{"lead": lead, "coordinator": coordinator, "stranger": stranger, "person": nil} {
			if viewer == "person" {
				a = person
			}
			if viewer == "coordinator" && c.with != "" {
				continue
			}
			for verb, want := range s.told(a, id) {
				on, by := id, a
				if want == "" { // it will change: a copy
					allowed[string(verb)]++
					copied, owner := s.put(c)
					if on = copied; viewer == "person" {
						by = owner
					}
				}
				if verb == signup.CheckInWithCode { // is for one's own only, and returns the sign-up of somebody who is there already
					if viewer != "person" {
						continue
					}
					if other, differs := withCode[c.state]; differs {
						want = other
					}
				}
				to := map[bool]string{true: "CONFIRMED", false: "NO_SHOW"}[c.starts > 0]
				_, err := s.Change(mutation.Call{Actor: by, Now: s.now}, string(verb), on.String(), to)
				if got := hub.CodeOf(err); got != want {
					t.Errorf("%+v, %s by the %s: told %q, was %q (%v)", c, verb, viewer, want, got, err)
				}
				tried++
				codes[want] = true
			}
		}
	}
	t.Logf("%d tried, allowed: %v", tried, allowed)
	for _, code := range strings.Fields("NOT_YOURS NOT_LEAD WRONG_STATE OFFER_EXPIRED SHIFT_FULL CLASH SIGNUP_CLOSED TOO_EARLY TOO_LATE NOT_FOUND") {
		if !codes[code] {
			t.Errorf("%s was never told", code)
		}
	}
}
