package task

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// TestATaskThatIsDoneHasNoShiftToCome: the claim refuses first, then cancels them, and tells everybody on them why.
func TestATaskThatIsDoneHasNoShiftToCome(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, first := c.Task(2, 72*time.Hour)
	second := c.AddShift(task, 1, 96*time.Hour)
	people := c.Crowd(3)
	for _, who := range people[:2] {
		c.SignUp(who, first)
	}
	confirmed, _ := c.SignUp(people[1], second)
	waiting, _ := c.SignUp(people[2], second)
	c.Lead.Do("startTask", hub.Vars{"id": task}, "task { state }")
	claim := hub.Vars{"id": task, "words": "Арық таза.", "noPhotoReason": "No camera."}
	c.Lead.Refused("SHIFTS_TO_COME", "claimDone", claim)
	c.SignedUp(t, first, "CONFIRMED", "CONFIRMED")
	if n := c.Count(`select (select count(*) from task_claims) + (select count(*) from shifts where state = 'CANCELLED')`); n != 0 {
		t.Error("the refused claim did something")
	}
	claim["cancelShifts"] = true
	cancelled := hub.Vars{"state": "CANCELLED", "cancelReason": "Арық таза."}
	c.Lead.Do("claimDone", claim, "task { state nextShiftAt seats { capacity free } shifts { nodes { state cancelReason } } }").
		Shows("claimDone.task", hub.Vars{"state": "CLAIMED_DONE", "nextShiftAt": nil, "seats": hub.Vars{"capacity": 0, "free": 0},
			"shifts": hub.Vars{"nodes": []hub.Vars{cancelled, cancelled}}})
	c.SignedUp(t, first, "CANCELLED", "CANCELLED")
	c.SignedUp(t, second, "CANCELLED", "CANCELLED")
	people[1].SignupAs(confirmed).Shows("node.endReason", "Арық таза.").
		Shows("node.history.nodes.1", hub.Vars{"verb": "CLAIM_DONE", "fromState": "CONFIRMED", "toState": "CANCELLED", "actingAs": "LEAD", "words": "Арық таза."})
	people[2].SignupAs(waiting).Shows("node.state", "CANCELLED")
	for i, want := range []int{1, 2, 1} {
		if n := c.Count(`select count(*) from notices where person_id = $1 and kind = 'SHIFT_CANCELLED'`, people[i].ID); n != want {
			t.Errorf("person %d is told of %d shifts", i, n)
		}
	}
	c.Sound(t, c.Present(), task)
	closed := func() {
		t.Helper()
		if told := people[0].Actions(first)["SIGN_UP"]; told != "SIGNUP_CLOSED" {
			t.Errorf("one may sign up: %v", told)
		}
		people[0].Refused("SIGNUP_CLOSED", "signUp", hub.Vars{"shiftId": first})
		c.Lead.Refused("WRONG_STATE", "addShift", hub.Vars{"taskId": task, "shift": c.NewShift(2, 72*time.Hour)})
	}
	closed()
	c.Coordinator.Do("sendBack", hub.Vars{"id": task, "reason": "Қоқыс қалды."}, "task { state }")
	third := c.AddShift(task, 2, 72*time.Hour) // the work goes on
	c.SignUp(people[0], third)
	c.Lead.Refused("SHIFTS_TO_COME", "claimDone", hub.Vars{"id": task, "words": "Енді таза.", "noPhotoReason": "No camera."})
	c.Lead.Do("claimDone", claim, "task { state }")
	c.SignedUp(t, third, "CANCELLED")
	c.Coordinator.Do("verifyTask", hub.Vars{"id": task}, "task { state }")
	closed()
}

// TestTheOldWayIsMendedAtTheVerification: a task that was claimed before claims refused this loses its future shifts when it is
// verified.
func TestTheOldWayIsMendedAtTheVerification(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(2, 72*time.Hour)
	c.SignUp(c.Other, shift)
	c.Exec(`alter table tasks disable trigger tasks_over_without_shifts`)
	c.Exec(`update tasks set state = 'CLAIMED_DONE', claimed_by = created_by where id = $1`, task)
	c.Exec(`alter table tasks enable trigger tasks_over_without_shifts`)
	c.Coordinator.Do("verifyTask", hub.Vars{"id": task}, "task { state }").Shows("verifyTask.task.state", "VERIFIED")
	c.SignedUp(t, shift, "CANCELLED")
	for language, says := range map[string]string{"EN": "will not take place: the work is done.", "RU": "в это время не будет: работа уже выполнена.", "KK": "тоқтатылды: жұмыс аяқталды."} {
		c.Other.Do("updateProfile", hub.Vars{"language": language}, "person { id }")
		a := c.Other.Must(`{ viewer { notices { nodes { kind text } } } }`).Shows("viewer.notices.nodes.0.kind", "SHIFT_CANCELLED")
		if text := a.Str("viewer.notices.nodes.0.text"); !strings.Contains(text, says) {
			t.Errorf("%q does not say %q", text, says)
		}
	}
}

