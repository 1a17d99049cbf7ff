// Command mutants breaks the rules on purpose, one place at a time, and runs the tests beside them: a test that reads as the rule's
// statement notices each break. It prints the breaks that nothing noticed, and fails where more than one in ten stays unnoticed.
//
// All breaks of a package are compiled into one test program, which an environment variable tells the one to make; so a break takes
// as long as the tests of its package, and nothing is compiled for it. Tests that need a database are left out.
//
// A rule is a function without a context that returns nothing but a fault.Code, or a bool about an actor or a time, or a bool that
// such a rule asks for, by its name; what returns anything else is not broken. Of the tables that rules look at, maps and lists lose
// one entry at a time.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"
)

const enough = 90 // percent of the mutants that must die

// apart are the folders that have no rules: what they decide is about connections and invented people.
var apart = []string{"internal/postgres", "internal/seed", "internal/server"}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "mutants [folder …]: breaks the rules in these folders and below, or in all of internal")
	}
	flag.Parse()
	if err := run(ctx, os.Stdout, flag.Args()); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, out io.Writer, only []string) error {
	packages, err := read("internal")
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	overlay, err := breakAll(packages, dir)
	if err != nil {
		return err
	}
	chosen, err := choose(packages, only)
	if err != nil {
		return err
	}
	died, all := 0, 0
	for _, p := range chosen {
		if len(p.mutants) == 0 {
			continue
		}
		survivors, err := p.try(ctx, overlay, filepath.Join(dir, "test"))
		if err != nil {
			return fmt.Errorf("%s: %w", p.dir, err)
		}
		fmt.Fprintf(out, "%-24s %3d of %3d died\n", p.dir, len(p.mutants)-len(survivors), len(p.mutants))
		for _, m := range survivors {
			fmt.Fprintf(out, "\t%s:%d %s\n", m.file, m.line, m.what)
		}
		died, all = died+len(p.mutants)-len(survivors), all+len(p.mutants)
	}
	if all == 0 {
		return errors.New("there are no rules")
	}
	fmt.Fprintf(out, "%d of %d died: %.1f %%\n", died, all, 100*float64(died)/float64(all))
	if 100*died < enough*all {
		return fmt.Errorf("less than %d %% died: write down in the tests beside these rules what the survivors break", enough)
	}
	return nil
}

// choose returns the packages in the folders and below; all where none is named.
func choose(packages []*pkg, folders []string) (chosen []*pkg, err error) {
	if len(folders) == 0 {
		return packages, nil
	}
	for _, folder := range folders {
		found := false
		for _, p := range packages {
			if below, err := filepath.Rel(folder, p.dir); err == nil && filepath.IsLocal(below) {
				found = true
				if !slices.Contains(chosen, p) {
					chosen = append(chosen, p)
				}
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no package in %s", folder)
		}
	}
	return chosen, nil
}

// pkg is a package with what the tool changes and runs of it.
type pkg struct {
	dir, name string
	sources   []source
	tests     []string // those that need no database
	mutants   []mutant
}

type source struct {
	path string
	file *ast.File
}

// read parses the packages below a folder.
func read(root string) (packages []*pkg, err error) {
	found := map[string]*pkg{}
	err = filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err == nil && slices.Contains(apart, path) {
			return filepath.SkipDir
		}
		if err != nil || entry.IsDir() || !strings.HasSuffix(path, ".go") {
			return err
		}
		file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		p := found[filepath.Dir(path)]
		if p == nil {
			p = &pkg{dir: filepath.Dir(path)}
			found[p.dir], packages = p, append(packages, p)
		}
		if strings.HasSuffix(path, "_test.go") {
			p.tests = append(p.tests, quickTests(file)...)
		} else {
			p.name, p.sources = file.Name.Name, append(p.sources, source{path, file})
		}
		return nil
	})
	return packages, err
}

var files = token.NewFileSet()

// quickTests returns the tests of a file that needs no database.
func quickTests(file *ast.File) (tests []string) {
	if slices.ContainsFunc(file.Imports, func(i *ast.ImportSpec) bool { return strings.HasSuffix(i.Path.Value, `/postgrestest"`) }) {
		return nil
	}
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok && f.Recv == nil && strings.HasPrefix(f.Name.Name, "Test") && f.Name.Name != "TestMain" {
			tests = append(tests, f.Name.Name)
		}
	}
	return tests
}

// breakAll writes the broken files and returns the path of the overlay that lets the compiler take them in place of the real ones.
func breakAll(packages []*pkg, dir string) (string, error) {
	replace := map[string]string{}
	write := func(path, text string) error {
		to := filepath.Join(dir, strconv.Itoa(len(replace))+".go")
		full, err := filepath.Abs(path)
		replace[full] = to
		return errors.Join(err, os.WriteFile(to, []byte(text), 0o600))
	}
	isRule := rules(packages)
	number := 0
	for _, p := range packages {
		for _, s := range p.sources {
			text, err := os.ReadFile(s.path)
			if err != nil {
				return "", err
			}
			m := mutator{source: text, path: s.path, number: number}
			m.file(p, s.file, isRule)
			if number = m.number; len(m.mutants) == 0 {
				continue
			}
			p.mutants = append(p.mutants, m.mutants...)
			if err := write(s.path, m.text()); err != nil {
				return "", err
			}
		}
		if len(p.mutants) > 0 {
			if err := write(filepath.Join(p.dir, "mutants_.go"), "package "+p.name+helpers); err != nil {
				return "", err
			}
		}
	}
	overlay, err := json.Marshal(map[string]any{"Replace": replace})
	path := filepath.Join(dir, "overlay.json")
	return path, errors.Join(err, os.WriteFile(path, overlay, 0o600))
}

// try runs the package's tests for each mutant and returns those that live.
func (p *pkg) try(ctx context.Context, overlay, program string) (survivors []mutant, err error) {
	if len(p.tests) == 0 {
		return p.mutants, nil
	}
	build := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", program, "./"+p.dir)
	if out, err := build.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("%w\n%s", err, out)
	}
	test := func(number int) ([]byte, error) {
		c := exec.CommandContext(ctx, program, "-test.failfast", "-test.timeout=30s", "-test.run=^("+strings.Join(p.tests, "|")+")$")
		c.Dir, c.Env = p.dir, append(os.Environ(), "MUTANT="+strconv.Itoa(number))
		return c.CombinedOutput()
	}
	if out, err := test(0); err != nil {
		return nil, fmt.Errorf("the tests fail with nothing broken: %w\n%s", err, out)
	}
	lives := make([]bool, len(p.mutants))
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(runtime.GOMAXPROCS(0))
	for i, m := range p.mutants {
		group.Go(func() error {
			out, err := test(m.number)
			var failed *exec.ExitError
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err == nil, bytes.Contains(out, []byte("test timed out")): // perhaps the machine was slow
				lives[i] = true
			case !errors.As(err, &failed) || !failed.Exited():
				return err
			}
			return nil
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	for i, m := range p.mutants {
		if lives[i] {
			survivors = append(survivors, m)
		}
	}
	return survivors, nil
}
