package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"sync"
	"sync/atomic"
)

var errOutdated = errors.New("another server was promoted and this is the old primary: stop it, or make it follow the new one")

// newest is the newest timeline that this process has seen in each cluster, by the cluster's identifier: a promotion begins a new
// one. In everything else a former primary that comes back looks the same as before.
var newest sync.Map

// origin is the server and timeline that a connection leads to.
type origin struct {
	timeline int64
	newest   *atomic.Int64
}

// outdated reports whether another server has been promoted since.
func (o origin) outdated() bool { return o.newest != nil && o.timeline < o.newest.Load() }

// originOf asks the server of a new connection for its cluster and timeline.
func originOf(ctx context.Context, c driver.QueryerContext) (origin, error) {
	rows, err := c.QueryContext(ctx, `select system_identifier,
		('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::bigint from pg_control_system()`, nil)
	if err != nil {
		return origin{}, err
	}
	row := make([]driver.Value, 2)
	if err := errors.Join(rows.Next(row), rows.Close()); err != nil {
		return origin{}, err
	}
	known, _ := newest.LoadOrStore(row[0], &atomic.Int64{})
	o := origin{row[1].(int64), known.(*atomic.Int64)}
	for seen := o.newest.Load(); seen < o.timeline && !o.newest.CompareAndSwap(seen, o.timeline); seen = o.newest.Load() {
	}
	return o, nil
}
