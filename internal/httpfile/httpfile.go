// Package httpfile serves files to people with a session, outside GraphQL and the app's pages.
package httpfile

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"jastarhub/internal/account"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
)

// Handler answers GET requests with a file. It makes at most AtOnce files at the same time.
type Handler struct {
	// Visit returns who asks; name is the name of the request in the audit log.
	Visit  func(r *http.Request, name string, now time.Time) (account.Visit, error)
	Name   string
	AtOnce int
	Log    *slog.Logger
	Now    func() time.Time
	// Write writes the file, or returns the refusal before anything is written.
	Write func(ctx context.Context, w http.ResponseWriter, r *http.Request, v account.Visit) error
}

// New returns the handler.
func New(h Handler) http.Handler {
	gate := make(chan struct{}, h.AtOnce)
	return httpfault.Handler(h.Log, func(w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodGet {
			httpfault.MethodNotAllowed(w, http.MethodGet)
			return nil
		}
		select {
		case gate <- struct{}{}:
			defer func() { <-gate }()
		default:
			return fault.New(fault.Busy)
		}
		v, err := h.Visit(r, h.Name, h.Now())
		if err != nil {
			return err
		}
		return h.Write(r.Context(), w, r, v)
	})
}

// Named sets the name and content type of a file, and forbids caches to store it.
func Named(w http.ResponseWriter, contentType, name string) {
	w.Header().Set("Content-Type", contentType)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
}