// TestTheEndOfATaskEndsWhatHasNotBegun, whoever is checked in, in every way in which a task ends; people are told. A task that a
// dispute reopens has none of the former shifts.
func TestTheEndOfATaskEndsWhatHasNotBegun(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	claim := hub.Vars{"words": "Арық таза.", "noPhotoReason": "No camera.", "cancelShifts": true}
	for _, end := range []struct {
		verb, as, words string
		who             *hub.Caller
		in              hub.Vars
	}{
		{"claimDone", "LEAD", "Арық таза.", w.Lead, claim},
		{"cancelTask", "LEAD", "A flood.", w.Lead, hub.Vars{"reason": "A flood."}},
		{"cancelTask", "COORDINATOR", "A flood.", w.Coordinator, hub.Vars{"reason": "A flood."}},
		{"verifyTask", "COORDINATOR", "The work is done.", w.Coordinator, hub.Vars{}},
	} {
		task := w.PutTask("IN_PROGRESS")
		soon, begun := w.PutShift(task, "1 hour", 2), w.PutShift(task, "-1 hour", 2)
		people := w.Crowd(3)
		came, confirmed := w.PutSignup(people[0], soon, "CONFIRMED"), w.PutSignup(people[1], soon, "CONFIRMED")
		w.PutSignup(people[2], begun, "CHECKED_IN")
		w.Lead.Do("checkIn", hub.Vars{"id": came}, "signup { state }")
		if end.verb == "verifyTask" { // from a claim that left the shift in place
			w.Exec(`alter table tasks disable trigger tasks_over_without_shifts`)
			w.Exec(`update tasks set state = 'CLAIMED_DONE', claimed_by = created_by where id = $1`, task)
			w.Exec(`alter table tasks enable trigger tasks_over_without_shifts`)
		}
		if end.verb == "claimDone" {
			w.Lead.Refused("SHIFTS_TO_COME", "claimDone", hub.Vars{"id": task, "words": "Арық таза.", "noPhotoReason": "No camera."})
		}
		end.in["id"] = task
		end.who.Do(end.verb, end.in, "task { state }")
		w.SignedUp(t, soon, "CANCELLED", "CANCELLED")
		w.SignedUp(t, begun, "CHECKED_IN")
		w.Lead.Must(`query($soon: ID!, $begun: ID!) { soon: shift(id: $soon) { state cancelReason } begun: shift(id: $begun) { state } }`,
			hub.Vars{"soon": soon, "begun": begun}).
			Shows("soon", hub.Vars{"state": "CANCELLED", "cancelReason": end.words}).Shows("begun.state", "PLANNED")
		verb := map[string]string{"claimDone": "CLAIM_DONE", "cancelTask": "CANCEL_TASK", "verifyTask": "VERIFY_TASK"}[end.verb]
		people[0].SignupAs(came).Shows("node.checkedInAt", nil).Shows("node.endReason", end.words).Shows("node.history.nodes.1",
			hub.Vars{"verb": verb, "fromState": "CHECKED_IN", "toState": "CANCELLED", "actingAs": end.as, "words": end.words})
		people[1].SignupAs(confirmed).Shows("node.state", "CANCELLED")
		people[0].Hears("SHIFT_CANCELLED")
		people[1].Hears("SHIFT_CANCELLED")
		if end.verb == "verifyTask" {
			w.Roles["author"].Do("disputeResult", hub.Vars{"id": task, "reason": "The bags are still there."}, "task { state nextShift { id } }").
				Shows("disputeResult.task", hub.Vars{"state": "IN_PROGRESS", "nextShift": nil})
		}
	}
}

