// Package download hands files out to who has a session: what is no GraphQL, and no page of the app.
package download

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/person"
)

// Handler answers GET requests with a file. At most AtOnce are made at the same moment.
type Handler struct {
	// Visit is who asks; name is what the audit calls it.
	Visit  func(r *http.Request, name string, now time.Time) (person.Visit, error)
	Name   string
	AtOnce int
	Log    *slog.Logger
	// Write writes the file, or gives the refusal before anything is written.
	Write func(ctx context.Context, w http.ResponseWriter, r *http.Request, v person.Visit) error

	gate chan struct{}
}

// New makes the handler.
func New(h Handler) http.Handler {
	h.gate = make(chan struct{}, h.AtOnce)
	return &h
}

// ServeHTTP answers one request.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		w.Header().Set("Allow", http.MethodGet)
		refuse(w, http.StatusMethodNotAllowed, fault.New(fault.BadRequest))
		return
	}
	select {
	case h.gate <- struct{}{}:
		defer func() { <-h.gate }()
	default:
		h.fail(w, r, fault.New(fault.Busy))
		return
	}
	out := &written{ResponseWriter: w}
	v, err := h.Visit(r, h.Name, time.Now())
	if err == nil {
		err = h.Write(r.Context(), out, r, v)
	}
	switch {
	case err == nil:
	case out.any:
		h.Log.WarnContext(r.Context(), "download broken off", "file", h.Name, "error", err)
		panic(http.ErrAbortHandler) // so that nobody takes the part for the whole
	default:
		h.fail(w, r, err)
	}
}

// written tells whether anything was.
type written struct {
	http.ResponseWriter
	any bool
}

// Write writes on.
func (w *written) Write(bytes []byte) (int, error) {
	w.any = true
	return w.ResponseWriter.Write(bytes)
}

// Unwrap lets the response's controller find the writer.
func (w *written) Unwrap() http.ResponseWriter { return w.ResponseWriter }

var statuses = map[fault.Code]int{fault.Unauthenticated: http.StatusUnauthorized, fault.Invalid: http.StatusBadRequest,
	fault.NotFound: http.StatusNotFound, fault.WrongState: http.StatusGone, fault.Forbidden: http.StatusForbidden,
	fault.SecondFactorMissing: http.StatusForbidden, fault.Suspended: http.StatusForbidden}

func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	code := fault.CodeOf(err)
	switch code {
	case fault.Busy, fault.Timeout, fault.Conflict:
		w.Header().Set("Retry-After", "1")
		refuse(w, http.StatusServiceUnavailable, fault.New(fault.Busy))
	case fault.Internal:
		h.Log.ErrorContext(r.Context(), "download", "file", h.Name, "error", err)
		refuse(w, http.StatusInternalServerError, fault.New(fault.Internal))
	default:
		refuse(w, statuses[code], fault.New(code))
	}
}

func refuse(w http.ResponseWriter, status int, f *fault.Fault) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(max(status, http.StatusBadRequest))
	_, _ = w.Write([]byte(`{"errors":[{"message":"` + f.Text + `","extensions":{"code":"` + string(f.Code) + `"}}]}` + "\n"))
}

// Named sets what a file is called and is of; it is kept nowhere.
func Named(w http.ResponseWriter, contentType, name string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
}
