package signup

import (
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// unable are the reasons why somebody on the waiting list cannot take a seat now: how they come about, and pass. $1 is the
// person, $2 the task.
var unable = []struct{ name, comes, passes string }{
	{"suspended", `with d as (insert into decisions (id, kind, subject_type, subject_id, person_id, reason, words, state, decided_by, decided_at)
		select gen_random_uuid(), 'SUSPEND', 'PERSON', $1::uuid, $1::uuid, 'INSULT', 'Shouted.', 'IN_FORCE', created_by, now() from tasks where id = $2 returning id)
		update people set suspended_id = (select id from d) where id = $1`,
		`update people set suspended_id = null where id = $1 and $2::uuid is not null`},
	{"elsewhere at that time", `insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
		select gen_random_uuid(), id, $1, starts_at, ends_at, 'CONFIRMED', now(), now() from shifts
		where task_id <> $2 and capacity = 7 order by created_at desc limit 1`,
		`update signups set state = 'CANCELLED' where person_id = $1 and shift_id in (select id from shifts where task_id <> $2)`},
	{"too young", `with p as (update people set birth_date = now() - interval '17 years' where id = $1) update tasks set min_age = 18 where id = $2`,
		`update people set birth_date = now() - interval '19 years' where id = $1 and $2::uuid is not null`},
	{"without consent", `update people set birth_date = now() - interval '15 years' where id = $1 and $2::uuid is not null`,
		`update people set birth_date = now() - interval '19 years' where id = $1 and $2::uuid is not null`},
	{"unverified", `update people set email_verified_at = null where id = $1 and $2::uuid is not null`,
		`update people set email_verified_at = now() where id = $1 and $2::uuid is not null`},
	{"nameless", `update people set given_name = '' where id = $1 and $2::uuid is not null`,
		`update people set given_name = 'Person' where id = $1 and $2::uuid is not null`},
}

// TestWhoCannotTakeASeatIsPassedOver, is not told about it, and keeps the place on the waiting list until they can.
func TestWhoCannotTakeASeatIsPassedOver(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for _, why := range unable {
		task, shift := c.Task(1, 72*time.Hour)
		c.Task(7, 72*time.Hour)
		people := c.Crowd(4)
		signups := make([]string, len(people))
		for i, who := range people[:3] {
			signups[i], _ = c.SignUp(who, shift)
		}
		c.Exec(why.comes, people[1].ID, task)
		people[0].Do("cancelSignup", hub.Vars{"id": signups[0]}, "signup { state }")
		c.SignedUp(t, shift, "CANCELLED", "WAITLISTED", "OFFERED")
		if n := c.Count(`select count(*) from notices where person_id = $1 and kind = 'SEAT_OFFERED'`, people[1].ID); n != 0 {
			t.Errorf("%s: told of a seat", why.name)
		}
		people[2].Do("cancelSignup", hub.Vars{"id": signups[2]}, "signup { state }")
		c.Tick()
		c.SignedUp(t, shift, "CANCELLED", "WAITLISTED", "CANCELLED")

		// A seat that nobody on the waiting list can take is free for anyone.
		if late, state := c.SignUp(people[3], shift); state != "CONFIRMED" {
			t.Errorf("%s: a free seat that nobody else can take is %s", why.name, state)
		} else {
			people[3].Do("cancelSignup", hub.Vars{"id": late}, "signup { state }")
		}
		c.Exec(why.passes, people[1].ID, task)
		c.Tick()
		if c.State(signups[1]) != "OFFERED" {
			t.Errorf("%s no more: %s", why.name, c.State(signups[1]))
		}
		if n := c.Count(`select count(*) from notices where person_id = $1 and kind = 'SEAT_OFFERED'`, people[1].ID); n != 1 {
			t.Errorf("%s no more: told %d times", why.name, n)
		}
		c.Sound(t, c.Present(), task)
	}
}

// TestInTheLastHoursWhoCannotTakeASeatIsNotTold that one is free.
func TestInTheLastHoursWhoCannotTakeASeatIsNotTold(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for _, why := range unable {
		task, shift := c.Task(1, time.Hour)
		c.Task(7, time.Hour)
		people := c.Crowd(3)
		holder, _ := c.SignUp(people[0], shift)
		for _, who := range people[1:] {
			c.SignUp(who, shift)
		}
		c.Exec(why.comes, people[1].ID, task)
		people[0].Do("cancelSignup", hub.Vars{"id": holder}, "signup { state }")
		for i, want := range []int{0, 0, 1} {
			if n := c.Count(`select count(*) from notices where person_id = $1 and kind = 'SEATS_LATE'`, people[i].ID); n != want {
				t.Errorf("%s: person %d is told %d times", why.name, i, n)
			}
		}
	}
}

// TestASuspensionGivesAnOfferBack for a shift after its end, and the next person on the waiting list gets it.
func TestASuspensionGivesAnOfferBack(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task, shift := w.Task(1, 24*30*time.Hour)
	people := []*hub.Caller{w.Person("Holder", 20), w.Person("First", 20), w.Person("Second", 20)}
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = w.SignUp(who, shift)
	}
	people[0].Do("cancelSignup", hub.Vars{"id": signups[0]}, "signup { state }")
	decision := w.Suspension(people[1], 20)
	w.SignedUp(t, shift, "CANCELLED", "WAITLISTED", "OFFERED")
	w.Officer.Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	people[2].Do("declineOffer", hub.Vars{"id": signups[2]}, "signup { state }")
	w.SignedUp(t, shift, "CANCELLED", "OFFERED", "CANCELLED")
	w.Sound(t, w.Present(), task)
}