// TestAShiftOfAnotherClockHasBegun: a shift whose start one hub has recorded is not ended with the task by another.
func TestAShiftOfAnotherClockHasBegun(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(2, time.Minute)
	came, _ := c.SignUp(c.Volunteer, shift)
	c.Lead.Do("checkIn", hub.Vars{"id": came}, "signup { state }")
	if err := c.Resolver.Tasks.BeginShifts(context.Background(), c.Present().Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	c.Lead.Do("claimDone", hub.Vars{"id": task, "words": "Арық таза.", "noPhotoReason": "No camera."}, "task { state }")
	c.SignedUp(t, shift, "CHECKED_IN")
}

// TestTheDatabaseHoldsThatWhatIsOverHasNoShiftToCome, whatever a program does.
func TestTheDatabaseHoldsThatWhatIsOverHasNoShiftToCome(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(2, 72*time.Hour)
	for state, columns := range map[string]string{"CLAIMED_DONE": `claimed_by = created_by`, "CANCELLED": `cancel_reason = 'Rain.'`} {
		if _, err := c.DB.Exec(`update tasks set state = $2::task_state, updated_at = now(), `+columns+` where id = $1`, task, state); hub.CodeOf(postgres.Map(err)) != "SHIFTS_TO_COME" {
			t.Errorf("%s: %v", state, err)
		}
	}
	came, _ := c.SignUp(c.Other, shift)
	c.Exec(`update signups set state = 'CHECKED_IN', checked_in_at = now() where id = $1`, came)
	if _, err := c.DB.Exec(`update tasks set state = 'CANCELLED', updated_at = now(), cancel_reason = 'Rain.' where id = $1`, task); hub.CodeOf(postgres.Map(err)) != "SHIFTS_TO_COME" {
		t.Errorf("somebody is checked in: %v", err)
	}
	c.Pass(80 * time.Hour)
	c.Tick()
	c.Exec(`update tasks set state = 'CLAIMED_DONE', updated_at = now(), claimed_by = created_by where id = $1`, task)
	if _, err := c.DB.Exec(`insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at)
		values (gen_random_uuid(), $1, now() + interval '100 hours', now() + interval '101 hours', 2, 'PLANNED', now())`, task); hub.CodeOf(postgres.Map(err)) != "SHIFTS_TO_COME" {
		t.Errorf("a shift is added: %v", err)
	}
}

// TestADisputedTaskIsItsTeamsCentres: it goes on where the team is hosted now.
func TestADisputedTaskIsItsTeamsCentres(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`update centres set state = 'OPEN' where code = 'MEDEU-2'`)
	host := w.Granted("Host", "COORDINATOR MEDEU-2")
	verified, open := w.PutTask("VERIFIED"), w.PutTask("OPEN")
	asked := w.Lead.Do("moveTeam", hub.Vars{"teamId": w.Team, "centreId": w.Centre("MEDEU-2")}, "hosting { id }").Str("moveTeam.hosting.id")
	host.Do("answerMove", hub.Vars{"id": asked, "accept": true}, "hosting { state }")
	const where = `query($id: ID!) { task(id: $id) { centre { code } history(first: 9) { nodes { verb fromState toState actingAs by { id } } } } }`
	w.Lead.Must(where, hub.Vars{"id": open}).Shows("task.centre.code", "MEDEU-2").
		Shows("task.history.nodes", []hub.Vars{{"verb": "ANSWER_MOVE", "fromState": "OPEN", "toState": "OPEN", "actingAs": "COORDINATOR", "by": hub.Vars{"id": host.ID}}})
	w.Lead.Must(where, hub.Vars{"id": verified}).Shows("task.centre.code", "AUEZOV-1").Shows("task.history.nodes", []hub.Vars{})
	w.Roles["author"].Do("disputeResult", hub.Vars{"id": verified, "reason": "The bags are still there."}, "task { state centre { code } }").
		Shows("disputeResult.task", hub.Vars{"state": "IN_PROGRESS", "centre": hub.Vars{"code": "MEDEU-2"}})
	if n := w.Count(`select count(*) from notices where person_id = $1 and kind = 'TASK_DISPUTED'`, host.ID); n != 1 {
		t.Error("the centre that hosts the team is not told")
	}
	w.Lead.Do("claimDone", hub.Vars{"id": verified, "words": "Now.", "noPhotoReason": "No camera."}, "task { state }")
	w.Coordinator.Refused("NOT_YOUR_CENTRE", "verifyTask", hub.Vars{"id": verified})
	host.Do("verifyTask", hub.Vars{"id": verified}, "task { state }").Shows("verifyTask.task.state", "VERIFIED")
}

