package internal_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

// checkedPackage is a package of the program with the types of its expressions. What is for tests is left out.
type checkedPackage struct {
	path      string // without the module, e.g. internal/task; . is the program itself
	files     []*ast.File
	positions *token.FileSet
	info      *types.Info
}

// program returns the packages of the program in the order of their paths, except what gqlgen writes.
func program(t *testing.T) []checkedPackage {
	t.Helper()
	all, err := checkedProgram()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

var checkedProgram = sync.OnceValues(func() (all []checkedPackage, err error) {
	compiled, err := compile()
	if err != nil {
		return nil, err
	}
	positions := token.NewFileSet()
	lookup := importer.ForCompiler(positions, "gc", func(path string) (io.ReadCloser, error) { return os.Open(compiled[path].Export) })
	for _, p := range compiled {
		path := cmp.Or(strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/"), ".")
		if !strings.HasPrefix(p.ImportPath, module) || strings.HasSuffix(path, "/generated") || in([]string{"graph/stories"}, p.ImportPath) {
			continue
		}
		checked := checkedPackage{path: path, positions: positions, info: &types.Info{Types: map[ast.Expr]types.TypeAndValue{},
			Defs: map[*ast.Ident]types.Object{}, Uses: map[*ast.Ident]types.Object{}}}
		for _, name := range p.GoFiles {
			file, err := parser.ParseFile(positions, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
			if err != nil {
				return nil, err
			}
			checked.files = append(checked.files, file)
		}
		if _, err := (&types.Config{Importer: lookup}).Check(p.ImportPath, positions, checked.files, checked.info); err != nil {
			return nil, err
		}
		all = append(all, checked)
	}
	slices.SortFunc(all, func(a, b checkedPackage) int { return strings.Compare(a.path, b.path) })
	return all, nil
})

// goPackage is a package as go list describes it, without its tests.
type goPackage struct {
	ImportPath, Dir, Export string
	GoFiles, Imports        []string
}

// explained adds to a command's error what it wrote about it, such as that packages import each other in a circle.
func explained(err error) error {
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return fmt.Errorf("%w: %s", err, exit.Stderr)
	}
	return err
}

// compile compiles every package of the program and what it imports, and finds what the compiler wrote about it.
var compile = sync.OnceValues(func() (map[string]goPackage, error) {
	out, err := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles,Imports", module+"/...").Output()
	if err != nil {
		return nil, explained(err)
	}
	all := map[string]goPackage{}
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p goPackage
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all[p.ImportPath] = p
	}
})
