package postgres_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

const rename = "UPDATE people SET email = $1 WHERE id = $2"

func TestTxRollsBack(t *testing.T) {
	db := one(t)
	refused := errors.New("refused")
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(t.Context(), rename, "new", 1); err != nil {
			return err
		}
		return refused
	})
	if err != refused {
		t.Errorf("err = %v", err)
	}
	func() {
		defer func() { _ = recover() }()
		_ = db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			tx.MustExecContext(t.Context(), rename, "new", 1)
			panic("at the disco")
		})
	}()
	if email := get[string](t, db, byID, 1); email != "1@example.kz" {
		t.Errorf("email is %s", email)
	}
}

func TestDeadlockIsTriedAgain(t *testing.T) {
	db := open(t, template.New(t), postgres.Options{})
	var tries atomic.Int32
	var bothHoldOne, done sync.WaitGroup
	bothHoldOne.Add(2)
	over := []chan struct{}{make(chan struct{}), make(chan struct{})}
	for i, ids := range [][2]int{{1, 2}, {2, 1}} {
		done.Go(func() {
			defer close(over[i])
			first := true
			err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
				tries.Add(1)
				if !first {
					<-over[1-i] // a transaction that is retried at once may be there before the other wakes up, and meet it again
				}
				if _, err := tx.ExecContext(t.Context(), rename, nil, ids[0]); err != nil {
					return err
				}
				if first {
					first = false
					bothHoldOne.Done()
					bothHoldOne.Wait()
				}
				_, err := tx.ExecContext(t.Context(), rename, nil, ids[1])
				return err
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	done.Wait()
	if n := tries.Load(); n != 3 {
		t.Errorf("%d tries, want 3", n)
	}
}

func TestLostConnectionIsTriedAgain(t *testing.T) {
	url := template.New(t)
	db, other := open(t, url, postgres.Options{}), open(t, url, postgres.Options{})
	tries := 0
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		tries++
		var pid int
		if err := tx.GetContext(t.Context(), &pid, "SELECT pg_backend_pid()"); err != nil {
			return err
		}
		if tries == 1 {
			get[bool](t, other, "SELECT pg_terminate_backend($1, 1000)", pid)
		}
		_, err := tx.ExecContext(t.Context(), rename, "new", 1)
		return err
	})
	if err != nil || tries != 2 {
		t.Errorf("%d tries: %v", tries, err)
	}
}

func TestMap(t *testing.T) {
	url := template.New(t)
	db := open(t, url, postgres.Options{StatementTimeout: 2 * time.Second})
	run := func(ctx context.Context, statement string, args ...any) error {
		return db.Tx(ctx, func(tx *sqlx.Tx) error {
			_, err := tx.ExecContext(ctx, statement, args...)
			return err
		})
	}
	late, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	holder := open(t, url, postgres.Options{}).MustBegin()
	defer func() { _ = holder.Rollback() }()
	holder.MustExec(rename, nil, 9)

	// ended continues when the time is over, and database/sql has rolled back.
	ended := func(then func(ctx context.Context, tx *sqlx.Tx) error) error {
		soon, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		return db.Tx(soon, func(tx *sqlx.Tx) error {
			<-soon.Done()
			time.Sleep(50 * time.Millisecond)
			return then(soon, tx)
		})
	}

	for name, c := range map[string]struct {
		err  error
		want fault.Code
	}{
		"before the commit": {ended(func(context.Context, *sqlx.Tx) error { return nil }), fault.Timeout},
		"before a statement": {ended(func(_ context.Context, tx *sqlx.Tx) error {
			_, err := tx.ExecContext(t.Context(), rename, nil, 1)
			return err
		}), fault.Timeout},
		"constraint":         {run(t.Context(), rename, "2@example.kz", 1), fault.EmailTaken},
		"another constraint": {run(t.Context(), "INSERT INTO people VALUES ($1)", 1), fault.Internal},
		"lock_timeout":       {run(t.Context(), rename, nil, 9), fault.Conflict},
		"statement_timeout":  {run(t.Context(), "SELECT pg_sleep($1)", 9), fault.Timeout},
		"deadline":           {run(late, "SELECT pg_sleep($1)", 9), fault.Timeout},
		"syntax":             {run(t.Context(), "SELEC $1", 9), fault.Internal},
		"no rows":            {postgres.Map(sql.ErrNoRows), fault.Internal},
	} {
		if got := fault.CodeOf(c.err); c.err == nil || got != c.want {
			t.Errorf("%s: %v is %s, want %s", name, c.err, got, c.want)
		}
	}

	gone, cancel := context.WithCancel(t.Context())
	time.AfterFunc(20*time.Millisecond, cancel)
	if err := run(gone, "SELECT pg_sleep($1)", 9); !errors.Is(err, context.Canceled) || fault.CodeOf(err) != fault.Internal {
		t.Errorf("cancelled: %v", err)
	}
	if postgres.Map(nil) != nil || postgres.Map(sql.ErrNoRows) != sql.ErrNoRows {
		t.Error("nil and sql.ErrNoRows must stay")
	}
}
