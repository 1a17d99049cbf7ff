// Package graph is the hub's GraphQL edge: HTTP, limits and errors around the resolvers, which call one use-case each.
package graph

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/live"
)

// Options are what the edge needs.
type Options struct {
	Schema graphql.ExecutableSchema
	// Authenticate returns the actor of a session token. Codes: UNAUTHENTICATED.
	Authenticate func(ctx context.Context, token string, now time.Time) (*auth.Actor, error)
	Log          *slog.Logger
	Live         *live.Broker // nil: no subscriptions

	Operations    Operations
	Introspection bool
	Unmetered     bool                    // cost does not count, for tests and measurements that read whole tables
	Origins       []string                // of other sites whose pages may send requests
	InFlight      int                     // maximum number of concurrent operations
	Fields        graphql.FieldMiddleware // around every field; may be nil
	// Operation is called with each operation's name, for the access log.
	Operation func(ctx context.Context, name string)
	RequestID func(ctx context.Context) string // the request's id in the log; may be nil
	Now       func() time.Time                 // with the database's precision
}

// queue is how long a request waits for its turn: with a longer time, all requests would mostly wait.
const queue = 500 * time.Millisecond

type handler struct {
	Options
	exec      *executor.Executor
	persisted *persisted
	limiter   *limiter
	crossing  *http.CrossOriginProtection
	gate      chan struct{} // a slot for each operation that runs
	events    chan struct{} // a slot for each operation that runs for a stream's event
}

// New returns the handler of /graphql. It accepts POST with JSON, and GET for queries; without a bearer token a GET request is
// answered as a visitor's. So nothing that a page of another site can send without permission changes anything or is answered as
// the person.
func New(o Options) http.Handler {
	h := &handler{Options: o, exec: executor.New(o.Schema), persisted: newPersisted(o.Operations), crossing: http.NewCrossOriginProtection(),
		limiter: &limiter{schema: o.Schema.Schema(), introspection: o.Introspection},
		gate:    make(chan struct{}, o.InFlight), events: make(chan struct{}, max(1, o.InFlight/16))}
	if !o.Unmetered {
		h.limiter.buckets = &buckets{}
	}
	for _, origin := range o.Origins {
		if err := h.crossing.AddTrustedOrigin(origin); err != nil {
			panic(err) // the settings were checked before
		}
	}
	h.exec.SetErrorPresenter(presenter{o.Log}.present)
	h.exec.SetRecoverFunc(recovered)
	h.exec.SetQueryCache(newDocuments())
	h.exec.SetParserTokenLimit(mostTokens)
	h.exec.SetDisableSuggestion(true)
	h.exec.SetDefaultRulesFn(validation)
	h.exec.Use(h.limiter)
	if o.Fields != nil {
		h.exec.AroundFields(o.Fields)
	}
	return h
}

func (h *handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	in := &request{Now: h.Now(), Address: addressOf(r), network: networkOf(r), reads: r.Method == http.MethodGet, streams: streams(r),
		schema: h.Schema.Schema(), session: sessionCookie{w.Header(), isLocal(r)}}
	in.browser = BrowserOf(w, r, in.Now)
	if h.RequestID != nil {
		in.ID = h.RequestID(r.Context())
	}
	ctx := context.WithValue(graphql.StartOperationTrace(r.Context()), requestKey{}, in)
	defer func() {
		if value := recover(); value != nil {
			send(w, r, h.refuse(ctx, recovered(ctx, value)), in)
		}
	}()
	var err error
	if in.status, err = h.admit(r); err != nil {
		send(w, r, h.refuse(ctx, err), in)
		return
	}
	params, size, err := h.read(w, r, in)
	if err != nil {
		send(w, r, h.refuse(ctx, err), in)
		return
	}
	// From here on nothing waits for the client: a slow client occupies neither a slot nor a connection.
	ctx, cancel := context.WithTimeout(ctx, patience)
	answer := h.answer(ctx, r, in, params, size)
	cancel()
	if in.stream != nil {
		h.stream(w, r, in)
		return
	}
	send(w, r, answer, in)
}

// refuse returns the answer to a request for which no operation is run.
func (h *handler) refuse(ctx context.Context, err error) *graphql.Response {
	return h.exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(err)})
}

