package stories

import (
	"testing"
	"time"

	"jastarhub/internal/almaty"
)

func TestCapacity(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(1, 72*hour)
	for _, who := range c.crowd(6) {
		c.signUp(who, shift)
	}
	c.lead.do("updateShift", vars{"id": shift, "capacity": 3}, "shift { seats { capacity taken free } waiting }").
		shows("updateShift.shift", vars{"seats": vars{"capacity": 3, "taken": 3, "free": 0}, "waiting": 3})
	c.signedUp(t, shift, "CONFIRMED", "OFFERED", "OFFERED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	for seats, code := range map[int]string{0: "INVALID", -1: "INVALID", 10_001: "INVALID", -7: "INVALID"} {
		c.lead.refused(code, "updateShift", vars{"id": shift, "capacity": seats})
	}
	c.volunteer.refused("NOT_LEAD", "updateShift", vars{"id": shift, "capacity": 9})
	c.lead.do("updateShift", vars{"id": shift, "capacity": 1}, "shift { id }") // offered seats do not count
	c.signedUp(t, shift, "CONFIRMED", "WAITLISTED", "WAITLISTED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	c.lead.do("updateShift", vars{"id": shift, "capacity": 3}, "shift { id }")
	c.signedUp(t, shift, "CONFIRMED", "OFFERED", "OFFERED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	c.lead.do("updateShift", vars{"id": shift, "capacity": 10_000}, "shift { seats { free } }").shows("updateShift.shift.seats.free", 9_994)
	c.signedUp(t, shift, "CONFIRMED", "OFFERED", "OFFERED", "OFFERED", "OFFERED", "OFFERED")
	c.lead.do("updateShift", vars{"id": shift, "capacity": 6}, "shift { seats { free } }").shows("updateShift.shift.seats.free", 0)
	c.lead.must(`query($id: ID!) { task(id: $id) { seats { capacity taken free } } }`, vars{"id": task}).
		shows("task.seats", vars{"capacity": 6, "taken": 6, "free": 0})
	c.sound(t, time.Now(), task)
}

func TestAShiftIsCalledOff(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(2, 72*hour)
	people := c.crowd(4)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.signUp(who, shift)
	}
	people[0].do("cancelSignup", vars{"id": signups[0], "reason": " Ауырып қалдым. "}, "signup { endReason }").
		shows("cancelSignup.signup.endReason", "Ауырып қалдым.")
	c.signedUp(t, shift, "CANCELLED", "CONFIRMED", "OFFERED", "WAITLISTED")

	cancel := vars{"id": shift, "reason": "Дауылды ескерту."}
	people[0].refused("NOT_LEAD", "cancelShift", cancel)
	c.lead.refused("INVALID", "cancelShift", vars{"id": shift, "reason": "x"})
	c.lead.refused("LAST_SHIFT", "cancelShift", cancel)
	if told := c.lead.actions(shift)["CANCEL_SHIFT"]; told != "LAST_SHIFT" {
		t.Errorf("the last shift: %v", told)
	}
	c.addShift(task, 1, 96*hour)
	c.lead.do("cancelShift", cancel, "shift { state cancelReason seats { taken free } waiting }").
		shows("cancelShift.shift", vars{"state": "CANCELLED", "cancelReason": "Дауылды ескерту.", "seats": vars{"taken": 0, "free": 0}, "waiting": 0})
	for i, from := range []string{"", "CONFIRMED", "OFFERED", "WAITLISTED"} {
		if i == 0 {
			people[i].signupAs(signups[i]).shows("node.endReason", "Ауырып қалдым.")
			continue
		}
		a := people[i].signupAs(signups[i]).shows("node.state", "CANCELLED").shows("node.endReason", "Дауылды ескерту.").
			shows("node.offerExpiresAt", nil)
		moves := a.at("node.history.nodes").([]any)
		a.shows("node.history.nodes."+string(rune('0'+len(moves)-1)), vars{"verb": "CANCEL_SHIFT", "fromState": from, "toState": "CANCELLED",
			"actingAs": "LEAD", "words": "Дауылды ескерту."})
	}
	people[0].refused("SIGNUP_CLOSED", "signUp", vars{"shiftId": shift})
	c.lead.refused("WRONG_STATE", "cancelShift", cancel)
	c.lead.refused("WRONG_STATE", "updateShift", vars{"id": shift, "capacity": 5})
	c.sound(t, time.Now(), task)
}

// TestAShiftIsCalledOffUntilItBegins, even if somebody came early; once it has begun, with people there, it takes place.
func TestAShiftIsCalledOffUntilItBegins(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(2, hour)
	second := c.addShift(task, 2, hour)
	c.addShift(task, 2, 72*hour)
	signup, _ := c.signUp(c.volunteer, shift)
	other, _ := c.signUp(c.other, second)
	c.lead.do("checkInMany", vars{"ids": []string{signup, other}}, "results { code }")
	if told := c.lead.actions(shift)["CANCEL_SHIFT"]; told != nil {
		t.Errorf("while somebody is there: %v", told)
	}
	c.lead.do("cancelShift", vars{"id": shift, "reason": "Дауыл."}, "shift { state seats { taken } }").
		shows("cancelShift.shift", vars{"state": "CANCELLED", "seats": vars{"taken": 0}})
	c.volunteer.signupAs(signup).shows("node.state", "CANCELLED").shows("node.checkedInAt", nil).shows("node.endReason", "Дауыл.").
		shows("node.history.nodes.2", vars{"verb": "CANCEL_SHIFT", "fromState": "CHECKED_IN", "toState": "CANCELLED", "actingAs": "LEAD", "words": "Дауыл."})
	c.volunteer.hears("SHIFT_CANCELLED")
	c.age(second, 2*hour)
	c.lead.refused("WRONG_STATE", "cancelShift", vars{"id": second, "reason": "Дауыл."})
	c.tick()
	c.lead.refused("WRONG_STATE", "cancelShift", vars{"id": second, "reason": "Дауыл."})
	c.signedUp(t, second, "CHECKED_IN")
	c.sound(t, time.Now(), task)
}

// TestATaskIsCalledOff: future shifts are cancelled, past ones stay.
func TestATaskIsCalledOff(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, past := c.task(2, hour)
	shifts := []string{c.addShift(task, 1, 72*hour), c.addShift(task, 1, 96*hour)}
	came, _ := c.signUp(c.volunteer, past)
	stayed, _ := c.signUp(c.other, past)
	c.lead.do("checkIn", vars{"id": came}, "signup { state }")
	c.age(past, 4*hour)
	c.tick()
	people := c.crowd(2)
	for _, shift := range shifts {
		c.signUp(people[0], shift)
		c.signUp(people[1], shift)
	}
	c.coordinator.do("cancelTask", vars{"id": task, "reason": "Орын жабылды."}, "task { state seats { capacity taken free } }").
		shows("cancelTask.task", vars{"state": "CANCELLED", "seats": vars{"capacity": 2, "taken": 2, "free": 0}})
	for _, shift := range shifts {
		c.signedUp(t, shift, "CANCELLED", "CANCELLED")
		a := people[1].signupAs(c.inState(shift, "CANCELLED")[1]).shows("node.endReason", "Орын жабылды.")
		a.shows("node.history.nodes.1", vars{"verb": "CANCEL_TASK", "fromState": "WAITLISTED", "toState": "CANCELLED",
			"actingAs": "COORDINATOR", "words": "Орын жабылды."})
		people[0].refused("SIGNUP_CLOSED", "signUp", vars{"shiftId": shift})
		c.lead.must(`query($id: ID!) { shift(id: $id) { state cancelReason } }`, vars{"id": shift}).
			shows("shift", vars{"state": "CANCELLED", "cancelReason": "Орын жабылды."})
	}
	c.lead.must(`query($id: ID!) { shift(id: $id) { state } }`, vars{"id": past}).shows("shift.state", "PLANNED")
	c.signedUp(t, past, "CHECKED_IN", "CONFIRMED")
	c.lead.do("checkOut", vars{"id": came}, "signup { state }").shows("checkOut.signup.state", "COMPLETED")
	c.lead.do("markNoShow", vars{"id": stayed}, "signup { state }").shows("markNoShow.signup.state", "NO_SHOW")
	c.sound(t, time.Now(), task)
}

// TestSigningUpAgain puts the person at the end of the waiting list, with a new sign-up.
func TestSigningUpAgain(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(1, 72*hour)
	people := c.crowd(3)
	first, _ := c.signUp(people[0], shift)
	second, _ := c.signUp(people[1], shift)
	c.signUp(people[2], shift)
	if repeated, _ := c.signUp(people[1], shift); repeated != second {
		t.Error("a repetition is another sign-up")
	}
	people[0].do("cancelSignup", vars{"id": first}, "signup { state }")
	again, state := c.signUp(people[0], shift)
	if again == first || state != "WAITLISTED" {
		t.Errorf("again: %s", state)
	}
	people[0].signupAs(again).shows("node.position", 2)
	people[0].signupAs(first).shows("node.state", "CANCELLED").shows("node.position", nil)
	people[0].must(`query($id: ID!) { shift(id: $id) { mySignup { id } } viewer { signups { totalCount } } }`, vars{"id": shift}).
		shows("shift.mySignup.id", again).shows("viewer.signups.totalCount", 2)
	c.sound(t, time.Now(), task)

	draft := c.lead.do("createTask", vars{"teamId": c.team, "title": "Ағаш отырғызу", "description": "Күрек алып келіңіз.",
		"shifts": []vars{c.newShift(5, 72*hour)}}, "task { shifts { nodes { id } } }").str("createTask.task.shifts.nodes.0.id")
	people[0].refused("NOT_FOUND", "signUp", vars{"shiftId": draft})
	c.lead.refused("SIGNUP_CLOSED", "signUp", vars{"shiftId": draft})
	people[0].refused("NOT_FOUND", "signUp", vars{"shiftId": task})
	c.visitor().refused("UNAUTHENTICATED", "signUp", vars{"shiftId": shift})
}

// TestMinAge: the age on the day of the shift counts, by the city's calendar.
func TestMinAge(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	night := time.Now().In(almaty.Zone).AddDate(0, 0, 40)
	if night.Month() == time.February {
		night = night.AddDate(0, 1, 0) // most years have no 29 February
	}
	night = time.Date(night.Year(), night.Month(), night.Day(), 0, 30, 0, 0, almaty.Zone) // still the day before in UTC
	a := c.lead.do("createTask", vars{"teamId": c.team, "title": "Түнгі күзет", "description": "Жылы киініп келіңіз.", "minAge": 18,
		"shifts": []vars{{"startsAt": night.Format(time.RFC3339), "endsAt": night.Add(hour).Format(time.RFC3339), "capacity": 10}}},
		"task { id shifts { nodes { id } } }")
	task, shift := a.str("createTask.task.id"), a.str("createTask.task.shifts.nodes.0.id")
	c.lead.do("openTask", vars{"id": task}, "task { state }")
	people := c.crowd(4)
	for i, s := range []struct {
		name   string
		born   time.Time
		reason any
	}{
		{"a birthday between today and the shift", night.AddDate(-18, 0, -5), nil},
		{"a birthday on the day", night.AddDate(-18, 0, 0), nil},
		{"a birthday on the day after", night.AddDate(-18, 0, 1), "TOO_YOUNG"},
		{"17", night.AddDate(-17, 0, 0), "TOO_YOUNG"},
	} {
		c.exec(`update people set birth_date = $2 where id = $1`, rowID(people[i].id), s.born.Format(time.DateOnly))
		if told := people[i].actions(shift)["SIGN_UP"]; told != s.reason {
			t.Errorf("%s: told %v", s.name, told)
		}
		want, _ := s.reason.(string)
		people[i].refused(want, "signUp", vars{"shiftId": shift})
	}
}
