package account

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"

	"jastarhub/internal/fault"
)

func TestSessionTimesOut(t *testing.T) {
	for name, c := range map[string]struct {
		staff       bool
		idle, begun time.Duration
		want        bool
	}{
		"a volunteer, new":           {false, 0, 0, true},
		"a volunteer, idle":          {false, 14*day - 1, 89 * day, true},
		"a volunteer, idle too long": {false, 14 * day, 14 * day, false},
		"a volunteer, to the end":    {false, 0, 90*day - 1, true},
		"a volunteer, past the end":  {false, 0, 90 * day, false},
		"staff, idle":                {true, 8*time.Hour - 1, 6 * day, true},
		"staff, idle too long":       {true, 8 * time.Hour, 8 * time.Hour, false},
		"staff, to the end":          {true, 0, 7*day - 1, true},
		"staff, past the end":        {true, 0, 7 * day, false},
	} {
		s := &session{Staff: c.staff, LastSeenAt: now.Add(-c.idle), CreatedAt: now.Add(-c.begun)}
		if s.alive(now) != c.want {
			t.Errorf("%s: alive is %v", name, !c.want)
		}
	}
}

func TestNobodyTakesAsLong(t *testing.T) {
	used, _, _, err := argon2id.DecodeHash(nobody)
	if err != nil || *used != *params {
		t.Errorf("nobody's hash has %+v, others %+v (%v)", used, params, err)
	}
}

func TestPassword(t *testing.T) {
	turn, err := newHasher(2).turn(t.Context(), Visit{})
	if err != nil {
		t.Fatal(err)
	}
	defer turn.end()
	hash, err := turn.hash("correct horse", params)
	if err != nil {
		t.Fatal(err)
	}
	for password, want := range map[string]bool{"correct horse": true, "Correct horse": false, "": false} {
		if got, err := turn.matches(password, hash); err != nil || got != want {
			t.Errorf("%q: %v, %v", password, got, err)
		}
	}
}

func TestHashingIsBounded(t *testing.T) {
	h := newHasher(1)
	h.working <- struct{}{}
	ctx, cancel := context.WithCancel(t.Context())
	waiting := make(chan error)
	var aside atomic.Int32
	v := Visit{Aside: func(wait func() error) error { aside.Add(1); return wait() }}
	for range cap(h.admitted) {
		go func() {
			_, err := h.turn(ctx, v)
			waiting <- err
		}()
	}
	for len(h.admitted) < cap(h.admitted) {
		time.Sleep(time.Millisecond)
	}
	if _, err := h.turn(t.Context(), v); fault.CodeOf(err) != fault.Busy {
		t.Errorf("one too many: %v", err)
	}
	cancel()
	for range cap(h.admitted) {
		if err := <-waiting; err != context.Canceled {
			t.Errorf("who gave up: %v", err)
		}
	}
	if n := int(aside.Load()); n != cap(h.admitted) {
		t.Errorf("%d of %d waited aside", n, cap(h.admitted))
	}
	<-h.working
	for range 2 * cap(h.admitted) {
		turn, err := h.turn(t.Context(), Visit{})
		if err != nil {
			t.Fatalf("afterwards: %v", err)
		}
		turn.end()
	}
}
