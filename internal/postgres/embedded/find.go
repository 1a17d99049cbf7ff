package embedded

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// oldest is the first supported major version: the hub's schema may use its features.
const oldest = 15

// places are where common systems install the server, which is seldom in PATH.
var places = []string{
	"/usr/lib/postgresql/*/bin", // Debian, Ubuntu
	"/usr/pgsql-*/bin",          // the project's own packages for Red Hat and similar systems
	"/usr/lib/postgresql*/bin",  // SUSE
	"/usr/libexec/postgresql*",  // Alpine
	"/usr/local/pgsql/bin",      // built from source
	"/opt/homebrew/opt/postgresql*/bin",
	"/usr/local/opt/postgresql*/bin",
}

// Binaries is a folder with the programs of one PostgreSQL version.
type Binaries struct {
	Dir   string
	Major int
}

func (b Binaries) program(name string) string { return filepath.Join(b.Dir, name) }

// Find returns the newest PostgreSQL on this machine: in HUB_POSTGRES_BIN if that is set, otherwise in PATH, where pg_config
// points, and in the usual folders.
func Find() (Binaries, error) {
	found, err := installed()
	if err != nil {
		return Binaries{}, err
	}
	if found[0].Major < oldest {
		return Binaries{}, fmt.Errorf("the newest PostgreSQL found is version %d in %s; the hub needs %d or newer",
			found[0].Major, found[0].Dir, oldest)
	}
	return found[0], nil
}

// findMajor returns the PostgreSQL that can read data of one major version.
func findMajor(major int, data string) (Binaries, error) {
	found, err := installed()
	if err != nil {
		return Binaries{}, err
	}
	var others []string
	for _, b := range found {
		if b.Major == major {
			return b, nil
		}
		others = append(others, strconv.Itoa(b.Major))
	}
	return Binaries{}, fmt.Errorf("the data in %s is of PostgreSQL %d, but only version %s is installed: install %[2]d, "+
		"or move the data with pg_upgrade or pg_dump", data, major, strings.Join(others, ", "))
}

// installed returns every PostgreSQL server found, newest first, and at least one.
func installed() ([]Binaries, error) {
	dirs, err := folders()
	if err != nil {
		return nil, err
	}
	var found []Binaries
	for _, dir := range dirs {
		major, err := version(dir)
		if err == nil {
			found = append(found, Binaries{dir, major})
		} else if os.Getenv("HUB_POSTGRES_BIN") != "" {
			return nil, fmt.Errorf("HUB_POSTGRES_BIN: %w", err)
		}
	}
	if len(found) == 0 {
		return nil, errors.New("no PostgreSQL server found: install one (on Debian: apt install postgresql), " +
			"or set HUB_POSTGRES_BIN to the folder with postgres and initdb")
	}
	slices.SortStableFunc(found, func(a, b Binaries) int { return cmp.Compare(b.Major, a.Major) })
	return found, nil
}

func folders() ([]string, error) {
	if dir := os.Getenv("HUB_POSTGRES_BIN"); dir != "" {
		dir, err := filepath.Abs(dir)
		return []string{dir}, err
	}
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		// PATH may contain only a link to postgres.
		if path, err = filepath.EvalSymlinks(path); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	for _, pattern := range places {
		matches, err := filepath.Glob(pattern)
		if err != nil {
			return nil, err
		}
		dirs = append(dirs, matches...)
	}
	return dirs, nil
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// version asks the server in dir for its major version.
func version(dir string) (int, error) {
	if _, err := os.Stat(filepath.Join(dir, "initdb")); err != nil {
		return 0, err
	}
	out, err := exec.Command(filepath.Join(dir, "postgres"), "--version").Output()
	if err != nil {
		return 0, fmt.Errorf("%s does not run: %w", filepath.Join(dir, "postgres"), err)
	}
	m := versionPattern.FindSubmatch(out)
	if m == nil {
		return 0, fmt.Errorf("%s in %s is not PostgreSQL's", "postgres", dir)
	}
	return strconv.Atoi(string(m[1]))
}
