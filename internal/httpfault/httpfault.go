// Package httpfault answers refused HTTP requests outside GraphQL: with the same errors as GraphQL, and the status of their code.
package httpfault

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"runtime/debug"
	"strconv"
	"time"

	"jastarhub/internal/fault"
)

// Handler answers with what do writes, or with the refusal that do returns. An answer that has begun cannot be replaced: then the
// connection is closed, so that nobody takes a part of it for the whole.
func Handler(log *slog.Logger, do func(w http.ResponseWriter, r *http.Request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &begun{ResponseWriter: w}
		err := do(out, r)
		switch {
		case err == nil:
		case out.any:
			if r.Context().Err() == nil { // otherwise the client has left
				log.WarnContext(r.Context(), "answer interrupted", "error", err)
			}
			panic(http.ErrAbortHandler)
		default:
			Write(r.Context(), w, log, err)
		}
	})
}

// Write answers with the refusal in err, see Refusal.
func Write(ctx context.Context, w http.ResponseWriter, log *slog.Logger, err error) {
	list, id := refusals(ctx, log, err)
	answer(w, Status(list[0].Code), list, id)
}

// Refusal returns the refusal in err, for handlers that answer with a page or a redirection. An error that is not a fault is
// INTERNAL: it is logged with an id, which Write puts into the answer too. Work that took too long is TIMEOUT, and so is work that
// was given up because the client disconnected: nobody did anything wrong.
func Refusal(ctx context.Context, log *slog.Logger, err error) *fault.Fault {
	list, _ := refusals(ctx, log, err)
	return list[0]
}

func refusals(ctx context.Context, log *slog.Logger, err error) (list fault.List, id string) {
	if one, ok := errors.AsType[*fault.Fault](err); ok {
		list = fault.List{one}
	}
	if many, ok := errors.AsType[fault.List](err); ok && len(many) > 0 {
		list = many
	}
	switch {
	case list != nil:
	case errors.Is(err, context.Canceled) && ctx.Err() != nil:
		return fault.List{fault.New(fault.Timeout)}, ""
	case errors.Is(err, context.DeadlineExceeded):
		list = fault.List{fault.New(fault.Timeout)}
	default:
		return internal(ctx, log, "error", err)
	}
	if code := list[0].Code; code == fault.Busy || code == fault.Timeout {
		log.WarnContext(ctx, "refused", "code", code)
	}
	return list, ""
}

// Refuse answers with one refusal.
func Refuse(w http.ResponseWriter, f *fault.Fault) { answer(w, Status(f.Code), fault.List{f}, "") }

// MethodNotAllowed answers a request whose method is not allowed.
func MethodNotAllowed(w http.ResponseWriter, allowed string) {
	w.Header().Set("Allow", allowed)
	answer(w, http.StatusMethodNotAllowed, fault.List{fault.Because(fault.BadRequest, "Only "+allowed+" is allowed here.")}, "")
}

// Recover answers INTERNAL where a handler panics, and logs the reason once, with the id that the answer carries. Where a part of
// the answer has been sent, the connection is closed, so that nobody takes the part for the whole.
func Recover(log *slog.Logger, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		out := &begun{ResponseWriter: w}
		defer func() {
			switch value := recover(); {
			case value == nil:
			case value == http.ErrAbortHandler: // the handler wants to abort
				panic(value)
			case out.any:
				log.ErrorContext(r.Context(), "internal error", "id", rand.Text(), "error", fmt.Sprint("panic: ", value), "stack", string(debug.Stack()))
				panic(http.ErrAbortHandler)
			default:
				list, id := internal(r.Context(), log, "error", fmt.Sprint("panic: ", value), "stack", string(debug.Stack()))
				answer(w, http.StatusInternalServerError, list, id)
			}
		}()
		next.ServeHTTP(out, r)
	})
}

// begun remembers whether an answer has begun.
type begun struct {
	http.ResponseWriter
	any bool
}

// WriteHeader sends the header.
func (b *begun) WriteHeader(status int) {
	b.any = true
	b.ResponseWriter.WriteHeader(status)
}

// Write sends a piece of the body.
func (b *begun) Write(bytes []byte) (int, error) {
	b.any = true
	return b.ResponseWriter.Write(bytes)
}

// Unwrap lets http.ResponseController find the connection.
func (b *begun) Unwrap() http.ResponseWriter { return b.ResponseWriter }

func internal(ctx context.Context, log *slog.Logger, attributes ...any) (list fault.List, id string) {
	id = rand.Text()
	log.ErrorContext(ctx, "internal error", append([]any{"id", id}, attributes...)...)
	return fault.List{fault.New(fault.Internal)}, id
}

// shortly is how long to wait where the wait is not known.
const shortly = time.Second

// SetHeaders sets the headers that a refusal's status requires; wait is how long the client should wait, 0 where that is not
// known.
func SetHeaders(header http.Header, status int, wait time.Duration) {
	switch status {
	case http.StatusServiceUnavailable, http.StatusTooManyRequests:
		header.Set("Retry-After", strconv.Itoa(fault.Seconds(max(wait, shortly))))
	case http.StatusUnauthorized:
		header.Set("WWW-Authenticate", "Bearer")
	case http.StatusRequestEntityTooLarge:
		header.Set("Connection", "close") // the rest of the request is not read
	}
}

func answer(w http.ResponseWriter, status int, list fault.List, id string) {
	type told struct {
		Message    string         `json:"message"`
		Extensions map[string]any `json:"extensions"`
	}
	all := make([]told, len(list))
	for i, f := range list {
		extensions := f.Extensions()
		if id != "" {
			extensions["id"] = id
		}
		all[i] = told{f.Text, extensions}
	}
	body, _ := json.Marshal(map[string]any{"errors": all}) // strings can always be marshalled
	header := w.Header()
	for _, name := range []string{"Content-Disposition", "Content-Encoding", "Content-Length", "ETag"} { // of the answer that is replaced
		header.Del(name)
	}
	SetHeaders(header, status, list[0].Wait)
	header.Set("Content-Type", "application/json; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write(append(body, '\n')) // a client that has disconnected needs no answer
}
