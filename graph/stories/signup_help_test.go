package stories

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
)

// atOnce does something n times at the same moment.
func atOnce(n int, do func(i int)) {
	var all sync.WaitGroup
	start := make(chan struct{})
	for i := range n {
		all.Go(func() {
			<-start
			do(i)
		})
	}
	close(start)
	all.Wait()
}

// patiently repeats a mutation with the same key while the hub is busy, or others change the same, as clients do.
func (c *caller) patiently(mutation string, input vars, payload string) *answer {
	c = c.under(uuid.NewString())
	for left := 100; ; left-- {
		a := c.ask(document(mutation, payload), vars{"in": input})
		if left == 0 || !slices.Contains([]string{"BUSY", "CONFLICT", "TIMEOUT", "IDEMPOTENCY_KEY_IN_USE"}, a.code()) {
			return a
		}
	}
}

// signupAs reads a sign-up as somebody sees it.
func (c *caller) signupAs(id string) *answer {
	c.h.t.Helper()
	return c.must(`query($id: ID!) { node(id: $id) { ... on Signup { state position offerExpiresAt endReason checkedInAt checkedOutAt
		history(first: 100) { nodes { verb fromState toState actingAs words } } } } }`, vars{"id": id})
}

// state returns a sign-up's state.
func (h *hub) state(signup string) (state string) {
	h.t.Helper()
	if err := h.db.Get(&state, `select state from signups where id = $1`, signup); err != nil {
		h.t.Fatal(err)
	}
	return state
}

// inState returns the sign-ups of a shift in a state, in the order of signing up.
func (h *hub) inState(shift, state string) (signups []string) {
	h.t.Helper()
	if err := h.db.Select(&signups, `select id from signups where shift_id = $1 and state = $2 order by line`, shift, state); err != nil {
		h.t.Fatal(err)
	}
	return signups
}

// runOut lets an offer expire.
func (h *hub) runOut(signup string) {
	h.t.Helper()
	h.exec(`update signups set offer_expires_at = now() - interval '1 second' where id = $1`, signup)
}

// addShift adds a shift that begins after a time and lasts two hours.
func (c *city) addShift(task string, seats int, in time.Duration) (shift string) {
	c.t.Helper()
	return c.lead.do("addShift", vars{"taskId": task, "shift": c.newShift(seats, in)}, "shift { id }").str("addShift.shift.id")
}

// fromTo adds a shift that begins and ends this long after a moment.
func (c *city) fromTo(task string, base time.Time, seats int, from, to time.Duration) (shift string) {
	c.t.Helper()
	return c.lead.do("addShift", vars{"taskId": task, "shift": vars{"startsAt": base.Add(from).Format(time.RFC3339),
		"endsAt": base.Add(to).Format(time.RFC3339), "capacity": seats}}, "shift { id }").str("addShift.shift.id")
}

// actions returns the reasons why somebody may not do things to an object, nil where they may.
func (c *caller) actions(id string) map[string]any {
	c.h.t.Helper()
	a := c.must(`query($id: ID!) { node(id: $id) { ... on Shift { availableActions { action allowed reason } }
		... on Signup { availableActions { action allowed reason } } ... on Task { availableActions { action allowed reason } }
		} }`, vars{"id": id})
	reasons := map[string]any{}
	for _, action := range a.at("node.availableActions").([]any) {
		row := action.(vars)
		if row["allowed"].(bool) != (row["reason"] == nil) {
			c.h.t.Errorf("%v", row)
		}
		reasons[row["action"].(string)] = row["reason"]
	}
	return reasons
}

// round runs the worker's jobs at a moment of the test's choice.
func (h *hub) round(now time.Time) error {
	return errors.Join(h.r.Signups.Tidy(context.Background(), now), h.r.Tasks.BeginShifts(context.Background(), now))
}

// actor returns the caller as the services know it.
func (c *caller) actor() *auth.Actor {
	c.h.t.Helper()
	a, err := c.h.r.People.Authenticate(context.Background(), c.token, time.Now())
	if err != nil {
		c.h.t.Fatal(err)
	}
	return a
}

// at returns a change by the caller at a moment of the test's choice.
func (c *caller) at(now time.Time) mutation.Call { return mutation.Call{Actor: c.actor(), Now: now} }

// rowID parses an id that the hub returned.
func rowID(id string) uuid.UUID { return uuid.MustParse(id) }

