package stories

import (
	"slices"
	"sync"
	"testing"
	"time"
)

// TestTwoHundredForTenSeats: the first get the seats, and the others are on a waiting list that everybody can see.
func TestTwoHundredForTenSeats(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(10, 72*time.Hour)
	people := c.crowd(200)
	who := map[string]*caller{} // by sign-up
	places := map[string]int{}
	var mu sync.Mutex
	began := time.Now()
	atOnce(len(people), func(i int) {
		a := people[i].patiently("signUp", vars{"shiftId": shift}, "signup { id state position }")
		if a.code() != "" {
			t.Error(a.rawBody)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		id := a.str("signUp.signup.id")
		who[id] = people[i]
		if place, waits := a.at("signUp.signup.position").(float64); waits {
			places[id] = int(place)
		}
	})
	t.Logf("200 sign-ups in %s", time.Since(began).Round(time.Millisecond))

	confirmed, line := c.inState(shift, "CONFIRMED"), c.inState(shift, "WAITLISTED")
	if len(who) != 200 || len(confirmed) != 10 || len(line) != 190 || len(places) != 190 {
		t.Fatalf("%d sign-ups: %d confirmed, %d waiting, %d told a place", len(who), len(confirmed), len(line), len(places))
	}
	for i, id := range line {
		if places[id] != i+1 {
			t.Errorf("place %d was told that it is %d", i+1, places[id])
		}
	}
	c.sound(t, time.Now(), task)

	atOnce(5, func(i int) {
		if code := who[confirmed[i]].patiently("cancelSignup", vars{"id": confirmed[i]}, "signup { id }").code(); code != "" {
			t.Error(code)
		}
	})
	c.wantOffered(shift, line[:5])
	c.wantPlaces(shift, line[5:])

	who[line[0]].do("declineOffer", vars{"id": line[0]}, "signup { state position }").
		shows("declineOffer.signup", vars{"state": "CANCELLED", "position": nil})
	c.wantOffered(shift, line[1:6])
	c.runOut(line[1])
	who[line[1]].refused("OFFER_EXPIRED", "acceptOffer", vars{"id": line[1]})
	who[line[1]].refused("OFFER_EXPIRED", "declineOffer", vars{"id": line[1]})
	c.tick()
	c.wantOffered(shift, line[2:7])
	c.wantPlaces(shift, line[7:])
	who[line[1]].signupAs(line[1]).shows("node.state", "EXPIRED").shows("node.history.nodes.2",
		vars{"verb": "EXPIRE", "fromState": "OFFERED", "toState": "EXPIRED", "actingAs": "HUB", "words": nil})
	who[line[1]].refused("WRONG_STATE", "acceptOffer", vars{"id": line[1]})

	// An offer that has expired is also passed on by the next request, before the worker does it.
	c.runOut(line[2])
	again, state := c.signUp(who[line[0]], shift)
	if state != "WAITLISTED" {
		t.Errorf("behind the line: %s", state)
	}
	c.wantOffered(shift, line[3:8])
	c.wantPlaces(shift, append(slices.Clone(line[8:]), again))
	c.sound(t, time.Now(), task)
}

func (c *city) wantOffered(shift string, want []string) {
	c.t.Helper()
	if got := c.inState(shift, "OFFERED"); !slices.Equal(got, want) {
		c.t.Errorf("offered to %v; want %v", got, want)
	}
	c.lead.must(`query($id: ID!) { shift(id: $id) { seats { capacity taken free } signups(filter: {states: [OFFERED]}) { totalCount } } }`,
		vars{"id": shift}).shows("shift.seats", vars{"capacity": 10, "taken": 10, "free": 0}).
		shows("shift.signups.totalCount", len(want))
}

// wantPlaces checks all positions on the waiting list, as the lead sees them.
func (c *city) wantPlaces(shift string, line []string) {
	c.t.Helper()
	after := ""
	places := map[string]int{}
	for more := true; more; {
		v := vars{"id": shift}
		if after != "" {
			v["after"] = after
		}
		a := c.lead.must(`query($id: ID!, $after: String) { shift(id: $id) { signups(filter: {states: [WAITLISTED]}, first: 100, after: $after) {
			nodes { id position } pageInfo { hasNextPage endCursor } } } }`, v)
		for _, node := range a.at("shift.signups.nodes").([]any) {
			row := node.(vars)
			places[row["id"].(string)] = int(row["position"].(float64))
		}
		after, more = a.str("shift.signups.pageInfo.endCursor"), a.at("shift.signups.pageInfo.hasNextPage").(bool)
	}
	for i, id := range line {
		if places[id] != i+1 {
			c.t.Errorf("place %d in line is shown as %d", i+1, places[id])
		}
	}
	if len(places) != len(line) {
		c.t.Errorf("%d in line; want %d", len(places), len(line))
	}
}

// TestShiftsOfOneTaskFillAtTheSameTime: the task's own sums are right, in whatever order people come.
func TestShiftsOfOneTaskFillAtTheSameTime(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(100, 72*time.Hour)
	shifts := []string{shift, c.addShift(task, 100, 96*time.Hour), c.addShift(task, 100, 120*time.Hour)}
	people := c.crowd(30)
	for round := range 10 {
		atOnce(3, func(i int) { c.signUp(people[3*round+i], shifts[i]) })
		c.sound(t, time.Now(), task)
	}
	c.lead.must(`query($id: ID!) { task(id: $id) { seats { taken free } } }`, vars{"id": task}).
		shows("task.seats", vars{"taken": 30, "free": 270})
}
