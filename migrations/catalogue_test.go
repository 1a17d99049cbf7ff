package migrations_test

import (
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"jastarhub/internal/postgres/embedded"
)

// catalogue is what the migrations add up to, as PostgreSQL's own pg_dump writes it: where a function is found in its present
// form, whichever migration it is from.
const catalogue = "catalogue.sql"

// catalogueMajor is the version of PostgreSQL that writes it; each version writes it a little differently.
const catalogueMajor = 15

var writes = flag.Bool("catalogue", false, "write the catalogue")

const header = "-- What the migrations add up to, written by make generate: to be read, not edited.\n\n"

// noise is what differs from one dump to the next, or says nothing about the schema.
var noise = regexp.MustCompile(`(?m)^(--.*|\\.*|SET .*|SELECT pg_catalog\.set_config.*)\n`)

func TestCatalogueIsPresent(t *testing.T) {
	t.Parallel()
	with, err := embedded.Find()
	if err != nil {
		t.Fatal(err)
	}
	if with.Major != catalogueMajor {
		t.Skipf("the catalogue is written by PostgreSQL %d, and this is %d", catalogueMajor, with.Major)
	}
	dump := exec.CommandContext(t.Context(), filepath.Join(with.Dir, "pg_dump"), "--schema-only", "--no-owner", "--no-privileges",
		"--exclude-table=goose_db_version*", "--dbname="+migrated.New(t))
	out, err := dump.Output()
	if err != nil {
		t.Fatal(err)
	}
	now := header + strings.TrimSpace(regexp.MustCompile(`\n{2,}`).ReplaceAllString(noise.ReplaceAllString(string(out), ""), "\n\n")) + "\n"
	if *writes {
		if err := os.WriteFile(catalogue, []byte(now), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	written, err := os.ReadFile(catalogue)
	if err != nil {
		t.Fatal(err)
	}
	if now == string(written) {
		return
	}
	before, after := strings.Split(string(written), "\n"), strings.Split(now, "\n")
	for i := range min(len(before), len(after)) {
		if before[i] != after[i] {
			t.Fatalf("line %d is %q, and the migrations make it %q: run make generate", i+1, before[i], after[i])
		}
	}
	t.Fatalf("it has %d lines, and the migrations make %d: run make generate", len(before), len(after))
}
