// Package seed fills an empty database with an invented city: a demo to look at, or a full-size one to measure on.
package seed

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/almaty"
	"jastarhub/internal/secret"
	"jastarhub/internal/workday"
)

// Size is how many there are of everything. A number that is 0 is derived from the number of people.
type Size struct {
	People, Teams, Tasks, Signups, Updates, Proposals, Supports int
}

var (
	// DemoSize is small enough to know everybody by name.
	DemoSize = Size{People: 320, Teams: 16, Tasks: 60, Signups: 1100, Updates: 110, Proposals: 42, Supports: 420}
	// FullSize is Almaty.
	FullSize = Size{People: 700_000, Teams: 40, Tasks: 20_000, Signups: 500_000, Updates: 100_000, Proposals: 10_000, Supports: 200_000}
)

// whole derives the numbers that are 0 from the number of people, in Almaty's proportions and not less than the demo has.
func (s Size) whole() Size {
	share := func(given, almaty, demo int) int {
		return cmp.Or(given, max(demo, almaty*s.People/FullSize.People))
	}
	return Size{People: s.People,
		Teams:     share(s.Teams, FullSize.Teams, DemoSize.Teams),
		Tasks:     share(s.Tasks, FullSize.Tasks, DemoSize.Tasks),
		Signups:   share(s.Signups, FullSize.Signups, DemoSize.Signups),
		Updates:   share(s.Updates, FullSize.Updates, DemoSize.Updates),
		Proposals: share(s.Proposals, FullSize.Proposals, DemoSize.Proposals),
		Supports:  share(s.Supports, FullSize.Supports, DemoSize.Supports),
	}
}

var (
	errNotEmpty    = errors.New("the database already has people: use an empty one")
	errNoReference = errors.New("the reference data is missing: run hub migrate first")
	errTooSmall    = errors.New("the city has too few people for its teams")
)

// Demo loads the demo, once: if there are people already, it changes nothing. In both cases it returns the accounts to try. The
// key encrypts their second factors.
func Demo(ctx context.Context, db *sqlx.DB, key *secret.Key, now time.Time) ([]SignIn, error) {
	err := load(ctx, db, key, demoProfile(), 1, now.Truncate(time.Second), slog.New(slog.DiscardHandler))
	if err != nil && !errors.Is(err, errNotEmpty) {
		return nil, fmt.Errorf("load the demo: %w", err)
	}
	return SignIns(), nil
}

// Loaded reports whether there are accounts to which anyone who has read this package can sign in.
func Loaded(ctx context.Context, db sqlx.QueryerContext) (loaded bool, err error) {
	var emails []string
	for _, a := range SignIns() {
		emails = append(emails, a.Email)
	}
	err = sqlx.GetContext(ctx, db, &loaded, `select exists (select from people where email = any($1))`, pq.StringArray(emails))
	return loaded, err
}

// City loads a city of any size. On the same day, equal seeds give equal rows, except for the salt of the password and what the
// key encrypts. The database should have no limit on the time of a statement.
func City(ctx context.Context, db *sqlx.DB, key *secret.Key, size Size, seed uint64, now time.Time, log *slog.Logger) error {
	size = size.whole()
	if size.People < leadsOf(size.Teams)+200 {
		return errTooSmall
	}
	if err := load(ctx, db, key, cityProfile(size), seed, almaty.Midnight(now.In(almaty.Zone)), log); err != nil {
		return fmt.Errorf("load the city: %w", err)
	}
	return nil
}

// argon is the minimum that OWASP recommends.
var argon = argon2id.Params{Memory: 19 * 1024, Iterations: 2, Parallelism: 1, SaltLength: 16, KeyLength: 32}

func load(ctx context.Context, db *sqlx.DB, key *secret.Key, p profile, seed uint64, now time.Time, log *slog.Logger) error {
	password, err := argon2id.CreateHash(Password, &argon)
	if err != nil {
		return err
	}
	texts, err := readTexts()
	if err != nil {
		return err
	}
	tx, err := db.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	centres, err := prepare(ctx, tx)
	if err != nil {
		return err
	}
	start := time.Now()
	c := newCity(p, seed, now.UTC(), centres, texts, password)
	c.key = key
	if c.special, err = workday.Since(ctx, tx, c.began); err != nil {
		return err
	}
	c.build()
	log.InfoContext(ctx, "city generated", "duration", time.Since(start))
	if err := c.writeCentres(ctx, tx); err != nil {
		return err
	}
	if err := c.rows.write(ctx, tx, log); err != nil {
		return err
	}
	return tx.Commit()
}

// prepare checks that the city can be written, and keeps others from writing another at the same time.
func prepare(ctx context.Context, tx *sqlx.Tx) ([]*centre, error) {
	_, err := tx.ExecContext(ctx, `set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0;
		lock table people in share row exclusive mode`)
	if err != nil {
		return nil, err
	}
	var people bool
	if err := tx.GetContext(ctx, &people, `select exists (select from people)`); err != nil {
		return nil, err
	}
	if people {
		return nil, errNotEmpty
	}
	centres, err := readCentres(ctx, tx)
	if err == nil && len(centres) == 0 {
		err = errNoReference
	}
	return centres, err
}
