package signup

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/mutation"
	"jastarhub/internal/shift"
)

func TestARepetitionChangesNothing(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, first := c.Task(5, 72*time.Hour)
	add := hub.Vars{"taskId": task, "shift": c.NewShift(5, 96*time.Hour)}
	const wanted = "shift { id }"
	id := c.Lead.Under("one").Do("addShift", add, wanted).Str("addShift.shift.id")
	c.Lead.Under("one").Do("addShift", add, wanted).Shows("addShift.shift.id", id)
	if n := c.Count(`select count(*) from shifts where task_id = $1`, task); n != 2 {
		t.Errorf("%d shifts", n)
	}

	other := hub.Vars{"taskId": task, "shift": c.NewShift(6, 96*time.Hour)}
	c.Lead.Under("one").Refused("IDEMPOTENCY_KEY_REUSED", "addShift", other)
	c.Lead.Under("one").Refused("IDEMPOTENCY_KEY_REUSED", "addShift", hub.Vars{"taskId": task, "shift": c.NewShift(0, 96*time.Hour)})
	c.Lead.Under("one").Refused("IDEMPOTENCY_KEY_REUSED", "signUp", hub.Vars{"shiftId": first})
	c.NgoLead.Under("one").Do("addShift", other, "shift { seats { capacity } }").Shows("addShift.shift.seats.capacity", 6)

	// The repetition is answered with the present state.
	signup := c.Volunteer.Under("two").Do("signUp", hub.Vars{"shiftId": first}, "signup { id }").Str("signUp.signup.id")
	c.Volunteer.Under("three").Do("cancelSignup", hub.Vars{"id": signup}, "signup { state }")
	c.Volunteer.Under("two").Do("signUp", hub.Vars{"shiftId": first}, "signup { id state }").
		Shows("signUp.signup", hub.Vars{"id": signup, "state": "CANCELLED"})
	c.Volunteer.Under("three").Do("cancelSignup", hub.Vars{"id": signup}, "signup { state }").Shows("cancelSignup.signup.state", "CANCELLED")
	c.Volunteer.Refused("WRONG_STATE", "cancelSignup", hub.Vars{"id": signup})
	c.SignedUp(t, first, "CANCELLED")
	if n := c.Count(`select count(*) from moves where subject_id = $1`, hub.RowID(signup)); n != 2 {
		t.Errorf("%d moves", n)
	}
	c.Sound(t, c.Present(), task)
}

// TestRepetitionsAtTheSameTime: phones send again before the first answer has arrived.
func TestRepetitionsAtTheSameTime(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, first := c.Task(5, 72*time.Hour)
	people := c.Crowd(3)
	for _, who := range people {
		c.SignUp(who, first)
	}
	ids := make([]string, 12)
	add := hub.Vars{"taskId": task, "shift": c.NewShift(1, 96*time.Hour)}
	hub.AtOnce(len(ids), func(i int) {
		ids[i] = c.Lead.Under("many").Do("addShift", add, "shift { id }").Str("addShift.shift.id")
	})
	for _, id := range ids {
		if id != ids[0] {
			t.Errorf("another shift: %s", id)
		}
	}
	if n := c.Count(`select count(*) from shifts where task_id = $1`, task); n != 2 {
		t.Errorf("%d shifts", n)
	}
	// Two inputs with one key at the same time: one is done.
	codes := map[string]int{}
	results := make([]string, 8)
	hub.AtOnce(len(results), func(i int) {
		results[i] = c.Lead.Under("two").Ask(hub.Document("addShift", "shift { id }"), hub.Vars{"in": hub.Vars{"taskId": task,
			"shift": c.NewShift(1+i%2, time.Duration(120+i%2)*time.Hour)}}).Code()
	})
	for _, code := range results {
		codes[code]++
	}
	if n := c.Count(`select count(*) from shifts where task_id = $1`, task); n != 3 || codes[""] != 4 || codes["IDEMPOTENCY_KEY_REUSED"] != 4 {
		t.Errorf("%d shifts, %v", n, codes)
	}
	c.Sound(t, c.Present(), task)
}

func TestAFailureKeepsNoKey(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, first := c.Task(1, 72*time.Hour)
	add := hub.Vars{"taskId": task, "shift": c.NewShift(0, 96*time.Hour)}
	c.Lead.Under("again").Refused("INVALID", "addShift", add)
	c.Lead.Under("again").Refused("INVALID", "updateShift", hub.Vars{"id": first, "capacity": 0})
	c.Lead.Under("again").Refused("NOT_FOUND", "updateShift", hub.Vars{"id": task, "capacity": 2})
	c.Other.Under("again").Refused("NOT_LEAD", "updateShift", hub.Vars{"id": first, "capacity": 2})
	if n := c.Count(`select count(*) from idempotency_keys`); n != 0 {
		t.Errorf("%d keys", n)
	}
	c.Lead.Under("again").Do("updateShift", hub.Vars{"id": first, "capacity": 2}, "shift { id }")
	c.Visitor().Under("again").Refused("UNAUTHENTICATED", "signUp", hub.Vars{"shiftId": first})
	c.Sound(t, c.Present(), task)
}

// TestAKeyLastsAWeek: until then the first result is returned, even if the input would no longer be accepted.
func TestAKeyLastsAWeek(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, _ := c.Task(1, 72*time.Hour)
	now := c.Present().Truncate(time.Second)
	in := shift.AddShiftInput{TaskID: hub.RowID(task), Shift: shift.NewShiftInput{StartsAt: now.Add(time.Hour), EndsAt: now.Add(2 * time.Hour), Capacity: 1}}
	add := func(at time.Time) (*shift.ShiftPayload, error) {
		call := mutation.Call{Actor: c.Lead.Actor(), Now: at, Name: "addShift", Key: "week", Hash: []byte("the same")}
		return c.Resolver.Tasks.AddShift(context.Background(), call, in)
	}
	first, err := add(now)
	if err != nil {
		t.Fatal(err)
	}
	almost := now.Add(mutation.KeepKeys)
	if err := mutation.ForgetKeys(context.Background(), c.DB, almost); err != nil {
		t.Fatal(err)
	}
	if again, err := add(almost); err != nil || again.Shift.ID != first.Shift.ID {
		t.Errorf("after almost a week: %v", err)
	}
	if err := mutation.ForgetKeys(context.Background(), c.DB, almost.Add(time.Microsecond)); err != nil {
		t.Fatal(err)
	}
	if _, err := add(almost); hub.CodeOf(err) != "INVALID" {
		t.Errorf("after a week: %v", err)
	}
}

func TestWhereKeysAreRefused(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	who := h.Person("Keyholder", 20)
	people := h.Count(`select count(*) from people`)
	account := hub.Vars{"email": "new@example.org", "password": hub.Password, "givenName": "A", "familyName": "B", "birthDate": "2000-01-01",
		"language": "EN"}
	who.Under("key").Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "register", account)
	who.Under("key").Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "signIn", hub.Vars{"email": "keyholder@example.org", "password": hub.Password})
	who.Under("key").Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "signOut", hub.Vars{"everywhere": true})
	for _, key := range []string{"a b", strings.Repeat("k", 129), "ключ"} {
		if a := who.Under(key).Refused("BAD_REQUEST", "signOut", hub.Vars{"everywhere": true}); a.Status != http.StatusBadRequest {
			t.Errorf("%q: status %d", key, a.Status)
		}
	}
	who.Under(strings.Repeat("k", 128)).Must(`{ viewer { id } }`).Shows("viewer.id", who.ID)
	if n := h.Count(`select count(*) from people`); n != people {
		t.Errorf("%d people; want %d", n, people)
	}
}
