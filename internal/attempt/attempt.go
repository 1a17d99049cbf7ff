// Package attempt counts attempts and slows down anyone who makes too many, across any number of hubs.
package attempt

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"net/netip"
	"strings"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

// Limit is how often something may be tried within a window: freely up to a number, then with growing pauses.
type Limit struct {
	name        string // "" where the attempts are counted in rows of their own
	what        string // what is counted, for docs/security.md
	free        int
	first, most time.Duration // first is 0 where no more attempts are allowed
	window      time.Duration
}

// Since returns the start of the window: older attempts no longer count.
func (l Limit) Since(now time.Time) time.Time { return now.Add(-l.window) }

// Full reports whether that many attempts within the window use up the limit.
func (l Limit) Full(count int) bool { return count >= l.free }

// pause returns how long the next attempt has to wait after count attempts within the window.
func (l Limit) pause(count int) time.Duration {
	if count < l.free {
		return 0
	}
	return min(l.first<<min(count-l.free, 20), l.most)
}

// Key is what attempts are counted under.
type Key struct {
	hash  []byte
	limit Limit
}

// Of returns the key of somebody or something under the limit.
func (l Limit) Of(what ...string) Key {
	sum := sha256.Sum256([]byte(l.name + "\n" + strings.Join(what, "\n")))
	return Key{hash: sum[:], limit: l}
}

// Network returns the part of an address that attempts are counted by: an IPv6 address is cut to its /64, because one connection
// has a whole /64 to itself.
func Network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	ip = ip.Unmap().WithZone("")
	if prefix, err := ip.Prefix(64); ip.Is6() && err == nil {
		return prefix.String()
	}
	return ip.String()
}

var errWait = errors.New("too soon")

// Take counts one attempt under each of the keys, or, if one of them has to wait, counts none and returns how long to wait. It
// counts before the attempt is made, so that attempts made at the same moment cannot all pass as the first. Callers pass widely
// shared keys last, so that these are locked for the shortest time.
func Take(ctx context.Context, db *postgres.DB, now time.Time, keys ...Key) (wait time.Duration, err error) {
	err = db.Tx(ctx, func(tx *sqlx.Tx) error {
		wait = 0
		for _, k := range keys {
			longer, err := k.Take(ctx, tx, now)
			if err != nil {
				return err
			}
			wait = max(wait, longer)
		}
		if wait > 0 {
			return errWait
		}
		return nil
	})
	if errors.Is(err, errWait) {
		err = nil
	}
	return wait, err
}

// Take counts one attempt, or returns how long to wait.
func (k Key) Take(ctx context.Context, tx *sqlx.Tx, now time.Time) (wait time.Duration, err error) {
	wait, _, err = k.TakeIf(ctx, tx, now, `select`)
	return wait, err
}

// TakeIf counts one attempt if the condition, a statement, returns a row, in one round trip with it. held reports whether the
// condition returned a row; wait is how long to wait where it did, but there were too many attempts.
func (k Key) TakeIf(ctx context.Context, tx *sqlx.Tx, now time.Time, condition string, args ...any) (wait time.Duration, held bool, err error) {
	counts, err := postgres.Read[int](ctx, tx, postgres.Select(`with held as (`).Add(condition, args...).Add(`)
		insert into attempts as a (key_hash, count, free_at, forget_at)
		select ?, 1, '-infinity', ?::timestamptz from held on conflict (key_hash) do update set
			count = case when a.forget_at <= ? then 1 else a.count + 1 end,
			forget_at = case when a.forget_at <= ? then excluded.forget_at else a.forget_at end
		where a.free_at <= ?
		returning count`, k.hash, now.Add(k.limit.window), now, now, now))
	if err != nil {
		return 0, false, err
	}
	if len(counts) == 0 {
		free, err := postgres.Read[sql.NullTime](ctx, tx, postgres.Select(`with held as (`).Add(condition, args...).Add(`)
			select (select free_at from attempts where key_hash = ? and free_at > ?) from held`, k.hash, now))
		if err != nil || len(free) == 0 {
			return 0, false, err
		}
		return max(0, free[0].Time.Sub(now)), true, nil
	}
	if pause := k.limit.pause(*counts[0]); pause > 0 {
		_, err = tx.ExecContext(ctx, `update attempts set free_at = $2 where key_hash = $1`, k.hash, now.Add(pause))
	}
	return 0, true, err
}

// Clear forgets what was counted under a key.
func (k Key) Clear(ctx context.Context, tx *sqlx.Tx) error {
	_, err := tx.ExecContext(ctx, `delete from attempts where key_hash = $1`, k.hash)
	return err
}

// Undo takes back one attempt that turned out not to count.
func (k Key) Undo(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update attempts set count = greatest(count - 1, 0),
		free_at = case when free_at <= $2 then free_at else '-infinity' end where key_hash = $1`, k.hash, now)
	return err
}

// Remember keeps a key for the length of its window from now on, whatever was counted under it.
func (k Key) Remember(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into attempts (key_hash, count, free_at, forget_at) values ($1, 0, '-infinity', $2)
		on conflict (key_hash) do update set forget_at = excluded.forget_at`, k.hash, now.Add(k.limit.window))
	return err
}

// Remembered reports whether the key is kept.
func (k Key) Remembered(ctx context.Context, q sqlx.QueryerContext, now time.Time) (bool, error) {
	n, err := postgres.Count(ctx, q, postgres.Select(`select count(*) from attempts where key_hash = ? and forget_at > ?`, k.hash, now))
	return n > 0, err
}

// Forget deletes what no longer counts.
func Forget(ctx context.Context, db *postgres.DB, now time.Time) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from attempts where forget_at < $1 and free_at < $1`, now)
		return err
	})
}
