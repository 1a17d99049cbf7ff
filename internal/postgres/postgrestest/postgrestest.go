// Package postgrestest gives every test a database of its own on a real PostgreSQL.
package postgrestest

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/lib/pq"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/embedded"
)

// Template is what the databases of some tests have in common. The zero Template makes empty ones.
type Template struct {
	// Migrations make the schema. The server keeps it for the test binaries that come later, as long as the migrations are the same.
	Migrations fs.FS

	// Prepare fills a database, for example with reference data. It runs once in a test binary; the tests get copies.
	Prepare func(ctx context.Context, url string) error

	once sync.Once
	name string
	err  error
}

// New creates a database, removes it when the test ends, and returns its URL.
//
// The server is one of the test binary's own, or the one in HUB_TEST_DATABASE_URL. On the latter, where nothing may be left
// behind, there are no copies: each database is prepared separately.
func (tpl *Template) New(t testing.TB) string {
	t.Helper()
	server, own, err := testServer()
	if err != nil {
		t.Fatal(err)
	}
	from := empty
	if own {
		tpl.once.Do(func() { tpl.name, tpl.err = tpl.make(t.Context(), server) })
		if tpl.err != nil {
			t.Fatalf("preparing the template: %v", tpl.err)
		}
		from = tpl.name
	}
	name, err := create(t.Context(), server, from)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := run(context.Background(), server, "DROP DATABASE "+name+" WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	target := withDatabase(server, name)
	if !own {
		if err := tpl.migrate(t.Context(), target); err != nil {
			t.Fatalf("migrating the database: %v", err)
		}
		if err := tpl.prepare(t.Context(), target); err != nil {
			t.Fatalf("preparing the database: %v", err)
		}
	}
	return target
}

func (tpl *Template) migrate(ctx context.Context, url string) error {
	if tpl.Migrations == nil {
		return nil
	}
	return postgres.Migrate(ctx, url, tpl.Migrations, slog.New(slog.DiscardHandler))
}

func (tpl *Template) prepare(ctx context.Context, url string) error {
	if tpl.Prepare == nil {
		return nil
	}
	return tpl.Prepare(ctx, url)
}

// make returns the database that the tests get copies of.
func (tpl *Template) make(ctx context.Context, server string) (name string, err error) {
	name = empty
	if tpl.Migrations != nil {
		if name, err = tpl.schema(ctx, server); err != nil {
			return "", err
		}
	}
	if tpl.Prepare == nil {
		return name, nil
	}
	if name, err = create(ctx, server, name); err != nil {
		return "", err
	}
	return name, tpl.prepare(ctx, withDatabase(server, name))
}

// schema returns a database that has only the schema. It gets the name by which it is found once it is complete.
func (tpl *Template) schema(ctx context.Context, server string) (string, error) {
	sum, err := checksum(tpl.Migrations)
	if err != nil {
		return "", err
	}
	name := kept + sum
	if there, err := databases(server, kept); err != nil || slices.Contains(there, name) {
		return name, err
	}
	made, err := create(ctx, server, empty)
	if err != nil {
		return "", err
	}
	if err := tpl.migrate(ctx, withDatabase(server, made)); err != nil {
		return "", err
	}
	return name, run(ctx, server, "ALTER DATABASE "+made+" RENAME TO "+name)
}

// checksum returns one of the names and texts of all files.
func checksum(files fs.FS) (string, error) {
	sum := sha256.New()
	err := fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(files, path)
		fmt.Fprintf(sum, "%s %d\n%s", path, len(text), text)
		return err
	})
	return hex.EncodeToString(sum.Sum(nil)[:16]), err
}

const (
	empty  = "template1"
	prefix = "hub_test_"
	kept   = "hub_schema_"
)

func create(ctx context.Context, server, from string) (string, error) {
	name := prefix + strings.ToLower(rand.Text())
	return name, run(ctx, server, "CREATE DATABASE "+name+" TEMPLATE "+from+" STRATEGY FILE_COPY")
}

func run(ctx context.Context, server, statement string) error {
	db, err := sql.Open("postgres", server)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(ctx, statement)
	return err
}

// withDatabase returns the server's URL with another database; in both forms of a URL the last word counts.
func withDatabase(server, name string) string {
	u, err := url.Parse(server)
	if err != nil || u.Scheme == "" {
		return server + " dbname=" + name
	}
	u.Path = "/" + name
	return u.String()
}

// testServer returns the URL of the server, and whether it is this test binary's own.
var testServer = func() func() (string, bool, error) {
	own := sync.OnceValues(start)
	return func() (string, bool, error) {
		if given := os.Getenv("HUB_TEST_DATABASE_URL"); given != "" {
			return given, false, nil
		}
		url, err := own()
		return url, true, err
	}
}()

// start runs a server on the first folder that no other test binary uses. The folders are kept: starting on an existing one takes
// a tenth of the time of creating one. The server ends with the test binary.
func start() (string, error) {
	for n := 1; ; n++ {
		dir := filepath.Join(folder(), fmt.Sprintf("hub-test-%d-%d", os.Getuid(), n))
		server, err := startOn(dir)
		if errors.Is(err, embedded.ErrInUse) {
			continue
		}
		if err != nil {
			// The data is another version's, or there was a power cut, which destroys a database without fsync.
			if err := os.RemoveAll(dir); err != nil {
				return "", err
			}
			server, err = startOn(dir)
		}
		if err != nil {
			return "", err
		}
		return server.URL(), tidy(server.URL())
	}
}

// folder returns where the servers keep their data: in memory if there is room. A database is some 700 small files, and a disk takes
// three times the processor's time to create and remove them.
func folder() string {
	const memory, room = "/dev/shm", 4 << 30
	var free syscall.Statfs_t
	if err := syscall.Statfs(memory, &free); err != nil || int64(free.Bavail)*int64(free.Bsize) < room {
		return os.TempDir()
	}
	return memory
}

func startOn(dir string) (*embedded.Server, error) {
	return embedded.Start(context.Background(), dir, slog.New(slog.DiscardHandler),
		// A test's data need not outlive it.
		"fsync=off", "full_page_writes=off", "synchronous_commit=off", "min_wal_size=32MB", "max_wal_size=64MB")
}

// schemas is how many a server keeps: the newest.
const schemas = 4

// tidy removes what killed test binaries have left behind, and old schemas.
func tidy(server string) error {
	left, err := databases(server, prefix)
	if err != nil {
		return err
	}
	old, err := databases(server, kept)
	if err != nil {
		return err
	}
	for _, name := range slices.Concat(left, old[:max(0, len(old)-schemas)]) {
		if err := run(context.Background(), server, "DROP DATABASE "+name); err != nil {
			return err
		}
	}
	return nil
}

// databases returns those whose names begin so, oldest first.
func databases(server, prefix string) (names pq.StringArray, err error) {
	db, err := sql.Open("postgres", server)
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }()
	return names, db.QueryRow(`SELECT coalesce(array_agg(datname::text order by oid), '{}') FROM pg_database WHERE starts_with(datname::text, $1)`,
		prefix).Scan(&names)
}
