package walks

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// oneLine and severalLines are all texts that the hub accepts, by their names; a name that is in both is distinguished by its
// place.
var (
	oneLine = strings.Fields(`action after bin code email en familyName filter.text givenName guardianEmail identityToken invitationToken kk newPassword number
		password place ru search.text title token`)
	severalLines = strings.Fields(`about answer description lowerReason message mission noPhotoReason note question reason text words`)
)

// TestEveryTextHasItsLines: each text of each input and argument is listed as one line or as several, and the schema says the
// same.
func TestEveryTextHasItsLines(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	check := func(where, name string, of *ast.Type, directives ast.DirectiveList) {
		if of.Name() != "String" {
			return
		}
		short := name
		if strings.HasSuffix(where, "Filter") {
			short = "filter." + name
		} else if where == "Query.search" {
			short = "search." + name
		}
		if !slices.Contains(oneLine, short) && !slices.Contains(severalLines, short) {
			short = name
		}
		seen[short] = true
		one, several := slices.Contains(oneLine, short), slices.Contains(severalLines, short)
		if marked := directives.ForName("multiline") != nil; one == several || several != marked {
			t.Errorf("%s.%s: add %s to oneLine or to severalLines, once; the schema's @multiline says several: %v", where, name, short, marked)
		}
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
	for _, name := range slices.Concat(oneLine, severalLines) {
		if !seen[name] {
			t.Errorf("no text is called %s", name)
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
