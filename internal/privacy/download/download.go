// Package download serves everything that is stored about a person to anyone who has the token for it.
package download

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/httpfile"
	"jastarhub/internal/privacy"
)

const (
	mostBytes = 1 << 10          // of a form
	atOnce    = 4                // downloads
	patience  = 20 * time.Second // for a client that reads the next page
)

// New returns the handler of POST /me/data.json: a form with the token of requestData. The token alone opens the download, so
// that another site, which does not know it, cannot cause one; it is in no address that a log keeps.
func New(service *privacy.Service, log *slog.Logger, requestID func(context.Context) string, clock func() time.Time) http.Handler {
	gate := make(chan struct{}, atOnce)
	return httpfault.Handler(log, func(w http.ResponseWriter, r *http.Request) error {
		if r.Method != http.MethodPost {
			httpfault.MethodNotAllowed(w, http.MethodPost)
			return nil
		}
		select {
		case gate <- struct{}{}:
			defer func() { <-gate }()
		default:
			return &fault.Fault{Code: fault.Busy, Text: fault.Busy.Text(), Wait: 5 * time.Second}
		}
		if err := httpfault.Form(w, r, mostBytes); err != nil {
			return err
		}
		now := clock()
		whose, err := service.Take(r.Context(), r.PostForm.Get("token"), requestID(r.Context()), now)
		if err != nil {
			return err
		}
		httpfile.Named(w, "application/json; charset=utf-8", "jastar-hub-data.json")
		control, out := http.NewResponseController(w), bufio.NewWriter(w)
		err = service.Write(r.Context(), out, whose, now, func() error { return control.SetWriteDeadline(time.Now().Add(patience)) })
		if err != nil {
			return err
		}
		return out.Flush()
	})
}
