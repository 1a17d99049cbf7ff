package postgres_test

import (
	"context"
	"sync"
	"testing"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
)

// numbers creates a table for writes.
func numbers(ctx context.Context, url string) error {
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, `create table numbers (n int primary key)`)
	return err
}

func add(ctx context.Context, db *postgres.DB, n int) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into numbers values ($1)`, n)
		return err
	})
}

func wantCode(t *testing.T, what string, err error, want fault.Code) {
	t.Helper()
	if code := fault.CodeOf(err); err == nil || code != want {
		t.Errorf("%s: %v is %s, want %s", what, err, code, want)
	}
}

func TestACommitIsAcknowledgedWhenTheStandbyHasIt(t *testing.T) {
	pair := postgrestest.NewPair(t, numbers)
	db := open(t, pair.URL(), postgres.Options{})
	if err := add(t.Context(), db, 1); err != nil {
		t.Fatal(err)
	}
	pair.Standby.Freeze(t)

	gone, leave := context.WithCancel(t.Context())
	left := make(chan error)
	go func() { left <- add(gone, db, 2) }()
	pair.Primary.AwaitCommit(t)
	leave()
	wantCode(t, "the caller has gone, and the line was cut", <-left, fault.Busy)
	if n := get[int](t, db, `select count(*) from numbers`); n != 1 {
		t.Errorf("%d are seen while the standby has 1", n)
	}
	wantCode(t, "the server has given up waiting", pair.Primary.GivingUp(t, func() error { return add(t.Context(), db, 3) }), fault.Busy)

	pair.Standby.Thaw(t)
	if err := add(t.Context(), db, 4); err != nil {
		t.Errorf("the standby is back: %v", err)
	}
}

// TestFailover: the primary freezes, the standby is promoted, and the former primary comes back as if nothing had happened.
func TestFailover(t *testing.T) {
	pair := postgrestest.NewPair(t, numbers)
	if _, err := postgres.Open(t.Context(), pair.Standby.URL(), postgres.Options{}); fault.CodeOf(postgres.Map(err)) != fault.Busy {
		t.Errorf("a standby is written to: %v", err)
	}
	db := open(t, pair.URL(), postgres.Options{MaxConns: 4})
	var pooled sync.WaitGroup // so that the pool has connections to the former primary
	for range 4 {
		pooled.Go(func() { get[bool](t, db, `select pg_sleep(0.1) is null`) })
	}
	pooled.Wait()
	heard, missed := make(chan string, 1), make(chan struct{}, 9)
	ctx, stop := context.WithCancel(t.Context())
	var listening sync.WaitGroup
	listening.Go(func() { db.Listen(ctx, "news", func(news string) { heard <- news }, func() { missed <- struct{}{} }) })
	defer listening.Wait()
	defer stop()
	<-missed

	pair.Primary.Freeze(t)
	pair.Promote(t)
	<-missed
	pair.Standby.Do(t, `notify news, 'from the new primary'`)
	if news := <-heard; news != "from the new primary" {
		t.Errorf("heard %q", news)
	}
	if err := add(t.Context(), db, 1); err != nil {
		t.Errorf("after the failover: %v", err)
	}

	pair.Primary.Thaw(t)
	var all sync.WaitGroup
	for n := range 20 {
		all.Go(func() {
			if err := add(t.Context(), db, 100+n); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if _, err := postgres.Open(t.Context(), pair.Primary.URL(), postgres.Options{}); fault.CodeOf(postgres.Map(err)) != fault.Busy {
		t.Errorf("the former primary is used: %v", err)
	}
	postgres.ForgetTimelines() // like a hub that is restarted
	anew := open(t, pair.URL(), postgres.Options{})
	if err := add(t.Context(), anew, 200); err != nil {
		t.Error(err)
	}
	if n := get[int](t, anew, `select count(*) from numbers`); n != 22 {
		t.Errorf("%d have been written to the new primary, want 22", n)
	}
}
