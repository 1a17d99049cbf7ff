package postgres

import (
	"context"
	"fmt"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// refusal is a write that the server could not accept at all: it has no space left, or is a standby.
type refusal struct {
	cause error
	at    time.Time
}

// remembered is how long after a refused write the database counts as refusing writes.
const remembered = 10 * time.Second

func (r *refusal) holds(now time.Time) bool { return r != nil && now.Sub(r.at) < remembered }

// written records the outcome of a write. Only the first of consecutive refusals is logged.
func (db *DB) written(ctx context.Context, err error) {
	cause := pq.As(err, pqerror.ReadOnlySQLTransaction, pqerror.DiskFull)
	if cause == nil {
		return
	}
	now := time.Now()
	if before := db.refusal.Swap(&refusal{cause, now}); !before.holds(now) {
		db.connector.log.ErrorContext(ctx, "the database accepts no writes", "error", cause)
	}
}

// Writable returns nil unless the server has just refused to write.
func (db *DB) Writable() error {
	if r := db.refusal.Load(); r.holds(time.Now()) {
		return fmt.Errorf("the database accepts no writes: %w", r.cause)
	}
	return nil
}
