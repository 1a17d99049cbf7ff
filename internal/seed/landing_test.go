package seed_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/embedded"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/internal/seed"
	"jastarhub/migrations"
)

// city has the rows of the demo as they were in the tables of the last migrations that have landed.
const city = "testdata/city.sql.gz"

var landed = flag.Bool("landed", false, "write the city that new migrations are tried on")

// then is when that city was made. It is the present of those who sign up in it.
var then = time.Date(2026, 5, 13, 11, 40, 0, 0, time.UTC)

var blank postgrestest.Template

// TestMigrationsWhilePeopleSignUp: nobody is refused, or waits longer than a second, while new migrations run, and afterwards
// everything is in order.
func TestMigrationsWhilePeopleSignUp(t *testing.T) {
	if *landed {
		writeCity(t)
	}
	db, signedUp, refused := whileSigningUp(t, migrations.FS)
	if refused != nil {
		t.Error(refused)
	}
	if signedUp < 20 {
		t.Errorf("only %d signed up", signedUp)
	}
	holds(t, db, then.Add(time.Second))
	holdsTrails(t, db, then.Add(time.Second))
}

func TestAMigrationThatLocksPeopleOutIsFound(t *testing.T) {
	bad := landedMigrations(t)
	text, err := os.ReadFile("testdata/locks.sql")
	if err != nil {
		t.Fatal(err)
	}
	bad["9999_locks.sql"] = &fstest.MapFile{Data: text}
	if _, _, refused := whileSigningUp(t, bad); refused == nil {
		t.Error("nobody was refused")
	}
}

