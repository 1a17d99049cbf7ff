package signup

import (
	"context"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/shift"
)

// TestNobodyComesBeforeTheWorker: a request that arrived before a start that the worker has recorded, or whose hub's clock is
// slow, leaves nobody waiting for ever.
func TestNobodyComesBeforeTheWorker(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 500*time.Hour)
	id := c.FromTo(task, base, 1, 72*time.Hour, 74*time.Hour)
	start, before := base.Add(72*time.Hour), base.Add(72*time.Hour-time.Millisecond)
	people := c.Crowd(3)
	first, _ := c.SignUp(people[0], id)
	second, _ := c.SignUp(people[1], id)
	if err := c.Round(start); err != nil {
		t.Fatal(err)
	}
	c.SignedUp(t, id, "CONFIRMED", "EXPIRED")
	for _, s := range []struct {
		who      *hub.Caller
		verb, on string
		want     string
	}{
		{people[2], "SIGN_UP", id, "SIGNUP_CLOSED"}, {people[0], "CANCEL_SIGNUP", first, "SIGNUP_CLOSED"},
		{people[1], "ACCEPT_OFFER", second, "WRONG_STATE"}, {c.Lead, "CHECK_IN", first, ""},
	} {
		if _, err := c.Change(s.who.CallAt(before), s.verb, s.on, ""); hub.CodeOf(err) != s.want {
			t.Errorf("%s: %v", s.verb, err)
		}
	}
	seats := 5
	if _, err := c.Resolver.Shifts.Update(context.Background(), c.Lead.CallAt(before), shift.UpdateShiftInput{ID: hub.RowID(id), Capacity: &seats}); hub.CodeOf(err) != "WRONG_STATE" {
		t.Errorf("update: %v", err)
	}
	c.Sound(t, start, task)
}

// TestTheWorkerGoesAroundWhatIsBusy: a shift that somebody has locked is left to the next run, and keeps nobody else waiting.
func TestTheWorkerGoesAroundWhatIsBusy(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 500*time.Hour)
	past, start, end := c.FromTo(task, base, 5, 72*time.Hour, 74*time.Hour), base.Add(72*time.Hour), base.Add(74*time.Hour)
	people := c.Crowd(3)
	c.Attendance(people[0], past, "CHECKED_IN", start)
	var due []string
	for range 2 { // each with an expired offer, and one person on the waiting list
		id := c.FromTo(task, base, 1, 300*time.Hour, 302*time.Hour)
		holder, _ := c.SignUp(people[0], id)
		offered, _ := c.SignUp(people[1], id)
		c.SignUp(people[2], id)
		people[0].Do("cancelSignup", hub.Vars{"id": holder}, "signup { state }")
		runOut(c.Hub, offered)
		due = append(due, id)
	}
	busy := c.DB.MustBegin()
	busy.MustExec(`select from shifts where id in ($1, $2) for no key update`, past, due[0])
	if err := c.Round(end.Add(24 * time.Hour)); hub.CodeOf(err) != "CONFLICT" {
		t.Errorf("the worker: %v", err)
	}
	if err := busy.Rollback(); err != nil {
		t.Fatal(err)
	}
	c.SignedUp(t, past, "CHECKED_IN")
	c.SignedUp(t, due[0], "CANCELLED", "OFFERED", "WAITLISTED")
	c.SignedUp(t, due[1], "CANCELLED", "EXPIRED", "OFFERED")
	if err := c.Round(end.Add(24 * time.Hour)); err != nil {
		t.Error(err)
	}
	c.SignedUp(t, past, "COMPLETED")
	c.SignedUp(t, due[0], "CANCELLED", "EXPIRED", "OFFERED")
}
