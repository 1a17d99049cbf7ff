package stories

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestTheLastTwoHours: nothing is offered any more; the first person on the waiting list to tap gets the seat.
func TestTheLastTwoHours(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(1, 3*hour)
	people := c.crowd(6)
	signups := make([]string, len(people))
	for i, who := range people[:4] {
		signups[i], _ = c.signUp(who, shift)
	}
	people[0].do("cancelSignup", vars{"id": signups[0]}, "signup { state }")
	c.signedUp(t, shift, "CANCELLED", "OFFERED", "WAITLISTED", "WAITLISTED")
	if n := c.count(`select count(*) from signups where id = $1 and offer_expires_at = starts_at - interval '2 hours'`, signups[1]); n != 1 {
		t.Error("the offer does not end two hours before the start")
	}
	if told := people[2].actions(signups[2])["ACCEPT_OFFER"]; told != "WRONG_STATE" {
		t.Errorf("in line while seats are offered: %v", told)
	}
	people[2].refused("WRONG_STATE", "acceptOffer", vars{"id": signups[2]})

	c.age(shift, 70*time.Minute)
	if told := people[1].actions(signups[1])["ACCEPT_OFFER"]; told != "OFFER_EXPIRED" {
		t.Errorf("the offer: %v", told)
	}
	people[1].refused("OFFER_EXPIRED", "acceptOffer", vars{"id": signups[1]})
	c.tick()
	c.signedUp(t, shift, "CANCELLED", "EXPIRED", "WAITLISTED", "WAITLISTED")
	for _, i := range []int{2, 3} {
		if told := people[i].actions(signups[i])["ACCEPT_OFFER"]; told != nil {
			t.Errorf("the free seat: %v", told)
		}
	}
	codes := make([]string, 2)
	atOnce(2, func(i int) {
		codes[i] = people[2+i].ask(document("acceptOffer", "signup { state }"), vars{"in": vars{"id": signups[2+i]}}).code()
	})
	won := slices.Index(codes, "")
	if slices.Sort(codes); !slices.Equal(codes, []string{"", "SHIFT_FULL"}) {
		t.Fatalf("two at once: %q", codes)
	}
	winner, loser := people[2+won], people[3-won]
	if told := loser.actions(signups[3-won])["ACCEPT_OFFER"]; told != "SHIFT_FULL" {
		t.Errorf("the taken seat: %v", told)
	}

	// Somebody who comes now is behind those who wait, but can tap as quickly as they do.
	winner.do("cancelSignup", vars{"id": signups[2+won]}, "signup { state }")
	late, state := c.signUp(people[4], shift)
	if state != "WAITLISTED" {
		t.Errorf("behind the line: %s", state)
	}
	people[4].do("acceptOffer", vars{"id": late}, "signup { state history(first: 9) { nodes { verb fromState toState } } }").
		shows("acceptOffer.signup.history.nodes.1", vars{"verb": "ACCEPT_OFFER", "fromState": "WAITLISTED", "toState": "CONFIRMED"})
	c.lead.do("updateShift", vars{"id": shift, "capacity": 2}, "shift { seats { free } }").shows("updateShift.shift.seats.free", 1)
	loser.signupAs(signups[3-won]).shows("node.state", "WAITLISTED")

	c.age(shift, 2*hour)
	if told := loser.actions(signups[3-won])["ACCEPT_OFFER"]; told != "SIGNUP_CLOSED" {
		t.Errorf("after the beginning: %v", told)
	}
	loser.refused("SIGNUP_CLOSED", "acceptOffer", vars{"id": signups[3-won]})
	loser.refused("SIGNUP_CLOSED", "cancelSignup", vars{"id": signups[3-won]})
	people[5].refused("SIGNUP_CLOSED", "signUp", vars{"shiftId": shift})
	c.tick()
	loser.signupAs(signups[3-won]).shows("node.state", "EXPIRED")
	loser.refused("WRONG_STATE", "acceptOffer", vars{"id": signups[3-won]})
	c.sound(t, time.Now(), task)
}

// TestAnOfferLastsADay, or less if the start is near or is moved closer.
func TestAnOfferLastsADay(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, shift := c.task(1, 72*hour)
	first, _ := c.signUp(c.volunteer, shift)
	second, _ := c.signUp(c.other, shift)
	c.volunteer.do("cancelSignup", vars{"id": first}, "signup { state }")
	if n := c.count(`select count(*) from signups where id = $1 and offer_expires_at = updated_at + interval '24 hours'`, second); n != 1 {
		t.Error("the offer is not for 24 hours")
	}
	third, _ := c.signUp(c.volunteer, shift)
	move := func(to time.Duration) {
		c.lead.do("updateShift", vars{"id": shift, "startsAt": base.Add(to).Format(time.RFC3339),
			"endsAt": base.Add(to + hour).Format(time.RFC3339)}, "shift { id }")
	}
	move(12 * hour)
	if n := c.count(`select count(*) from signups where id = $1 and offer_expires_at = $2`, second, base.Add(10*hour)); n != 1 {
		t.Error("the offer was not cut")
	}
	// The start is so near now that nothing is offered any more: the offer is valid for half of the time, and then nobody has it.
	move(hour)
	c.signedUp(t, shift, "CANCELLED", "OFFERED", "WAITLISTED")
	c.runOut(second)
	c.tick()
	c.signedUp(t, shift, "CANCELLED", "EXPIRED", "WAITLISTED")
	c.volunteer.signupAs(third).shows("node.position", 1)
	move(30 * hour)
	c.volunteer.signupAs(third).shows("node.state", "OFFERED")
	c.sound(t, time.Now(), task)
}

// TestAnOfferIsMailed to the person who is offered the freed seat, once, with the shift and the deadline; nobody else is told.
func TestAnOfferIsMailed(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift := c.task(1, 100*hour)
	people := c.crowd(3)
	c.exec(`update people set language = 'EN'`)
	holder, _ := c.signUp(people[0], shift)
	for _, who := range people[1:] {
		c.signUp(who, shift)
	}
	c.mails()
	people[0].do("cancelSignup", vars{"id": holder}, "signup { state }").shows("cancelSignup.signup.state", "CANCELLED")
	told := c.mails()
	if len(told) != 1 || told[0].to != people[1].id+"@example.org" || !strings.HasPrefix(told[0].subject, "A place is free for you until ") ||
		!strings.Contains(told[0].body, "Арық тазалау") || !strings.Contains(told[0].body, "https://hub.example/me") {
		t.Errorf("%+v", told)
	}
	if err := c.round(time.Now()); err != nil {
		t.Fatal(err)
	}
	if again := c.mails(); len(again) != 0 {
		t.Errorf("told again: %+v", again)
	}
}
