package postgres_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
)

var template = postgrestest.Template{Prepare: func(ctx context.Context, url string) error {
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, `
		CREATE TABLE people (id int PRIMARY KEY, email text CONSTRAINT people_email_key UNIQUE);
		INSERT INTO people SELECT n, n || '@example.kz' FROM generate_series(1, 10) n`)
	return err
}}

func open(t testing.TB, url string, o postgres.Options) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// one returns a pool of one connection, so that a test knows which connection it uses.
func one(t testing.TB) *postgres.DB {
	return open(t, template.New(t), postgres.Options{MaxConns: 1})
}

func get[T any](t testing.TB, db *postgres.DB, query string, args ...any) T {
	t.Helper()
	var v T
	if err := db.GetContext(t.Context(), &v, query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return v
}

func TestSession(t *testing.T) {
	for name, c := range map[string]struct {
		options postgres.Options
		want    [5]string
	}{
		"people wait":     {postgres.Options{}, [5]string{"3s", "1s", "5s", "UTC", "hub"}},
		"nobody waits":    {postgres.Options{StatementTimeout: -1, Name: "seed"}, [5]string{"0", "10s", "1min", "UTC", "seed"}},
		"its own timeout": {postgres.Options{StatementTimeout: 700 * time.Millisecond}, [5]string{"700ms", "1s", "5s", "UTC", "hub"}},
	} {
		t.Run(name, func(t *testing.T) {
			db := open(t, template.New(t), c.options)
			var got [5]string
			for i, setting := range []string{"statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout",
				"TimeZone", "application_name"} {
				got[i] = get[string](t, db, "SELECT current_setting($1)", setting)
			}
			if got != c.want {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestArgumentsAndResults(t *testing.T) {
	type row struct {
		ID    uuid.UUID
		Names pq.StringArray
		At    time.Time
		Bytes []byte
		None  *string
		N     int64
	}
	db := one(t)
	want := row{uuid.New(), []string{"Ақтөбе", `"quoted"`}, time.Date(2026, 5, 1, 12, 30, 0, 1000, time.UTC), []byte{0, 255}, nil, 7}
	for range 2 { // prepared, then reused
		got := get[row](t, db, `SELECT $1::uuid AS id, $2::text[] AS names, $3::timestamptz AS at, $4::bytea AS bytes,
			$5::text AS none, cardinality($6::int[]) + cardinality($7::text[]) AS n`,
			want.ID, want.Names, want.At, want.Bytes, want.None, []int64{1, 2, 3, 4}, pq.Array([]string{"a", "b", "c"}))
		if got.ID != want.ID || got.Names[0] != want.Names[0] || got.Names[1] != want.Names[1] || !got.At.Equal(want.At) ||
			string(got.Bytes) != string(want.Bytes) || got.None != nil || got.N != want.N {
			t.Errorf("got %+v, want %+v", got, want)
		}
	}
}

func TestCopy(t *testing.T) {
	db := one(t)
	ctx, counter := postgres.WithCounter(t.Context())
	err := db.Tx(ctx, func(tx *sqlx.Tx) error {
		in, err := tx.PrepareContext(ctx, "COPY people (id, email) FROM STDIN")
		if err != nil {
			return err
		}
		for id := 100; id < 1100; id++ {
			if _, err := in.ExecContext(ctx, id, nil); err != nil {
				return err
			}
		}
		if _, err := in.ExecContext(ctx); err != nil {
			return err
		}
		return in.Close()
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := get[int](t, db, "SELECT count(*) FROM people"); n != 1010 {
		t.Errorf("%d people", n)
	}
	if counter.N() != 0 {
		t.Errorf("COPY counted as %d statements", counter.N())
	}
}
