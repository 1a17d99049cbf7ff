package privacy

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/audit"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// blank empties the account's row, does everything else that cannot wait, and records what is left to do.
func (e erasure) blank(ctx context.Context, tx *sqlx.Tx) error {
	account, others := atOnce()
	for _, statement := range others { // before the row, because some find the person's data by the address
		if _, err := tx.ExecContext(ctx, statement, e.person); err != nil {
			return err
		}
	}
	if _, err := tx.ExecContext(ctx, account, e.person, e.Now); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into erasures (person_id, erased_at, due_at, by_id, reason) values ($1, $2, $3, $4, $5)`,
		e.person, e.Now, e.due(), e.ByID(), e.reason)
	return err
}

// due reads when the rest of each erased person's data is purged.
func (s *Service) due(ctx context.Context, people []uuid.UUID) ([]*time.Time, error) {
	return postgres.Read[time.Time](ctx, s.DB, postgres.Select(`select due_at from erasures where person_id = any(?)`, postgres.IDs(people)))
}

const mostInRound = 100

// PurgeDue purges the rest of the data of erased accounts whose time has come. It may run in several processes at once.
func (s *Service) PurgeDue(ctx context.Context, now time.Time) error {
	var due []uuid.UUID
	err := s.DB.SelectContext(ctx, &due, `select person_id from erasures where purged_at is null and due_at <= $1
		order by due_at limit $2`, now, mostInRound)
	var failed error // a failure does not keep the others waiting
	for _, person := range due {
		failed = errors.Join(failed, fault.Caught(func() error {
			return s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return purge(ctx, tx, person, now) })
		}))
	}
	return errors.Join(postgres.Map(err), failed)
}

func purge(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) error {
	mine, err := postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`update erasures set purged_at = ?
		where person_id = (select person_id from erasures where person_id = ? and purged_at is null for update skip locked)
		returning person_id`, now, person))
	if err != nil || len(mine) == 0 { // another process has it
		return err
	}
	if _, err := tx.ExecContext(ctx, `select set_config('hub.purging', 'on', true)`); err != nil {
		return err
	}
	for _, statement := range purges() {
		if _, err := tx.ExecContext(ctx, statement, person); err != nil {
			return err
		}
	}
	return audit.Write(ctx, tx, audit.New(nil, now, "", "purgeAccount", []uuid.UUID{person}, nil))
}

func insertRequest(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, hash []byte, now time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into data_requests (id, person_id, token_hash, asked_at, expires_at)
		select $1, id, $3, $4, $5 from people where id = $2 and erased_at is null`, postgres.NewID(), person, hash, now, now.Add(openFor))
	return err
}

// takeRequest uses a token, once, and returns its person. Codes: TOKEN_INVALID.
func takeRequest(ctx context.Context, tx *sqlx.Tx, hash []byte, now time.Time) (uuid.UUID, error) {
	rows, err := postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`update data_requests r set taken_at = ? from people p
		where r.token_hash = ? and r.taken_at is null and r.expires_at > ? and p.id = r.person_id and p.erased_at is null
		returning r.person_id`, now, hash, now))
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.TokenInvalid)
	}
	if err != nil {
		return uuid.Nil, err
	}
	return *rows[0], nil
}

// item is a row of the download, as JSON, and its place in the order.
type item struct {
	Row   []byte         `db:"row"`
	Place pq.StringArray `db:"place"`
}

// rows reads the rows of a section after a place; nil is the beginning.
func (s section) rows(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, after pq.StringArray) (rows []*item, err error) {
	args := []any{person}
	for i, k := range s.order() {
		if after == nil {
			args = append(args, least[k.kind])
		} else {
			args = append(args, after[i])
		}
	}
	err = sqlx.SelectContext(ctx, q, &rows, s.query(), args...)
	return rows, postgres.Map(err)
}

func askedSince(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, since time.Time) (times []time.Time, err error) {
	err = tx.SelectContext(ctx, &times, `select asked_at from data_requests where person_id = $1 and asked_at > $2 order by asked_at`, person, since)
	return times, err
}
