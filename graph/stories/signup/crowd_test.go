package signup

import (
	"slices"
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestTwoHundredForTenSeats: the first get the seats, and the others are on a waiting list that everybody can see.
func TestTwoHundredForTenSeats(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(10, 72*time.Hour)
	people := c.Crowd(200)
	who := map[string]*hub.Caller{} // by sign-up
	places := map[string]int{}
	var mu sync.Mutex
	began := time.Now()
	hub.AtOnce(len(people), func(i int) {
		a := people[i].Patiently("signUp", hub.Vars{"shiftId": shift}, "signup { id state position }")
		if a.Code() != "" {
			t.Error(a.RawBody)
			return
		}
		mu.Lock()
		defer mu.Unlock()
		id := a.Str("signUp.signup.id")
		who[id] = people[i]
		if place, waits := a.At("signUp.signup.position").(float64); waits {
			places[id] = int(place)
		}
	})
	t.Logf("200 sign-ups in %s", time.Since(began).Round(time.Millisecond))

	confirmed, line := inState(c.Hub, shift, "CONFIRMED"), inState(c.Hub, shift, "WAITLISTED")
	if len(who) != 200 || len(confirmed) != 10 || len(line) != 190 || len(places) != 190 {
		t.Fatalf("%d sign-ups: %d confirmed, %d waiting, %d told a place", len(who), len(confirmed), len(line), len(places))
	}
	for i, id := range line {
		if places[id] != i+1 {
			t.Errorf("place %d was told that it is %d", i+1, places[id])
		}
	}
	c.Sound(t, c.Present(), task)

	hub.AtOnce(5, func(i int) {
		if code := who[confirmed[i]].Patiently("cancelSignup", hub.Vars{"id": confirmed[i]}, "signup { id }").Code(); code != "" {
			t.Error(code)
		}
	})
	wantOffered(c, shift, line[:5])
	wantPlaces(c, shift, line[5:])

	who[line[0]].Do("declineOffer", hub.Vars{"id": line[0]}, "signup { state position }").
		Shows("declineOffer.signup", hub.Vars{"state": "CANCELLED", "position": nil})
	wantOffered(c, shift, line[1:6])
	runOut(c.Hub, line[1])
	who[line[1]].Refused("OFFER_EXPIRED", "acceptOffer", hub.Vars{"id": line[1]})
	who[line[1]].Refused("OFFER_EXPIRED", "declineOffer", hub.Vars{"id": line[1]})
	c.Tick()
	wantOffered(c, shift, line[2:7])
	wantPlaces(c, shift, line[7:])
	who[line[1]].SignupAs(line[1]).Shows("node.state", "EXPIRED").Shows("node.history.nodes.2",
		hub.Vars{"verb": "EXPIRE", "fromState": "OFFERED", "toState": "EXPIRED", "actingAs": "HUB", "words": nil})
	who[line[1]].Refused("WRONG_STATE", "acceptOffer", hub.Vars{"id": line[1]})

	// An offer that has expired is also passed on by the next request, before the worker does it.
	runOut(c.Hub, line[2])
	again, state := c.SignUp(who[line[0]], shift)
	if state != "WAITLISTED" {
		t.Errorf("behind the line: %s", state)
	}
	wantOffered(c, shift, line[3:8])
	wantPlaces(c, shift, append(slices.Clone(line[8:]), again))
	c.Sound(t, c.Present(), task)
}

func wantOffered(c *hub.City, shift string, want []string) {
	c.T.Helper()
	if got := inState(c.Hub, shift, "OFFERED"); !slices.Equal(got, want) {
		c.T.Errorf("offered to %v; want %v", got, want)
	}
	c.Lead.Must(`query($id: ID!) { shift(id: $id) { seats { capacity taken free } signups(filter: {states: [OFFERED]}) { totalCount } } }`,
		hub.Vars{"id": shift}).Shows("shift.seats", hub.Vars{"capacity": 10, "taken": 10, "free": 0}).
		Shows("shift.signups.totalCount", len(want))
}

// wantPlaces checks all positions on the waiting list, as the lead sees them.
func wantPlaces(c *hub.City, shift string, line []string) {
	c.T.Helper()
	after := ""
	places := map[string]int{}
	for more := true; more; {
		v := hub.Vars{"id": shift}
		if after != "" {
			v["after"] = after
		}
		a := c.Lead.Must(`query($id: ID!, $after: String) { shift(id: $id) { signups(filter: {states: [WAITLISTED]}, first: 100, after: $after) {
			nodes { id position } pageInfo { hasNextPage endCursor } } } }`, v)
		for _, node := range a.At("shift.signups.nodes").([]any) {
			row := node.(hub.Vars)
			places[row["id"].(string)] = int(row["position"].(float64))
		}
		after, more = a.Str("shift.signups.pageInfo.endCursor"), a.At("shift.signups.pageInfo.hasNextPage").(bool)
	}
	for i, id := range line {
		if places[id] != i+1 {
			c.T.Errorf("place %d in line is shown as %d", i+1, places[id])
		}
	}
	if len(places) != len(line) {
		c.T.Errorf("%d in line; want %d", len(places), len(line))
	}
}

// TestShiftsOfOneTaskFillAtTheSameTime: the task's own sums are right, in whatever order people come.
func TestShiftsOfOneTaskFillAtTheSameTime(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(100, 72*time.Hour)
	shifts := []string{shift, c.AddShift(task, 100, 96*time.Hour), c.AddShift(task, 100, 120*time.Hour)}
	people := c.Crowd(30)
	for round := range 10 {
		hub.AtOnce(3, func(i int) { c.SignUp(people[3*round+i], shifts[i]) })
		c.Sound(t, c.Present(), task)
	}
	c.Lead.Must(`query($id: ID!) { task(id: $id) { seats { taken free } } }`, hub.Vars{"id": task}).
		Shows("task.seats", hub.Vars{"taken": 30, "free": 270})
}
