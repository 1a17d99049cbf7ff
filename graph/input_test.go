package graph

import (
	"encoding/json"
	"strings"
	"testing"
)

const someID = "0190c2a4-7b1e-7c3d-9f52-6a8b1c2d3e4f"

func TestInputInVariables(t *testing.T) {
	e := newEdge(t)
	const change = `mutation A($in: ChangeInput!) { change(input: $in) }`
	const node = `query A($some: ID!) { node(id: $some) { id } }`
	const filtered = `query A($first: Int! = 5, $ids: [ID!], $f: Filter) { filtered(first: $first, ids: $ids, filter: $f) }`
	const id = `"shiftId":"` + someID + `"`
	for _, c := range []struct{ document, variables, codes string }{
		{change, `{"in":{` + id + `}}`, ""},
		{change, `{"in":{` + id + `,"language":"RU","seats":2147483647,"title":null,"at":"2026-05-09T10:00:00+05:00"}}`, ""},
		{change, `{}`, "INVALID input"},
		{change, `{"in":null}`, "INVALID input"},
		{change, `{"in":"x"}`, "INVALID input"},
		{change, `{"in":[]}`, "INVALID input"},
		{change, `{"in":{}}`, "INVALID shiftId"},
		{change, `{"in":{"shiftId":"x","language":"ru","seats":2147483648,"title":"a\u0000b","at":"today"}}`,
			"INVALID shiftId, INVALID title, INVALID language, INVALID seats, INVALID at"},
		{change, `{"in":{` + id + `,"language":"DE"}}`, "INVALID language"},
		{change, `{"in":{` + id + `,"language":null}}`, "INVALID language"},
		{change, `{"in":{` + id + `,"language":5}}`, "INVALID language"},
		{change, `{"in":{` + id + `,"seats":"5"}}`, "INVALID seats"},
		{change, `{"in":{` + id + `,"seats":1.5}}`, "INVALID seats"},
		{change, `{"in":{` + id + `,"seats":99999999999999999999}}`, "INVALID seats"},
		{change, `{"in":{` + id + `,"title":5}}`, "INVALID title"},
		{change, `{"in":{` + id + `,"title":{"a":1}}}`, "INVALID title"},
		{change, `{"in":{` + id + `,"at":1}}`, "INVALID at"},
		{change, `{"in":{` + id + `,"bogus":1,"more":2}}`, "INVALID input"},
		{node, `{"some":"` + someID + `"}`, ""},
		{node, `{"some":"abc"}`, "INVALID id"},
		{node, `{"some":5}`, "INVALID id"},
		{node, `{"some":["` + someID + `"]}`, "INVALID id"},
		{node, `{}`, "INVALID id"},
		{filtered, `{}`, ""},
		{filtered, `{"ids":"` + someID + `","f":{}}`, ""},
		{filtered, `{"ids":["` + someID + `"],"f":{"near":{"lat":43,"lon":76.9}}}`, ""},
		{filtered, `{"first":null}`, "INVALID first"},
		{filtered, `{"first":true}`, "INVALID first"},
		{filtered, `{"ids":["` + someID + `",null,"x",5]}`, "INVALID ids.1, INVALID ids.2, INVALID ids.3"},
		{filtered, `{"f":{"near":{"lat":1e999}}}`, "INVALID filter.near.lat, INVALID filter.near.lon"},
		{filtered, `{"f":{"near":{"lat":"43","lon":0}}}`, "INVALID filter.near.lat"},
		{filtered, `{"ids":[` + strings.TrimSuffix(strings.Repeat("1,", 9000), ",") + `]}`, "INVALID ids"},
		{filtered, `{"ids":[` + strings.TrimSuffix(strings.Repeat("1,", 50), ",") + `]}`,
			"INVALID ids.0, INVALID ids.1, INVALID ids.2, INVALID ids.3, INVALID ids.4, INVALID ids.5, INVALID ids.6, INVALID ids.7, INVALID ids.8, INVALID ids.9"},
		{`query A($s: ID!) { ...F } fragment F on Query { filtered(filter: {text: "a"}, ids: [$s]) }`, `{"s":"x"}`, "INVALID ids.0"},
		{`mutation A($s: ID!) { change(input: {shiftId: $s}) }`, `{"s":"x"}`, "INVALID shiftId"},
		{`query A($yes: Boolean!) { hello @include(if: $yes) }`, `{"yes":"true"}`, "INVALID yes"},
		{`query A($yes: Boolean!) { hello @include(if: $yes) }`, `{"yes":true,"unknown":1}`, ""},
		{`query A($some: ID! = "abc") { node(id: $some) { id } }`, `{}`, "INVALID id"}, // gqlgen alone reads defaults
	} {
		a := e.post(string(mustJSON(t, map[string]any{"query": c.document, "variables": json.RawMessage(c.variables)})), "Accept", graphQLJSON)
		e.wantCodes(a, c.codes)
		if t.Failed() {
			t.Fatalf("%s %.200s", c.document, c.variables)
		}
	}
}

func TestInputInTheDocument(t *testing.T) {
	e := newEdge(t)
	for _, c := range []struct{ document, codes string }{
		{`{ node(id: "` + someID + `") { id } }`, ""},
		{`{ node(id: "abc") { id } }`, "INVALID id"},
		{`{ node(id: 5) { id } }`, "INVALID id"},
		{`{ filtered(first: 2147483648) }`, "INVALID first"},
		{`{ filtered(first: 99999999999999999999) }`, "INVALID first"},
		{`{ filtered(ids: "` + someID + `") }`, ""},
		{`{ filtered(ids: ["` + someID + `", "x"], filter: {text: "\u202e", near: {lat: 1e999, lon: 1}}) }`,
			"INVALID ids.1, INVALID filter.text, INVALID filter.near.lat"},
		{`{ filtered(filter: {since: 99999999999999999999}) }`, "INVALID filter.since"},
		{`{ filtered(filter: {since: TODAY}) }`, "INVALID filter.since"},
		{`{ filtered(filter: {since: {a: [1]}}) }`, "INVALID filter.since"},
		{`{ filtered(filter: {language: ru}) }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ filtered(filter: {bogus: 1}) }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ filtered(filter: null, ids: null) }`, ""},
		{`mutation { change(input: {shiftId: "x", at: "soon"}) }`, "INVALID shiftId, INVALID at"},
	} {
		e.wantAmong(e.query(c.document, nil), c.document, c.codes)
	}
}

// wantAmong checks for these codes, in any order, and ignores whatever else the validator says about the same values.
func (e *edge) wantAmong(a answer, document, want string) {
	e.t.Helper()
	if want == "" {
		e.wantCodes(a, "")
		return
	}
	for code := range strings.SplitSeq(want, ", ") {
		if !strings.Contains(a.codes(), code) || strings.Contains(a.body, "INTERNAL") {
			e.t.Errorf("%s: got %s; want %s", document, a.body, code)
		}
	}
}

func mustJSON(t *testing.T, v any) []byte {
	t.Helper()
	b, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
