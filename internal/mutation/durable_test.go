package mutation_test

import (
	"context"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/migrations"
)

var person = uuid.MustParse("0190a000-0000-7000-8000-000000000001")

// deeds creates the hub's schema with a person, and a table for what the person does.
func deeds(ctx context.Context, url string) error {
	if err := postgres.Migrate(ctx, url, migrations.FS, slog.New(slog.DiscardHandler)); err != nil {
		return err
	}
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, `create table deeds (id uuid primary key);
		insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at)
		values ('`+person.String()+`', 'ainur@example.org', '!', 'Айнұр', 'Сынақова', '2001-02-03', 'KK', now())`)
	return err
}

func open(t *testing.T, pair *postgrestest.Pair) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), pair.URL(), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// act does something under an idempotency key.
func act(t *testing.T, db *postgres.DB, key string) (uuid.UUID, error) {
	c := mutation.Call{Actor: &auth.Actor{PersonID: person}, Now: time.Now(), Name: "updateProfile", Key: key, Hash: []byte(key)}
	return c.Do(t.Context(), db, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		id := postgres.NewID()
		_, err := tx.ExecContext(t.Context(), `insert into deeds values ($1)`, id)
		return id, err
	})
}

// TestARepetitionIsAnsweredFromWhatTheStandbyHas: a change whose server has stopped waiting for the standby is visible to
// everybody, and is lost with the server.
func TestARepetitionIsAnsweredFromWhatTheStandbyHas(t *testing.T) {
	pair := postgrestest.NewPair(t, deeds)
	db := open(t, pair)
	first, err := act(t, db, "first")
	if err != nil {
		t.Fatal(err)
	}

	pair.Standby.Freeze(t)
	for _, key := range []string{"second", "second", "first"} {
		if err := pair.Primary.GivingUp(t, func() error { _, err := act(t, db, key); return err }); fault.CodeOf(err) != fault.Busy {
			t.Errorf("the %s is answered with %v, and the standby was not asked", key, err)
		}
	}
	var local int
	if err := db.Get(&local, `select count(*) from deeds`); err != nil || local != 2 {
		t.Errorf("%d are on the primary: %v", local, err)
	}

	pair.Primary.Freeze(t)
	pair.Standby.Thaw(t)
	pair.Promote(t)
	db = open(t, pair)
	if again, err := act(t, db, "first"); err != nil || again != first {
		t.Errorf("the first became %s: %v", again, err)
	}
	second, err := act(t, db, "second")
	if err != nil {
		t.Fatal(err)
	}
	var kept []uuid.UUID
	if err := db.Select(&kept, `select id from deeds order by id`); err != nil {
		t.Fatal(err)
	}
	if want := []uuid.UUID{first, second}; !slices.Equal(kept, want) {
		t.Errorf("acknowledged: %v, kept: %v", want, kept)
	}
}
