package rule_test

import (
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

var writes = flag.Bool("verbs", false, "write schema/action.graphqls")

const actions = `"""
A mutation, as named in availableActions and in histories: SIGN_UP is signUp. A value that stands for more than its mutation, or
for none, has a description.
"""
enum Action {
`

// TestActionsAreTheVerbs: the schema's enum Action has the verbs of all nouns, each with the comment beside it as its description.
func TestActionsAreTheVerbs(t *testing.T) {
	t.Parallel()
	const written = "../../schema/action.graphqls"
	files, err := filepath.Glob("../*/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no sources", err)
	}
	comments := map[string]string{}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if spec, ok := n.(*ast.ValueSpec); ok && spec.Type != nil && types.ExprString(spec.Type) == "rule.Verb" {
				verb, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
				if err != nil {
					t.Error(err)
				}
				if _, twice := comments[verb]; twice {
					t.Errorf("%s has %s, which another noun has too", name, verb)
				}
				comments[verb] = strings.TrimSpace(spec.Comment.Text())
			}
			return true
		})
	}
	var want strings.Builder
	want.WriteString(actions)
	for _, verb := range slices.Sorted(maps.Keys(comments)) {
		if comments[verb] != "" {
			fmt.Fprintf(&want, "  %q\n", comments[verb])
		}
		fmt.Fprintf(&want, "  %s\n", verb)
	}
	want.WriteString("}\n")
	if *writes {
		if err := os.WriteFile(written, []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(written); err != nil || string(got) != want.String() {
		t.Errorf("%s does not have the verbs of the nouns (%v): run make generate", written, err)
	}
}
