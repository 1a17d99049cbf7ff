// Package signup has the stories of places on shifts: who gets one, who waits, and who came.
package signup

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/almaty"
)

func TestCapacity(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(1, 72*time.Hour)
	for _, who := range c.Crowd(6) {
		c.SignUp(who, shift)
	}
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 3}, "shift { seats { capacity taken free } waiting }").
		Shows("updateShift.shift", hub.Vars{"seats": hub.Vars{"capacity": 3, "taken": 3, "free": 0}, "waiting": 3})
	c.SignedUp(t, shift, "CONFIRMED", "OFFERED", "OFFERED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	for seats, code := range map[int]string{0: "INVALID", -1: "INVALID", 10_001: "INVALID", -7: "INVALID"} {
		c.Lead.Refused(code, "updateShift", hub.Vars{"id": shift, "capacity": seats})
	}
	c.Volunteer.Refused("NOT_LEAD", "updateShift", hub.Vars{"id": shift, "capacity": 9})
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 1}, "shift { id }") // offered seats do not count
	c.SignedUp(t, shift, "CONFIRMED", "WAITLISTED", "WAITLISTED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 3}, "shift { id }")
	c.SignedUp(t, shift, "CONFIRMED", "OFFERED", "OFFERED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 10_000}, "shift { seats { free } }").Shows("updateShift.shift.seats.free", 9_994)
	c.SignedUp(t, shift, "CONFIRMED", "OFFERED", "OFFERED", "OFFERED", "OFFERED", "OFFERED")
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 6}, "shift { seats { free } }").Shows("updateShift.shift.seats.free", 0)
	c.Lead.Must(`query($id: ID!) { task(id: $id) { seats { capacity taken free } } }`, hub.Vars{"id": task}).
		Shows("task.seats", hub.Vars{"capacity": 6, "taken": 6, "free": 0})
	c.Sound(t, c.Present(), task)
}

func TestAShiftIsCalledOff(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(2, 72*time.Hour)
	people := c.Crowd(4)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.SignUp(who, shift)
	}
	people[0].Do("cancelSignup", hub.Vars{"id": signups[0], "reason": " Ауырып қалдым. "}, "signup { endReason }").
		Shows("cancelSignup.signup.endReason", "Ауырып қалдым.")
	c.SignedUp(t, shift, "CANCELLED", "CONFIRMED", "OFFERED", "WAITLISTED")

	cancel := hub.Vars{"id": shift, "reason": "Дауылды ескерту."}
	people[0].Refused("NOT_LEAD", "cancelShift", cancel)
	c.Lead.Refused("INVALID", "cancelShift", hub.Vars{"id": shift, "reason": "x"})
	c.Lead.Refused("LAST_SHIFT", "cancelShift", cancel)
	if told := c.Lead.Actions(shift)["CANCEL_SHIFT"]; told != "LAST_SHIFT" {
		t.Errorf("the last shift: %v", told)
	}
	c.AddShift(task, 1, 96*time.Hour)
	c.Lead.Do("cancelShift", cancel, "shift { state cancelReason seats { taken free } waiting }").
		Shows("cancelShift.shift", hub.Vars{"state": "CANCELLED", "cancelReason": "Дауылды ескерту.", "seats": hub.Vars{"taken": 0, "free": 0}, "waiting": 0})
	for i, from := range []string{"", "CONFIRMED", "OFFERED", "WAITLISTED"} {
		if i == 0 {
			people[i].SignupAs(signups[i]).Shows("node.endReason", "Ауырып қалдым.")
			continue
		}
		a := people[i].SignupAs(signups[i]).Shows("node.state", "CANCELLED").Shows("node.endReason", "Дауылды ескерту.").
			Shows("node.offerExpiresAt", nil)
		moves := a.At("node.history.nodes").([]any)
		a.Shows("node.history.nodes."+string(rune('0'+len(moves)-1)), hub.Vars{"verb": "CANCEL_SHIFT", "fromState": from, "toState": "CANCELLED",
			"actingAs": "LEAD", "words": "Дауылды ескерту."})
	}
	people[0].Refused("SIGNUP_CLOSED", "signUp", hub.Vars{"shiftId": shift})
	c.Lead.Refused("WRONG_STATE", "cancelShift", cancel)
	c.Lead.Refused("WRONG_STATE", "updateShift", hub.Vars{"id": shift, "capacity": 5})
	c.Sound(t, c.Present(), task)
}

