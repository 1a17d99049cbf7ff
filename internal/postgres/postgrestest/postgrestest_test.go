package postgrestest_test

import (
	"context"
	"database/sql"
	"io/fs"
	"os"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"jastarhub/internal/postgres/postgrestest"
)

var (
	prepared atomic.Int32
	template = postgrestest.Template{Prepare: func(ctx context.Context, url string) error {
		prepared.Add(1)
		db, err := sql.Open("postgres", url)
		if err != nil {
			return err
		}
		defer func() { _ = db.Close() }()
		_, err = db.ExecContext(ctx, "CREATE TABLE places AS SELECT 'Almaty' AS name")
		return err
	}}
)

func open(t testing.TB, url string) *sql.DB {
	t.Helper()
	db, err := sql.Open("postgres", url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func TestDatabasesAreCopiesAndApart(t *testing.T) {
	a, b := open(t, template.New(t)), open(t, template.New(t))
	if _, err := a.Exec("INSERT INTO places VALUES ('Astana')"); err != nil {
		t.Fatal(err)
	}
	var inA, inB int
	if err := a.QueryRow("SELECT count(*) FROM places").Scan(&inA); err != nil {
		t.Fatal(err)
	}
	if err := b.QueryRow("SELECT count(*) FROM places").Scan(&inB); err != nil {
		t.Fatal(err)
	}
	if inA != 2 || inB != 1 {
		t.Errorf("places: %d and %d, want 2 and 1", inA, inB)
	}
	if n := prepared.Load(); os.Getenv("HUB_TEST_DATABASE_URL") == "" && n != 1 {
		t.Errorf("prepared %d times", n)
	}
}

func TestDatabaseGoesWithItsTest(t *testing.T) {
	var empty postgrestest.Template
	url := ""
	t.Run("inner", func(t *testing.T) {
		url = empty.New(t)
		if err := open(t, url).Ping(); err != nil {
			t.Fatal(err)
		}
	})
	if err := open(t, url).Ping(); err == nil {
		t.Error("the database is still there")
	}
}

func BenchmarkNew(b *testing.B) {
	for b.Loop() {
		template.New(b)
	}
}

func TestTheSchemaIsKept(t *testing.T) {
	if os.Getenv("HUB_TEST_DATABASE_URL") != "" {
		t.Skip("a server that is not the tests' own keeps nothing")
	}
	schema := func(text string) fs.FS {
		return fstest.MapFS{"0001_places.sql": {Data: []byte("-- +goose Up\nCREATE TABLE " + text + " ();")}}
	}
	made := func(migrations fs.FS) (oid int) {
		url := (&postgrestest.Template{Migrations: migrations}).New(t)
		err := open(t, url).QueryRow("SELECT oid FROM pg_database WHERE starts_with(datname, 'hub_schema_')").Scan(&oid)
		if err != nil {
			t.Fatal(err)
		}
		return oid
	}
	first := made(schema("places"))
	if again := made(schema("places")); again != first {
		t.Error("the same migrations ran again")
	}
	if other := made(schema("people")); other == first {
		t.Error("other migrations did not run")
	}
}
