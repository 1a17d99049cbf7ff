package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/postgres"
)

// TestATaskThatIsDoneHasNoShiftToCome: the claim refuses first, then cancels them, and tells everybody on them why.
func TestATaskThatIsDoneHasNoShiftToCome(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, first := c.task(2, 72*hour)
	second := c.addShift(task, 1, 96*hour)
	people := c.crowd(3)
	for _, who := range people[:2] {
		c.signUp(who, first)
	}
	confirmed, _ := c.signUp(people[1], second)
	waiting, _ := c.signUp(people[2], second)
	c.lead.do("startTask", vars{"id": task}, "task { state }")
	claim := vars{"id": task, "words": "Арық таза.", "noPhotoReason": "No camera."}
	c.lead.refused("SHIFTS_TO_COME", "claimDone", claim)
	c.signedUp(t, first, "CONFIRMED", "CONFIRMED")
	if n := c.count(`select (select count(*) from task_claims) + (select count(*) from shifts where state = 'CANCELLED')`); n != 0 {
		t.Error("the refused claim did something")
	}
	claim["cancelShifts"] = true
	cancelled := vars{"state": "CANCELLED", "cancelReason": "Арық таза."}
	c.lead.do("claimDone", claim, "task { state nextShiftAt seats { capacity free } shifts { nodes { state cancelReason } } }").
		shows("claimDone.task", vars{"state": "CLAIMED_DONE", "nextShiftAt": nil, "seats": vars{"capacity": 0, "free": 0},
			"shifts": vars{"nodes": []vars{cancelled, cancelled}}})
	c.signedUp(t, first, "CANCELLED", "CANCELLED")
	c.signedUp(t, second, "CANCELLED", "CANCELLED")
	people[1].signupAs(confirmed).shows("node.endReason", "Арық таза.").
		shows("node.history.nodes.1", vars{"verb": "CLAIM_DONE", "fromState": "CONFIRMED", "toState": "CANCELLED", "actingAs": "LEAD", "words": "Арық таза."})
	people[2].signupAs(waiting).shows("node.state", "CANCELLED")
	for i, want := range []int{1, 2, 1} {
		if n := c.count(`select count(*) from notices where person_id = $1 and kind = 'SHIFT_CANCELLED'`, people[i].id); n != want {
			t.Errorf("person %d is told of %d shifts", i, n)
		}
	}
	c.sound(t, time.Now(), task)
	closed := func() {
		t.Helper()
		if told := people[0].actions(first)["SIGN_UP"]; told != "SIGNUP_CLOSED" {
			t.Errorf("one may sign up: %v", told)
		}
		people[0].refused("SIGNUP_CLOSED", "signUp", vars{"shiftId": first})
		c.lead.refused("WRONG_STATE", "addShift", vars{"taskId": task, "shift": c.newShift(2, 72*hour)})
	}
	closed()
	c.coordinator.do("sendBack", vars{"id": task, "reason": "Қоқыс қалды."}, "task { state }")
	third := c.addShift(task, 2, 72*hour) // the work goes on
	c.signUp(people[0], third)
	c.lead.refused("SHIFTS_TO_COME", "claimDone", vars{"id": task, "words": "Енді таза.", "noPhotoReason": "No camera."})
	c.lead.do("claimDone", claim, "task { state }")
	c.signedUp(t, third, "CANCELLED")
	c.coordinator.do("verifyTask", vars{"id": task}, "task { state }")
	closed()
}

// TestTheOldWayIsMendedAtTheVerification: a task that was claimed before claims refused this loses its future shifts when it is
// verified.
func TestTheOldWayIsMendedAtTheVerification(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(2, 72*hour)
	c.signUp(c.other, shift)
	c.exec(`alter table tasks disable trigger tasks_over_without_shifts`)
	c.exec(`update tasks set state = 'CLAIMED_DONE', claimed_by = created_by where id = $1`, task)
	c.exec(`alter table tasks enable trigger tasks_over_without_shifts`)
	c.coordinator.do("verifyTask", vars{"id": task}, "task { state }").shows("verifyTask.task.state", "VERIFIED")
	c.signedUp(t, shift, "CANCELLED")
	for language, says := range map[string]string{"EN": "will not take place: the work is done.", "RU": "в это время не будет: работа уже выполнена.", "KK": "тоқтатылды: жұмыс аяқталды."} {
		c.other.do("updateProfile", vars{"language": language}, "person { id }")
		a := c.other.must(`{ viewer { notices { nodes { kind text } } } }`).shows("viewer.notices.nodes.0.kind", "SHIFT_CANCELLED")
		if text := a.str("viewer.notices.nodes.0.text"); !strings.Contains(text, says) {
			t.Errorf("%q does not say %q", text, says)
		}
	}
}