// TestAShiftIsCalledOffUntilItBegins, even if somebody came early; once it has begun, with people there, it takes place.
func TestAShiftIsCalledOffUntilItBegins(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(2, time.Hour)
	second := c.AddShift(task, 2, time.Hour)
	c.AddShift(task, 2, 72*time.Hour)
	signup, _ := c.SignUp(c.Volunteer, shift)
	other, _ := c.SignUp(c.Other, second)
	c.Lead.Do("checkInMany", hub.Vars{"ids": []string{signup, other}}, "results { code }")
	if told := c.Lead.Actions(shift)["CANCEL_SHIFT"]; told != nil {
		t.Errorf("while somebody is there: %v", told)
	}
	c.Lead.Do("cancelShift", hub.Vars{"id": shift, "reason": "Дауыл."}, "shift { state seats { taken } }").
		Shows("cancelShift.shift", hub.Vars{"state": "CANCELLED", "seats": hub.Vars{"taken": 0}})
	c.Volunteer.SignupAs(signup).Shows("node.state", "CANCELLED").Shows("node.checkedInAt", nil).Shows("node.endReason", "Дауыл.").
		Shows("node.history.nodes.2", hub.Vars{"verb": "CANCEL_SHIFT", "fromState": "CHECKED_IN", "toState": "CANCELLED", "actingAs": "LEAD", "words": "Дауыл."})
	c.Volunteer.Hears("SHIFT_CANCELLED")
	c.Pass(2 * time.Hour)
	c.Lead.Refused("WRONG_STATE", "cancelShift", hub.Vars{"id": second, "reason": "Дауыл."})
	c.Tick()
	c.Lead.Refused("WRONG_STATE", "cancelShift", hub.Vars{"id": second, "reason": "Дауыл."})
	c.SignedUp(t, second, "CHECKED_IN")
	c.Sound(t, c.Present(), task)
}

// TestATaskIsCalledOff: future shifts are cancelled, past ones stay.
func TestATaskIsCalledOff(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, past := c.Task(2, time.Hour)
	shifts := []string{c.AddShift(task, 1, 72*time.Hour), c.AddShift(task, 1, 96*time.Hour)}
	came, _ := c.SignUp(c.Volunteer, past)
	stayed, _ := c.SignUp(c.Other, past)
	c.Lead.Do("checkIn", hub.Vars{"id": came}, "signup { state }")
	c.Pass(4 * time.Hour)
	c.Tick()
	people := c.Crowd(2)
	for _, shift := range shifts {
		c.SignUp(people[0], shift)
		c.SignUp(people[1], shift)
	}
	c.Coordinator.Do("cancelTask", hub.Vars{"id": task, "reason": "Орын жабылды."}, "task { state seats { capacity taken free } }").
		Shows("cancelTask.task", hub.Vars{"state": "CANCELLED", "seats": hub.Vars{"capacity": 2, "taken": 2, "free": 0}})
	for _, shift := range shifts {
		c.SignedUp(t, shift, "CANCELLED", "CANCELLED")
		a := people[1].SignupAs(inState(c.Hub, shift, "CANCELLED")[1]).Shows("node.endReason", "Орын жабылды.")
		a.Shows("node.history.nodes.1", hub.Vars{"verb": "CANCEL_TASK", "fromState": "WAITLISTED", "toState": "CANCELLED",
			"actingAs": "COORDINATOR", "words": "Орын жабылды."})
		people[0].Refused("SIGNUP_CLOSED", "signUp", hub.Vars{"shiftId": shift})
		c.Lead.Must(`query($id: ID!) { shift(id: $id) { state cancelReason } }`, hub.Vars{"id": shift}).
			Shows("shift", hub.Vars{"state": "CANCELLED", "cancelReason": "Орын жабылды."})
	}
	c.Lead.Must(`query($id: ID!) { shift(id: $id) { state } }`, hub.Vars{"id": past}).Shows("shift.state", "PLANNED")
	c.SignedUp(t, past, "CHECKED_IN", "CONFIRMED")
	c.Lead.Do("checkOut", hub.Vars{"id": came}, "signup { state }").Shows("checkOut.signup.state", "COMPLETED")
	c.Lead.Do("markNoShow", hub.Vars{"id": stayed}, "signup { state }").Shows("markNoShow.signup.state", "NO_SHOW")
	c.Sound(t, c.Present(), task)
}

