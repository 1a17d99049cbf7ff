package postgres_test

import (
	"log/slog"
	"sync"
	"testing"
	"testing/fstest"
	"time"

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
