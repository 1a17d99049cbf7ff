package graph

import (
	"context"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"jastarhub/internal/fault"
)

// What a request may ask for. A page of the app fits well inside; a stranger's worst request stays cheap.
const (
	mostTokens     = 1000
	mostCharacters = 10_000
	mostErrors     = 10
	patience       = 5 * time.Second
)

// limits are what differs between visitors and those who have signed in.
type limits struct {
	body       int // bytes
	depth      int // levels of fields
	rootFields int
}

var (
	forVisitors = limits{body: 64 << 10, depth: 8, rootFields: 5}
	forSignedIn = limits{body: 128 << 10, depth: 10, rootFields: 10}
)

func (r *request) limits() limits {
	if r.Actor == nil {
		return forVisitors
	}
	return forSignedIn
}

// limiter refuses operations before anything of them runs.
type limiter struct{ introspection bool }

// ExtensionName is gqlgen's name for it.
func (limiter) ExtensionName() string { return "Limits" }

// Validate is asked by gqlgen; every schema can be limited.
func (limiter) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses a document before it is read. Codes: TOO_MANY_TOKENS.
func (limiter) MutateOperationParameters(_ context.Context, p *graphql.RawParams) *gqlerror.Error {
	if utf8.RuneCountInString(p.Query) > mostCharacters {
		return gqlerror.Wrap(fault.New(fault.TooManyTokens))
	}
	return nil
}

// MutateOperationContext refuses an operation of a valid document. Codes: TOO_DEEP, TOO_MANY_ROOT_FIELDS,
// GRAPHQL_VALIDATION_FAILED.
func (l limiter) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = !l.introspection
	m := measure{depths: map[*ast.FragmentDefinition]int{}, roots: map[string]bool{}}
	m.root(op.Operation.SelectionSet, map[*ast.FragmentDefinition]bool{})
	allowed := from(ctx).limits()
	switch {
	case m.introspects && !l.introspection:
		return gqlerror.Wrap(fault.Because(fault.NotValid, "Introspection is switched off here."))
	case len(m.roots) > allowed.rootFields, len(m.roots) > 1 && op.Operation.Operation == ast.Mutation:
		return gqlerror.Wrap(fault.New(fault.TooManyFields))
	case m.depth(op.Operation.SelectionSet) > allowed.depth:
		return gqlerror.Wrap(fault.New(fault.TooDeep))
	}
	return nil
}

// measure walks each fragment once, however often it is spread: fragments that spread each other twice would else take
// for ever.
type measure struct {
	depths      map[*ast.FragmentDefinition]int
	roots       map[string]bool // by response name
	introspects bool
}

// root collects the operation's own fields.
func (m *measure) root(set ast.SelectionSet, seen map[*ast.FragmentDefinition]bool) {
	for _, selection := range set {
		switch s := selection.(type) {
		case *ast.Field:
			m.introspects = m.introspects || s.Name == "__schema" || s.Name == "__type"
			if !strings.HasPrefix(s.Name, "__") {
				m.roots[s.Alias] = true
			}
		case *ast.InlineFragment:
			m.root(s.SelectionSet, seen)
		case *ast.FragmentSpread:
			if !seen[s.Definition] {
				seen[s.Definition] = true
				m.root(s.Definition.SelectionSet, seen)
			}
		}
	}
}

// depth is the number of levels of fields. Introspection has a limit of its own in the validator.
func (m *measure) depth(set ast.SelectionSet) int {
	deepest := 0
	for _, selection := range set {
		levels := 0
		switch s := selection.(type) {
		case *ast.Field:
			if !strings.HasPrefix(s.Name, "__") {
				levels = level(s) + m.depth(s.SelectionSet)
			}
		case *ast.InlineFragment:
			levels = m.depth(s.SelectionSet)
		case *ast.FragmentSpread:
			known := false
			if levels, known = m.depths[s.Definition]; !known {
				levels = m.depth(s.Definition.SelectionSet)
				m.depths[s.Definition] = levels
			}
		}
		deepest = max(deepest, levels)
	}
	return deepest
}

// level is 0 for the levels that are only a connection's form.
func level(f *ast.Field) int {
	switch on := f.ObjectDefinition.Name; {
	case strings.HasSuffix(on, "Connection") && (f.Name == "edges" || f.Name == "nodes"),
		strings.HasSuffix(on, "Edge") && f.Name == "node":
		return 0
	}
	return 1
}