// admit checks a request's method and headers. Codes: BAD_REQUEST, FORBIDDEN.
func (h *handler) admit(r *http.Request) (status int, err error) {
	switch {
	case r.Method != http.MethodPost && r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed, fault.Because(fault.BadRequest, "Send a POST request with JSON, or a query with GET.")
	case r.Method == http.MethodPost && !isJSON(r.Header.Get("Content-Type")):
		return http.StatusUnsupportedMediaType, fault.Because(fault.BadRequest, "Send JSON, with Content-Type: application/json.")
	case h.crossing.Check(r) != nil:
		return http.StatusForbidden, fault.Because(fault.Forbidden, "Requests from pages of other sites are not allowed.")
	}
	return 0, nil
}

// read reads the request. Codes: BAD_REQUEST, BODY_TOO_LARGE, OPERATION_UNKNOWN, PERSISTED_QUERY_NOT_FOUND, UNAUTHENTICATED.
func (h *handler) read(w http.ResponseWriter, r *http.Request, in *request) (params *graphql.RawParams, size int, err error) {
	token, _, err := credential(r)
	if err != nil {
		return nil, 0, err
	}
	if in.Key, err = keyOf(r.Header); err != nil {
		return nil, 0, err
	}
	most := forVisitors.body
	if token != "" {
		most = forSignedIn.body
	}
	var body []byte
	if in.reads {
		body, err = readURL(r, most)
	} else {
		body, err = httpfault.Body(w, r, most)
	}
	if err != nil {
		return nil, 0, err
	}
	params, err = h.decode(r.Context(), body)
	return params, len(body), err
}

// answer waits for a slot, finds out who asks, and runs the operation. Codes: BUSY, UNAUTHENTICATED, RATE_LIMITED, BODY_TOO_LARGE
// and those of the operation.
func (h *handler) answer(ctx context.Context, r *http.Request, in *request, params *graphql.RawParams, size int) *graphql.Response {
	if !enter(ctx, h.gate) {
		return h.refuse(ctx, fault.New(fault.Busy))
	}
	defer func() { <-h.gate }()
	in.aside = func(wait func() error) error {
		<-h.gate
		defer func() { h.gate <- struct{}{} }()
		return wait()
	}
	var err error
	in.Actor, err = h.identify(ctx, r, in)
	if limited := h.limiter.charge(ctx, 1); limited != nil { // also for guessed tokens
		return h.refuse(ctx, limited)
	}
	if err != nil {
		return h.refuse(ctx, err)
	}
	if size > in.limits().body {
		return h.refuse(ctx, fault.New(fault.BodyTooLarge))
	}
	in.Language = languageOf(r.Header.Get("Accept-Language"), in.Actor)
	return h.run(ctx, params)
}

// enter waits for a slot, and reports whether there was one in time.
func enter(ctx context.Context, gate chan struct{}) bool {
	ctx, cancel := context.WithTimeout(ctx, queue)
	defer cancel()
	select {
	case gate <- struct{}{}:
		return true
	case <-ctx.Done():
		return false
	}
}

func (h *handler) run(ctx context.Context, params *graphql.RawParams) *graphql.Response {
	op, errs := h.exec.CreateOperationContext(ctx, params)
	ctx = graphql.WithOperationContext(ctx, op)
	if op.Operation != nil {
		if h.Operation != nil {
			h.Operation(ctx, title(op.Operation))
		}
		sent := input{schema: h.Schema.Schema(), items: from(ctx).limits().items}
		if sent.variables(op.Doc, op.Operation, params.Variables); len(sent.bad) > 0 {
			errs = sent.bad
		}
	} else if op.Doc != nil && params.OperationName == "" {
		return h.refuse(ctx, fault.Because(fault.GraphqlValidationFailed, "The document has several operations: send the name of the one to run as operationName."))
	}
	if len(errs) > 0 {
		return h.exec.DispatchError(ctx, errs)
	}
	if isSubscription(op) {
		if err := h.subscribe(op, from(ctx)); err != nil {
			return h.refuse(ctx, err)
		}
		return nil
	}
	respond, ctx := h.exec.DispatchOperation(ctx, op)
	if answer := respond(ctx); answer != nil {
		return answer
	}
	return h.refuse(ctx, fault.New(fault.Timeout)) // gqlgen returns no answer if the time was over before it began
}

// title returns an operation's name for the log; an operation without a name is named after its first field.
func title(op *ast.OperationDefinition) string {
	name := op.Name
	if field, ok := op.SelectionSet[0].(*ast.Field); ok && name == "" {
		name = field.Name
	}
	return string(op.Operation) + " " + name[:min(len(name), 100)]
}