// writeCity makes the copy of the city. The migrations that it is made with are those that have just landed.
func writeCity(t *testing.T) {
	t.Helper()
	url := schema.New(t)
	db := openOn(t, url, -1)
	if _, err := seed.Demo(t.Context(), db.DB, key, then); err != nil {
		t.Fatal(err)
	}
	with, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	rows, err := exec.CommandContext(t.Context(), filepath.Join(with.Dir, "pg_dump"), "--data-only", "--inserts", "--rows-per-insert=500",
		"--exclude-table=goose_db_version*", "--dbname="+url).Output()
	if err != nil {
		t.Fatal(err)
	}
	var file bytes.Buffer
	packed, err := gzip.NewWriterLevel(&file, gzip.BestCompression)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := packed.Write(regexp.MustCompile(`(?m)^(--.*|\\.*|)\n`).ReplaceAll(rows, nil)); err != nil {
		t.Fatal(err)
	}
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(city, file.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func landedMigrations(t *testing.T) fstest.MapFS {
	t.Helper()
	list, err := os.ReadFile("../../migrations/landed")
	if err != nil {
		t.Fatal(err)
	}
	files := fstest.MapFS{}
	for line := range strings.Lines(string(list)) {
		_, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		text, err := fs.ReadFile(migrations.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = &fstest.MapFile{Data: text}
	}
	return files
}

const emptied = `do $$ begin
	execute (select string_agg(format('delete from %I', tablename), '; ') from pg_tables where schemaname = 'public' and tablename not like 'goose%');
end $$; `

// readCity returns a database with the city and the schema that it was made with.
func readCity(t *testing.T) (url string) {
	t.Helper()
	url = blank.New(t)
	if err := postgres.Migrate(t.Context(), url, landedMigrations(t), quiet); err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(city)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	unpacked, err := gzip.NewReader(file)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := io.ReadAll(unpacked)
	if err != nil {
		t.Fatal(err)
	}
	// The rows have been counted; those that migrations inserted are among them.
	if err := openOn(t, url, -1).Tx(t.Context(), func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(t.Context(), `set local session_replication_role = replica; `+emptied+string(rows))
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return url
}

// chance is a person who may sign up for a shift.
type chance struct {
	Person uuid.UUID `db:"person"`
	Shift  uuid.UUID `db:"shift"`
}

const chances = `
	select p.id as person, s.id as shift from people p cross join shifts s join tasks t on t.id = s.task_id
	where p.erased_at is null and p.suspended_id is null and p.created_at < s.starts_at and age_on(p.birth_date, s.starts_at) >= greatest(18, t.min_age)
		and s.state = 'PLANNED' and s.begun_at is null and s.starts_at > $1::timestamptz + interval '3 hours' and t.state in ('OPEN', 'IN_PROGRESS')
	order by md5(p.id || ' ' || s.id)`

// whileSigningUp migrates the city while people sign up and somebody reads for a long time. It returns how many
// signed up, and the first refusal.
func whileSigningUp(t *testing.T, fsys fs.FS) (db *postgres.DB, signedUp int64, refused error) {
	t.Helper()
	url := readCity(t)
	db = openOn(t, url, 0) // waits for a lock as long as the hub does: a second
	var all []chance
	if err := db.SelectContext(t.Context(), &all, chances, then); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancelCause(t.Context())
	var people, reader sync.WaitGroup
	var next, done, tick atomic.Int64
	longest := make([]time.Duration, 4)
	for i := range longest {
		people.Go(func() {
			for ctx.Err() == nil {
				one := all[next.Add(1)%int64(len(all))]
				began := time.Now()
				signed, err := one.signUp(context.WithoutCancel(ctx), db, &tick)
				longest[i] = max(longest[i], time.Since(began))
				if err != nil {
					stop(err)
				}
				if signed {
					done.Add(1)
				}
				time.Sleep(5 * time.Millisecond)
			}
		})
	}
	reader.Go(func() {
		if err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			_, err := tx.ExecContext(t.Context(), `select from moves, signups, shifts, tasks, people limit 1; select pg_sleep(2)`)
			return err
		}); err != nil {
			t.Error(err)
		}
	})
	time.Sleep(100 * time.Millisecond)
	if err := postgres.Migrate(t.Context(), url, fsys, quiet); err != nil {
		t.Error(err)
	}
	time.Sleep(100 * time.Millisecond)
	stop(nil)
	people.Wait()
	reader.Wait()
	t.Logf("%d signed up, in %v at most", done.Load(), slices.Max(longest))
	if cause := context.Cause(ctx); cause != context.Canceled {
		refused = cause
	}
	return db, done.Load(), refused
}

// signUp runs the statements of the hub that the landed migrations belong to. It reports false where the person is already on a
// shift at that time.
func (c chance) signUp(ctx context.Context, db *postgres.DB, tick *atomic.Int64) (signed bool, err error) {
	err = db.Tx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `select from people where id = $1 for no key update`, c.Person); err != nil {
			return err
		}
		var shift struct {
			Free bool      `db:"free"`
			From time.Time `db:"starts_at"`
			To   time.Time `db:"ends_at"`
		}
		if err := tx.GetContext(ctx, &shift, `select taken < capacity as free, starts_at, ends_at from shifts where id = $1 for no key update`, c.Shift); err != nil {
			return err
		}
		id, state, now := postgres.NewID(), "WAITLISTED", then.Add(time.Duration(tick.Add(1))*time.Microsecond)
		if shift.Free {
			state = "CONFIRMED"
		}
		result, err := tx.ExecContext(ctx, `insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
			select $1, $2, $3::uuid, $4::timestamptz, $5::timestamptz, $6::signup_state, $7::timestamptz, $7 where not exists (
				select from signups where person_id = $3 and state not in ('CANCELLED', 'EXPIRED')
					and tstzrange(starts_at, ends_at) && tstzrange($4, $5))`, id, c.Shift, c.Person, shift.From, shift.To, state, now)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			signed = false
			return err
		}
		signed = true
		if _, err := tx.ExecContext(ctx, `insert into idempotency_keys (person_id, key, mutation, input_hash, result_id, created_at)
			values ($1, $2, 'signUp', '', $3, $4)`, c.Person, id.String(), id, now); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `insert into moves (id, subject_id, verb, to_state, acting_as, by_id, at)
			values ($1, $2, 'SIGN_UP', $3, 'PERSON', $4, $5)`, postgres.NewID(), id, state, c.Person, now)
		return err
	})
	return signed, err
}
