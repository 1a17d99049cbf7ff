// Package postgres opens the database in the one way the hub uses it: bounded waits everywhere, statements prepared
// once per connection, explicit transactions, and SQL errors turned into faults.
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

// Options are what differs between the pools of one hub.
type Options struct {
	MaxConns         int           // 0 is 10
	Name             string        // shown as application_name in pg_stat_activity; empty is "hub"
	StatementTimeout time.Duration // 0 is 3 s; negative is none, for migrations, seeds and long COPYs
	Log              *slog.Logger  // of what the server warns of, and of a server that takes no writes; nil is none
}

// Open makes a pool and sees that a server answers. The url is a postgres:// URL or a key=value string; where it
// names several hosts, each new connection goes to the one that takes writes.
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
	// A connection is worth its prepared statements: keep what was opened, but not for ever, so that a quiet night
	// gives memory back to the server.
	pool.SetMaxIdleConns(o.MaxConns)
	pool.SetConnMaxIdleTime(10 * time.Minute)
	pool.SetConnMaxLifetime(time.Hour)
	if err := pool.PingContext(ctx); err != nil {
		_ = pool.Close()
		return nil, err
	}
	return &DB{DB: sqlx.NewDb(pool, "postgres"), connector: c}, nil
}
