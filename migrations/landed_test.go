package migrations_test

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jastarhub/migrations"
)

// list names the migrations that have landed, with the SHA-256 of each: databases have them, so they must not change.
const list = "landed"

var landed = flag.Bool("landed", false, "add the migrations that are not in the list of those that have landed")

func TestLandedMigrationsStay(t *testing.T) {
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	problems, more := compare(t, string(text), migrations.FS)
	for _, problem := range problems {
		t.Error(problem)
	}
	if !*landed || t.Failed() {
		return
	}
	if err := os.WriteFile(list, append(text, more...), 0o644); err != nil {
		t.Fatal(err)
	}
}

// compare returns what is wrong with the files according to the list, and the lines to add to it once they have landed.
func compare(t *testing.T, list string, fsys fs.FS) (problems []string, more string) {
	t.Helper()
	files, err := fs.Glob(fsys, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	sums, newest := map[string]string{}, ""
	for line := range strings.Lines(list) {
		sum, file, _ := strings.Cut(strings.TrimSpace(line), "  ")
		sums[file], newest = sum, file
		if !slices.Contains(files, file) {
			problems = append(problems, file+" has landed: it must stay, under its number")
		}
	}
	for _, file := range files {
		text, err := fs.ReadFile(fsys, file)
		if err != nil {
			t.Fatal(err)
		}
		switch sum := fmt.Sprintf("%x", sha256.Sum256(text)); {
		case sums[file] == sum:
		case sums[file] != "":
			problems = append(problems, file+" has landed: it must stay as it is, write a new migration")
		case file[:4] <= newest[:min(4, len(newest))]:
			problems = append(problems, file+" needs a number above that of "+newest+", which has landed")
		default:
			more += sum + "  " + file + "\n"
		}
	}
	return problems, more
}

func TestWhatTheListRefuses(t *testing.T) {
	of := func(names ...string) fstest.MapFS {
		fsys := fstest.MapFS{}
		for _, name := range names {
			name, text, _ := strings.Cut(name, "=")
			fsys[name+".sql"] = &fstest.MapFile{Data: []byte(text)}
		}
		return fsys
	}
	_, list := compare(t, "", of("0001_a=a", "0003_c=c"))
	for _, c := range []struct {
		files   fstest.MapFS
		problem string // "": no problem
		more    int
	}{
		{of("0001_a=a", "0003_c=c"), "", 0},
		{of("0001_a=a", "0003_c=c", "0004_d=d", "0007_e=e"), "", 2},
		{of("0001_a=a", "0003_c=C"), "0003_c.sql has landed: it must stay as it is, write a new migration", 0},
		{of("0001_a=a"), "0003_c.sql has landed: it must stay, under its number", 0},
		{of("0001_a=a", "0005_c=c"), "0003_c.sql has landed: it must stay, under its number", 1},
		{of("0001_a=a", "0002_b=b", "0003_c=c"), "0002_b.sql needs a number above that of 0003_c.sql, which has landed", 0},
		{of("0001_a=a", "0003_b=b", "0003_c=c"), "0003_b.sql needs a number above that of 0003_c.sql, which has landed", 0},
	} {
		problems, more := compare(t, list, c.files)
		if strings.Join(problems, "; ") != c.problem || strings.Count(more, "\n") != c.more {
			t.Errorf("%v: got %q and %q", c.files, problems, more)
		}
	}
}
