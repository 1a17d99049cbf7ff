package stories

import (
	"context"
	"testing"
	"time"

	"jastarhub/internal/shift"
)

// TestNobodyComesBeforeTheWorker: a request that arrived before a start that the worker has recorded, or whose hub's clock is
// slow, leaves nobody waiting for ever.
func TestNobodyComesBeforeTheWorker(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 500*hour)
	id := c.fromTo(task, base, 1, 72*hour, 74*hour)
	start, before := base.Add(72*hour), base.Add(72*hour-time.Millisecond)
	people := c.crowd(3)
	first, _ := c.signUp(people[0], id)
	second, _ := c.signUp(people[1], id)
	if err := c.round(start); err != nil {
		t.Fatal(err)
	}
	c.signedUp(t, id, "CONFIRMED", "EXPIRED")
	for _, s := range []struct {
		who      *caller
		verb, on string
		want     string
	}{
		{people[2], "SIGN_UP", id, "SIGNUP_CLOSED"}, {people[0], "CANCEL_SIGNUP", first, "SIGNUP_CLOSED"},
		{people[1], "ACCEPT_OFFER", second, "WRONG_STATE"}, {c.lead, "CHECK_IN", first, ""},
	} {
		if _, err := c.change(s.who.at(before), s.verb, s.on, ""); codeOf(err) != s.want {
			t.Errorf("%s: %v", s.verb, err)
		}
	}
	seats := 5
	if _, err := c.r.Shifts.Update(context.Background(), c.lead.at(before), shift.UpdateShiftInput{ID: rowID(id), Capacity: &seats}); codeOf(err) != "WRONG_STATE" {
		t.Errorf("update: %v", err)
	}
	c.sound(t, start, task)
}

// TestTheWorkerGoesAroundWhatIsBusy: a shift that somebody has locked is left to the next run, and keeps nobody else waiting.
func TestTheWorkerGoesAroundWhatIsBusy(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 500*hour)
	past, start, end := c.fromTo(task, base, 5, 72*hour, 74*hour), base.Add(72*hour), base.Add(74*hour)
	people := c.crowd(3)
	c.attendance(people[0], past, "CHECKED_IN", start)
	var due []string
	for range 2 { // each with an expired offer, and one person on the waiting list
		id := c.fromTo(task, base, 1, 300*hour, 302*hour)
		holder, _ := c.signUp(people[0], id)
		offered, _ := c.signUp(people[1], id)
		c.signUp(people[2], id)
		people[0].do("cancelSignup", vars{"id": holder}, "signup { state }")
		c.runOut(offered)
		due = append(due, id)
	}
	busy := c.db.MustBegin()
	busy.MustExec(`select from shifts where id in ($1, $2) for no key update`, past, due[0])
	if err := c.round(end.Add(24 * hour)); codeOf(err) != "CONFLICT" {
		t.Errorf("the worker: %v", err)
	}
	if err := busy.Rollback(); err != nil {
		t.Fatal(err)
	}
	c.signedUp(t, past, "CHECKED_IN")
	c.signedUp(t, due[0], "CANCELLED", "OFFERED", "WAITLISTED")
	c.signedUp(t, due[1], "CANCELLED", "EXPIRED", "OFFERED")
	if err := c.round(end.Add(24 * hour)); err != nil {
		t.Error(err)
	}
	c.signedUp(t, past, "COMPLETED")
	c.signedUp(t, due[0], "CANCELLED", "EXPIRED", "OFFERED")
}