// TestSigningUpAgain puts the person at the end of the waiting list, with a new sign-up.
func TestSigningUpAgain(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(1, 72*time.Hour)
	people := c.Crowd(3)
	first, _ := c.SignUp(people[0], shift)
	second, _ := c.SignUp(people[1], shift)
	c.SignUp(people[2], shift)
	if repeated, _ := c.SignUp(people[1], shift); repeated != second {
		t.Error("a repetition is another sign-up")
	}
	people[0].Do("cancelSignup", hub.Vars{"id": first}, "signup { state }")
	again, state := c.SignUp(people[0], shift)
	if again == first || state != "WAITLISTED" {
		t.Errorf("again: %s", state)
	}
	people[0].SignupAs(again).Shows("node.position", 2)
	people[0].SignupAs(first).Shows("node.state", "CANCELLED").Shows("node.position", nil)
	people[0].Must(`query($id: ID!) { shift(id: $id) { mySignup { id } } viewer { signups { totalCount } } }`, hub.Vars{"id": shift}).
		Shows("shift.mySignup.id", again).Shows("viewer.signups.totalCount", 2)
	c.Sound(t, c.Present(), task)

	draft := c.Lead.Do("createTask", hub.Vars{"teamId": c.Team, "title": "Ағаш отырғызу", "description": "Күрек алып келіңіз.",
		"shifts": []hub.Vars{c.NewShift(5, 72*time.Hour)}}, "task { shifts { nodes { id } } }").Str("createTask.task.shifts.nodes.0.id")
	people[0].Refused("NOT_FOUND", "signUp", hub.Vars{"shiftId": draft})
	c.Lead.Refused("SIGNUP_CLOSED", "signUp", hub.Vars{"shiftId": draft})
	people[0].Refused("NOT_FOUND", "signUp", hub.Vars{"shiftId": task})
	c.Visitor().Refused("UNAUTHENTICATED", "signUp", hub.Vars{"shiftId": shift})
}

// TestMinAge: the age on the day of the shift counts, by the city's calendar.
func TestMinAge(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	night := c.Present().In(almaty.Zone).AddDate(0, 0, 40)
	if night.Month() == time.February {
		night = night.AddDate(0, 1, 0) // most years have no 29 February
	}
	night = time.Date(night.Year(), night.Month(), night.Day(), 0, 30, 0, 0, almaty.Zone) // still the day before in UTC
	a := c.Lead.Do("createTask", hub.Vars{"teamId": c.Team, "title": "Түнгі күзет", "description": "Жылы киініп келіңіз.", "minAge": 18,
		"shifts": []hub.Vars{{"startsAt": night.Format(time.RFC3339), "endsAt": night.Add(time.Hour).Format(time.RFC3339), "capacity": 10}}},
		"task { id shifts { nodes { id } } }")
	task, shift := a.Str("createTask.task.id"), a.Str("createTask.task.shifts.nodes.0.id")
	c.Lead.Do("openTask", hub.Vars{"id": task}, "task { state }")
	people := c.Crowd(4)
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
		c.Exec(`update people set birth_date = $2 where id = $1`, hub.RowID(people[i].ID), s.born.Format(time.DateOnly))
		if told := people[i].Actions(shift)["SIGN_UP"]; told != s.reason {
			t.Errorf("%s: told %v", s.name, told)
		}
		want, _ := s.reason.(string)
		people[i].Refused(want, "signUp", hub.Vars{"shiftId": shift})
	}
}