// beyond finds what must never exist, whatever people did at the same time: each statement says what is wrong. $1 is the moment
// of the worker's last run, $2 the tasks, $3 the present; $4 says that nobody has done anything since the run: when a change on one
// shift frees a person for another, the worker's next run offers them a place there.
const beyond = `
with s as (select s.*, t.state in ('OPEN', 'IN_PROGRESS') as open from shifts s join tasks t on t.id = s.task_id where t.id = any($2)),
g as (select g.*, s.state as shift_state, s.starts_at as starts, s.ends_at as ends, s.begun_at
	from signups g join s on s.id = g.shift_id)
select 'taken of shift ' || id from s where taken <> (select count(*) from g where g.shift_id = s.id
	and g.state in ('OFFERED', 'CONFIRMED', 'CHECKED_IN', 'COMPLETED', 'NO_SHOW'))
union all select 'more than the capacity of ' || id from s where taken > capacity
union all select 'waiting of shift ' || id from s where waiting <> (select count(*) from g where g.shift_id = s.id and g.state = 'WAITLISTED')
union all select 'sums of task ' || t.id from tasks t where t.id = any($2)
	and (coalesce(t.next_shift_at, 'infinity'), t.capacity, t.taken, t.free) <> (
		select coalesce(min(starts_at) filter (where begun_at is null), 'infinity'), coalesce(sum(capacity), 0), coalesce(sum(taken), 0),
			coalesce(sum(capacity - taken) filter (where begun_at is null), 0)
		from shifts where task_id = t.id and state = 'PLANNED')
union all select 'two places at once: ' || a.id from g a join g b on a.person_id = b.person_id and a.id < b.id
	where a.state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED') and b.state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED')
	and a.starts < b.ends and b.starts < a.ends
union all select 'twice on shift ' || shift_id from g where state not in ('CANCELLED', 'EXPIRED') group by shift_id, person_id having count(*) > 1
union all select 'other times than the shift: ' || id from g where (starts_at, ends_at) <> (starts, ends)
union all select 'offer beyond its time: ' || id from g where state = 'OFFERED' and offer_expires_at <= $1
union all select 'offer beyond the start: ' || id from g where state = 'OFFERED' and offer_expires_at >= starts
union all select 'free seat while somebody waits who may take it: ' || s.id from s where open and state = 'PLANNED' and taken < capacity
	and starts_at > $3::timestamptz + interval '2 hours' and $4 and exists (select from g join people p on p.id = g.person_id
		where g.shift_id = s.id and g.state = 'WAITLISTED' and p.suspended_id is null and not exists (select from signups o
			where o.person_id = p.id and o.id <> g.id and o.state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED')
				and o.starts_at < g.ends_at and g.starts_at < o.ends_at))
union all select 'waits though it has begun: ' || id from g where state in ('WAITLISTED', 'OFFERED') and (starts <= $1 or begun_at is not null)
union all select 'on a cancelled shift: ' || id from g where shift_state = 'CANCELLED' and state not in ('CANCELLED', 'EXPIRED')
union all select 'begun without the worker, or before its time: ' || id from s
	where state = 'PLANNED' and (begun_at is null) <> (starts_at > $1)
union all select 'not checked out: ' || id from g where state = 'CHECKED_IN' and ends <= $1 - interval '24 hours' and updated_at < $1
union all select 'out before in: ' || id from g where checked_out_at < checked_in_at
union all select 'history does not end with the state: ' || id from g where state::text is distinct from
	(select to_state from moves where subject_id = g.id order by id desc limit 1)
union all select 'history has a gap: ' || subject_id from (select subject_id, from_state,
		lag(to_state) over (partition by subject_id order by id) as before from moves where subject_id in (select id from g)) m
	where from_state is distinct from before`

// reporter is a *testing.T, or a *rapid.T.
type reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// sound checks that beyond finds nothing, right after the worker has run.
func (h *hub) sound(t reporter, round time.Time, tasks ...string) {
	t.Helper()
	ids := make([]uuid.UUID, len(tasks))
	for i, task := range tasks {
		ids[i] = rowID(task)
	}
	h.soundSince(t, round, round, true, ids...)
}

func (h *hub) soundSince(t reporter, round, now time.Time, rested bool, tasks ...uuid.UUID) {
	t.Helper()
	var found []string
	if err := h.db.Select(&found, beyond, round, postgres.IDs(tasks), now, rested); err != nil {
		t.Errorf("the invariants: %v", err)
	}
	for _, wrong := range found {
		t.Errorf("%s", wrong)
	}
}

// signedUp checks that the sign-ups of a shift are in these states, in the order of signing up.
func (h *hub) signedUp(t testing.TB, shift string, want ...string) {
	t.Helper()
	var got []string
	if err := h.db.Select(&got, `select state from signups where shift_id = $1 order by line`, shift); err != nil {
		t.Fatal(err)
	}
	if len(got) != len(want) {
		t.Fatalf("sign-ups %v; want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("sign-ups %v; want %v", got, want)
		}
	}
}