// TestTheEndOfATaskEndsWhatHasNotBegun, whoever is checked in, in every way in which a task ends; people are told. A task that a
// dispute reopens has none of the former shifts.
func TestTheEndOfATaskEndsWhatHasNotBegun(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	claim := vars{"words": "Арық таза.", "noPhotoReason": "No camera.", "cancelShifts": true}
	for _, end := range []struct {
		verb, as, words string
		who             *caller
		in              vars
	}{
		{"claimDone", "LEAD", "Арық таза.", w.lead, claim},
		{"cancelTask", "LEAD", "A flood.", w.lead, vars{"reason": "A flood."}},
		{"cancelTask", "COORDINATOR", "A flood.", w.coordinator, vars{"reason": "A flood."}},
		{"verifyTask", "COORDINATOR", "The work is done.", w.coordinator, vars{}},
	} {
		task := w.putTask("IN_PROGRESS")
		soon, begun := w.putShift(task, "1 hour", 2), w.putShift(task, "-1 hour", 2)
		people := w.crowd(3)
		came, confirmed := w.putSignup(people[0], soon, "CONFIRMED"), w.putSignup(people[1], soon, "CONFIRMED")
		w.putSignup(people[2], begun, "CHECKED_IN")
		w.lead.do("checkIn", vars{"id": came}, "signup { state }")
		if end.verb == "verifyTask" { // from a claim that left the shift in place
			w.exec(`alter table tasks disable trigger tasks_over_without_shifts`)
			w.exec(`update tasks set state = 'CLAIMED_DONE', claimed_by = created_by where id = $1`, task)
			w.exec(`alter table tasks enable trigger tasks_over_without_shifts`)
		}
		if end.verb == "claimDone" {
			w.lead.refused("SHIFTS_TO_COME", "claimDone", vars{"id": task, "words": "Арық таза.", "noPhotoReason": "No camera."})
		}
		end.in["id"] = task
		end.who.do(end.verb, end.in, "task { state }")
		w.signedUp(t, soon, "CANCELLED", "CANCELLED")
		w.signedUp(t, begun, "CHECKED_IN")
		w.lead.must(`query($soon: ID!, $begun: ID!) { soon: shift(id: $soon) { state cancelReason } begun: shift(id: $begun) { state } }`,
			vars{"soon": soon, "begun": begun}).
			shows("soon", vars{"state": "CANCELLED", "cancelReason": end.words}).shows("begun.state", "PLANNED")
		verb := map[string]string{"claimDone": "CLAIM_DONE", "cancelTask": "CANCEL_TASK", "verifyTask": "VERIFY_TASK"}[end.verb]
		people[0].signupAs(came).shows("node.checkedInAt", nil).shows("node.endReason", end.words).shows("node.history.nodes.1",
			vars{"verb": verb, "fromState": "CHECKED_IN", "toState": "CANCELLED", "actingAs": end.as, "words": end.words})
		people[1].signupAs(confirmed).shows("node.state", "CANCELLED")
		people[0].hears("SHIFT_CANCELLED")
		people[1].hears("SHIFT_CANCELLED")
		if end.verb == "verifyTask" {
			w.roles["author"].do("disputeResult", vars{"id": task, "reason": "The bags are still there."}, "task { state nextShift { id } }").
				shows("disputeResult.task", vars{"state": "IN_PROGRESS", "nextShift": nil})
		}
	}
}

