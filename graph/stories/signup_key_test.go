package stories

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/mutation"
	"jastarhub/internal/shift"
)

// under returns the caller with an idempotency key.
func (c *caller) under(key string) *caller {
	copied := *c
	copied.key = key
	return &copied
}

func TestARepetitionChangesNothing(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, first := c.task(5, 72*hour)
	add := vars{"taskId": task, "shift": c.newShift(5, 96*hour)}
	const wanted = "shift { id }"
	id := c.lead.under("one").do("addShift", add, wanted).str("addShift.shift.id")
	c.lead.under("one").do("addShift", add, wanted).shows("addShift.shift.id", id)
	if n := c.count(`select count(*) from shifts where task_id = $1`, task); n != 2 {
		t.Errorf("%d shifts", n)
	}

	other := vars{"taskId": task, "shift": c.newShift(6, 96*hour)}
	c.lead.under("one").refused("IDEMPOTENCY_KEY_REUSED", "addShift", other)
	c.lead.under("one").refused("IDEMPOTENCY_KEY_REUSED", "addShift", vars{"taskId": task, "shift": c.newShift(0, 96*hour)})
	c.lead.under("one").refused("IDEMPOTENCY_KEY_REUSED", "signUp", vars{"shiftId": first})
	c.ngoLead.under("one").do("addShift", other, "shift { seats { capacity } }").shows("addShift.shift.seats.capacity", 6)

	// The repetition is answered with the present state.
	signup := c.volunteer.under("two").do("signUp", vars{"shiftId": first}, "signup { id }").str("signUp.signup.id")
	c.volunteer.under("three").do("cancelSignup", vars{"id": signup}, "signup { state }")
	c.volunteer.under("two").do("signUp", vars{"shiftId": first}, "signup { id state }").
		shows("signUp.signup", vars{"id": signup, "state": "CANCELLED"})
	c.volunteer.under("three").do("cancelSignup", vars{"id": signup}, "signup { state }").shows("cancelSignup.signup.state", "CANCELLED")
	c.volunteer.refused("WRONG_STATE", "cancelSignup", vars{"id": signup})
	c.signedUp(t, first, "CANCELLED")
	if n := c.count(`select count(*) from moves where subject_id = $1`, rowID(signup)); n != 2 {
		t.Errorf("%d moves", n)
	}
	c.sound(t, time.Now(), task)
}

// TestRepetitionsAtTheSameTime: phones send again before the first answer has arrived.
func TestRepetitionsAtTheSameTime(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, first := c.task(5, 72*hour)
	people := c.crowd(3)
	for _, who := range people {
		c.signUp(who, first)
	}
	ids := make([]string, 12)
	add := vars{"taskId": task, "shift": c.newShift(1, 96*hour)}
	atOnce(len(ids), func(i int) {
		ids[i] = c.lead.under("many").do("addShift", add, "shift { id }").str("addShift.shift.id")
	})
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("another shift: %s", id)
		}
	}
	if n := c.count(`select count(*) from shifts where task_id = $1`, task); n != 2 {
		t.Errorf("%d shifts", n)
	}
	// Two inputs with one key at the same time: one is done.
	codes := map[string]int{}
	results := make([]string, 8)
	atOnce(len(results), func(i int) {
		results[i] = c.lead.under("two").ask(document("addShift", "shift { id }"), vars{"in": vars{"taskId": task,
			"shift": c.newShift(1+i%2, time.Duration(120+i%2)*hour)}}).code()
	})
	for _, code := range results {
		codes[code]++
	}
	if n := c.count(`select count(*) from shifts where task_id = $1`, task); n != 3 || codes[""] != 4 || codes["IDEMPOTENCY_KEY_REUSED"] != 4 {
		t.Errorf("%d shifts, %v", n, codes)
	}
	c.sound(t, time.Now(), task)
}

func TestAFailureKeepsNoKey(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, first := c.task(1, 72*hour)
	add := vars{"taskId": task, "shift": c.newShift(0, 96*hour)}
	c.lead.under("again").refused("INVALID", "addShift", add)
	c.lead.under("again").refused("INVALID", "updateShift", vars{"id": first, "capacity": 0})
	c.lead.under("again").refused("NOT_FOUND", "updateShift", vars{"id": task, "capacity": 2})
	c.other.under("again").refused("NOT_LEAD", "updateShift", vars{"id": first, "capacity": 2})
	if n := c.count(`select count(*) from idempotency_keys`); n != 0 {
		t.Errorf("%d keys", n)
	}
	c.lead.under("again").do("updateShift", vars{"id": first, "capacity": 2}, "shift { id }")
	c.visitor().under("again").refused("UNAUTHENTICATED", "signUp", vars{"shiftId": first})
	c.sound(t, time.Now(), task)
}

// TestAKeyLastsAWeek: until then the first result is returned, even if the input would no longer be accepted.
func TestAKeyLastsAWeek(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, _ := c.task(1, 72*hour)
	now := time.Now().Truncate(time.Second)
	in := shift.AddShiftInput{TaskID: rowID(task), Shift: shift.NewShiftInput{StartsAt: now.Add(hour), EndsAt: now.Add(2 * hour), Capacity: 1}}
	add := func(at time.Time) (*shift.ShiftPayload, error) {
		call := mutation.Call{Actor: c.lead.actor(), Now: at, Name: "addShift", Key: "week", Hash: []byte("the same")}
		return c.r.Tasks.AddShift(context.Background(), call, in)
	}
	first, err := add(now)
	if err != nil {
		t.Fatal(err)
	}
	almost := now.Add(mutation.KeepKeys)
	if err := mutation.ForgetKeys(context.Background(), c.db, almost); err != nil {
		t.Fatal(err)
	}
	if again, err := add(almost); err != nil || again.Shift.ID != first.Shift.ID {
		t.Errorf("after almost a week: %v", err)
	}
	if err := mutation.ForgetKeys(context.Background(), c.db, almost.Add(time.Microsecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := add(almost); codeOf(err) != "INVALID" {
		t.Errorf("after a week: %v", err)
	}
}

func TestWhereKeysAreRefused(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	who := h.person("Keyholder", 20)
	people := h.count(`select count(*) from people`)
	account := vars{"email": "new@example.org", "password": password, "givenName": "A", "familyName": "B", "birthDate": "2000-01-01",
		"language": "EN"}
	who.under("key").refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "register", account)
	who.under("key").refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "signIn", vars{"email": "keyholder@example.org", "password": password})
	who.under("key").refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "signOut", vars{"everywhere": true})
	for _, key := range []string{"a b", strings.Repeat("k", 129), "ключ"} {
		if a := who.under(key).refused("BAD_REQUEST", "signOut", vars{"everywhere": true}); a.Status != http.StatusBadRequest {
			t.Errorf("%q: status %d", key, a.Status)
		}
	}
	who.under(strings.Repeat("k", 128)).must(`{ viewer { id } }`).shows("viewer.id", who.id)
	if n := h.count(`select count(*) from people`); n != people {
		t.Errorf("%d people; want %d", n, people)
	}
}
