package hub

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/signup"
)

// AtOnce does something n times at the same moment.
func AtOnce(n int, do func(i int)) {
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

// Patiently repeats a mutation with the same key while the hub is busy, or others change the same, as clients do.
func (c *Caller) Patiently(mutation string, input Vars, payload string) *Answer {
	c = c.Under(uuid.NewString())
	for left := 100; ; left-- {
		a := c.Ask(Document(mutation, payload), Vars{"in": input})
		if left == 0 || !slices.Contains([]string{"BUSY", "CONFLICT", "TIMEOUT", "IDEMPOTENCY_KEY_IN_USE"}, a.Code()) {
			return a
		}
	}
}

// SignupAs reads a sign-up as somebody sees it.
func (c *Caller) SignupAs(id string) *Answer {
	c.Hub.T.Helper()
	return c.Must(`query($id: ID!) { node(id: $id) { ... on Signup { state position offerExpiresAt endReason checkedInAt checkedOutAt
		history(first: 100) { nodes { verb fromState toState actingAs words } } } } }`, Vars{"id": id})
}

// State returns a sign-up's state.
func (h *Hub) State(signup string) (state string) {
	h.T.Helper()
	if err := h.DB.Get(&state, `select state from signups where id = $1`, signup); err != nil {
		h.T.Fatal(err)
	}
	return state
}

// AddShift adds a shift that begins after a time and lasts two hours.
func (c *City) AddShift(task string, seats int, in time.Duration) (shift string) {
	c.T.Helper()
	return c.Lead.Do("addShift", Vars{"taskId": task, "shift": c.NewShift(seats, in)}, "shift { id }").Str("addShift.shift.id")
}

// FromTo adds a shift that begins and ends this long after a moment.
func (c *City) FromTo(task string, base time.Time, seats int, from, to time.Duration) (shift string) {
	c.T.Helper()
	return c.Lead.Do("addShift", Vars{"taskId": task, "shift": Vars{"startsAt": base.Add(from).Format(time.RFC3339),
		"endsAt": base.Add(to).Format(time.RFC3339), "capacity": seats}}, "shift { id }").Str("addShift.shift.id")
}

// Actions returns the reasons why somebody may not do things to an object, nil where they may.
func (c *Caller) Actions(id string) map[string]any {
	c.Hub.T.Helper()
	a := c.Must(`query($id: ID!) { node(id: $id) { ... on Shift { availableActions { action allowed reason } }
		... on Signup { availableActions { action allowed reason } } ... on Task { availableActions { action allowed reason } }
		} }`, Vars{"id": id})
	reasons := map[string]any{}
	for _, action := range a.At("node.availableActions").([]any) {
		row := action.(Vars)
		if row["allowed"].(bool) != (row["reason"] == nil) {
			c.Hub.T.Errorf("%v", row)
		}
		reasons[row["action"].(string)] = row["reason"]
	}
	return reasons
}

// Round runs the worker's jobs at a moment of the test's choice.
func (h *Hub) Round(now time.Time) error {
	return errors.Join(h.Resolver.Signups.Tidy(context.Background(), now), h.Resolver.Tasks.BeginShifts(context.Background(), now))
}

// Actor returns the caller as the services know it.
func (c *Caller) Actor() *auth.Actor {
	c.Hub.T.Helper()
	a, err := c.Hub.Resolver.Accounts.Authenticate(context.Background(), c.Token, c.Hub.Present())
	if err != nil {
		c.Hub.T.Fatal(err)
	}
	return a
}

// CallAt returns a change by the caller at a moment of the test's choice.
func (c *Caller) CallAt(now time.Time) mutation.Call {
	return mutation.Call{Actor: c.Actor(), Now: now}
}

// RowID parses an id that the hub returned.
func RowID(id string) uuid.UUID { return uuid.MustParse(id) }

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

// Sound checks that beyond finds nothing, right after the worker has run.
func (h *Hub) Sound(t reporter, round time.Time, tasks ...string) {
	t.Helper()
	ids := make([]uuid.UUID, len(tasks))
	for i, task := range tasks {
		ids[i] = RowID(task)
	}
	h.SoundSince(t, round, round, true, ids...)
}

// SoundSince checks that beyond finds nothing, at a moment after the worker's last run.
func (h *Hub) SoundSince(t reporter, round, now time.Time, rested bool, tasks ...uuid.UUID) {
	t.Helper()
	var found []string
	if err := h.DB.Select(&found, beyond, round, postgres.IDs(tasks), now, rested); err != nil {
		t.Errorf("the invariants: %v", err)
	}
	for _, wrong := range found {
		t.Errorf("%s", wrong)
	}
}

// SignedUp checks that the sign-ups of a shift are in these states, in the order of signing up.
func (h *Hub) SignedUp(t testing.TB, shift string, want ...string) {
	t.Helper()
	var got []string
	if err := h.DB.Select(&got, `select state from signups where shift_id = $1 order by line`, shift); err != nil {
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

// ShowCode reads the check-in code of a shift.
const ShowCode = `query($shift: ID!) { checkInCode(shiftId: $shift) { code validUntil path } }`

// Change runs a verb of signup.verbs on a sign-up, at the call's moment.
func (h *Hub) Change(call mutation.Call, verb, id, state string) (*signup.Signup, error) {
	s, ctx, by := h.Resolver.Signups, context.Background(), signup.ByID{ID: RowID(id)}
	var done *signup.SignupPayload
	var err error
	switch verb {
	case "SIGN_UP":
		done, err = s.SignUp(ctx, call, signup.SignUpInput{ShiftID: RowID(id)})
	case "ACCEPT_OFFER":
		done, err = s.Accept(ctx, call, by)
	case "DECLINE_OFFER":
		done, err = s.Decline(ctx, call, by)
	case "CANCEL_SIGNUP":
		done, err = s.Cancel(ctx, call, signup.CancelSignupInput{ID: by.ID})
	case "CHECK_IN":
		done, err = s.CheckIn(ctx, call, by)
	case "CHECK_IN_WITH_CODE":
		shift := RowID(h.Text(`select shift_id from signups where id = $1`, by.ID))
		done, err = s.CheckInWithCode(ctx, call, "192.0.2.1", signup.CheckInWithCodeInput{ShiftID: shift, Code: s.CodeFor(shift, call.Now)})
	case "CHECK_OUT":
		done, err = s.CheckOut(ctx, call, by)
	case "MARK_NO_SHOW":
		done, err = s.MarkNoShow(ctx, call, by)
	case "CORRECT_ATTENDANCE":
		done, err = s.Correct(ctx, call, signup.CorrectAttendanceInput{ID: by.ID, State: signup.SignupState(state), Reason: "Қате басылды."})
	default:
		h.T.Fatalf("no verb %s", verb)
	}
	if err != nil {
		return nil, err
	}
	return done.Signup, nil
}

// CodeOf returns the refusal's code, "" if there was none.
func CodeOf(err error) string {
	if err == nil {
		return ""
	}
	return string(fault.CodeOf(err))
}

// Attendance signs somebody up and brings the sign-up into one of the states of a shift's day.
func (c *City) Attendance(who *Caller, shift, state string, start time.Time) (id string) {
	c.T.Helper()
	id, _ = c.SignUp(who, shift)
	for _, verb := range map[string][]string{"CONFIRMED": nil, "CHECKED_IN": {"CHECK_IN"}, "COMPLETED": {"CHECK_IN", "CHECK_OUT"},
		"NO_SHOW": {"MARK_NO_SHOW"}}[state] {
		if _, err := c.Change(c.Lead.CallAt(start), verb, id, ""); err != nil {
			c.T.Fatal(verb, err)
		}
	}
	if got := c.State(id); got != state {
		c.T.Fatalf("%s; want %s", got, state)
	}
	return id
}

// ShiftRow returns everything that is stored of a shift.
func (h *Hub) ShiftRow(shift string) (row string) {
	h.T.Helper()
	if err := h.DB.Get(&row, `select s::text || (select string_agg(g::text, ' ' order by id) from signups g where shift_id = s.id)
		from shifts s where id = $1`, shift); err != nil {
		h.T.Fatal(err)
	}
	return row
}

// Over returns the caller at another hub.
func (c *Caller) Over(h *Hub) *Caller {
	copied := *c
	copied.Hub = h
	return &copied
}

// Under returns the caller with an idempotency key.
func (c *Caller) Under(key string) *Caller {
	copied := *c
	copied.Key = key
	return &copied
}
