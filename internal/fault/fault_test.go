package fault_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/fault"
)

func TestExtensions(t *testing.T) {
	t.Parallel()
	until := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	short, long := "ab", strings.Repeat("a", 81)
	var check fault.Check
	check.Text("title", &short, 3, 80)
	check.Text("words", &long, 3, 80)
	check.Between("capacity", 0, 1, 100)
	list, _ := check.Err().(fault.List)
	for i, c := range []struct {
		refusal *fault.Fault
		want    map[string]any
	}{
		{fault.New(fault.Clash), map[string]any{"code": fault.Clash}},
		{fault.Missing("shiftId"), map[string]any{"code": fault.NotFound, "field": "shiftId"}},
		{fault.After(fault.TryLater, 1500*time.Millisecond, "Try again in %d s."), map[string]any{"code": fault.TryLater, "retryAfter": 2}},
		{fault.Later(fault.RateLimited, time.Minute), map[string]any{"code": fault.RateLimited, "retryAfter": 60}},
		{fault.New(fault.Suspended).With(fault.Until, until), map[string]any{"code": fault.Suspended, "until": until}},
		{list[0], map[string]any{"code": fault.Invalid, "field": "title", "min": 3}},
		{list[1], map[string]any{"code": fault.Invalid, "field": "words", "max": 80}},
		{list[2], map[string]any{"code": fault.Invalid, "field": "capacity", "min": 1, "max": 100}},
	} {
		if got := c.refusal.Extensions(); !reflect.DeepEqual(got, c.want) {
			t.Errorf("%d: %v, want %v", i, got, c.want)
		}
	}
}

// TestDataAreInTheGuide: docs/api.md explains everything that an error's extensions can have.
func TestDataAreInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, row := range regexp.MustCompile("(?m)^\\| `extensions\\.(\\w+)` \\| [^|]+ \\|$").FindAllStringSubmatch(string(guide), -1) {
		named[row[1]] = true
	}
	want := map[string]bool{"code": true, "field": true, "id": true, "retryAfter": true}
	for _, name := range []fault.Datum{fault.Until, fault.Min, fault.Max, fault.Cost} {
		want[string(name)] = true
	}
	if !reflect.DeepEqual(named, want) {
		t.Errorf("docs/api.md has %v, want %v", named, want)
	}
}

// TestNumbersAreData: where a refusal's sentence has a limit, made in or written out, the refusal has it as data too; a sentence with
// one is made where it is refused.
func TestNumbersAreData(t *testing.T) {
	t.Parallel()
	found := 0
	for _, root := range []string{"..", "../../graph"} {
		err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() && entry.Name() == "generated" {
				return fs.SkipDir
			}
			if !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return nil
			}
			files := token.NewFileSet()
			file, err := parser.ParseFile(files, path, nil, parser.SkipObjectResolution)
			if err != nil {
				return err
			}
			given, refused := map[ast.Node]bool{}, map[ast.Node]bool{} // with data; in a refusal
			ast.Inspect(file, func(n ast.Node) bool {
				if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "With" {
					given[s.X] = true
				}
				call, ok := n.(*ast.CallExpr)
				if ok && refuses(call) {
					for _, argument := range call.Args {
						ast.Inspect(argument, func(n ast.Node) bool { refused[n] = true; return true })
					}
				}
				if ok && limits(call) && !refused[call] {
					t.Errorf("%s: refuse where the limit is written, so that it can be given as data", files.Position(call.Pos()))
				}
				if !ok || !refuses(call) || !tells(call) {
					return true
				}
				if found++; !given[call] {
					t.Errorf("%s: a program cannot read the number in the sentence: give it With a name too", files.Position(call.Pos()))
				}
				return true
			})
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if found < 5 {
		t.Errorf("only %d such sentences", found)
	}
}

// limit is a limit that is written out.
var limit = regexp.MustCompile(`\d+ ([A-Za-z]+ )*(characters|items|minutes|hours|days|years)`)

// limits reports whether the call makes the sentence of a limit.
func limits(call *ast.CallExpr) bool {
	made, ok := call.Fun.(*ast.SelectorExpr)
	if !ok || made.Sel.Name != "Sprintf" {
		return false
	}
	text, ok := call.Args[0].(*ast.BasicLit)
	return ok && strings.HasPrefix(text.Value, `"must `)
}

// refuses reports whether the call makes a refusal with a sentence of its own.
func refuses(call *ast.CallExpr) bool {
	switch fun := call.Fun.(type) {
	case *ast.SelectorExpr:
		return fun.Sel.Name == "Because" || fun.Sel.Name == "Field" || fun.Sel.Name == "That"
	case *ast.Ident:
		return fun.Name == "Because" || fun.Name == "Field"
	}
	return false
}

// tells reports whether the call's sentence, its last argument, has a value in it.
func tells(call *ast.CallExpr) (formats bool) {
	ast.Inspect(call.Args[len(call.Args)-1], func(n ast.Node) bool {
		if text, ok := n.(*ast.BasicLit); ok && limit.MatchString(text.Value) {
			formats = true
		}
		if s, ok := n.(*ast.SelectorExpr); ok && (s.Sel.Name == "Sprintf" || s.Sel.Name == "Sprint" || s.Sel.Name == "Format" || s.Sel.Name == "Itoa") {
			formats = true
		}
		return true
	})
	return formats
}
