package httpfault

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/fault"
)

func TestEachCodeHasOneStatus(t *testing.T) {
	t.Parallel()
	n := 0
	for _, codes := range statuses {
		n += len(codes)
	}
	if n != len(byCode) {
		t.Errorf("%d codes stand in the table %d times", len(byCode), n)
	}
}

func TestWrite(t *testing.T) {
	t.Parallel()
	for what, c := range map[string]struct {
		err               error
		status            int
		retry, body, logs string
	}{
		"a field": {fault.Field("from", "must be a day"), 422, "",
			`{"errors":[{"message":"must be a day","extensions":{"code":"INVALID","field":"from"}}]}` + "\n", ""},
		"two": {fault.List{fault.Field("a", "x"), fault.Missing("b")}, 422, "", `{"errors":[{"message":"x","extensions":{"code":"INVALID","field":"a"}},` +
			`{"message":"` + fault.NotFound.Text() + `","extensions":{"code":"NOT_FOUND","field":"b"}}]}` + "\n", ""},
		"a wait": {fault.After(fault.TryLater, 5*time.Minute+time.Millisecond, "In %d s."), 429, "301",
			`{"errors":[{"message":"In 301 s.","extensions":{"code":"TRY_LATER","retryAfter":301}}]}` + "\n", ""},
		"busy": {fault.New(fault.Busy), 503, "1", "", "code=BUSY"},
		"too slow": {fmt.Errorf("read: %w", context.DeadlineExceeded), 503, "1",
			`{"errors":[{"message":"` + fault.Timeout.Text() + `","extensions":{"code":"TIMEOUT"}}]}` + "\n", "code=TIMEOUT"},
		"not the client's leaving": {context.Canceled, 500, "", "", "internal error"},
		"unknown":                  {errors.New("a secret"), 500, "", "", "a secret"},
	} {
		var log bytes.Buffer
		w := httptest.NewRecorder()
		Write(context.Background(), w, slog.New(slog.NewTextHandler(&log, nil)), c.err)
		if w.Code != c.status || w.Header().Get("Retry-After") != c.retry || c.body != "" && w.Body.String() != c.body || !strings.Contains(log.String(), c.logs) ||
			strings.Contains(w.Body.String(), "secret") || w.Header().Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v %s; logged %s", what, w.Code, w.Header(), w.Body, log.String())
		}
	}
}

// TestWhoLeft: a client that has disconnected gets no answer, and nothing is logged as a failure of the hub.
func TestWhoLeft(t *testing.T) {
	t.Parallel()
	ctx, leave := context.WithCancel(t.Context())
	leave()
	var log bytes.Buffer
	w := httptest.NewRecorder()
	Write(ctx, w, slog.New(slog.NewTextHandler(&log, nil)), fmt.Errorf("read: %w", ctx.Err()))
	if log.Len() > 0 || w.Code != http.StatusServiceUnavailable {
		t.Errorf("%d; logged %s", w.Code, log.String())
	}
}

// TestRecoverInTheMiddle: an answer that has begun is cut off, and logged once; a handler that aborts on purpose is not a
// failure.
func TestRecoverInTheMiddle(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		value any
		logs  int
	}{{"lost", 1}, {http.ErrAbortHandler, 0}} {
		var log bytes.Buffer
		server := httptest.NewServer(Recover(slog.New(slog.NewTextHandler(&log, nil)), http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Length", "10")
			_, _ = io.WriteString(w, "half")
			_ = http.NewResponseController(w).Flush()
			panic(c.value)
		})))
		answer, err := http.Get(server.URL)
		if err == nil {
			_, err = io.ReadAll(answer.Body)
			_ = answer.Body.Close()
		}
		server.Close()
		if err == nil || strings.Count(log.String(), "internal error") != c.logs {
			t.Errorf("%v: %v; logged %s", c.value, err, log.String())
		}
	}
}
