// Package database opens the database that the hub works with: the one it is given, or one of its own.
package database

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/embedded"
	"jastarhub/internal/reference"
	"jastarhub/migrations"
)

// Database is what the hub works with until Stop.
type Database struct {
	URL string

	own *embedded.Server // nil where the hub was given a URL, or another hub runs the server
	log *slog.Logger
}

// Start uses the database at url or, if that is empty, starts a PostgreSQL server on the data folder and migrates it.
func Start(ctx context.Context, url, dataDir string, log *slog.Logger) (*Database, error) {
	if url != "" {
		return &Database{URL: url, log: log}, nil
	}
	own, err := embedded.Start(ctx, folder(dataDir), log)
	if err != nil {
		return nil, err
	}
	d := &Database{URL: own.URL(), own: own, log: log}
	if err := Migrate(ctx, d.URL, log); err != nil {
		d.Stop()
		return nil, err
	}
	return d, nil
}

// Join is Start for a command that runs beside a serving hub: it uses that hub's server if there is one.
func Join(ctx context.Context, url, dataDir string, log *slog.Logger) (*Database, error) {
	d, err := Start(ctx, url, dataDir, log)
	if !errors.Is(err, embedded.ErrInUse) {
		return d, err
	}
	running, err := embedded.Running(folder(dataDir))
	if err != nil {
		return nil, err
	}
	return &Database{URL: running, log: log}, nil
}

func folder(dataDir string) string { return filepath.Join(dataDir, "postgres") }

// Ended is closed when the hub's own server has ended; other servers are not watched.
func (d *Database) Ended() <-chan struct{} {
	if d.own == nil {
		return nil
	}
	return d.own.Done()
}

// Ending returns how the hub's own server ended, once Ended is closed.
func (d *Database) Ending() string { return d.own.Ending() }

// Stop ends the hub's own server.
func (d *Database) Stop() {
	if d.own == nil {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
	defer cancel()
	if err := d.own.Stop(ctx); err != nil {
		d.log.Error("stopping PostgreSQL", "error", err)
	}
}

// Migrate brings the schema and the reference data up to date.
func Migrate(ctx context.Context, url string, log *slog.Logger) error {
	if err := postgres.Migrate(ctx, url, migrations.FS, log); err != nil {
		return err
	}
	return Patiently(ctx, url, func(db *postgres.DB) error {
		return db.Tx(ctx, func(tx *sqlx.Tx) error { return reference.Load(ctx, tx) })
	})
}

// Patiently opens the database for background work, with no request waiting.
func Patiently(ctx context.Context, url string, do func(db *postgres.DB) error) error {
	db, err := postgres.Open(ctx, url, postgres.Options{MaxConns: 2, Name: "hub tools", StatementTimeout: -1})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return do(db)
}
