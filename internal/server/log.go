package server

import (
	"context"
	"crypto/rand"
	"log/slog"
	"net/http"
	"strconv"
	"strings"
	"time"

	"jastarhub/internal/postgres"
)

const requestID = "X-Request-Id"

// accessLog writes a line for each request, without what people sent.
type accessLog struct {
	next        http.Handler
	log         *slog.Logger
	development bool
}

// entry is what the line says about a request.
type entry struct {
	id         string
	operation  string
	statements *postgres.Counter
}

type entryKey struct{}

// NameOperation sets the operation of the request in the access log.
func NameOperation(ctx context.Context, name string) {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		e.operation = name
	}
}

// RequestID returns the id of the current request, "" if there is none.
func RequestID(ctx context.Context) string {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		return e.id
	}
	return ""
}

func (a accessLog) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	began := time.Now()
	ctx, statements := postgres.WithCounter(r.Context())
	e := &entry{id: rand.Text(), statements: statements} // not the client's own id, which would stay in the audit log for ever
	served := r.WithContext(context.WithValue(ctx, entryKey{}, e))
	w.Header().Set(requestID, e.id)
	out := &recorder{ResponseWriter: w, entry: e, tell: a.development}
	defer func() { a.line(served, out, time.Since(began)) }() // also for an answer that is aborted
	a.next.ServeHTTP(out, served)
}

func (a accessLog) line(served *http.Request, out *recorder, took time.Duration) {
	level := slog.LevelInfo
	if served.URL.Path == "/healthz" || served.URL.Path == "/readyz" {
		level = slog.LevelDebug // every few seconds, for ever
	}
	attributes := []slog.Attr{slog.String("method", served.Method), slog.String("route", routeOf(served)), slog.Int("status", out.status),
		slog.Duration("duration", took), slog.Int("bytes", out.bytes)}
	if out.operation != "" {
		attributes = append(attributes, slog.String("operation", out.operation), slog.Int("statements", out.statements.N()))
	}
	a.log.LogAttrs(served.Context(), level, "request", attributes...)
}

// routeOf returns the pattern that the request's path matched. The path itself is not logged, however it is spelled: it may
// contain a link's token, or the number of a certificate.
func routeOf(r *http.Request) string {
	_, route, withMethod := strings.Cut(r.Pattern, " ")
	if !withMethod {
		return r.Pattern
	}
	return route
}

// recorder records what was answered.
type recorder struct {
	http.ResponseWriter
	*entry
	tell   bool // whether to send the number of statements, in development
	status int  // 0 until the header is sent
	bytes  int
}

// WriteHeader sends the header.
func (r *recorder) WriteHeader(status int) {
	r.status = status
	if r.tell {
		r.Header().Set("Hub-Statements", strconv.Itoa(r.statements.N()))
	}
	r.ResponseWriter.WriteHeader(status)
}

// Write sends a piece of the body.
func (r *recorder) Write(b []byte) (int, error) {
	if r.status == 0 {
		r.WriteHeader(http.StatusOK)
	}
	n, err := r.ResponseWriter.Write(b)
	r.bytes += n
	return n, err
}

// Flush sends what is written so far. The compressing writer only looks for an http.Flusher.
func (r *recorder) Flush() { _ = http.NewResponseController(r.ResponseWriter).Flush() }

// Unwrap lets http.ResponseController find the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// WithRequest adds the request's id to every line that is logged for a request.
func WithRequest(h slog.Handler) slog.Handler { return requestHandler{h} }

type requestHandler struct{ slog.Handler }

func (h requestHandler) Handle(ctx context.Context, record slog.Record) error {
	if e, ok := ctx.Value(entryKey{}).(*entry); ok {
		record.AddAttrs(slog.String("request", e.id))
	}
	return h.Handler.Handle(ctx, record)
}

func (h requestHandler) WithAttrs(attributes []slog.Attr) slog.Handler {
	return requestHandler{h.Handler.WithAttrs(attributes)}
}

func (h requestHandler) WithGroup(name string) slog.Handler {
	return requestHandler{h.Handler.WithGroup(name)}
}