// TestTheAgeIsAskedAgainWhenAShiftMoves to an earlier day, and nothing changes if somebody could not come then.
func TestTheAgeIsAskedAgainWhenAShiftMoves(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	for _, row := range []struct {
		name, state string
		age         int
		task        hub.Vars
		code        string
	}{
		{"least age, with a place", "CONFIRMED", 18, hub.Vars{"minAge": 18}, "TOO_YOUNG"},
		{"least age, in line", "WAITLISTED", 18, hub.Vars{"minAge": 18}, "TOO_YOUNG"},
		{"class of work", "CONFIRMED", 18, hub.Vars{"minAge": 18, "workClass": "HEAVY"}, "WORK_FORBIDDEN"},
		{"consent", "CONFIRMED", 16, hub.Vars{}, "CONSENT_MISSING"},
	} {
		row.task["teamId"], row.task["title"], row.task["description"] = c.Team, "Жүк тасу", "Қолғап алып келіңіз."
		row.task["shifts"] = []hub.Vars{c.NewShift(1, 20*24*time.Hour)}
		made := c.Lead.Do("createTask", row.task, "task { id shifts { nodes { id } } }")
		task, shift := made.Str("createTask.task.id"), made.Str("createTask.task.shifts.nodes.0.id")
		c.Lead.Do("openTask", hub.Vars{"id": task}, "task { state }")
		people := c.Crowd(2)
		c.Exec(`update people set birth_date = (now() + interval '10 days' - $2 * interval '1 year')::date where id = $1`, people[1].ID, row.age)
		if row.state == "WAITLISTED" {
			c.SignUp(people[0], shift)
		}
		if _, state := c.SignUp(people[1], shift); state != row.state {
			t.Fatalf("%s: %s", row.name, state)
		}
		before := c.ShiftRow(shift)
		move := func(days time.Duration) hub.Vars {
			return hub.Vars{"id": shift, "startsAt": base.Add(days * 24 * time.Hour).Format(time.RFC3339), "endsAt": base.Add(days*24*time.Hour + time.Hour).Format(time.RFC3339)}
		}
		c.Lead.Refused(row.code, "updateShift", move(5))
		if after := c.ShiftRow(shift); after != before {
			t.Errorf("%s: the shift changed: %s; was %s", row.name, after, before)
		}
		c.Lead.Do("updateShift", move(15), "shift { id }")
	}
}

// TestNoHoursBeforeThereAreAny: nobody has been to a future shift, and no verdict or certificate is about one.
func TestNoHoursBeforeThereAreAny(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift := c.Task(2, time.Hour)
	signup, _ := c.SignUp(c.Other, shift)
	c.Lead.Do("checkIn", hub.Vars{"id": signup}, "signup { state }")
	c.Lead.Refused("TOO_EARLY", "checkOut", hub.Vars{"id": signup})
	for _, state := range []string{"COMPLETED", "NO_SHOW"} {
		c.Lead.Refused("TOO_EARLY", "correctAttendance", hub.Vars{"id": signup, "state": state, "reason": "They were there."})
	}
	if n := c.Count(`select count(*) from hours`); n != 0 {
		t.Error("there are hours")
	}
	begun := c.Present().Add(90 * time.Minute)
	if _, err := c.Change(c.Lead.CallAt(begun), "CHECK_OUT", signup, ""); err != nil { // after half an hour
		t.Fatal(err)
	}
	hours := c.HoursOf(signup)
	for verb, in := range map[string]hub.Vars{"approveHours": {"ids": []any{hours}}, "rejectHours": {"ids": []any{hours}, "reason": "No."},
		"adjustHours": {"rows": []any{hub.Vars{"id": hours, "minutes": 5}}, "reason": "Less."}} {
		if codes := c.Lead.Done(verb, in); codes[0] != "TOO_EARLY" {
			t.Errorf("%s: %v", verb, codes)
		}
	}
	for name, statement := range map[string]string{
		"signups_attended_after_start": `update signups set state = 'NO_SHOW', checked_out_at = null, updated_at = starts_at - interval '1 second'`,
		"signups_out_after_start":      `update signups set checked_out_at = checked_in_at`,
		"hours_answered_after_end":     `update hours set state = 'APPROVED', answered_at = ends_at - interval '1 second', answered_by = (select id from people where id <> person_id limit 1)`,
	} {
		if _, err := c.DB.Exec(statement); hub.CodeOf(postgres.Map(err)) != "TOO_EARLY" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
