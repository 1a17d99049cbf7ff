package postgres

import (
	"context"
	"sync/atomic"
)

// Counter counts the statements that were run under one context, so that a test can check a query's number of statements and a
// log line can show it. BEGIN, COMMIT, ROLLBACK, preparing and the rows of a COPY do not count.
type Counter struct{ n atomic.Int64 }

// N returns the number of statements so far.
func (c *Counter) N() int { return int(c.n.Load()) }

type counterKey struct{}

// WithCounter returns a context under which statements are counted.
func WithCounter(ctx context.Context) (context.Context, *Counter) {
	c := &Counter{}
	return context.WithValue(ctx, counterKey{}, c), c
}

func count(ctx context.Context) {
	if c, ok := ctx.Value(counterKey{}).(*Counter); ok {
		c.n.Add(1)
	}
}