// TestAShiftOfAnotherClockHasBegun: a shift whose start one hub has recorded is not ended with the task by another.
func TestAShiftOfAnotherClockHasBegun(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(2, time.Minute)
	came, _ := c.signUp(c.volunteer, shift)
	c.lead.do("checkIn", vars{"id": came}, "signup { state }")
	if err := c.r.Tasks.BeginShifts(context.Background(), time.Now().Add(2*time.Minute)); err != nil {
		t.Fatal(err)
	}
	c.lead.do("claimDone", vars{"id": task, "words": "Арық таза.", "noPhotoReason": "No camera."}, "task { state }")
	c.signedUp(t, shift, "CHECKED_IN")
}

// TestTheDatabaseHoldsThatWhatIsOverHasNoShiftToCome, whatever a program does.
func TestTheDatabaseHoldsThatWhatIsOverHasNoShiftToCome(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(2, 72*hour)
	for state, columns := range map[string]string{"CLAIMED_DONE": `claimed_by = created_by`, "CANCELLED": `cancel_reason = 'Rain.'`} {
		if _, err := c.db.Exec(`update tasks set state = $2::task_state, updated_at = now(), `+columns+` where id = $1`, task, state); codeOf(postgres.Map(err)) != "SHIFTS_TO_COME" {
			t.Errorf("%s: %v", state, err)
		}
	}
	came, _ := c.signUp(c.other, shift)
	c.exec(`update signups set state = 'CHECKED_IN', checked_in_at = now() where id = $1`, came)
	if _, err := c.db.Exec(`update tasks set state = 'CANCELLED', updated_at = now(), cancel_reason = 'Rain.' where id = $1`, task); codeOf(postgres.Map(err)) != "SHIFTS_TO_COME" {
		t.Errorf("somebody is checked in: %v", err)
	}
	c.age(shift, 80*hour)
	c.tick()
	c.exec(`update tasks set state = 'CLAIMED_DONE', updated_at = now(), claimed_by = created_by where id = $1`, task)
	if _, err := c.db.Exec(`insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at)
		values (gen_random_uuid(), $1, now() + interval '1 day', now() + interval '25 hours', 2, 'PLANNED', now())`, task); codeOf(postgres.Map(err)) != "SHIFTS_TO_COME" {
		t.Errorf("a shift is added: %v", err)
	}
}

// TestADisputedTaskIsItsTeamsCentres: it goes on where the team is hosted now.
func TestADisputedTaskIsItsTeamsCentres(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`update centres set state = 'OPEN' where code = 'MEDEU-2'`)
	host := w.granted("Host", "COORDINATOR MEDEU-2")
	verified, open := w.putTask("VERIFIED"), w.putTask("OPEN")
	asked := w.lead.do("moveTeam", vars{"teamId": w.team, "centreId": w.centre("MEDEU-2")}, "hosting { id }").str("moveTeam.hosting.id")
	host.do("answerMove", vars{"id": asked, "accept": true}, "hosting { state }")
	const where = `query($id: ID!) { task(id: $id) { centre { code } history(first: 9) { nodes { verb fromState toState actingAs by { id } } } } }`
	w.lead.must(where, vars{"id": open}).shows("task.centre.code", "MEDEU-2").
		shows("task.history.nodes", []vars{{"verb": "ANSWER_MOVE", "fromState": "OPEN", "toState": "OPEN", "actingAs": "COORDINATOR", "by": vars{"id": host.id}}})
	w.lead.must(where, vars{"id": verified}).shows("task.centre.code", "AUEZOV-1").shows("task.history.nodes", []vars{})
	w.roles["author"].do("disputeResult", vars{"id": verified, "reason": "The bags are still there."}, "task { state centre { code } }").
		shows("disputeResult.task", vars{"state": "IN_PROGRESS", "centre": vars{"code": "MEDEU-2"}})
	if n := w.count(`select count(*) from notices where person_id = $1 and kind = 'TASK_DISPUTED'`, host.id); n != 1 {
		t.Error("the centre that hosts the team is not told")
	}
	w.lead.do("claimDone", vars{"id": verified, "words": "Now.", "noPhotoReason": "No camera."}, "task { state }")
	w.coordinator.refused("NOT_YOUR_CENTRE", "verifyTask", vars{"id": verified})
	host.do("verifyTask", vars{"id": verified}, "task { state }").shows("verifyTask.task.state", "VERIFIED")
}

