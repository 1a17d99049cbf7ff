package walks

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// TestTextsHaveTheirLines: texts of one name have one line or several everywhere, but for what is searched.
func TestTextsHaveTheirLines(t *testing.T) {
	t.Parallel()
	several := map[string]map[bool]string{} // where a name is one line, or several
	check := func(where, name string, of *ast.Type, directives ast.DirectiveList) {
		if of.Name() != "String" || strings.HasSuffix(where, "Filter") || where == "Query.search" {
			return
		}
		if several[name] == nil {
			several[name] = map[bool]string{}
		}
		several[name][directives.ForName("multiline") != nil] = where
	}
	for def := range hub.Own {
		for _, f := range def.Fields {
			if strings.HasPrefix(f.Name, "__") {
				continue
			}
			if def.Kind == ast.InputObject {
				check(def.Name, f.Name, f.Type, f.Directives)
			}
			for _, a := range f.Arguments {
				check(def.Name+"."+f.Name, a.Name, a.Type, a.Directives)
			}
		}
	}
	if len(several) < 30 {
		t.Errorf("only %d texts", len(several))
	}
	for name, of := range several {
		if len(of) > 1 {
			t.Errorf("%s is one line in %s, and several (@multiline) in %s: give both the same, or another name", name, of[false], of[true])
		}
	}
}

// TestLinesOfVariables: a variable is checked by the strictest of the places where it is used.
func TestLinesOfVariables(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for _, q := range []struct{ document, want string }{
		{`query($t: String!) { search(text: $t) { __typename } }`, "INVALID text"},
		{`query($t: String!) { similarProposals(districtId: "` + c.District("MEDEU") + `", title: "Арық", text: $t) { id } }`, ""},
		{`query($t: String!) { similarProposals(districtId: "` + c.District("MEDEU") + `", title: $t, text: $t) { id } }`, "INVALID title"},
		{`query($t: String!) { tasks(filter: {text: $t}) { totalCount } }`, "INVALID filter.text"},
	} {
		a := c.Officer.Ask(q.document, hub.Vars{"t": "арық\nтазалау"})
		if got := strings.TrimSpace(a.Code() + " " + badField(a)); got != q.want {
			t.Errorf("%s: %q, want %q: %s", q.document, got, q.want, a.RawBody)
		}
	}
}
