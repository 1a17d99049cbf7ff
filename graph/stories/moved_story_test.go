package stories

import (
	"context"
	"strings"
	"testing"
	"time"
)

// moves gives a shift a new time, this long from now, and lasting two hours.
func (c *city) moves(shift string, in time.Duration) {
	c.t.Helper()
	when := c.newShift(0, in)
	c.lead.do("updateShift", vars{"id": shift, "startsAt": when["startsAt"], "endsAt": when["endsAt"]}, "shift { id }")
}

// TestAShiftMovesAwayFromWhoCameEarly: nobody is checked in to a shift that is days ahead, in whatever way they were checked in;
// they are told so, and may do what others on the shift may.
func TestAShiftMovesAwayFromWhoCameEarly(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(5, 100*time.Minute)
	c.addShift(task, 1, 200*hour)
	people := c.crowd(5)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.signUp(who, shift)
	}
	c.lead.do("checkIn", vars{"id": signups[0]}, "signup { state }")
	c.lead.do("checkInMany", vars{"ids": signups[1:3]}, "results { code }")
	people[3].do("checkInWithCode", vars{"shiftId": shift, "code": c.r.Signups.CodeFor(rowID(shift), time.Now())}, "signup { state }")
	c.signedUp(t, shift, "CHECKED_IN", "CHECKED_IN", "CHECKED_IN", "CHECKED_IN", "CONFIRMED")
	c.moves(shift, 5*24*hour)
	c.signedUp(t, shift, "CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED", "CONFIRMED")
	c.lead.must(`query($id: ID!) { shift(id: $id) { seats { taken } } }`, vars{"id": shift}).shows("shift.seats.taken", 5)
	for i, who := range people {
		const gone, say = "You are no longer checked in: check in when you come.", "If you cannot come, please say so."
		text := who.hears("SHIFT_CHANGED").str("viewer.notices.nodes.0.text")
		if strings.Contains(text, gone) != (i < 4) || !strings.HasSuffix(text, say) {
			t.Errorf("person %d is told %q", i, text)
		}
		if i == 4 {
			continue
		}
		who.signupAs(signups[i]).shows("node.checkedInAt", nil).shows("node.history.nodes.2",
			vars{"verb": "UPDATE_SHIFT", "fromState": "CHECKED_IN", "toState": "CONFIRMED", "actingAs": "LEAD", "words": nil})
	}
	c.sound(t, time.Now(), task)
	if err := c.r.Signups.Tidy(context.Background(), time.Now().Add(8*24*hour)); err != nil {
		t.Fatal(err)
	}
	if n := c.count(`select (select count(*) from hours) + (select count(*) from signups where state = 'COMPLETED')`); n != 0 {
		t.Error("somebody has worked who never came")
	}
	c.lead.refused("TOO_EARLY", "checkIn", vars{"id": signups[0]})
	people[0].do("cancelSignup", vars{"id": signups[0]}, "signup { state }")
	c.lead.do("cancelShift", vars{"id": shift, "reason": "Дауыл."}, "shift { state }")
	c.signedUp(t, shift, "CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED", "CANCELLED")
}

// TestWhoIsThereStaysWhileOneMayBe: a shift that is moved only a little keeps its check-ins, and the people are told so.
func TestWhoIsThereStaysWhileOneMayBe(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift := c.task(2, 100*time.Minute)
	came, _ := c.signUp(c.volunteer, shift)
	c.signUp(c.other, shift)
	c.lead.do("checkIn", vars{"id": came}, "signup { state }")
	c.moves(shift, 110*time.Minute)
	c.signedUp(t, shift, "CHECKED_IN", "CONFIRMED")
	for who, says := range map[*caller]string{c.volunteer: "You are still checked in. If you cannot stay, tell the team’s lead.", c.other: "If you cannot come, please say so."} {
		if text := who.hears("SHIFT_CHANGED").str("viewer.notices.nodes.0.text"); !strings.HasSuffix(text, "\n"+says) {
			t.Errorf("told %q, want %q", text, says)
		}
	}
	c.exec(`update people set birth_date = now() - interval '15 years' where id = $1`, c.volunteer.id) // the age is checked again for those who are there
	c.lead.refused("CONSENT_MISSING", "updateShift", vars{"id": shift, "startsAt": time.Now().Add(30 * time.Minute).Format(time.RFC3339)})
}

// TestWhatHasBegunStaysWhereItIs, with those who were there and their hours.
func TestWhatHasBegunStaysWhereItIs(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(2, hour)
	c.addShift(task, 1, 200*hour)
	came, _ := c.signUp(c.volunteer, shift)
	c.signUp(c.other, shift)
	c.lead.do("checkIn", vars{"id": came}, "signup { state }")
	c.age(shift, 90*time.Minute)
	for range 2 { // before the worker has recorded its start, and after
		later := c.newShift(0, 5*24*hour)
		c.lead.refused("WRONG_STATE", "updateShift", vars{"id": shift, "startsAt": later["startsAt"], "endsAt": later["endsAt"]})
		c.lead.refused("WRONG_STATE", "updateShift", vars{"id": shift, "endsAt": time.Now().Add(10 * time.Minute).Format(time.RFC3339)})
		c.lead.refused("WRONG_STATE", "cancelShift", vars{"id": shift, "reason": "Дауыл."})
		c.tick()
	}
	c.lead.do("checkOut", vars{"id": came}, "signup { state }")
	c.coordinator.do("cancelTask", vars{"id": task, "reason": "Орын жабылды."}, "task { state }")
	c.signedUp(t, shift, "COMPLETED", "CONFIRMED")
	if n := c.count(`select count(*) from hours where state = 'PENDING'`); n != 1 {
		t.Errorf("%d hours", n)
	}
}
