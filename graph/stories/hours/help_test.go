package hours

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// worked signs somebody up for a shift, and checks them in and out at these times after its start.
func worked(c *hub.City, who *hub.Caller, shift string, start time.Time, in, out time.Duration) (signup, hours string) {
	c.T.Helper()
	signup, _ = c.SignUp(who, shift)
	for _, step := range []struct {
		verb string
		at   time.Duration
	}{{"CHECK_IN", in}, {"CHECK_OUT", out}} {
		if _, err := c.Change(c.Lead.CallAt(start.Add(step.at)), step.verb, signup, ""); err != nil {
			c.T.Fatal(step.verb, err)
		}
	}
	return signup, c.HoursOf(signup)
}

// stands checks hours, as somebody sees them.
func stands(c *hub.Caller, id string, want hub.Vars) {
	c.Hub.T.Helper()
	c.Must(`query($id: ID!) { node(id: $id) { ... on Hours { state minutes workedMinutes reason } } }`, hub.Vars{"id": id}).Shows("node", want)
}

// pastShift returns a task's shift that began some time ago, and when it began.
func pastShift(c *hub.City, t testing.TB, ago time.Duration) (task, shift string, start time.Time) {
	t.Helper()
	base := c.Present().Truncate(time.Minute)
	task, _ = c.Task(1, 500*time.Hour)
	shift = c.FromTo(task, base, 100, 72*time.Hour, 74*time.Hour)
	return task, shift, base.Add(72 * time.Hour)
}
