package postgrestest_test

import (
	"context"
	"database/sql"
	"os"
	"sync/atomic"
	"testing"

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