// TestTheAgeIsAskedAgainWhenAShiftMoves to an earlier day, and nothing changes if somebody could not come then.
func TestTheAgeIsAskedAgainWhenAShiftMoves(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	for _, row := range []struct {
		name, state string
		age         int
		task        vars
		code        string
	}{
		{"least age, with a place", "CONFIRMED", 18, vars{"minAge": 18}, "TOO_YOUNG"},
		{"least age, in line", "WAITLISTED", 18, vars{"minAge": 18}, "TOO_YOUNG"},
		{"class of work", "CONFIRMED", 18, vars{"minAge": 18, "workClass": "HEAVY"}, "WORK_FORBIDDEN"},
		{"consent", "CONFIRMED", 16, vars{}, "CONSENT_MISSING"},
	} {
		row.task["teamId"], row.task["title"], row.task["description"] = c.team, "Жүк тасу", "Қолғап алып келіңіз."
		row.task["shifts"] = []vars{c.newShift(1, 20*24*hour)}
		made := c.lead.do("createTask", row.task, "task { id shifts { nodes { id } } }")
		task, shift := made.str("createTask.task.id"), made.str("createTask.task.shifts.nodes.0.id")
		c.lead.do("openTask", vars{"id": task}, "task { state }")
		people := c.crowd(2)
		c.exec(`update people set birth_date = (now() + interval '10 days' - $2 * interval '1 year')::date where id = $1`, people[1].id, row.age)
		if row.state == "WAITLISTED" {
			c.signUp(people[0], shift)
		}
		if _, state := c.signUp(people[1], shift); state != row.state {
			t.Fatalf("%s: %s", row.name, state)
		}
		before := c.shiftRow(shift)
		move := func(days time.Duration) vars {
			return vars{"id": shift, "startsAt": base.Add(days * 24 * hour).Format(time.RFC3339), "endsAt": base.Add(days*24*hour + hour).Format(time.RFC3339)}
		}
		c.lead.refused(row.code, "updateShift", move(5))
		if after := c.shiftRow(shift); after != before {
			t.Errorf("%s: the shift changed: %s; was %s", row.name, after, before)
		}
		c.lead.do("updateShift", move(15), "shift { id }")
	}
}

// TestNoHoursBeforeThereAreAny: nobody has been to a future shift, and no verdict or certificate is about one.
func TestNoHoursBeforeThereAreAny(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift := c.task(2, hour)
	signup, _ := c.signUp(c.other, shift)
	c.lead.do("checkIn", vars{"id": signup}, "signup { state }")
	c.lead.refused("TOO_EARLY", "checkOut", vars{"id": signup})
	for _, state := range []string{"COMPLETED", "NO_SHOW"} {
		c.lead.refused("TOO_EARLY", "correctAttendance", vars{"id": signup, "state": state, "reason": "They were there."})
	}
	if n := c.count(`select count(*) from hours`); n != 0 {
		t.Error("there are hours")
	}
	begun := time.Now().Add(90 * time.Minute)
	if _, err := c.change(c.lead.at(begun), "CHECK_OUT", signup, ""); err != nil { // after half an hour
		t.Fatal(err)
	}
	hours := c.hoursOf(signup)
	for verb, in := range map[string]vars{"approveHours": {"ids": []any{hours}}, "rejectHours": {"ids": []any{hours}, "reason": "No."},
		"adjustHours": {"rows": []any{vars{"id": hours, "minutes": 5}}, "reason": "Less."}} {
		if codes := c.lead.done(verb, in); codes[0] != "TOO_EARLY" {
			t.Errorf("%s: %v", verb, codes)
		}
	}
	for name, statement := range map[string]string{
		"signups_attended_after_start": `update signups set state = 'NO_SHOW', checked_out_at = null, updated_at = starts_at - interval '1 second'`,
		"signups_out_after_start":      `update signups set checked_out_at = checked_in_at`,
		"hours_answered_after_end":     `update hours set state = 'APPROVED', answered_at = ends_at - interval '1 second', answered_by = (select id from people where id <> person_id limit 1)`,
	} {
		if _, err := c.db.Exec(statement); codeOf(postgres.Map(err)) != "TOO_EARLY" {
			t.Errorf("%s: %v", name, err)
		}
	}
}
