package database_test

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"errors"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/database"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/embedded"
	"jastarhub/internal/search"
	"jastarhub/internal/secret"
	"jastarhub/internal/seed"
)

// TestEveryPostgreSQL runs the main path on each available version: a new database with the demo, a restored copy of it, and a
// migrated copy of the city that the hub made at 46c8343.
func TestEveryPostgreSQL(t *testing.T) {
	dump, restore := client(t, "pg_dump"), client(t, "pg_restore")
	copied := filepath.Join(t.TempDir(), "demo.dump")
	for _, with := range servers(t) { // oldest first: dumps are restored on versions too new for this pg_dump
		t.Run(strconv.Itoa(with.Major), func(t *testing.T) {
			t.Setenv("HUB_POSTGRES_BIN", reachable(t, with.Dir))
			s, err := embedded.Start(t.Context(), filepath.Join(folder(t), "postgres"), quiet, "fsync=off")
			if err != nil {
				t.Fatal(err)
			}
			defer func() { _ = s.Stop(t.Context()) }()

			fresh := create(t, s, "fresh")
			update(t, fresh)
			work(t, fresh, func(db *postgres.DB) error {
				_, err := seed.Demo(t.Context(), db.DB, key(t), time.Now())
				return err
			})
			if major(t, dump) >= with.Major {
				command(t, dump, "--format=custom", "--file="+copied, "--dbname="+fresh)
			}
			wantSearch(t, fresh)

			again := create(t, s, "again")
			command(t, restore, "--exit-on-error", "--dbname="+again, copied)
			wantSame(t, fresh, again, `select string_agg(pg_get_functiondef(oid), '' order by oid::regprocedure::text) from pg_proc
				where pronamespace = 'public'::regnamespace and prokind = 'f'`)
			wantSame(t, fresh, again, `select count(*) from people`)
			update(t, again)
			wantSearch(t, again)

			old := create(t, s, "old")
			if said := refused(t, restore, "--dbname="+old, "testdata/46c8343.dump"); !strings.Contains(said, "errors ignored on restore: 1") ||
				!strings.Contains(said, "REFRESH MATERIALIZED VIEW public.search_words") {
				t.Error(said)
			}
			update(t, old)
			wantMigrated(t, old)
			wantSearch(t, old)
		})
	}
}

// servers returns the PostgreSQL servers that npm has installed, and the system's own if its version is not among them.
func servers(t *testing.T) []embedded.Binaries {
	t.Helper()
	system, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	all := []embedded.Binaries{system}
	dirs, err := filepath.Glob("servers/node_modules/postgres-*/native/bin")
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range dirs {
		all = append(all, embedded.Binaries{Dir: dir, Major: major(t, filepath.Join(dir, "postgres"))})
	}
	slices.Reverse(all)
	slices.SortStableFunc(all, func(a, b embedded.Binaries) int { return cmp.Compare(a.Major, b.Major) })
	return slices.CompactFunc(all, func(a, b embedded.Binaries) bool { return a.Major == b.Major })
}

// reachable returns a folder with npm's programs that the database's user may enter, even where the project is root's.
func reachable(t *testing.T, dir string) string {
	t.Helper()
	if os.Geteuid() != 0 || filepath.IsAbs(dir) {
		return dir
	}
	copied := filepath.Join(folder(t), "native")
	if err := os.CopyFS(copied, os.DirFS(filepath.Dir(dir))); err != nil {
		t.Fatal(err)
	}
	return filepath.Join(copied, "bin")
}

// client returns the path of a program that comes with the system's PostgreSQL.
func client(t *testing.T, name string) string {
	t.Helper()
	system, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	if path, err := exec.LookPath(filepath.Join(system.Dir, name)); err == nil {
		return path
	}
	path, err := exec.LookPath(name)
	if err != nil {
		t.Fatalf("install PostgreSQL's client programs: %v", err)
	}
	return path
}

func major(t *testing.T, program string) int {
	t.Helper()
	out := command(t, program, "--version") // postgres (PostgreSQL) 15.18
	_, version, _ := strings.Cut(out, ") ")
	before, _, _ := strings.Cut(version, ".")
	n, err := strconv.Atoi(before)
	if err != nil {
		t.Fatal(out)
	}
	return n
}

func command(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// refused returns what a program that must fail prints.
func refused(t *testing.T, program string, args ...string) string {
	t.Helper()
	out, err := exec.CommandContext(t.Context(), program, args...).CombinedOutput()
	if exit := new(exec.ExitError); !errors.As(err, &exit) {
		t.Fatalf("%s: %v\n%s", program, err, out)
	}
	return string(out)
}

// create makes a database and returns its URL.
func create(t *testing.T, s *embedded.Server, name string) string {
	t.Helper()
	work(t, s.URL(), func(db *postgres.DB) error {
		_, err := db.ExecContext(t.Context(), `create database `+name)
		return err
	})
	u, err := url.Parse(s.URL())
	if err != nil {
		t.Fatal(err)
	}
	u.Path = "/" + name
	return u.String()
}

func work(t *testing.T, url string, do func(db *postgres.DB) error) {
	t.Helper()
	if err := database.Patiently(t.Context(), url, do); err != nil {
		t.Fatal(err)
	}
}

func update(t *testing.T, url string) {
	t.Helper()
	if err := database.Migrate(t.Context(), url, quiet); err != nil {
		t.Fatal(err)
	}
}

func key(t *testing.T) *secret.Key {
	t.Helper()
	key, err := secret.Parse(base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{7}, 32)))
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// wantSearch changes a title as a restore would, without a search_path, and searches for it with a spelling mistake.
func wantSearch(t *testing.T, url string) {
	t.Helper()
	work(t, url, func(db *postgres.DB) error {
		var id uuid.UUID
		err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			tx.MustExec(`set local search_path = ''`)
			return tx.Get(&id, `update public.tasks set title = 'Скворечники' where id = (
				select id from public.tasks where state = 'OPEN' and hidden_id is null limit 1) returning id`)
		})
		if err != nil {
			return err
		}
		s := search.Service{DB: db}
		if err := s.Learn(t.Context(), time.Now()); err != nil {
			return err
		}
		found, err := s.Find(t.Context(), "скворешники", nil, 5)
		if !slices.Contains(found, id) {
			t.Errorf("found %v, want %v", found, id)
		}
		return err
	})
}

func wantSame(t *testing.T, one, other, query string) {
	t.Helper()
	var answers [2]string
	for i, url := range []string{one, other} {
		work(t, url, func(db *postgres.DB) error { return db.GetContext(t.Context(), &answers[i], query) })
	}
	if answers[0] != answers[1] {
		t.Errorf("%s\n\nis not\n\n%s", answers[1], answers[0])
	}
}

// folder returns one that the database's user may enter: t.TempDir's are closed to it when root runs the tests.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "hub-database-")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	return dir
}
