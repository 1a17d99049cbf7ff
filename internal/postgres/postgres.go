// Package postgres opens the database the way the hub uses it: limited waits everywhere, statements prepared once per connection,
// explicit transactions, and SQL errors turned into faults.
package postgres

import (
	"context"
	"database/sql"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/jmoiron/sqlx"
)

// DB is a pool of connections.
type DB struct {
	*sqlx.DB
	connector *connector
	refusal   atomic.Pointer[refusal]
}

// Options differ between the pools of one hub.
type Options struct {
	MaxConns         int           // 0 is 10
	Name             string        // shown as application_name in pg_stat_activity; empty is "hub"
	StatementTimeout time.Duration // 0 is 3 s; negative is none, for migrations, seeds and long COPYs
	LockTimeout      time.Duration // 0 is 1 s, or 10 s for statements without a limit
	Log              *slog.Logger  // logs the server's warnings, and a server that refuses writes; nil logs nothing
}

// Open makes a pool and checks that a server answers. The url is a postgres:// URL or a key=value string; if it names several
// hosts, each new connection goes to the one that accepts writes.
func Open(ctx context.Context, url string, o Options) (*DB, error) {
	if o.MaxConns == 0 {
		o.MaxConns = 10
	}
	if o.Name == "" {
		o.Name = "hub"
	}
	if o.StatementTimeout == 0 {
		o.StatementTimeout = 3 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	c, err := newConnector(url, o)
	if err != nil {
		return nil, err
	}
	c.survey(ctx)
	pool := sql.OpenDB(c)
	pool.SetMaxOpenConns(o.MaxConns)
	// Prepared statements make a connection valuable: keep open connections, but not for ever, so that memory goes back to the
	// server in a quiet night.
	pool.SetMaxIdleConns(o.MaxConns)
	pool.SetConnMaxIdleTime(10 * time.Minute)
	pool.SetConnMaxLifetime(time.Hour)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, err
	}
	return &DB{DB: sqlx.NewDb(pool, "postgres"), connector: c}, nil
}
