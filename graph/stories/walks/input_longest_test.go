package walks

import (
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// formed are inputs in which not every text is valid.
var formed = map[string]bool{"email": true, "guardianEmail": true, "password": true, "newPassword": true, "token": true, "code": true, "bin": true}

// longest returns a good value with the longest text in every field that limits it.
func longest(t *ast.Type, name, description string, good any, lengthened *int) any {
	switch v := good.(type) {
	case hub.Vars:
		long := hub.Vars{}
		for name, child := range v {
			f := hub.Schema().Types[t.Name()].Fields.ForName(name)
			long[name] = longest(f.Type, name, f.Description, child, lengthened)
		}
		return long
	case []any:
		long := []any{}
		for _, child := range v {
			long = append(long, longest(t.Elem, name, description, child, lengthened))
		}
		return long
	case string:
		if _, most, limited := bounds(description); limited && t.Name() == "String" && !formed[name] {
			*lengthened++
			return strings.Repeat("ә", int(most))
		}
	}
	return good
}

// TestTheLongestTextsAreStored: what the schema allows, the database takes.
func TestTheLongestTextsAreStored(t *testing.T) {
	t.Parallel()
	w, lengthened := hub.NewWorld(t), 0
	for name, g := range goods(w) {
		in := hub.Schema().Mutation.Fields.ForName(name).Arguments[0]
		if a := g.Who.Ask(hub.Document(name, hub.Selected(name)), hub.Vars{"in": longest(in.Type, "input", "", g.In, &lengthened)}).OfRow(name, ""); a.Code() != "" {
			t.Errorf("%s: %s", name, a.RawBody)
		}
	}
	if lengthened < 50 {
		t.Errorf("only %d texts were lengthened", lengthened)
	}
}
