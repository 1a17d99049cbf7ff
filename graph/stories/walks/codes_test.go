package walks

import (
	"go/ast"
	"go/parser"
	"go/token"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
)

// declared returns the codes of internal/fault, as they are in its source.
func declared(t *testing.T) (codes []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "../../../internal/fault/codes.go", nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, decl := range file.Decls {
		consts, ok := decl.(*ast.GenDecl)
		if !ok || consts.Tok != token.CONST {
			continue
		}
		for _, spec := range consts.Specs {
			for _, value := range spec.(*ast.ValueSpec).Values {
				code, err := strconv.Unquote(value.(*ast.BasicLit).Value)
				if err != nil {
					t.Fatal(err)
				}
				codes = append(codes, code)
			}
		}
	}
	if len(codes) < 40 {
		t.Fatalf("only %d codes in the source", len(codes))
	}
	return codes
}

// compareSets checks that two lists have the same members.
func compareSets(t *testing.T, what string, got, want []string) {
	t.Helper()
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("%s lacks %s", what, name)
		}
	}
	for _, name := range got {
		if !slices.Contains(want, name) {
			t.Errorf("%s has %s, which is no code", what, name)
		}
	}
	if slices.Sort(got); len(slices.Compact(got)) != len(got) {
		t.Errorf("%s has a code twice", what)
	}
}

func TestCodesAreTheSchemas(t *testing.T) {
	t.Parallel()
	var codes []string
	for _, v := range hub.Schema().Types["Code"].EnumValues {
		codes = append(codes, v.Name)
		if text := fault.Code(v.Name).Text(); text == "" || text != v.Description {
			t.Errorf("%s is %q to people, %q in the schema", v.Name, text, v.Description)
		}
	}
	compareSets(t, "the schema", codes, declared(t))
}

// TestCodesHaveStatuses: every code has a status for refusals outside GraphQL.
func TestCodesHaveStatuses(t *testing.T) {
	t.Parallel()
	for _, code := range declared(t) {
		if status := httpfault.Status(fault.Code(code)); status < 400 || (status == http.StatusInternalServerError) != (code == "INTERNAL") {
			t.Errorf("%s has the status %d", code, status)
		}
	}
}

var tableRow = regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\|(.*)\\|$")

func TestCodesAreInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, row := range tableRow.FindAllStringSubmatch(string(guide), -1) {
		codes = append(codes, row[1])
		for cell := range strings.SplitSeq(row[2], "|") {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("the row of %s has an empty cell", row[1])
			}
		}
	}
	compareSets(t, "docs/api.md", codes, declared(t))
}
