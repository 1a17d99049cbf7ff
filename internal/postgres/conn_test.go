package postgres_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

const byID = "SELECT email FROM people WHERE id = $1"

func TestStatementIsPreparedOncePerConnection(t *testing.T) {
	db := one(t)
	for id := 1; id <= 3; id++ {
		get[string](t, db, byID, id)
		err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			_, err := tx.ExecContext(t.Context(), "UPDATE people SET email = email WHERE id = $1", id)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	got := get[string](t, db, `SELECT string_agg(left(statement, 6) || ' ' || generic_plans + custom_plans, ', ' ORDER BY statement)
		FROM pg_prepared_statements`)
	if want := "SELECT 3, UPDATE 3"; got != want {
		t.Errorf("prepared and run: %s, want %s", got, want)
	}
}

func TestPreparedStatementsAreBounded(t *testing.T) {
	db := one(t)
	for i := range 300 {
		get[int](t, db, fmt.Sprintf("SELECT %d + $1::int", i), 1)
	}
	if n := get[int](t, db, "SELECT count(*) FROM pg_prepared_statements"); n != 256 {
		t.Errorf("%d statements are kept", n)
	}
}

func TestCounter(t *testing.T) {
	db := one(t)
	ctx, counter := postgres.WithCounter(t.Context())
	for range 2 {
		err := db.Tx(ctx, func(tx *sqlx.Tx) error {
			var email string
			if err := tx.GetContext(ctx, &email, byID, 1); err != nil {
				return err
			}
			_, err := tx.ExecContext(ctx, "UPDATE people SET email = email")
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := db.PingContext(ctx); err != nil {
		t.Fatal(err)
	}
	if counter.N() != 4 {
		t.Errorf("counted %d statements, want 4", counter.N())
	}
}

func pid(t *testing.T, db *postgres.DB) int {
	t.Helper()
	return get[int](t, db, "SELECT pg_backend_pid()")
}

// pq reads only the beginning of an error over 30,000 bytes, in whatever state of a query it comes.
func TestHugeErrorCostsTheConnectionOnly(t *testing.T) {
	huge := strings.Repeat("x", 100_000)
	late := `SELECT CASE n WHEN 2000 THEN repeat('x', 100000)::uuid ELSE NULL END FROM generate_series(1, 3000) n WHERE n > `
	for name, run := range map[string]func(ctx context.Context, db *postgres.DB) error{
		"binding": func(ctx context.Context, db *postgres.DB) error {
			_, err := db.ExecContext(ctx, "SELECT $1::uuid", huge)
			return err
		},
		"simple": func(ctx context.Context, db *postgres.DB) error {
			_, err := db.ExecContext(ctx, "SELECT '"+huge+"'::uuid")
			return err
		},
		"between rows": func(ctx context.Context, db *postgres.DB) error {
			return db.SelectContext(ctx, &[]*string{}, late+"$1", 0)
		},
		"between rows, simple": func(ctx context.Context, db *postgres.DB) error {
			return db.SelectContext(ctx, &[]*string{}, late+"0")
		},
		"transaction": func(ctx context.Context, db *postgres.DB) error {
			return db.Tx(ctx, func(tx *sqlx.Tx) error { return tx.SelectContext(ctx, &[]*string{}, late+"$1", 0) })
		},
	} {
		t.Run(name, func(t *testing.T) {
			db := one(t)
			before, begun := pid(t, db), time.Now()
			if err := run(t.Context(), db); err == nil || fault.CodeOf(err) != fault.Internal {
				t.Errorf("err = %v", err)
			}
			if pid(t, db) == before {
				t.Error("the connection is still in use")
			}
			if d := time.Since(begun); d > 2*time.Second {
				t.Errorf("took %v", d)
			}
		})
	}
}

func TestOrdinaryErrorKeepsTheConnection(t *testing.T) {
	db := one(t)
	before := pid(t, db)
	if _, err := db.ExecContext(t.Context(), "SELECT 1 / $1::int", 0); err == nil {
		t.Error("no error")
	}
	if pid(t, db) != before {
		t.Error("the connection was given up")
	}
}

func TestChangedTableIsNoticed(t *testing.T) {
	url := template.New(t)
	db := open(t, url, postgres.Options{MaxConns: 1})
	const all = "SELECT * FROM people WHERE id = $1"
	read := func(ctx context.Context, q sqlx.QueryerContext) error {
		rows, err := q.QueryxContext(ctx, all, 1)
		if err != nil {
			return err
		}
		return rows.Close()
	}
	for _, change := range []string{"ALTER TABLE people ADD a int", "ALTER TABLE people ADD b int"} {
		if err := read(t.Context(), db); err != nil {
			t.Fatal(err)
		}
		if _, err := open(t, url, postgres.Options{}).ExecContext(t.Context(), change); err != nil {
			t.Fatal(err)
		}
		err := db.Tx(t.Context(), func(tx *sqlx.Tx) error { return read(t.Context(), tx) })
		if err != nil {
			t.Errorf("after %s: %v", change, err)
		}
	}
}

func TestOpenRowsRefuseAnotherStatement(t *testing.T) {
	db := one(t)
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		rows, err := tx.QueryxContext(t.Context(), "SELECT id FROM people WHERE id > $1", 0)
		if err != nil {
			return err
		}
		rows.Next()
		if _, err := tx.ExecContext(t.Context(), "DELETE FROM people WHERE id = $1", 1); err == nil {
			t.Error("no error")
		}
		if err := rows.Close(); err != nil {
			return err
		}
		_, err = tx.ExecContext(t.Context(), "DELETE FROM people WHERE id = $1", 1)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestDeadlineAndCancelEndAStatement(t *testing.T) {
	db := one(t)
	for _, query := range []string{"SELECT pg_sleep(10)", "SELECT pg_sleep($1)"} {
		for _, want := range []error{context.DeadlineExceeded, context.Canceled} {
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			if want == context.Canceled {
				ctx, cancel = context.WithCancel(t.Context())
				time.AfterFunc(50*time.Millisecond, cancel)
			}
			var args []any
			if strings.Contains(query, "$1") {
				args = []any{10}
			}
			begun := time.Now()
			_, err := db.ExecContext(ctx, query, args...)
			cancel()
			if !errors.Is(err, want) {
				t.Errorf("%s: err = %v, want %v", query, err, want)
			}
			if d := time.Since(begun); d > time.Second {
				t.Errorf("%s ended after %v", query, d)
			}
			pid(t, db)
		}
	}
}
