// Package page serves everything that is stored about a person to anyone who has the token for it.
package page

import (
	"bufio"
	"context"
	"log/slog"
	"net/http"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/privacy"
)

const (
	mostBytes = 1 << 10          // of a form
	atOnce    = 4                // downloads
	patience  = 20 * time.Second // for a client that reads the next page
)

// New returns the handler of POST /me/data.json: a form with the token of requestData. The token alone opens the download, so
// that another site, which does not know it, cannot cause one; it is in no address that a log keeps.
func New(service *privacy.Service, log *slog.Logger, requestID func(context.Context) string) http.Handler {
	gate := make(chan struct{}, atOnce)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			httpfault.MethodNotAllowed(w, http.MethodPost)
			return
		}
		select {
		case gate <- struct{}{}:
			defer func() { <-gate }()
		default:
			httpfault.Write(r.Context(), w, log, &fault.Fault{Code: fault.Busy, Text: fault.Busy.Text(), Wait: 5 * time.Second})
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, mostBytes)
		now := time.Now()
		whose, err := service.Take(r.Context(), r.PostFormValue("token"), requestID(r.Context()), now)
		if err != nil {
			httpfault.Write(r.Context(), w, log, err)
			return
		}
		header := w.Header()
		header.Set("Content-Type", "application/json; charset=utf-8")
		header.Set("Content-Disposition", `attachment; filename="jastar-hub-data.json"`)
		header.Set("Cache-Control", "no-store")
		control, out := http.NewResponseController(w), bufio.NewWriter(w)
		err = service.Write(r.Context(), out, whose, now, func() error { return control.SetWriteDeadline(time.Now().Add(patience)) })
		if err == nil {
			err = out.Flush()
		}
		if err != nil {
			log.WarnContext(r.Context(), "download interrupted", "error", err)
			panic(http.ErrAbortHandler) // so that nobody takes a part of the file for the whole
		}
	})
}
