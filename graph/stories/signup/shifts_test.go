package signup

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/auth"
	"jastarhub/internal/mutation"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
)

// standing is a possible situation of a shift.
type standing struct {
	name   string
	task   string        // the task's state; OPEN if left out
	starts time.Duration // three days from now if left out
	then   string        // what is done to the shift, $1; the person is $2
	alone  bool          // the task has no other shift
	age    int           // of the person; 20 if left out
	// The reasons: signing up by anyone, updating and cancelling by a lead.
	signUp, update, cancel string
}

var standings = []standing{
	{name: "free"},
	{name: "in progress", task: "IN_PROGRESS"},
	{name: "the last one", alone: true, cancel: "LAST_SHIFT"},
	{name: "the last one of a task in progress", task: "IN_PROGRESS", alone: true, cancel: "LAST_SHIFT"},
	{name: "the only one of a draft", task: "DRAFT", alone: true, signUp: "SIGNUP_CLOSED"},
	{name: "claimed done", task: "CLAIMED_DONE", signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "verified", task: "VERIFIED", signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "of a cancelled task", task: "CANCELLED", signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "cancelled", then: `update shifts set state = 'CANCELLED', cancel_reason = 'Storm.' where id = $1`,
		signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "begun", starts: -time.Hour, signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "begun a moment ago", starts: -time.Second, signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "begun by another hub's clock", starts: time.Second, then: `update shifts set begun_at = starts_at where id = $1`,
		signUp: "SIGNUP_CLOSED", update: "WRONG_STATE", cancel: "WRONG_STATE"},
	{name: "in an hour", starts: time.Hour},
	{name: "somebody is there", starts: time.Hour, then: `insert into signups (id, shift_id, person_id, starts_at, ends_at, state,
		created_at, updated_at, checked_in_at) select gen_random_uuid(), id, $2, starts_at, ends_at, 'CHECKED_IN', now(), now(), now()
		from shifts where id = $1`, signUp: "ALREADY_SIGNED_UP"},
	{name: "full", then: `insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
		select gen_random_uuid(), s.id, p.id, s.starts_at, s.ends_at, 'NO_SHOW', now(), s.starts_at
		from shifts s join people p on p.given_name = 'Other' where s.id = $1`, cancel: "WRONG_STATE"},
	{name: "on it already", then: ownSignup + `'WAITLISTED', now(), now() from shifts s where s.id = $1`, signUp: "ALREADY_SIGNED_UP"},
	{name: "was on it", then: ownSignup + `'CANCELLED', now(), now() from shifts s where s.id = $1`},
	{name: "elsewhere then", then: ownSignup + `'CONFIRMED', now(), now()
		from shifts s join shifts o on o.task_id = s.task_id and o.id <> s.id where o.id = $1`, signUp: "CLASH"},
	{name: "too young", age: 15, then: `update tasks set min_age = 16 where id = (select task_id from shifts where id = $1)`, signUp: "TOO_YOUNG"},
	{name: "old enough", age: 16, then: `update tasks set min_age = 16 where id = (select task_id from shifts where id = $1)`},
}

// ownSignup puts the person on shift s.
const ownSignup = `insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
	select gen_random_uuid(), s.id, $2, s.starts_at, s.ends_at, `

// putShift makes a new shift in the situation, and somebody who may see it.
func (s *stage) putShift(p standing) (id uuid.UUID, who *auth.Actor) {
	tx := s.DB.MustBegin()
	task := uuid.New()
	s.must(tx, `insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by,
			claimed_by, cancel_reason, created_at, updated_at, verified_at)
		select $1, team_id, ngo_id, centre_id, district_id, title, description, language, coalesce(nullif($3, ''), 'OPEN')::task_state,
			created_by, created_by, case when $3 = 'CANCELLED' then 'Storm.' end, now(), now(),
			case when $3 = 'VERIFIED' then now() end from tasks where id = $2`, task, s.open, p.task)
	starts, age := p.starts, p.age
	if starts == 0 {
		starts = 72 * time.Hour
	}
	if age == 0 {
		age = 20
	}
	who = s.newPerson(tx, age)
	id = s.newShift(tx, task, starts, 1)
	if !p.alone {
		s.newShift(tx, task, starts+time.Hour, 1)
	}
	if p.then != "" {
		args := []any{id, who.PersonID}
		s.must(tx, p.then, args[:1+strings.Count(p.then, "$2")]...)
	}
	if err := tx.Commit(); err != nil {
		s.t.Fatal(err)
	}
	return id, who
}

