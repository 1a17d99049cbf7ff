package main

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/database"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
	"jastarhub/internal/seed"
)

const dataDir = ".data/bench"

// makeCity makes sure that the data folder has a full-size city, with everything that the questions ask about.
func makeCity(ctx context.Context) error {
	db, err := database.Start(ctx, "", dataDir, slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		return err
	}
	defer db.Stop()
	key, _, err := secret.Load(dataDir)
	if err != nil {
		return err
	}
	return database.Patiently(ctx, db.URL, func(db *postgres.DB) error {
		var there bool
		if err := db.GetContext(ctx, &there, `select exists (select from people)`); err != nil || there {
			return err
		}
		fmt.Fprintln(os.Stderr, "Making a city of full size in", dataDir, "once: about a minute and a half.")
		if err := seed.City(ctx, db.DB, key, seed.FullSize, 1, time.Now(), slog.New(slog.DiscardHandler)); err != nil {
			return err
		}
		if err := dress(ctx, db); err != nil {
			return err
		}
		_, err := db.ExecContext(ctx, `vacuum analyze`) // like a city that has been used for a while
		return err
	})
}

// dressing adds what the seed has too little of: four updates to every open task, 20 updates and some 50 sign-ups to a hundred
// tasks, and shifts with seats for everybody. Cancelled sign-ups take none.
var dressing = []string{`
	insert into progress_updates (id, task_id, author_id, text, language, created_at)
	select gen_random_uuid(), t.id, t.created_by, left(t.description, 60), t.language, now()
	from tasks t cross join generate_series(1, 4) where t.state = 'OPEN'`, `
	create temporary table busy on commit drop as
	select s.task_id, count(g.id) as signups, (select count(*) from progress_updates u where u.task_id = s.task_id) as updates
	from shifts s join tasks t on t.id = s.task_id join signups g on g.shift_id = s.id
	where t.state = 'IN_PROGRESS' group by 1 order by 2 desc, 1 limit 100`, `
	insert into progress_updates (id, task_id, author_id, text, language, created_at)
	select gen_random_uuid(), t.id, t.created_by, left(t.description, 60), t.language, now()
	from busy b join tasks t on t.id = b.task_id cross join lateral generate_series(b.updates + 1, 20)`, `
	insert into signups (id, shift_id, person_id, starts_at, ends_at, state, created_at, updated_at)
	select gen_random_uuid(), s.id, p.id, s.starts_at, s.ends_at, 'CANCELLED', now(), now()
	from busy b cross join lateral (select * from shifts where task_id = b.task_id limit 1) s
		cross join lateral (select id from people where email like 'lead-%' limit greatest(50 - b.signups, 0)) p`, `
	update shifts set capacity = 10000 where id in (
		select s.id from shifts s join tasks t on t.id = s.task_id where t.state = 'OPEN' and t.min_age is null
			and s.state = 'PLANNED' and s.waiting = 0 and s.starts_at > now() + interval '3 days'
		order by s.starts_at desc limit 200)`}

func dress(ctx context.Context, db *postgres.DB) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		for _, statement := range dressing {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		return nil
	})
}

// warm reads the whole database once, so that no question waits for the disk.
func warm(ctx context.Context, db *postgres.DB) error {
	_, err := db.ExecContext(ctx, `create extension if not exists pg_prewarm;
		select pg_prewarm(oid, 'read') from pg_class where relkind in ('r', 'i', 't')`)
	return err
}

var errOld = errors.New("the shifts of the generated city are in the past: delete " + dataDir + " and start again")

// ids reads ids and expects at least one.
func ids(ctx context.Context, db *postgres.DB, statement string, args ...any) (found []uuid.UUID, err error) {
	err = db.SelectContext(ctx, &found, statement, args...)
	if err == nil && len(found) == 0 {
		err = errOld
	}
	return found, err
}

// signIn begins a session for each person with a token that is known here; passwords are slow to check, on purpose.
func signIn(ctx context.Context, db *postgres.DB, people map[uuid.UUID]bool) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `insert into sessions (id, token_hash, person_id, created_at, last_seen_at, second_factor_at)
			select gen_random_uuid(), sha256(sha256(uuid_send(id))), id, now(), now(), now() from unnest($1::uuid[]) p(id)
			on conflict (token_hash) do update set created_at = now(), last_seen_at = now(), second_factor_at = now()`,
			postgres.IDs(slices.Collect(maps.Keys(people))))
		return err
	})
}

// token returns the token of the session that signIn began.
func token(person uuid.UUID) string {
	secret := sha256.Sum256(person[:])
	return base64.RawURLEncoding.EncodeToString(secret[:])
}
