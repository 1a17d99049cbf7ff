package database_test

import (
	"context"
	"log/slog"
	"testing"

	"jastarhub/internal/database"
	"jastarhub/internal/postgres"
	"jastarhub/migrations"
)

var quiet = slog.New(slog.DiscardHandler)

func TestACommandBesideAHub(t *testing.T) {
	dir := folder(t)
	alone, err := database.Join(t.Context(), "", dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	alone.Stop()
	<-alone.Ended()

	hub, err := database.Start(t.Context(), "", dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	defer hub.Stop()
	if _, err := database.Start(t.Context(), "", dir, quiet); err == nil {
		t.Fatal("two hubs on one folder")
	}
	beside, err := database.Join(t.Context(), "", dir, quiet)
	if err != nil {
		t.Fatal(err)
	}
	if beside.URL != hub.URL || beside.Ended() != nil {
		t.Errorf("the command has %s, the hub %s", beside.URL, hub.URL)
	}
	beside.Stop() // the hub keeps its server
	wantMigrated(t, hub.URL)
	if told, err := database.Join(t.Context(), hub.URL, t.TempDir(), quiet); err != nil || told.URL != hub.URL {
		t.Errorf("told %s: got %v, %v", hub.URL, told, err)
	}
}

func wantMigrated(t *testing.T, url string) {
	t.Helper()
	err := database.Patiently(t.Context(), url, func(db *postgres.DB) error {
		if pending, err := postgres.Pending(context.Background(), db, migrations.FS); err != nil || pending {
			t.Errorf("migrations are pending: %v, %v", pending, err)
		}
		var districts int
		err := db.GetContext(t.Context(), &districts, `select count(*) from districts`)
		if districts != 8 {
			t.Errorf("%d districts", districts)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}
