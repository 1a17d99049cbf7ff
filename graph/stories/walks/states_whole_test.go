package walks

import (
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// answersWith reports whether a mutation's payload has an object of the type.
func answersWith(m *ast.FieldDefinition, name string) bool {
	return slices.ContainsFunc(hub.Schema().Types[m.Type.Name()].Fields, func(f *ast.FieldDefinition) bool { return f.Type.Name() == name })
}

// ownStories are the types with states whose mutations are tried in stories of their own, each with the reason.
var ownStories = map[string]string{
	"Consent": "the stories of minor: guardians answer, who have no account",
	"Hosting": "the stories of team",
	"Move":    "a history changes nothing",
	"Shift":   "the stories of task and signup: its time decides as much as its state",
	"Signup":  "the stories of signup: its shift's time and places decide as much as its state",
}

// TestTablesAreWhole: there is a row, or a beginning, for every mutation that answers with one of the nouns, and every state of
// the schema is in the tables.
func TestTablesAreWhole(t *testing.T) {
	t.Parallel()
	schema := hub.Schema()
	for def := range hub.Own {
		if def.Kind != ast.Object || schema.Types[def.Name+"State"] == nil {
			continue
		}
		listed := slices.ContainsFunc(nouns, func(n noun) bool { return n.name == def.Name })
		if listed == (ownStories[def.Name] != "") {
			t.Errorf("%s has states: add it to nouns, with who may do what in which of them, or to ownStories, with the reason", def.Name)
		}
	}
	for _, n := range nouns {
		var inSchema, inTable []string
		for _, v := range schema.Types[n.name+"State"].EnumValues {
			inSchema = append(inSchema, v.Name)
		}
		if got := strings.Join(inSchema, " "); got != n.states {
			t.Errorf("%s is %s in the schema, %s in the table", n.name, got, n.states)
		}
		for _, r := range n.rows {
			inTable = append(inTable, r.verb)
		}
		for _, m := range schema.Mutation.Fields {
			if answersWith(m, n.name) && !slices.Contains(append(strings.Fields(n.begins), inTable...), m.Name) {
				t.Errorf("%s has no row for %s", n.name, m.Name)
			}
		}
	}
}
