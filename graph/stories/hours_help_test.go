package stories

import (
	"testing"
	"time"
)

// done is a mutation of a list with what became of each of its rows: the code, "" where it was done.
func (c *caller) done(mutation string, input vars) (codes []string) {
	c.h.t.Helper()
	a := c.do(mutation, input, "results { id code }")
	for _, row := range a.at(mutation + ".results").([]any) {
		code, _ := row.(vars)["code"].(string)
		codes = append(codes, code)
	}
	return codes
}

// hoursOf is the id of a sign-up's hours.
func (h *hub) hoursOf(signup string) string {
	h.t.Helper()
	return h.text(`select id from hours where signup_id = $1`, signup)
}

// worked signs somebody up for a shift, and checks in and out so long after its start.
func (c *city) worked(who *caller, shift string, start time.Time, in, out time.Duration) (signup, hours string) {
	c.t.Helper()
	signup, _ = c.signUp(who, shift)
	for _, step := range []struct {
		verb string
		at   time.Duration
	}{{"CHECK_IN", in}, {"CHECK_OUT", out}} {
		if _, err := c.change(c.lead.at(start.Add(step.at)), step.verb, signup, ""); err != nil {
			c.t.Fatal(step.verb, err)
		}
	}
	return signup, c.hoursOf(signup)
}

// stands is where hours stand, as somebody sees them.
func (c *caller) stands(id string, want vars) {
	c.h.t.Helper()
	c.must(`query($id: ID!) { node(id: $id) { ... on Hours { state minutes workedMinutes reason } } }`, vars{"id": id}).shows("node", want)
}

// pastShift is a task's that began some days ago, and when.
func (c *city) pastShift(t testing.TB, ago time.Duration) (task, shift string, start time.Time) {
	t.Helper()
	base := time.Now().Truncate(time.Minute)
	task, _ = c.task(1, 500*hour)
	shift = c.fromTo(task, base, 100, 72*hour, 74*hour)
	return task, shift, base.Add(72 * hour)
}
