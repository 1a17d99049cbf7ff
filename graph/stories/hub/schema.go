package hub

import (
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph"
)

// CodesOf returns the codes that @errors has as the argument.
func CodesOf(directives ast.DirectiveList, argument string) (codes []string) {
	if d := directives.ForName("errors"); d != nil && d.Arguments.ForName(argument) != nil {
		for _, code := range d.Arguments.ForName(argument).Value.Children {
			codes = append(codes, code.Value.Raw)
		}
	}
	return codes
}

// Documented reports whether a mutation can be refused with the code, or with a row of its answer, according to the schema.
func Documented(mutation, code string) bool {
	of := Schema().Mutation
	f := of.Fields.ForName(mutation)
	switch code {
	case "", "BAD_REQUEST": // not a refusal, or a refusal of the request before the operation is known
		return true
	case "IDEMPOTENCY_KEY_NOT_SUPPORTED":
		return f.Directives.ForName("keyless") != nil
	}
	return slices.Contains(slices.Concat(CodesOf(of.Directives, "codes"), CodesOf(f.Directives, "codes"), CodesOf(f.Directives, "rows")), code)
}

// Own yields the schema's own types, not the specification's.
func Own(yield func(*ast.Definition) bool) {
	names := []string{}
	for name, def := range Schema().Types {
		if !def.BuiltIn && !strings.HasPrefix(name, "__") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		if !yield(Schema().Types[name]) {
			return
		}
	}
}

// Schema is the public schema, as the hub serves it.
var Schema = sync.OnceValue(func() *ast.Schema { return graph.NewResolver(nil).Schema().Schema() })
