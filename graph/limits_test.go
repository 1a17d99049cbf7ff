package graph

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
)

func TestLimits(t *testing.T) {
	e := newEdge(t)
	nested := func(levels int) string { // node, things and the id
		return `{ node(id: "` + someID + `") ` + strings.Repeat("{ thing ", levels-2) + "{ id " + strings.Repeat("} ", levels)
	}
	fields := func(n int) string {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "a%d: hello ", i)
		}
		return b.String()
	}
	aliases := func(n int) string { return strings.ReplaceAll(fields(n), "hello", "__typename") } // no root fields
	operations := func(n int) string {                                                            // all but the last are unused
		return strings.ReplaceAll(strings.ReplaceAll(fields(n), "a", "query Q"), ": hello", "{ hello }")
	}
	ids := func(n int) string { return strings.Repeat(`"`+someID+`" `, n) }
	const input = `(input: {shiftId: "` + someID + `"})`
	for _, c := range []struct{ name, document, visitor, signedIn string }{
		{"depth 8", nested(8), "", ""},
		{"depth 9", nested(9), "TOO_DEEP", ""},
		{"depth 10", nested(10), "TOO_DEEP", ""},
		{"depth 11", nested(11), "TOO_DEEP", "TOO_DEEP"},
		{"a connection's own levels", `{ things { edges { node { thing { thing { thing { thing { thing { id } } } } } } } } }`, "", ""},
		{"beyond them", `{ things { nodes { thing { thing { thing { thing { thing { thing { thing { id } } } } } } } } } }`, "TOO_DEEP", ""},
		{"in fragments", `{ things { ...C } } fragment C on ThingConnection { nodes { ...T } }
			fragment T on Thing { thing { thing { thing { thing { ...U } } } } } fragment U on Thing { thing { thing { ... { thing { id } } } } }`,
			"TOO_DEEP", ""},
		{"5 fields", "{ " + fields(5) + "__typename }", "", ""},
		{"6 fields", "{ " + fields(6) + "}", "TOO_MANY_ROOT_FIELDS", ""},
		{"10 operations", operations(10), "", ""},
		{"11 operations", operations(11), "TOO_MANY_OPERATIONS", "TOO_MANY_OPERATIONS"},
		{"10 fields", "{ " + fields(10) + "}", "TOO_MANY_ROOT_FIELDS", ""},
		{"11 fields", "{ ...F ... { ...F } } fragment F on Query { " + fields(11) + "}", "TOO_MANY_ROOT_FIELDS", "TOO_MANY_ROOT_FIELDS"},
		{"one mutation", `mutation { change` + input + ` }`, "", ""},
		{"two mutations", `mutation { change` + input + ` other` + input + ` }`, "TOO_MANY_ROOT_FIELDS", "TOO_MANY_ROOT_FIELDS"},
		{"one mutation twice", `mutation { a: change` + input + ` b: change` + input + ` }`, "TOO_MANY_ROOT_FIELDS", "TOO_MANY_ROOT_FIELDS"},
		{"10 aliases", "{ " + aliases(10) + "}", "", ""},
		{"11 aliases", "{ " + aliases(11) + "}", "TOO_MANY_ALIASES", ""},
		{"15 aliases", "{ things { nodes { " + aliases(15) + "} } }", "TOO_MANY_ALIASES", ""},
		{"16 aliases", "{ " + aliases(16) + "}", "TOO_MANY_ALIASES", "TOO_MANY_ALIASES"},
		{"a long alias", "{ " + strings.Repeat("a", 499) + ": hello }", "", ""},
		{"a longer alias", "{ " + strings.Repeat("a", 500) + ": hello }", "TOO_MANY_ALIASES", ""},
		{"20 directives", "{ " + strings.Repeat("hello @skip(if: false) ", 20) + "}", "", ""},
		{"21 directives", "{ ... @include(if: true) { " + strings.Repeat("hello @skip(if: false) ", 20) + "} }", "TOO_MANY_DIRECTIVES", "TOO_MANY_DIRECTIVES"},
		{"50 items", "{ many(ids: [" + ids(50) + "]) { id } }", "", ""},
		{"51 items", "{ many(ids: [" + ids(51) + "]) { id } }", "INVALID ids", ""},
		{"101 items", "{ filtered(ids: [" + ids(101) + "]) }", "INVALID ids", "INVALID ids"},
		{"51 items by default", "query($l: [ID!] = [" + ids(51) + "]) { filtered(ids: $l) }", "INVALID l", ""},
		{"cost 500", "{ things(first: 100) { nodes { thing { thing { thing { id } } } } nodes { id } note { text } } }", "TOO_COSTLY", ""},
		{"1,000 tokens", "{ " + strings.Repeat("hello ", 998) + "}", "", ""},
		{"1,001 tokens", "{ " + strings.Repeat("hello ", 999) + "}", "TOO_MANY_TOKENS", "TOO_MANY_TOKENS"},
		{"10,000 characters", "{ hello } #" + strings.Repeat("ә", 9989), "", ""},
		{"10,001 characters", "{ hello } #" + strings.Repeat("ә", 9990), "TOO_MANY_TOKENS", "TOO_MANY_TOKENS"},
	} {
		for who, want := range map[string]string{"": c.visitor, "Bearer good": c.signedIn} {
			body := map[string]any{"query": c.document}
			if strings.Contains(c.document, "query Q0") {
				body["operationName"] = "Q0"
			}
			if a := e.post(string(mustJSON(t, body)), "Authorization", who); a.codes() != want {
				t.Errorf("%s (%s): got %.300s; want %q", c.name, who, a.body, want)
			}
		}
	}
}

