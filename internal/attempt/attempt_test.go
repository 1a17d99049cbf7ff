package attempt_test

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/migrations"
)

var template = postgrestest.Template{Migrations: migrations.FS}

var (
	now   = time.Date(2026, 5, 8, 19, 0, 0, 0, time.UTC)
	limit = attempt.New("test", 3, 10*time.Second, time.Minute, time.Hour)
)

func open(t *testing.T) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), template.New(t), postgres.Options{MaxConns: 16})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func take(t *testing.T, db *postgres.DB, at time.Time, keys ...attempt.Key) time.Duration {
	t.Helper()
	wait, err := attempt.Take(t.Context(), db, at, keys...)
	if err != nil {
		t.Fatal(err)
	}
	return wait
}

func TestPausesGrowAndEnd(t *testing.T) {
	t.Parallel()
	db, key, at := open(t), limit.Of("aigul"), now
	for i, pause := range []time.Duration{0, 0, 10, 20, 40, 60, 60} {
		pause *= time.Second
		if wait := take(t, db, at, key); wait != 0 {
			t.Fatalf("attempt %d waits %s", i+1, wait)
		}
		if pause > 0 {
			for range 3 { // an attempt made too soon does not lengthen the wait
				if wait := take(t, db, at.Add(time.Second), key); wait != pause-time.Second {
					t.Errorf("after attempt %d: %s", i+1, wait)
				}
			}
		}
		at = at.Add(pause)
	}
	if wait := take(t, db, now.Add(time.Hour), key); wait != 0 {
		t.Errorf("after the window: %s", wait)
	}
	if wait := take(t, db, now.Add(time.Hour), key); wait != 0 {
		t.Errorf("the count did not begin again: %s", wait)
	}
}

func TestOneThatWaitsCountsNone(t *testing.T) {
	t.Parallel()
	db := open(t)
	pair, address := limit.Of("aigul", "10.0.0.1"), attempt.New("address", 4, time.Second, time.Second, time.Hour).Of("10.0.0.1")
	for range 3 {
		take(t, db, now, pair, address)
	}
	for range 5 {
		if wait := take(t, db, now, pair, address); wait != 10*time.Second {
			t.Fatalf("waits %s", wait)
		}
	}
	if wait := take(t, db, now, address); wait != 0 {
		t.Errorf("the address waits %s for what was refused", wait)
	}
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		if err := pair.Clear(t.Context(), tx); err != nil {
			return err
		}
		return address.Undo(t.Context(), tx, now)
	})
	if err != nil {
		t.Fatal(err)
	}
	if wait := take(t, db, now, pair, address); wait != 0 {
		t.Errorf("after it was taken back: %s", wait)
	}
}

func TestNobodyIsCountedWhomTheConditionDoesNotHold(t *testing.T) {
	t.Parallel()
	db, key := open(t), limit.Of("aigul")
	for i, want := range []time.Duration{0, 0, 0, 10 * time.Second, 10 * time.Second} {
		err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			if wait, held, err := key.TakeIf(t.Context(), tx, now, `select where ?`, false); held || wait != 0 || err != nil {
				t.Errorf("attempt %d of nobody: %t, %s, %v", i+1, held, wait, err)
			}
			wait, held, err := key.TakeIf(t.Context(), tx, now, `select where ?`, true)
			if !held || wait != want {
				t.Errorf("attempt %d: %t, %s", i+1, held, wait)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestRivalsAreNotAllTheFirst(t *testing.T) {
	t.Parallel()
	db, key := open(t), limit.Of("aigul")
	var admitted atomic.Int32
	var rivals sync.WaitGroup
	for range 40 {
		rivals.Go(func() {
			if wait, err := attempt.Take(t.Context(), db, now, key); err != nil {
				t.Error(err)
			} else if wait == 0 {
				admitted.Add(1)
			}
		})
	}
	rivals.Wait()
	if admitted.Load() != 3 {
		t.Errorf("%d attempts at the same moment, 3 are free", admitted.Load())
	}
}

func TestForget(t *testing.T) {
	t.Parallel()
	db, known := open(t), attempt.New("known", 0, 0, 0, 24*time.Hour).Of("aigul")
	take(t, db, now, limit.Of("aigul"))
	if err := db.Tx(t.Context(), func(tx *sqlx.Tx) error { return known.Remember(t.Context(), tx, now) }); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		after time.Duration
		want  int
	}{{0, 2}, {2 * time.Hour, 1}, {48 * time.Hour, 0}} {
		after, want := c.after, c.want
		if err := attempt.Forget(t.Context(), db, now.Add(after)); err != nil {
			t.Fatal(err)
		}
		var n int
		if err := db.Get(&n, `select count(*) from attempts`); err != nil || n != want {
			t.Errorf("after %s: %d rows, %v", after, n, err)
		}
		if remembered, err := known.Remembered(t.Context(), db, now.Add(after)); err != nil || remembered && after > 24*time.Hour {
			t.Errorf("after %s: %v, %v", after, remembered, err)
		}
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{"10.0.0.1": "10.0.0.1", "::ffff:10.0.0.1": "10.0.0.1", "": "", "@": "@",
		"2001:db8:1:2:3:4:5:6": "2001:db8:1:2::/64", "2001:db8:1:2:ffff::1": "2001:db8:1:2::/64", "fe80::1%eth0": "fe80::/64"} {
		if got := attempt.Network(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}
