// Package worker does background work.
package worker

import (
	"context"
	"log/slog"
	"math/rand/v2"
	"sync"
	"time"

	"jastarhub/internal/fault"
)

// Job is something to do repeatedly. Several hubs may do it at once, and it may be interrupted.
type Job struct {
	Name  string
	Every time.Duration
	Do    func(ctx context.Context, now time.Time) error
}

// Run does the jobs until ctx is done, and returns when the last has ended. A job that fails is tried again at its next time.
func Run(ctx context.Context, log *slog.Logger, now func() time.Time, jobs ...Job) {
	var running sync.WaitGroup
	for _, job := range jobs {
		running.Go(func() { job.repeat(ctx, log.With("job", job.Name), now) })
	}
	running.Wait()
}

func (j Job) repeat(ctx context.Context, log *slog.Logger, now func() time.Time) {
	// Hubs that were started together do not run their jobs together.
	for pause := rand.N(j.Every); ; pause = j.Every*9/10 + rand.N(j.Every/5+1) {
		select {
		case <-ctx.Done():
			return
		case <-time.After(pause):
			if err := fault.Caught(func() error { return j.Do(ctx, now()) }); err != nil && ctx.Err() == nil {
				log.ErrorContext(ctx, "job failed", "error", err)
			}
		}
	}
}