// TestWhatAShiftTellsIsTrue: the reasons are those of the table, and each is what the mutation answers.
func TestWhatAShiftTellsIsTrue(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	lead, coordinator := s.Lead.Actor(), s.Coordinator.Actor()
	for _, p := range standings {
		for _, viewer := range []string{"visitor", "person", "lead", "coordinator"} {
			id, a := s.putShift(p)
			want := map[rule.Verb]string{"SIGN_UP": p.signUp, "UPDATE_SHIFT": "NOT_LEAD", "CANCEL_SHIFT": "NOT_LEAD"}
			switch viewer {
			case "visitor":
				a, want = nil, map[rule.Verb]string{"SIGN_UP": "UNAUTHENTICATED", "UPDATE_SHIFT": "UNAUTHENTICATED", "CANCEL_SHIFT": "UNAUTHENTICATED"}
			case "lead":
				a, want = lead, map[rule.Verb]string{"SIGN_UP": s.others(p), "UPDATE_SHIFT": p.update, "CANCEL_SHIFT": p.cancel}
			case "coordinator":
				a, want["SIGN_UP"] = coordinator, s.others(p)
			}
			rows, err := s.Resolver.Shifts.ByIDs(context.Background(), []uuid.UUID{id})
			if err != nil {
				t.Fatal(err)
			}
			actions, err := s.Resolver.Shifts.Actions(context.Background(), a, rows, s.now)
			if err != nil {
				t.Fatal(err)
			}
			for verb, told := range reasons(actions[0]) {
				hidden := !rows[0].Visible(a)
				if told != want[verb] && !hidden {
					t.Errorf("%s, %s by the %s: told %q; want %q", p.name, verb, viewer, told, want[verb])
				}
				switch { // what the mutation answers
				case hidden && a != nil:
					told = "NOT_FOUND"
				case told == "ALREADY_SIGNED_UP":
					told = "" // a repetition returns the existing sign-up
				}
				on, by := id, a
				if told == "" {
					copied, who := s.putShift(p)
					if on = copied; viewer == "person" {
						by = who
					}
				}
				if got := hub.CodeOf(s.try(verb, mutation.Call{Actor: by, Now: s.now}, on)); got != told {
					t.Errorf("%s, %s by the %s: told %q, was %q", p.name, verb, viewer, told, got)
				}
				s.Exec(`update signups set state = 'CANCELLED' where state = 'CONFIRMED' and person_id in ($1, $2)`,
					lead.PersonID, coordinator.PersonID) // the people are wherever they tried to be
			}
		}
	}
}

// others are told the same about signing up, except for what is about the person.
func (s *stage) others(p standing) string {
	switch p.signUp {
	case "ALREADY_SIGNED_UP", "CLASH", "TOO_YOUNG":
		return ""
	}
	return p.signUp
}

func (s *stage) try(verb rule.Verb, call mutation.Call, id uuid.UUID) (err error) {
	ctx := context.Background()
	switch verb {
	case "SIGN_UP":
		_, err = s.Change(call, "SIGN_UP", id.String(), "")
	case "UPDATE_SHIFT":
		seats := 7
		_, err = s.Resolver.Shifts.Update(ctx, call, shift.UpdateShiftInput{ID: id, Capacity: &seats})
	case "CANCEL_SHIFT":
		_, err = s.Resolver.Shifts.Cancel(ctx, call, shift.CancelShiftInput{ID: id, Reason: "Storm."})
	default:
		s.t.Fatal(verb)
	}
	return err
}
