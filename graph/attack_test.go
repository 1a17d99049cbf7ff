package graph

import (
	"runtime"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
	"github.com/vektah/gqlparser/v2/validator"
)

// TestAttacks sends each attack small, about as large as the parser accepts, and much larger. Whatever the answer is, it is
// short, not an internal error, and soon forgotten.
func TestAttacks(t *testing.T) {
	if len(attacks) < 60 {
		t.Fatalf("only %d attacks", len(attacks))
	}
	e := newEdge(t, func(o *Options) { o.Unmetered = true })
	before := heap()
	for name, attack := range attacks {
		for _, n := range []int{3, 11, 250, 9_000, 20_000} {
			a := e.query(attack(n), nil, signedIn...) // somebody who may ask for more
			if len(a.body) > 4<<10 || a.status != 200 && a.status != 413 || strings.Contains(a.codes(), "INTERNAL") {
				t.Errorf("%s of %d: %d, %d bytes %.300s", name, n, a.status, len(a.body), a.body)
			}
			if n == 20_000 && len(a.Errors) == 0 {
				t.Errorf("%s of %d was answered: %.300s", name, n, a.body)
			}
		}
	}
	if grown := heap() - before; grown > 32<<20 {
		t.Errorf("%d MB were kept", grown>>20)
	}
	e.wantData(e.query(`{ hello }`, nil), `{"hello":"visitor"}`)
}

func heap() int64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.HeapAlloc)
}

// TestMeasuringIsLinear counts the nodes that measuring an attack visits: no more than the document has characters, and ten times
// as many if the document is ten times as long.
func TestMeasuringIsLinear(t *testing.T) {
	schema := newEdge(t).schema.schema
	visits := func(document string) int {
		doc, err := parser.ParseQuery(&ast.Source{Input: document})
		if err != nil || len(validator.ValidateWithRules(schema, doc, validation())) > 0 {
			return 0 // never gets as far
		}
		return measured(schema, doc.Operations[0], nil, true).visited
	}
	valid := 0
	for name, attack := range attacks {
		small, large := visits(attack(10)), visits(attack(100))
		if large > 0 {
			valid++
		}
		if large > len(attack(100)) || small > 0 && large > 11*small {
			t.Errorf("%s: %d nodes of %d bytes, %d of %d", name, small, len(attack(10)), large, len(attack(100)))
		}
	}
	if valid < 20 {
		t.Errorf("only %d attacks are valid documents", valid)
	}
}

// TestAttacksByVariables sends short documents with large values.
func TestAttacksByVariables(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.Unmetered = true })
	for name, c := range map[string]struct{ document, value string }{
		"a list":            {`query($v: [ID!]) { filtered(ids: $v) }`, "[" + x(`"",`, 20_000) + `""]`},
		"a list of lists":   {`query($v: [ID!]) { filtered(ids: $v) }`, "[" + x(`[],`, 20_000) + `[]]`},
		"a deep list":       {`query($v: [ID!]) { filtered(ids: $v) }`, nested(9_000, "[", "", "]")},
		"a deeper list":     {`query($v: [ID!]) { filtered(ids: $v) }`, nested(30_000, "[", "", "]")},
		"a list of objects": {`query($v: ChangeInput!) { filtered }`, "[" + x(`{},`, 20_000) + `{}]`},
		"a deep object":     {`query($v: Filter) { filtered(filter: $v) }`, nested(5_000, `{"near":`, "1", "}")},
		"a wide object":     {`query($v: Filter) { filtered(filter: $v) }`, "{" + numbered(5_000, `"a%i":1,`) + `"text":"a"}`},
		"one name often":    {`query($v: Filter) { filtered(filter: $v) }`, "{" + x(`"text":"a",`, 5_000) + `"text":5}`},
		"a text":            {`query($v: Filter) { filtered(filter: $v) }`, `{"text":"` + x("a", 60_000) + `"}`},
		"escapes":           {`query($v: Filter) { filtered(filter: $v) }`, `{"text":"` + x(`\ud83d`, 9_000) + `"}`},
		"combining marks":   {`query($v: Filter) { filtered(filter: $v) }`, `{"text":"` + x("\u0301\u0323", 12_000) + `"}`},
		"a number":          {`query($v: Int!) { filtered(first: $v) }`, x("9", 60_000)},
		"a fraction":        {`query($v: Filter) { filtered(filter: $v) }`, `{"near":{"lat":0.` + x("1", 60_000) + `e999999999,"lon":0}}`},
		"a page":            {`query($v: Int!) { things(first: $v) { nodes { things(first: $v) { nodes { id } } } } }`, "1000000000000"},
		"an id":             {`query($v: ID!) { node(id: $v) { id } }`, `"` + x("a", 60_000) + `"`},
	} {
		a := e.post(`{"query":"`+c.document+`","variables":{"v":`+c.value+`}}`, signedIn...)
		if len(a.body) > 4<<10 || len(a.Errors) == 0 || strings.Contains(a.codes(), "INTERNAL") {
			t.Errorf("%s: %d, %d bytes %.300s", name, a.status, len(a.body), a.body)
		}
	}
	many := e.post(`{"query":"{ hello }","variables":{`+numbered(9_000, `"v%i":1,`)+`"v":1}}`, signedIn...)
	e.wantData(many, `{"hello":"`+goodID+`"}`)
}
