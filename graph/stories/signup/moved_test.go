package signup

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// moves gives a shift a new time, this long from now, and lasting two hours.
func moves(c *hub.City, shift string, in time.Duration) {
	c.T.Helper()
	when := c.NewShift(0, in)
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "startsAt": when["startsAt"], "endsAt": when["endsAt"]}, "shift { id }")
}

// TestAShiftMovesAwayFromWhoCameEarly: nobody is checked in to a shift that is days ahead, in whatever way they were checked in;
// they are told so, and may do what others on the shift may.
func TestAShiftMovesAwayFromWhoCameEarly(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(5, 100*time.Minute)
	c.AddShift(task, 1, 200*time.Hour)
	people := c.Crowd(5)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.SignUp(who, shift)
	}
	c.Lead.Do("checkIn", hub.Vars{"id": signups[0]}, "signup { state }")
	c.Lead.Do("checkInMany", hub.Vars{"ids": signups[1:3]}, "results { code }")
	people[3].Do("checkInWithCode", hub.Vars{"shiftId": shift, "code": c.Resolver.Signups.CodeFor(hub.RowID(shift), c.Present())}, "signup { state }")
	c.SignedUp(t, shift, "CHECKED_IN", "CHECKED_IN", "CHECKED_IN", "CHECKED_IN", "CONFIRMED")
	moves(c, shift, 5*24*time.Hour)
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED")
	c.Lead.Must(`query($id: ID!) { shift(id: $id) { seats { taken } } }`, hub.Vars{"id": shift}).Shows("shift.seats.taken", 5)
	for i, who := range people {
		const gone, say = "You are no longer checked in: check in when you come.", "If you cannot come, please say so."
		text := who.Hears("SHIFT_CHANGED").Str("viewer.notices.nodes.0.text")
		if strings.Contains(text, gone) != (i < 4) || !strings.HasSuffix(text, say) {
			t.Errorf("person %d is told %q", i, text)
		}
		if i == 4 {
			continue
		}
		who.SignupAs(signups[i]).Shows("node.checkedInAt", nil).Shows("node.history.nodes.2",
			hub.Vars{"verb": "UPDATE_SHIFT", "fromState": "CHECKED_IN", "toState": "CONFIRMED", "actingAs": "LEAD", "words": nil})
	}
	c.Sound(t, c.Present(), task)
	if err := c.Resolver.Signups.Tidy(context.Background(), c.Present().Add(8*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if n := c.Count(`select (select count(*) from hours) + (select count(*) from signups where state = 'COMPLETED')`); n != 0 {
		t.Error("somebody has worked who never came")
	}
	c.Lead.Refused("TOO_EARLY", "checkIn", hub.Vars{"id": signups[0]})
	people[0].Do("cancelSignup", hub.Vars{"id": signups[0]}, "signup { state }")
	c.Lead.Do("cancelShift", hub.Vars{"id": shift, "reason": "Дауыл."}, "shift { state }")
	c.SignedUp(t, shift, "CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED")
}

// TestWhoIsThereStaysWhileOneMayBe: a shift that is moved only a little keeps its check-ins, and the people are told so.
func TestWhoIsThereStaysWhileOneMayBe(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift := c.Task(2, 100*time.Minute)
	came, _ := c.SignUp(c.Volunteer, shift)
	c.SignUp(c.Other, shift)
	c.Lead.Do("checkIn", hub.Vars{"id": came}, "signup { state }")
	moves(c, shift, 110*time.Minute)
	c.SignedUp(t, shift, "CHECKED_IN", "CONFIRMED")
	for who, says := range map[*hub.Caller]string{c.Volunteer: "You are still checked in. If you cannot stay, tell the team’s lead.", c.Other: "If you cannot come, please say so."} {
		if text := who.Hears("SHIFT_CHANGED").Str("viewer.notices.nodes.0.text"); !strings.HasSuffix(text, "\n"+says) {
			t.Errorf("told %q, want %q", text, says)
		}
	}
	c.Exec(`update people set birth_date = now() - interval '15 years' where id = $1`, c.Volunteer.ID) // the age is checked again for those who are there
	c.Lead.Refused("CONSENT_MISSING", "updateShift", hub.Vars{"id": shift, "startsAt": c.Present().Add(30 * time.Minute).Format(time.RFC3339)})
}

// TestWhatHasBegunStaysWhereItIs, with those who were there and their hours.
func TestWhatHasBegunStaysWhereItIs(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(2, time.Hour)
	c.AddShift(task, 1, 200*time.Hour)
	came, _ := c.SignUp(c.Volunteer, shift)
	c.SignUp(c.Other, shift)
	c.Lead.Do("checkIn", hub.Vars{"id": came}, "signup { state }")
	c.Pass(90 * time.Minute)
	for range 2 { // before the worker has recorded its start, and after
		later := c.NewShift(0, 5*24*time.Hour)
		c.Lead.Refused("WRONG_STATE", "updateShift", hub.Vars{"id": shift, "startsAt": later["startsAt"], "endsAt": later["endsAt"]})
		c.Lead.Refused("WRONG_STATE", "updateShift", hub.Vars{"id": shift, "endsAt": c.Present().Add(10 * time.Minute).Format(time.RFC3339)})
		c.Lead.Refused("WRONG_STATE", "cancelShift", hub.Vars{"id": shift, "reason": "Дауыл."})
		c.Tick()
	}
	c.Lead.Do("checkOut", hub.Vars{"id": came}, "signup { state }")
	c.Coordinator.Do("cancelTask", hub.Vars{"id": task, "reason": "Орын жабылды."}, "task { state }")
	c.SignedUp(t, shift, "COMPLETED", "CONFIRMED")
	if n := c.Count(`select count(*) from hours where state = 'PENDING'`); n != 1 {
		t.Errorf("%d hours", n)
	}
}