// Following each spread of fragments that spread each other twice doubles the work at each of them: 2^40 here.
func TestDoublingFragments(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.Introspection = true })
	doubling := func(root, on, field string) string {
		var b strings.Builder
		fmt.Fprintf(&b, "{ %s { ...F0 } }", root)
		for i := range 40 {
			fmt.Fprintf(&b, " fragment F%d on %s { a: %s { ...F%d } b: %s { ...F%d } }", i, on, field, i+1, field, i+1)
		}
		fmt.Fprintf(&b, " fragment F40 on %s { __typename }", on)
		return b.String()
	}
	e.wantCodes(e.query(doubling(`node(id: "`+someID+`")`, "Thing", "thing"), nil), "TOO_DEEP")
	e.query(doubling(`__type(name: "Thing")`, "__Type", "ofType"), nil) // must end, with any answer
	e.query("{ node(id: \""+someID+"\") "+strings.Repeat("{ thing ", 490)+"{ id "+strings.Repeat("} ", 491)+"}", nil)
	e.wantCodes(e.query(strings.Repeat("{a", 30_000), nil), "TOO_MANY_TOKENS")
	e.wantCodes(e.query("{ hello(x: "+strings.Repeat("[", 9000)+") }", nil), "TOO_MANY_TOKENS")
}

func TestDocumentsAreKeptWithinBounds(t *testing.T) {
	d := newDocuments()
	ctx := context.Background()
	text := func(i int) string { return fmt.Sprintf("%10000d", i) }
	for i := range 1000 {
		d.Add(ctx, text(i), &ast.QueryDocument{})
		d.Add(ctx, text(i), &ast.QueryDocument{}) // by another request
		if _, ok := d.Get(ctx, text(0)); !ok {
			t.Fatalf("the document in use was dropped after %d others", i)
		}
	}
	if d.bytes > mostDocumentBytes || d.bytes != 10_000*len(d.byText) || d.order.Len() != len(d.byText) {
		t.Errorf("%d bytes in %d documents, %d in order", d.bytes, len(d.byText), d.order.Len())
	}
	if _, ok := d.Get(ctx, text(1)); ok {
		t.Error("the document that was not used for longest is still there")
	}
}
