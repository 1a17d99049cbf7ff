package postgres_test

import (
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
)

func TestThreeProcessesMigrateAtOnce(t *testing.T) {
	migrations := fstest.MapFS{
		"0001_things.sql": {Data: []byte("-- +goose Up\nCREATE TABLE things (id int);\nINSERT INTO things VALUES (1);\nSELECT pg_sleep(0.2);")},
		"0002_index.sql":  {Data: []byte("-- +goose NO TRANSACTION\n-- +goose Up\nCREATE INDEX CONCURRENTLY things_id ON things (id);")},
	}
	var empty postgrestest.Template
	url := empty.New(t)
	db := open(t, url, postgres.Options{})
	pending := func(want bool) {
		t.Helper()
		if got, err := postgres.Pending(t.Context(), db, migrations); err != nil || got != want {
			t.Errorf("pending is %v, %v", got, err)
		}
	}
	pending(true)
	begun := time.Now()
	var all sync.WaitGroup
	for range 3 {
		all.Go(func() {
			if err := postgres.Migrate(t.Context(), url, migrations, slog.New(slog.DiscardHandler)); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	t.Logf("migrated in %v", time.Since(begun))
	if n := get[int](t, db, "SELECT count(*) FROM things"); n != 1 {
		t.Errorf("%d things", n)
	}
	pending(false)
	migrations["0003_more.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nSELECT 1;")}
	pending(true)
}

// TestNobodyWaitsBehindAMigration: while a migration waits for a transaction that takes long, others go on.
func TestNobodyWaitsBehindAMigration(t *testing.T) {
	migrations := fstest.MapFS{"0001_things.sql": {Data: []byte("-- +goose Up\nCREATE TABLE things (id int);")}}
	var empty postgrestest.Template
	url := empty.New(t)
	if err := postgres.Migrate(t.Context(), url, migrations, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
	db := open(t, url, postgres.Options{})
	insert := func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(t.Context(), "INSERT INTO things VALUES (1)")
		return err
	}
	migrations["0002_names.sql"] = &fstest.MapFile{Data: []byte("-- +goose Up\nALTER TABLE things ADD name text;")}
	var migrated sync.WaitGroup
	err := db.Tx(t.Context(), func(long *sqlx.Tx) error {
		if err := insert(long); err != nil {
			return err
		}
		migrated.Go(func() {
			if err := postgres.Migrate(t.Context(), url, migrations, slog.New(slog.DiscardHandler)); err != nil {
				t.Error(err)
			}
		})
		for begun := time.Now(); time.Since(begun) < 2*time.Second; time.Sleep(50 * time.Millisecond) {
			if err := db.Tx(t.Context(), insert); err != nil {
				t.Errorf("after %v: %v", time.Since(begun), err)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	migrated.Wait()
	if n := get[int](t, db, "SELECT count(*) FROM things WHERE name IS NULL"); n < 5 {
		t.Errorf("%d things", n)
	}
}
