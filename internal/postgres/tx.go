package postgres

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

const attempts = 3

// Tx runs fn in a transaction: it commits if fn returns nil and rolls back if fn fails or panics. Errors are mapped.
//
// Every write goes through it. Outside a transaction database/sql may send a statement twice when the answer to the first was
// lost.
//
// If the database aborted the transaction because of others (deadlock, serialization), or the connection was lost before the
// commit, nothing of it has happened and fn runs again, three times at most. So fn must have no effects that outlive a rollback:
// it sends nothing, and it sets its results again on each run.
func (db *DB) Tx(ctx context.Context, fn func(tx *sqlx.Tx) error) error {
	for attempt := 1; ; attempt++ {
		again, err := db.try(ctx, fn)
		db.written(ctx, err)
		if err == nil || !again || attempt == attempts {
			return Map(err)
		}
		// Transactions that were aborted together must not come back together.
		pause := time.Duration(rand.Int64N(int64(attempt) * int64(20*time.Millisecond)))
		select {
		case <-ctx.Done():
			return Map(ctx.Err())
		case <-time.After(pause):
		}
	}
}

// try makes one attempt; again reports whether its failure left nothing behind and another attempt may succeed.
func (db *DB) try(ctx context.Context, fn func(tx *sqlx.Tx) error) (again bool, err error) {
	defer func() {
		// Once the context is done, database/sql rolls back by itself, and afterwards only says that the transaction is over.
		if errors.Is(err, sql.ErrTxDone) && ctx.Err() != nil {
			err = ctx.Err()
		}
	}()
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return false, err
	}
	defer func() { _ = tx.Rollback() }() // does nothing after a commit
	if err := fn(tx); err != nil {
		return brokenOff(err) || errors.Is(err, driver.ErrBadConn), err
	}
	err = tx.Commit()
	// If the connection was lost now, it may have been lost after the commit.
	return brokenOff(err), err
}

func brokenOff(err error) bool {
	return pq.As(err, pqerror.TRDeadlockDetected, pqerror.TRSerializationFailure) != nil
}
