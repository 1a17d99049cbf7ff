package graph

import (
	"context"
	"fmt"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"jastarhub/internal/fault"
)

// The limits of a request. A page of the app fits well inside them; a stranger's worst request stays cheap.
const (
	mostTokens     = 1000
	mostCharacters = 10_000
	mostOperations = 10
	mostDirectives = 20
	mostErrors     = 10
	patience       = 5 * time.Second
)

// limits differ between visitors and signed-in people.
type limits struct {
	body       int // bytes
	depth      int // levels of fields
	rootFields int
	aliases    int
	items      int // in one list in the input
	cost       int // of one operation, see measure
	perMinute  int // cost, for one person or for all visitors from one address: a school has one address
}

var (
	forVisitors = limits{body: 64 << 10, depth: 8, rootFields: 5, aliases: 10, items: 50, cost: 500, perMinute: 200_000}
	forSignedIn = limits{body: 128 << 10, depth: 10, rootFields: 10, aliases: 15, items: 100, cost: 2000, perMinute: 20_000}
)

func (r *request) limits() limits {
	if r.Actor == nil {
		return forVisitors
	}
	return forSignedIn
}

// limiter refuses operations before any part of them runs.
type limiter struct {
	schema        *ast.Schema
	introspection bool
	buckets       *buckets // nil if cost does not count
}

// ExtensionName returns gqlgen's name for it.
func (*limiter) ExtensionName() string { return "Limits" }

// Validate is called by gqlgen; every schema can be limited.
func (*limiter) Validate(graphql.ExecutableSchema) error { return nil }

// MutateOperationParameters refuses a document before it is parsed. Codes: TOO_MANY_TOKENS, RATE_LIMITED.
func (l *limiter) MutateOperationParameters(ctx context.Context, p *graphql.RawParams) *gqlerror.Error {
	if utf8.RuneCountInString(p.Query) > mostCharacters {
		return gqlerror.Wrap(fault.New(fault.TooManyTokens))
	}
	return l.charge(ctx, readingCost(p.Query))
}

// MutateOperationContext refuses an operation of a valid document. Codes: TOO_DEEP, TOO_MANY_ROOT_FIELDS, TOO_MANY_ALIASES,
// TOO_MANY_DIRECTIVES, TOO_MANY_OPERATIONS, TOO_COSTLY, RATE_LIMITED, INVALID, BAD_REQUEST,
// GRAPHQL_VALIDATION_FAILED.
func (l *limiter) MutateOperationContext(ctx context.Context, op *graphql.OperationContext) *gqlerror.Error {
	op.DisableIntrospection = !l.introspection
	if r := from(ctx); r.reads && op.Operation.Operation == ast.Mutation {
		r.status = http.StatusMethodNotAllowed
		return gqlerror.Wrap(fault.Because(fault.BadRequest, "Send mutations with POST."))
	}
	m := measured(l.schema, op.Operation, op.Variables, from(ctx).Actor == nil)
	from(ctx).cost = m.cost
	if err := l.tooMuch(m, op, from(ctx).limits()); err != nil {
		return gqlerror.Wrap(err)
	}
	return l.charge(ctx, m.cost)
}

func (l *limiter) tooMuch(m *measure, op *graphql.OperationContext, allowed limits) error {
	mutates := op.Operation.Operation == ast.Mutation
	switch {
	case len(op.Doc.Operations) > mostOperations:
		return fault.New(fault.TooManyOperations)
	case m.introspects && !l.introspection:
		return fault.Because(fault.GraphqlValidationFailed, "Introspection is turned off here.")
	case len(m.roots) > allowed.rootFields, len(m.roots) > 1 && mutates:
		return fault.New(fault.TooManyRootFields)
	case m.depth > allowed.depth:
		return fault.New(fault.TooDeep)
	case m.aliases > allowed.aliases:
		return fault.New(fault.TooManyAliases)
	case m.directives > mostDirectives:
		return fault.New(fault.TooManyDirectives)
	case m.items > allowed.items:
		return fault.TooMany(fieldName(m.itemsAt), allowed.items)
	case m.cost > allowed.cost && l.buckets != nil:
		return fault.Because(fault.TooCostly, fmt.Sprintf("The request asks for too much at once: it costs %d of %d.", m.cost, allowed.cost)).
			With(fault.Cost, m.cost).With(fault.Max, allowed.cost)
	}
	return nil
}

// charge takes a cost from the asker's budget. Codes: RATE_LIMITED.
func (l *limiter) charge(ctx context.Context, cost int) *gqlerror.Error {
	if l.buckets == nil {
		return nil
	}
	r := from(ctx)
	r.wait = l.buckets.take(r.asker(), cost, r.limits().perMinute, r.Now)
	if r.wait > 0 {
		return gqlerror.Wrap(fault.Later(fault.RateLimited, r.wait))
	}
	return nil
}
