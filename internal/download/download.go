// Package download serves files to people with a session, outside GraphQL and the app's pages.
package download

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/person"
)

// Handler answers GET requests with a file. It makes at most AtOnce files at the same time.
type Handler struct {
	// Visit returns who asks; name is the name of the request in the audit log.
	Visit  func(r *http.Request, name string, now time.Time) (person.Visit, error)
	Name   string
	AtOnce int
	Log    *slog.Logger
	// Write writes the file, or returns the refusal before anything is written.
	Write func(ctx context.Context, w http.ResponseWriter, r *http.Request, v person.Visit) error

	gate chan struct{}
}

// New returns the handler.
func New(h Handler) http.Handler {
	h.gate = make(chan struct{}, h.AtOnce)
	return &h
}

func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet {
		httpfault.MethodNotAllowed(w, http.MethodGet)
		return
	}
	select {
	case h.gate <- struct{}{}:
		defer func() { <-h.gate }()
	default:
		httpfault.Write(r.Context(), w, h.Log, fault.New(fault.Busy))
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
		h.Log.WarnContext(r.Context(), "download interrupted", "file", h.Name, "error", err)
		panic(http.ErrAbortHandler) // so that nobody takes a part of the file for the whole
	default:
		httpfault.Write(r.Context(), w, h.Log, err)
	}
}

// written records whether anything was written.
type written struct {
	http.ResponseWriter
	any bool
}

// Write passes the bytes on.
func (w *written) Write(bytes []byte) (int, error) {
	w.any = true
	return w.ResponseWriter.Write(bytes)
}

// Unwrap lets http.ResponseController find the writer.
func (w *written) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// Named sets the name and content type of a file, and forbids caches to store it.
func Named(w http.ResponseWriter, contentType, name string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
}
