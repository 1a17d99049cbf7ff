package graph

import (
	"strconv"
	"strings"
)

// numbered writes the text n times, with its number for %i and the next for %j.
func numbered(n int, text string) string {
	var b strings.Builder
	for i := range n {
		_, _ = strings.NewReplacer("%i", strconv.Itoa(i), "%j", strconv.Itoa(i+1)).WriteString(&b, text)
	}
	return b.String()
}

func x(text string, n int) string { return strings.Repeat(text, n) }

func nested(n int, open, within, end string) string { return x(open, n) + within + x(end, n) }

const node = `node(id: "` + someID + `")`

// attacks are documents that cost their sender little; n is their size.
var attacks = map[string]func(n int) string{
	// depth
	"nesting":            func(n int) string { return "{ " + node + nested(n, "{ thing ", "{ id }", "}") + "}" },
	"nested connections": func(n int) string { return "{ " + node + nested(n, "{ things { nodes ", "{ id }", "}}") + "}" },
	"nested edges":       func(n int) string { return "{ " + node + nested(n, "{ things { edges { node ", "{ id }", "}}}") + "}" },
	"nested pages of 100": func(n int) string {
		return "{ " + node + nested(n, "{ things(first: 100) { nodes ", "{ id }", "}}") + "}"
	},
	"nested inline fragments":  func(n int) string { return "{ " + nested(n, "... { ", "hello", "}") + "}" },
	"nested typed fragments":   func(n int) string { return "{ " + nested(n, "... on Query { ", "hello", "}") + "}" },
	"nesting never closed":     func(n int) string { return x("{ hello ", n) },
	"nesting of nothing":       func(n int) string { return x("{", n) },
	"closing what is not open": func(n int) string { return "{ hello " + x("}", n) },
	"nested lists":             func(n int) string { return "{ filtered(ids: " + nested(n, "[", "", "]") + ") }" },
	"nested objects":           func(n int) string { return "{ filtered(filter: " + nested(n, "{near: ", "1", "}") + ") }" },
	"nested list types":        func(n int) string { return "query($a: " + nested(n, "[", "ID", "]") + ") { hello }" },
	"nested defaults":          func(n int) string { return "query($a: [ID] = " + nested(n, "[", "", "]") + ") { filtered(ids: $a) }" },
	"brackets never closed":    func(n int) string { return "{ hello(x: " + x("[", n) },
	"braces never closed":      func(n int) string { return "{ hello(x: " + x("{a: ", n) },
	// fragments
	"doubling fragments": func(n int) string {
		return "{ " + node + "{ ...F0 } }" + numbered(n, " fragment F%i on Thing { thing { ...F%j } thing { ...F%j } }") + last(n, "Thing { id }")
	},
	"doubling with aliases": func(n int) string {
		return "{ " + node + "{ ...F0 } }" + numbered(n, " fragment F%i on Thing { a: thing { ...F%j } b: thing { ...F%j } }") + last(n, "Thing { id }")
	},
	"doubling on one level": func(n int) string {
		return "{ ...F0 }" + numbered(n, " fragment F%i on Query { ...F%j ...F%j }") + last(n, "Query { hello }")
	},
	"doubling inline": func(n int) string {
		return "{ ...F0 }" + numbered(n, " fragment F%i on Query { ... { ...F%j } ... { ...F%j } }") + last(n, "Query { hello }")
	},
	"doubling in lists": func(n int) string {
		return "{ ...F0 }" + numbered(n, " fragment F%i on Query { a: things { nodes { id } } ...F%j ...F%j }") + last(n, "Query { hello }")
	},
	"tenfold in lists": func(n int) string {
		return "{ " + node + "{ ...F0 } }" + numbered(n, " fragment F%i on Thing { things { nodes { ...F%j ...F%j ...F%j ...F%j ...F%j } } }") + last(n, "Thing { id }")
	},
	"a fragment spread often": func(n int) string { return "{ " + x("...F ", n) + "} fragment F on Query { hello }" },
	"a list spread often": func(n int) string {
		return "{ " + x("...F ", n) + "} fragment F on Query { things(first: 100) { nodes { id } } }"
	},
	"a chain of fragments": func(n int) string {
		return "{ ...F0 }" + numbered(n, " fragment F%i on Query { ...F%j }") + last(n, "Query { hello }")
	},
	"every fragment to every": func(n int) string {
		n = min(n, 300)
		return "{ ...F0 }" + numbered(n, " fragment F%i on Query { hello "+numbered(n, "...F%i ")+"}")
	},
	"a cycle of one": func(n int) string { return "{ ...F } fragment F on Query { hello " + x("...F ", n) + "}" },
	"a cycle of many": func(n int) string {
		return "{ ...F0 }" + numbered(n, " fragment F%i on Query { ...F%j }") + last(n, "Query { ...F0 }")
	},
	"a cycle below a field": func(n int) string {
		return "{ " + node + "{ ...F } } fragment F on Thing { thing { ...F " + x("thing { ...F } ", n) + "} }"
	},
	"unused fragments":           func(n int) string { return "{ hello }" + numbered(n, " fragment F%i on Query { hello }") },
	"unknown fragments":          func(n int) string { return "{ " + numbered(n, "...F%i ") + "}" },
	"fragments of one name":      func(n int) string { return "{ ...F }" + x(" fragment F on Query { hello }", n) },
	"fragments that never apply": func(n int) string { return "{ " + x("... on Thing { id } ", n) + "}" },
	// width
	"aliases":                      func(n int) string { return "{ " + numbered(n, "a%i: hello ") + "}" },
	"aliases of lists":             func(n int) string { return "{ " + numbered(n, "a%i: things(first: 100) { nodes { id } } ") + "}" },
	"aliases of __typename":        func(n int) string { return "{ " + numbered(n, "a%i: __typename ") + "}" },
	"aliases below":                func(n int) string { return "{ things { nodes { " + numbered(n, "a%i: thing { id } ") + "} } }" },
	"a field often":                func(n int) string { return "{ " + x("hello ", n) + "}" },
	"a list often":                 func(n int) string { return "{ " + x("things { nodes { id } } ", n) + "}" },
	"a field with arguments often": func(n int) string { return "{ " + numbered(n, "filtered(first: %i) ") + "}" },
	"fields below that conflict": func(n int) string {
		return "{ things { nodes { " + numbered(n, "thing { a: id things(first: %i) { nodes { id } } } ") + "} } }"
	},
	"unknown fields":              func(n int) string { return "{ " + numbered(n, "nothing%i ") + "}" },
	"unknown arguments":           func(n int) string { return "{ hello(" + numbered(n, "a%i: 1 ") + ") }" },
	"an argument often":           func(n int) string { return "{ filtered(" + x("first: 1 ", n) + ") }" },
	"unknown input fields":        func(n int) string { return "{ filtered(filter: {" + numbered(n, "a%i: 1 ") + "}) }" },
	"mutations":                   func(n int) string { return "mutation { " + numbered(n, "a%i: noKey ") + "}" },
	"directives":                  func(n int) string { return "{ hello " + x("@skip(if: false) ", n) + "}" },
	"directives on many fields":   func(n int) string { return "{ " + x("hello @include(if: true) ", n) + "}" },
	"unknown directives":          func(n int) string { return "{ hello " + numbered(n, "@d%i ") + "}" },
	"directives on the operation": func(n int) string { return "query " + x("@skip(if: true) ", n) + "{ hello }" },
	"directives on fragments":     func(n int) string { return "{ ...F } fragment F on Query " + numbered(n, "@d%i ") + "{ hello }" },
	"operations":                  func(n int) string { return numbered(n, "query Q%i { hello } ") },
	"operations without a name":   func(n int) string { return x("{ hello } ", n) },
	"operations of one name":      func(n int) string { return x("query Q { hello } ", n) },
	"unused variables":            func(n int) string { return "query(" + numbered(n, "$v%i: Int ") + ") { hello }" },
	"used variables": func(n int) string {
		return "query(" + numbered(n, "$v%i: ID! = \""+someID+"\" ") + ") { filtered(ids: [" + numbered(n, "$v%i ") + "]) }"
	},
	"variables of one name": func(n int) string { return "query(" + x("$v: Int ", n) + ") { hello }" },
	"unknown variables":     func(n int) string { return "{ filtered(ids: [" + numbered(n, "$v%i ") + "]) }" },
	"definitions of types":  func(n int) string { return "{ hello }" + numbered(n, " type T%i { a: Int }") },
	// values
	"a long list":             func(n int) string { return "{ filtered(ids: [" + x(`"`+someID+`" `, n) + "]) }" },
	"a long list of nonsense": func(n int) string { return "{ filtered(ids: [" + x("1 ", n) + "]) }" },
	"a long default":          func(n int) string { return "query($l: [ID!] = [" + x(`"`+someID+`" `, n) + "]) { filtered(ids: $l) }" },
	"a long text":             func(n int) string { return `{ filtered(filter: {text: "` + x("я", n) + `"}) }` },
	"a long block text":       func(n int) string { return `{ filtered(filter: {text: """` + x(" \n", n) + `"""}) }` },
	"block quotes":            func(n int) string { return `{ filtered(filter: {text: """` + x(`\"""`, n) + `"""}) }` },
	"escapes":                 func(n int) string { return `{ filtered(filter: {text: "` + x(`\u0061`, n) + `"}) }` },
	"escaped controls":        func(n int) string { return `{ filtered(filter: {text: "` + x(`\u0000`, n) + `"}) }` },
	"halves of pairs":         func(n int) string { return `{ filtered(filter: {text: "` + x(`\ud83d`, n) + `"}) }` },
	"malformed escapes":       func(n int) string { return `{ filtered(filter: {text: "` + x(`\u00zz`, n) + `"}) }` },
	"combining marks":         func(n int) string { return `{ filtered(filter: {text: "a` + x("\u0301\u0323", n) + `"}) }` },
	"a text never closed":     func(n int) string { return `{ filtered(filter: {text: "` + x("a", n) },
	"a long number":           func(n int) string { return "{ filtered(first: 1" + x("0", n) + ") }" },
	"a long fraction":         func(n int) string { return "{ filtered(filter: {near: {lat: 0." + x("1", n) + ", lon: 0}}) }" },
	"a long exponent":         func(n int) string { return "{ filtered(filter: {near: {lat: 1e" + x("9", n) + ", lon: 0}}) }" },
	"zeros in front":          func(n int) string { return "{ filtered(first: " + x("0", n) + "1) }" },
	"a page without end":      func(n int) string { return "{ things(first: " + x("9", n) + ") { nodes { id } } }" },
	"a long name":             func(n int) string { return "{ " + x("a", n) + " }" },
	"a long alias":            func(n int) string { return "{ " + x("a", n) + ": hello }" },
	"a long operation's name": func(n int) string { return "query " + x("a", n) + " { hello }" },
	"a long enum value":       func(n int) string { return "{ filtered(filter: {language: " + x("A", n) + "}) }" },
	"a long id":               func(n int) string { return `{ node(id: "` + x("a", n) + `") { id } }` },
	// nothing at all
	"a long comment":   func(n int) string { return "{ hello } #" + x("a", n) },
	"many comments":    func(n int) string { return "{ hello } " + x("#\n", n) },
	"blanks":           func(n int) string { return "{" + x(" ,\t\n\ufeff", n) + "hello }" },
	"byte order marks": func(n int) string { return x("\ufeff", n) + "{ hello }" },
	"signs":            func(n int) string { return x("$!@...", n) },
	"NULs":             func(n int) string { return "{ hello }" + x("\x00", n) },
	"emojis":           func(n int) string { return "{ " + x("🤯", n) + " }" },
	// introspection
	"deep introspection": func(n int) string {
		return "{ __schema { types " + nested(n, "{ fields { type ", "{ name }", "}}") + "} }"
	},
	"deep kinds": func(n int) string { return `{ __type(name: "Thing") ` + nested(n, "{ ofType ", "{ name }", "}") + "}" },
	"doubling introspection": func(n int) string {
		return `{ __type(name: "Thing") { ...F0 } }` + numbered(n, " fragment F%i on __Type { ofType { ...F%j } ofType { ...F%j } }") + last(n, "__Type { name }")
	},
	"doubling introspected fields": func(n int) string {
		return `{ __type(name: "Thing") { ...F0 } }` + numbered(n, " fragment F%i on __Type { a: fields { type { ...F%j } } b: fields { type { ...F%j } } }") + last(n, "__Type { name }")
	},
	"a cycle of introspection": func(n int) string {
		return "{ __schema { types { ...F } } } fragment F on __Type { ofType { ...F " + x("ofType { ...F } ", n) + "} }"
	},
	"introspection often":        func(n int) string { return "{ " + x("__schema { types { name } } ", n) + "}" },
	"introspection with aliases": func(n int) string { return "{ " + numbered(n, "a%i: __schema { types { name } } ") + "}" },
}

// last returns the fragment that the last one of numbered(n, …) refers to.
func last(n int, fragment string) string { return " fragment F" + strconv.Itoa(n) + " on " + fragment }
