package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/internal/fault"
	"jastarhub/internal/live"
)

// heartbeat is how often a stream sends a sign of life, so that no proxy in between closes it; a client that does not read within
// slowest is disconnected.
const (
	heartbeat = 15 * time.Second
	slowest   = 10 * time.Second
)

// streams reports whether the client accepts a stream of events.
func streams(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.Contains(r.Header.Get("Accept"), eventStream)
}

// subscribed is the state of a subscription: the operation, what each of its events costs, and who watches what.
type subscribed struct {
	op       *graphql.OperationContext
	question string // equal for equal subscriptions
	cost     int
	watcher  *live.Watcher
}

// subscribe begins a subscription. Codes: BAD_REQUEST, UNAUTHENTICATED, NOT_FOUND, RATE_LIMITED, BUSY.
func (h *handler) subscribe(op *graphql.OperationContext, in *request) error {
	if h.Live == nil || !in.streams {
		return fault.Because(fault.BadRequest, "Send subscriptions by POST with Accept: text/event-stream.")
	}
	topic, err := topicOf(op, in)
	if err != nil {
		return err
	}
	watcher, err := h.Live.Watch(topic, in.Actor, in.network.String())
	if err == nil {
		in.stream = &subscribed{op, questionOf(op, in), in.cost, watcher}
	}
	return err
}

// stream writes an answer for each event until either side ends it. An event counts like a request: while there is no slot for it
// or its cost exceeds the budget, it waits, and a newer one replaces it.
func (h *handler) stream(w http.ResponseWriter, r *http.Request, in *request) {
	events := in.stream.watcher.Events
	defer h.Live.Leave(in.stream.watcher)
	out := newEventWriter(w)
	var waiting *live.Event
	retry := time.NewTimer(0)
	defer retry.Stop()
	<-retry.C
	tell := func(event live.Event) (more bool) {
		answer := h.event(r.Context(), in, event)
		if waiting = nil; answer.wait > 0 {
			waiting = &event
			retry.Reset(answer.wait)
			return true
		}
		return out.next(answer.text) && !(answer.last && out.complete())
	}
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for going := out.alive(); going; {
		select {
		case <-r.Context().Done():
			return
		case <-alive.C:
			going = out.alive()
		case <-retry.C:
			going = tell(*waiting)
		case event, open := <-events:
			switch {
			case !open:
				out.complete()
				return
			case waiting != nil && event.Err == nil:
				waiting = &event
			default:
				going = tell(event)
			}
		}
	}
}

// eventWriter writes a stream of events in the protocol of graphql-sse.
type eventWriter struct {
	w   http.ResponseWriter
	out *http.ResponseController
}

func newEventWriter(w http.ResponseWriter) eventWriter {
	header := w.Header()
	header.Set("Content-Type", eventStream+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // nginx would otherwise buffer the events
	return eventWriter{w, http.NewResponseController(w)}
}

// write sends some lines, and reports whether the client read them in time.
func (e eventWriter) write(lines string) bool {
	if err := e.out.SetWriteDeadline(time.Now().Add(slowest)); err != nil {
		return false
	}
	if _, err := e.w.Write([]byte(lines)); err != nil {
		return false
	}
	return e.out.Flush() == nil
}

func (e eventWriter) alive() bool { return e.write(":\n\n") }

func (e eventWriter) next(answer []byte) bool { return e.write(string(nextEvent(answer))) }

func (e eventWriter) complete() bool { return e.write(completeEvent) }

// The events of graphql-sse: an answer, and the end of the answers.
const completeEvent = "event: complete\ndata:\n\n"

func nextEvent(answer []byte) []byte {
	return slices.Concat([]byte("event: next\ndata: "), answer, []byte("\n\n"))
}

// questionOf identifies what is asked: by the operation, its variables and the language.
func questionOf(op *graphql.OperationContext, in *request) string {
	variables, _ := json.Marshal(op.Variables) // they were JSON before
	return fmt.Sprint(in.Language, op.OperationName, string(variables), op.RawQuery)
}

// event returns what a watcher is told about one event.
func (h *handler) event(ctx context.Context, began *request, event live.Event) told {
	seen, _ := event.Value.(*sight)
	if event.Err != nil {
		seen = nil
	}
	return seen.answered(began.stream.question, func() told {
		return h.ask(context.WithoutCancel(ctx), began, event) // others wait for it too
	})
}

// ask runs the operation for one event, as a request of the watcher would be answered now, in a slot of the events' own: so
// requests never wait behind all of them.
func (h *handler) ask(ctx context.Context, began *request, event live.Event) told {
	in := &request{Actor: event.Actor, Language: began.Language, Now: h.Now(), Address: began.Address, ID: began.ID,
		schema: began.schema, network: began.network, event: event}
	ctx = context.WithValue(ctx, requestKey{}, in)
	if event.Err != nil {
		return told{text: written(h.refuse(ctx, event.Err)), last: true}
	}
	if !enter(ctx, h.events) {
		return told{wait: queue}
	}
	defer func() { <-h.events }()
	if !enter(ctx, h.gate) {
		return told{wait: queue}
	}
	defer func() { <-h.gate }()
	if h.limiter.charge(ctx, began.stream.cost) != nil {
		return told{wait: in.wait}
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	respond, ctx := h.exec.DispatchOperation(graphql.WithOperationContext(ctx, began.stream.op), began.stream.op)
	answer := respond(ctx)
	if answer == nil {
		answer = h.refuse(ctx, fault.New(fault.Timeout))
	}
	return told{text: written(answer), last: answer.Data == nil || string(answer.Data) == "null"}
}

// isSubscription reports whether an operation is a subscription.
func isSubscription(op *graphql.OperationContext) bool {
	return op.Operation != nil && op.Operation.Operation == ast.Subscription
}
