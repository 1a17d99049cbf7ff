package worker_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"jastarhub/internal/worker"
)

func TestJobsAreRepeated(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		var good, bad, panics atomic.Int32
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		worker.Run(ctx, slog.New(slog.NewTextHandler(&log, nil)), time.Now,
			worker.Job{Name: "good", Every: time.Minute, Do: func(context.Context, time.Time) error { good.Add(1); return nil }},
			worker.Job{Name: "bad", Every: 10 * time.Minute, Do: func(context.Context, time.Time) error { bad.Add(1); return errors.New("no") }},
			worker.Job{Name: "panics", Every: 20 * time.Minute, Do: func(context.Context, time.Time) error { panics.Add(1); panic("oh") }})
		for name, n := range map[string][3]int32{"good": {good.Load(), 54, 67}, "bad": {bad.Load(), 5, 7}, "panics": {panics.Load(), 2, 4}} {
			if n[0] < n[1] || n[0] > n[2] {
				t.Errorf("%s: %d times in an hour", name, n[0])
			}
		}
		if errs := strings.Count(log.String(), "level=ERROR"); errs != int(bad.Load()+panics.Load()) {
			t.Errorf("%d errors in the log: %s", errs, log.String())
		}
	})
}

func TestAJobThatIsCutShortIsNoError(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
		defer cancel()
		began := time.Now()
		worker.Run(ctx, slog.New(slog.NewTextHandler(&log, nil)), time.Now, worker.Job{Name: "long", Every: time.Minute,
			Do: func(ctx context.Context, _ time.Time) error { <-ctx.Done(); return ctx.Err() }})
		if took := time.Since(began); took != time.Hour || log.Len() > 0 {
			t.Errorf("ended after %s with the log %q", took, log.String())
		}
	})
}
