package ngo

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const selectNgos = `select id, name_kk, name_ru, name_en, mission, language, focus, state, bin, created_at, hidden_id from ngos`

var cursor = paging.ByID(func(n *Ngo) uuid.UUID { return n.ID })

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Ngo, error) {
	return postgres.Read[Ngo](ctx, q, postgres.Select(selectNgos).Where(`id = any(?)`, postgres.IDs(ids)))
}

func lock(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, ngo uuid.UUID) (*Ngo, error) {
	rows, err := postgres.Read[Ngo](ctx, tx, postgres.Select(selectNgos).Where(`id = ?`, ngo).Add(`for no key update`))
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func (f *NgoFilter) where(q *postgres.Query) *postgres.Query {
	q.Where(`hidden_id is null`)
	if f.Focus != nil {
		q.Where(`focus = ?::focus`, *f.Focus)
	}
	if len(f.States) > 0 {
		q.Where(`state = any(?::ngo_state[])`, postgres.Strings(f.States))
	}
	return q
}

func list(ctx context.Context, q sqlx.QueryerContext, f *NgoFilter, args paging.Args) ([]*Ngo, error) {
	query := f.where(postgres.Select(selectNgos))
	if args.After != nil {
		query.Where(`id < ?`, args.After.ID)
	}
	return postgres.Read[Ngo](ctx, q, query.Add(`order by id desc limit ?`, args.Limit()))
}

func count(ctx context.Context, q sqlx.QueryerContext, f *NgoFilter) (int, error) {
	return postgres.Count(ctx, q, f.where(postgres.Select(`select count(*) from ngos`)))
}

// refuseBIN refuses a BIN that another NGO has. Concurrent inserts of the same BIN are caught by ngos_bin_key.
func refuseBIN(ctx context.Context, tx *sqlx.Tx, n *Ngo) error {
	others, err := postgres.Count(ctx, tx,
		postgres.Select(`select count(*) from ngos where bin = ? and id <> ?`, n.BIN, n.ID))
	if err == nil && others > 0 {
		err = fault.Field("bin", "already belongs to another NGO")
	}
	return err
}

func insert(ctx context.Context, tx *sqlx.Tx, n *Ngo) error {
	_, err := tx.NamedExecContext(ctx, `insert into ngos
		(id, name_kk, name_ru, name_en, mission, language, focus, state, bin, created_at)
		values (:id, :name_kk, :name_ru, :name_en, :mission, :language, :focus, :state, :bin, :created_at)`, n)
	return err
}

func update(ctx context.Context, tx *sqlx.Tx, n *Ngo) error {
	_, err := tx.NamedExecContext(ctx, `update ngos set name_kk = :name_kk, name_ru = :name_ru, name_en = :name_en,
		mission = :mission, language = :language, bin = :bin, state = :state where id = :id`, n)
	return err
}
