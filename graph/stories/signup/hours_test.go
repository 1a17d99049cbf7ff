package signup

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestTheLastTwoHours: nothing is offered any more; the first person on the waiting list to tap gets the seat.
func TestTheLastTwoHours(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(1, 3*time.Hour)
	people := c.Crowd(6)
	signups := make([]string, len(people))
	for i, who := range people[:4] {
		signups[i], _ = c.SignUp(who, shift)
	}
	people[0].Do("cancelSignup", hub.Vars{"id": signups[0]}, "signup { state }")
	c.SignedUp(t, shift, "CANCELLED", "OFFERED", "WAITLISTED", "WAITLISTED")
	if n := c.Count(`select count(*) from signups where id = $1 and offer_expires_at = starts_at - interval '2 hours'`, signups[1]); n != 1 {
		t.Error("the offer does not end two hours before the start")
	}
	if told := people[2].Actions(signups[2])["ACCEPT_OFFER"]; told != "WRONG_STATE" {
		t.Errorf("in line while seats are offered: %v", told)
	}
	people[2].Refused("WRONG_STATE", "acceptOffer", hub.Vars{"id": signups[2]})

	c.Pass(70 * time.Minute)
	if told := people[1].Actions(signups[1])["ACCEPT_OFFER"]; told != "OFFER_EXPIRED" {
		t.Errorf("the offer: %v", told)
	}
	people[1].Refused("OFFER_EXPIRED", "acceptOffer", hub.Vars{"id": signups[1]})
	c.Tick()
	c.SignedUp(t, shift, "CANCELLED", "EXPIRED", "WAITLISTED", "WAITLISTED")
	for _, i := range []int{2, 3} {
		if told := people[i].Actions(signups[i])["ACCEPT_OFFER"]; told != nil {
			t.Errorf("the free seat: %v", told)
		}
	}
	codes := make([]string, 2)
	hub.AtOnce(2, func(i int) {
		codes[i] = people[2+i].Ask(hub.Document("acceptOffer", "signup { state }"), hub.Vars{"in": hub.Vars{"id": signups[2+i]}}).Code()
	})
	won := slices.Index(codes, "")
	if slices.Sort(codes); !slices.Equal(codes, []string{"", "SHIFT_FULL"}) {
		t.Fatalf("two at once: %q", codes)
	}
	winner, loser := people[2+won], people[3-won]
	if told := loser.Actions(signups[3-won])["ACCEPT_OFFER"]; told != "SHIFT_FULL" {
		t.Errorf("the taken seat: %v", told)
	}

	// Somebody who comes now is behind those who wait, but can tap as quickly as they do.
	winner.Do("cancelSignup", hub.Vars{"id": signups[2+won]}, "signup { state }")
	late, state := c.SignUp(people[4], shift)
	if state != "WAITLISTED" {
		t.Errorf("behind the line: %s", state)
	}
	people[4].Do("acceptOffer", hub.Vars{"id": late}, "signup { state history(first: 9) { nodes { verb fromState toState } } }").
		Shows("acceptOffer.signup.history.nodes.1", hub.Vars{"verb": "ACCEPT_OFFER", "fromState": "WAITLISTED", "toState": "CONFIRMED"})
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 2}, "shift { seats { free } }").Shows("updateShift.shift.seats.free", 1)
	loser.SignupAs(signups[3-won]).Shows("node.state", "WAITLISTED")

	c.Pass(2 * time.Hour)
	if told := loser.Actions(signups[3-won])["ACCEPT_OFFER"]; told != "SIGNUP_CLOSED" {
		t.Errorf("after the beginning: %v", told)
	}
	loser.Refused("SIGNUP_CLOSED", "acceptOffer", hub.Vars{"id": signups[3-won]})
	loser.Refused("SIGNUP_CLOSED", "cancelSignup", hub.Vars{"id": signups[3-won]})
	people[5].Refused("SIGNUP_CLOSED", "signUp", hub.Vars{"shiftId": shift})
	c.Tick()
	loser.SignupAs(signups[3-won]).Shows("node.state", "EXPIRED")
	loser.Refused("WRONG_STATE", "acceptOffer", hub.Vars{"id": signups[3-won]})
	c.Sound(t, c.Present(), task)
}

// TestAnOfferLastsADay, or less if the start is near or is moved closer.
func TestAnOfferLastsADay(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, shift := c.Task(1, 72*time.Hour)
	first, _ := c.SignUp(c.Volunteer, shift)
	second, _ := c.SignUp(c.Other, shift)
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": first}, "signup { state }")
	if n := c.Count(`select count(*) from signups where id = $1 and offer_expires_at = updated_at + interval '24 hours'`, second); n != 1 {
		t.Error("the offer is not for 24 hours")
	}
	third, _ := c.SignUp(c.Volunteer, shift)
	move := func(to time.Duration) {
		c.Lead.Do("updateShift", hub.Vars{"id": shift, "startsAt": base.Add(to).Format(time.RFC3339),
			"endsAt": base.Add(to + time.Hour).Format(time.RFC3339)}, "shift { id }")
	}
	move(12 * time.Hour)
	if n := c.Count(`select count(*) from signups where id = $1 and offer_expires_at = $2`, second, base.Add(10*time.Hour)); n != 1 {
		t.Error("the offer was not cut")
	}
	// The start is so near now that nothing is offered any more: the offer is valid for half of the time, and then nobody has it.
	move(time.Hour)
	c.SignedUp(t, shift, "CANCELLED", "OFFERED", "WAITLISTED")
	runOut(c.Hub, second)
	c.Tick()
	c.SignedUp(t, shift, "CANCELLED", "EXPIRED", "WAITLISTED")
	c.Volunteer.SignupAs(third).Shows("node.position", 1)
	move(30 * time.Hour)
	c.Volunteer.SignupAs(third).Shows("node.state", "OFFERED")
	c.Sound(t, c.Present(), task)
}

// TestAnOfferIsMailed to the person who is offered the freed seat, once, with the shift and the deadline; nobody else is told.
func TestAnOfferIsMailed(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift := c.Task(1, 100*time.Hour)
	people := c.Crowd(3)
	c.Exec(`update people set language = 'EN'`)
	holder, _ := c.SignUp(people[0], shift)
	for _, who := range people[1:] {
		c.SignUp(who, shift)
	}
	c.Mails()
	people[0].Do("cancelSignup", hub.Vars{"id": holder}, "signup { state }").Shows("cancelSignup.signup.state", "CANCELLED")
	told := c.Mails()
	if len(told) != 1 || told[0].To != people[1].ID+"@example.org" || !strings.HasPrefix(told[0].Subject, "A place is free for you until ") ||
		!strings.Contains(told[0].Body, "Арық тазалау") || !strings.Contains(told[0].Body, "https://hub.example/me") {
		t.Errorf("%+v", told)
	}
	if err := c.Round(c.Present()); err != nil {
		t.Fatal(err)
	}
	if again := c.Mails(); len(again) != 0 {
		t.Errorf("told again: %+v", again)
	}
}
