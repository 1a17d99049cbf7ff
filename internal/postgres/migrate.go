package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

// Whoever comes after a migration that waits for a lock waits behind it. So it waits for less than a request does, tries again after a
// pause, and in the end gives up.
const (
	lockPatience = time.Second / 4
	lockPause    = time.Second
	lockTries    = 240
)

// Migrate brings the schema up to the newest migration in fsys. Processes that start at the same time wait for each other.
func Migrate(ctx context.Context, url string, fsys fs.FS, log *slog.Logger) error {
	for try := 1; ; try++ {
		err := migrate(ctx, url, fsys, log)
		if err == nil {
			return nil
		}
		if pq.As(err, pqerror.LockNotAvailable, pqerror.TRDeadlockDetected) == nil || try == lockTries {
			return fmt.Errorf("migrating the database: %w", err)
		}
		log.WarnContext(ctx, "a migration did not get a lock, and is tried again", "error", err)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(lockPause):
		}
	}
}

// migrate has a pool of its own, since a migration that fails may leave a changed setting behind in its session.
func migrate(ctx context.Context, url string, fsys fs.FS, log *slog.Logger) error {
	db, err := Open(ctx, url, Options{MaxConns: 2, Name: "hub migrations", StatementTimeout: -1, LockTimeout: lockPatience, Log: log})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	// Try every second for five minutes: with the default of five seconds the second process would start late.
	locker, err := lock.NewPostgresSessionLocker(lock.WithLockTimeout(1, 300), lock.WithUnlockTimeout(1, 10))
	if err != nil {
		return err
	}
	if _, err := db.ExecContext(ctx, renumber); err != nil {
		return err
	}
	// A database may lack a number below its newest one: branches landed in another order than their numbers. New ones no longer
	// do, see migrations/landed.
	migrations, err := provider(db, fsys, goose.WithSessionLocker(locker), goose.WithAllowOutofOrder(true))
	if err != nil {
		return err
	}
	done, err := migrations.Up(ctx)
	if partial, ok := errors.AsType[*goose.PartialError](err); ok {
		done = partial.Applied
	}
	for _, m := range done {
		log.InfoContext(ctx, "migrated", "version", m.Source.Version, "duration", m.Duration)
	}
	return err
}

// Pending reports whether the database lacks a migration of fsys, so that this hub must not use it yet. It runs one statement and
// changes nothing, whereas goose's own check creates the table of versions.
func Pending(ctx context.Context, db *DB, fsys fs.FS) (bool, error) {
	migrations, err := provider(db, fsys)
	if err != nil {
		return false, err
	}
	var wanted []int64
	for _, s := range migrations.ListSources() {
		wanted = append(wanted, s.Version)
	}
	var applied int
	err = db.GetContext(ctx, &applied, `SELECT count(DISTINCT version_id) FROM goose_db_version
		WHERE is_applied AND version_id = ANY($1)`, wanted)
	if pq.As(err, pqerror.UndefinedTable) != nil {
		return true, nil
	}
	return applied < len(wanted), err
}

// renumber gives today's numbers to a database of the first day, when 0011 to 0018 had other numbers, 0009 among them.
const renumber = `do $$ begin
	if to_regclass('goose_db_version') is not null then
		lock table goose_db_version in share row exclusive mode;
		if exists (select from goose_db_version where version_id = 9) then
			update goose_db_version set version_id = case version_id when 9 then 11 else version_id + 1 end
				where version_id = 9 or version_id between 11 and 17;
		end if;
	end if;
end $$`

func provider(db *DB, fsys fs.FS, more ...goose.ProviderOption) (*goose.Provider, error) {
	options := append([]goose.ProviderOption{
		goose.WithDisableGlobalRegistry(true),
		goose.WithLogger(goose.NopLogger()), // Migrate itself logs what matters
	}, more...)
	return goose.NewProvider(goose.DialectPostgres, db.DB.DB, fsys, options...)
}
