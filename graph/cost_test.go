package graph

import (
	"strings"
	"testing"

	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

var realSchema = NewResolver(nil).Schema().Schema()

// measureOf measures the first operation of a document, which must be valid.
func measureOf(t testing.TB, schema *ast.Schema, document string, variables map[string]any) *measure {
	t.Helper()
	return measureFor(t, schema, document, variables, false)
}

func measureFor(t testing.TB, schema *ast.Schema, document string, variables map[string]any, visitor bool) *measure {
	t.Helper()
	doc, err := parser.ParseQuery(&ast.Source{Input: document})
	if err != nil {
		t.Fatal(document, err)
	}
	if errs := validator.ValidateWithRules(schema, doc, validation()); len(errs) > 0 {
		t.Fatal(document, errs)
	}
	values, err := validator.VariableValues(schema, doc.Operations[0], variables)
	if err != nil {
		t.Fatal(document, err)
	}
	return measured(schema, doc.Operations[0], values, visitor)
}

// The viewer's own data costs a visitor nothing, not even together with other data: the app asks for it before it knows whether
// anyone is signed in.
func TestCostOfAVisitorsOwn(t *testing.T) {
	document := `{ viewer { signups(first: 50) { nodes { shift { task { title } } } } } tasks(first: 20) { nodes { team { name } } } }`
	if asked := measureOf(t, realSchema, document, nil).cost; asked != 1+1+50*3+1+20*2 {
		t.Errorf("signed in: %d", asked)
	}
	if asked := measureFor(t, realSchema, document, nil, true).cost; asked != 1+1+20*2 {
		t.Errorf("a visitor: %d", asked)
	}
}

const taskList = `query Tasks($first: Int! = 20) { tasks(first: $first) { nodes { title seats { free } team { name } ngo { name } centre { name }
	district { name } updates(first: 3) { nodes { text author { displayName } } } } pageInfo { hasNextPage endCursor } } }`

// The costs of the app's pages; the public ones fit into a visitor's limits.
func TestCostOfPages(t *testing.T) {
	for _, c := range []struct {
		name, document string
		cost           int
		public         bool
	}{
		{"task list", taskList, 262, true},
		{"a task with its sign-ups and updates", `query($id: ID!) { task(id: $id) { title description seats { capacity free } team { name }
			availableActions { action allowed reason } signups(first: 50) { nodes { state person { displayName } availableActions { action allowed } } }
			updates(first: 20) { nodes { text author { displayName } results { metric amount } } } } }`, 216, true},
		{"centres with counts", `{ centres(first: 20) { totalCount nodes { name state district { name } teamCount taskCounts { state tasks } } } }`, 61, true},
		{"teams with counts", `{ teams(first: 20) { totalCount nodes { name memberCount ngo { name } taskCounts { state tasks } } } }`, 61, true},
		{"the viewer's own sign-ups", `{ viewer { displayName signups(first: 50) { nodes { state position offerExpiresAt availableActions { action allowed }
			shift { startsAt task { title team { name } } } } } } }`, 252, false},
		{"a task's shifts", `query($id: ID!) { task(id: $id) { shifts { nodes { startsAt seats { free } availableActions { action allowed reason }
			mySignup { state position availableActions { action allowed reason } } } } } }`, 102, true},
		{"the city", `{ districts { code name centres { nodes { code state point { lat lon } } } } }`, 420, true},
		{"signing up", `mutation($id: ID!) { signUp(input: {shiftId: $id}) { signup { state position shift { seats { free } } } } }`, 54, false},
		{"introspection", introspection.Query, 59, true},
	} {
		m := measureOf(t, realSchema, c.document, map[string]any{"id": someID})
		most := forSignedIn
		if c.public {
			most = forVisitors
		}
		if m.cost != c.cost || m.cost > most.cost || m.depth > most.depth || m.aliases > 0 {
			t.Errorf("%s: cost %d, depth %d, %d aliases; want cost %d of %d", c.name, m.cost, m.depth, m.aliases, c.cost, most.cost)
		}
	}
}

func TestCost(t *testing.T) {
	schema := gqlparser.MustLoadSchema(&ast.Source{Input: edgeSchema})
	id, three := `"`+someID+`"`, `"`+strings.Repeat(someID+`" "`, 2)+someID+`"`
	for document, want := range map[string]int{
		`{ hello language __typename }`:                                                          0,
		`{ node(id: ` + id + `) { id thing { id } } }`:                                           2,
		`{ things { nodes { id } } }`:                                                            21,
		`{ things { edges { node { id } } } }`:                                                   21,
		`{ things(first: 7) { nodes { id thing { id } } note { text } } }`:                       16,
		`{ things(first: 0) { nodes { id } } }`:                                                  1,
		`{ things(first: -5) { nodes { id } } }`:                                                 101,
		`{ things(first: 2147483647) { nodes { id } } }`:                                         101,
		`query($n: Int!) { things(first: $n) { nodes { id } } }`:                                 4,
		`query($m: Int! = 5) { things(first: $m) { nodes { id } } }`:                             6,
		`query($m: Int = 5) { things(first: $m) { nodes { id } } }`:                              6,
		`{ things(first: 3) { ...C } } fragment C on ThingConnection { nodes { thing { id } } }`: 7,
		`{ things(first: 3) { nodes { things(first: 4) { nodes { id } } } } }`:                   19,
		`{ many(ids: [` + three + `]) { id thing { id } } }`:                                     6,
		`{ many(ids: ` + id + `) { id thing { id } } }`:                                          2,
		`query($ids: [ID!]!) { many(ids: $ids) { id thing { id } } }`:                            8,
		`query($n: ID! = ` + id + `) { many(ids: [$n, $n]) { id thing { id } } }`:                4,
		`{ all { id thing { id } } }`:                                                            20,
		`{ notes { text } }`:                                                                     1,
		`mutation { noKey }`:                                                                     50,
		`{ a: things { nodes { id } } b: things { nodes { id } } }`:                              42,
		`{ __type(name: "Thing") { name fields { name type { name } } } }`:                       3,
		`{ things(first: 100) { nodes { things(first: 100) { nodes { things(first: 100) { nodes { things(first: 100) { nodes { id } } } } } } } } }`: mostCost,
	} {
		m := measureOf(t, schema, document, map[string]any{"n": 3, "ids": []any{someID, someID, someID, someID}})
		if m.cost != want {
			t.Errorf("%s: costs %d, want %d", document, m.cost, want)
		}
	}
}
