package graph

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/internal/fault"
	"jastarhub/internal/live"
)

const eventStream = "text/event-stream"

// heartbeat is how often a stream says that it is alive, so that nobody between takes it for dead; who does not take what is
// written within slowest is let go.
const (
	heartbeat = 15 * time.Second
	slowest   = 10 * time.Second
)

// streams tells whether the client takes a stream of events.
func streams(r *http.Request) bool {
	return r.Method == http.MethodPost && strings.Contains(r.Header.Get("Accept"), eventStream)
}

// subscribed is what a subscription begins with: the operation, and who watches what.
type subscribed struct {
	op       *graphql.OperationContext
	question string // the same where it is the same that is asked
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
		in.stream = &subscribed{op, questionOf(op, in), watcher}
	}
	return err
}

// stream writes an answer for each event until one of both sides has enough.
func (h *handler) stream(w http.ResponseWriter, r *http.Request, in *request) {
	events := in.stream.watcher.Events
	defer h.Live.Leave(in.stream.watcher)
	header := w.Header()
	header.Set("Content-Type", eventStream+"; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("X-Accel-Buffering", "no") // nginx would gather the events
	out := http.NewResponseController(w)
	write := func(text string) bool {
		if err := out.SetWriteDeadline(time.Now().Add(slowest)); err != nil {
			return false
		}
		if _, err := w.Write([]byte(text)); err != nil {
			return false
		}
		return out.Flush() == nil
	}
	alive := time.NewTicker(heartbeat)
	defer alive.Stop()
	for going := write(":\n\n"); going; {
		select {
		case <-r.Context().Done():
			return
		case <-alive.C:
			going = write(":\n\n")
		case event, open := <-events:
			if !open {
				write("event: complete\ndata:\n\n")
				return
			}
			answer := h.event(r.Context(), in, event)
			going = write("event: next\ndata: " + string(answer.text) + "\n\n")
			if answer.last {
				write("event: complete\ndata:\n\n")
				return
			}
		}
	}
}

// questionOf tells apart what is asked: by the operation, its variables and the language.
func questionOf(op *graphql.OperationContext, in *request) string {
	variables, _ := json.Marshal(op.Variables) // they came as JSON
	return fmt.Sprint(in.Language, op.OperationName, string(variables), op.RawQuery)
}

// event is what who watches is told of one event.
func (h *handler) event(ctx context.Context, began *request, event live.Event) told {
	seen, _ := event.Value.(*sight)
	if event.Err != nil {
		seen = nil
	}
	return seen.answered(began.stream.question, func() told {
		answer := h.ask(context.WithoutCancel(ctx), began, event) // others wait for it too
		return told{written(answer), answer.Data == nil || string(answer.Data) == "null"}
	})
}

// ask runs the operation for one event, as the request of who watches would be answered now.
func (h *handler) ask(ctx context.Context, began *request, event live.Event) *graphql.Response {
	in := &request{Actor: event.Actor, Language: began.Language, Now: h.Now(), Address: began.Address, ID: began.ID,
		schema: began.schema, network: began.network, event: event}
	ctx, cancel := context.WithTimeout(context.WithValue(ctx, requestKey{}, in), patience)
	defer cancel()
	if event.Err != nil {
		return h.refuse(ctx, event.Err)
	}
	respond, ctx := h.exec.DispatchOperation(graphql.WithOperationContext(ctx, began.stream.op), began.stream.op)
	if answer := respond(ctx); answer != nil {
		return answer
	}
	return h.refuse(ctx, fault.New(fault.Timeout))
}

// isSubscription tells whether an operation is one.
func isSubscription(op *graphql.OperationContext) bool {
	return op.Operation != nil && op.Operation.Operation == ast.Subscription
}