// TestACapacityIsLoweredToWhatIsConfirmed: offers are withdrawn, last on the waiting list first, and the people are told.
func TestACapacityIsLoweredToWhatIsConfirmed(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(1, 72*time.Hour)
	people := c.Crowd(5)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.SignUp(who, shift)
	}
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 4}, "shift { id }")
	people[1].Do("acceptOffer", hub.Vars{"id": signups[1]}, "signup { state }")
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "OFFERED", "OFFERED", "WAITLISTED")
	c.Lead.Refused("CAPACITY_TAKEN", "updateShift", hub.Vars{"id": shift, "capacity": 1})
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "OFFERED", "OFFERED", "WAITLISTED")
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 3}, "shift { seats { capacity taken } waiting }").
		Shows("updateShift.shift", hub.Vars{"seats": hub.Vars{"capacity": 3, "taken": 3}, "waiting": 2})
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "OFFERED", "WAITLISTED", "WAITLISTED")
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 2}, "shift { seats { taken } }").Shows("updateShift.shift.seats.taken", 2)
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "WAITLISTED", "WAITLISTED", "WAITLISTED")
	for i, want := range []int{0, 0, 1, 1, 0} {
		if n := c.Count(`select count(*) from notices where person_id = $1 and kind = 'OFFER_WITHDRAWN'`, people[i].ID); n != want {
			t.Errorf("person %d is told %d times", i, n)
		}
	}
	people[2].SignupAs(signups[2]).Shows("node.position", 1).Shows("node.offerExpiresAt", nil).
		Shows("node.history.nodes.2", hub.Vars{"verb": "UPDATE_SHIFT", "fromState": "OFFERED", "toState": "WAITLISTED", "actingAs": "LEAD", "words": nil})
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 3}, "shift { id }")
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "OFFERED", "WAITLISTED", "WAITLISTED")

	// An offer that has expired, but that the worker has not seen yet, is not a seat either.
	runOut(c.Hub, signups[2])
	c.Lead.Do("updateShift", hub.Vars{"id": shift, "capacity": 2}, "shift { id }")
	c.SignedUp(t, shift, "CONFIRMED", "CONFIRMED", "EXPIRED", "WAITLISTED", "WAITLISTED")
	c.Sound(t, c.Present(), task)
}

// TestTheFirstClaimStaysWhenTheStartMovesNear: the seat is held for half of the time that is left, and the person is told until
// when.
func TestTheFirstClaimStaysWhenTheStartMovesNear(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, shift := c.Task(1, 72*time.Hour)
	people := c.Crowd(3)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.SignUp(who, shift)
	}
	people[0].Do("cancelSignup", hub.Vars{"id": signups[0]}, "signup { state }")
	c.Exec(`update people set language = 'EN'`)
	move := func(to time.Duration) {
		c.T.Helper()
		c.Lead.Do("updateShift", hub.Vars{"id": shift, "startsAt": base.Add(to).Format(time.RFC3339),
			"endsAt": base.Add(to + time.Hour).Format(time.RFC3339)}, "shift { id }")
	}
	move(3 * time.Hour) // two hours before the start come earlier than half of the time
	if n := c.Count(`select count(*) from signups where id = $1 and offer_expires_at between $2 and $3`, signups[1], base.Add(90*time.Minute), base.Add(100*time.Minute)); n != 1 {
		t.Error("three hours before the start the offer does not last half of them")
	}
	move(time.Hour)
	c.SignedUp(t, shift, "CANCELLED", "OFFERED", "WAITLISTED")
	people[2].Refused("SHIFT_FULL", "acceptOffer", hub.Vars{"id": signups[2]})
	if n := c.Count(`select count(*) from notices where person_id = $1 and kind = 'OFFER_EXPIRED'`, people[1].ID); n != 0 {
		t.Error("the offer is said to be over")
	}
	told := people[1].Must(`{ viewer { notices(first: 1) { nodes { kind } } } }`, nil).Str("viewer.notices.nodes.0.kind")
	if told != "SEAT_OFFERED" {
		t.Errorf("the last that is told: %s", told)
	}
	runOut(c.Hub, signups[1])
	c.Tick()
	c.SignedUp(t, shift, "CANCELLED", "EXPIRED", "WAITLISTED")
	if last := c.Mails(); strings.Contains(last[len(last)-1].Body, "went to the next") {
		t.Errorf("it went to nobody: %s", last[len(last)-1].Body)
	}
	people[2].Do("acceptOffer", hub.Vars{"id": signups[2]}, "signup { state }").Shows("acceptOffer.signup.state", "CONFIRMED")
	c.Sound(t, c.Present(), task)

	_, again := c.Task(1, 72*time.Hour)
	first, _ := c.SignUp(people[0], again)
	claims, _ := c.SignUp(people[1], again)
	people[0].Do("cancelSignup", hub.Vars{"id": first}, "signup { state }")
	shift = again
	move(5 * time.Hour / 4)
	people[1].Do("acceptOffer", hub.Vars{"id": claims}, "signup { state }").Shows("acceptOffer.signup.state", "CONFIRMED")
}
