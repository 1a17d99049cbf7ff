package postgrestest_test

import (
	"context"
	"crypto/rand"
	"database/sql"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"

	"github.com/lib/pq"

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
	schema := func() fs.FS {
		return fstest.MapFS{"0001_places.sql": {Data: []byte("-- +goose Up\nCREATE TABLE places (x" + strings.ToLower(rand.Text()) + " text);")}}
	}
	var plain postgrestest.Template
	db := open(t, plain.New(t))
	kept := func() (names pq.StringArray) {
		err := db.QueryRow("SELECT array_agg(datname::text) FROM pg_database WHERE starts_with(datname, 'hub_schema_')").Scan(&names)
		if err != nil {
			t.Fatal(err)
		}
		return names
	}
	before := kept()
	made := func(migrations fs.FS) int {
		(&postgrestest.Template{Migrations: migrations}).New(t)
		return len(kept()) - len(before)
	}
	defer func() {
		for _, name := range kept() {
			if !slices.Contains(before, name) {
				if _, err := db.Exec("DROP DATABASE " + name); err != nil {
					t.Error(err)
				}
			}
		}
	}()
	places := schema()
	if n := made(places); n != 1 {
		t.Errorf("%d schemas are kept of one", n)
	}
	if n := made(places); n != 1 {
		t.Errorf("the same migrations ran again: %d schemas are kept", n)
	}
	if n := made(schema()); n != 2 {
		t.Errorf("%d schemas are kept of two", n)
	}
}
