package centre

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const selectDistricts = `select id, code, name_kk, name_ru, name_en from districts`

func districts(ctx context.Context, q sqlx.QueryerContext) ([]*District, error) {
	return postgres.Read[District](ctx, q, postgres.Select(selectDistricts+` order by code`))
}

func districtsByIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*District, error) {
	return postgres.Read[District](ctx, q, postgres.Select(selectDistricts).Where(`id = any(?)`, postgres.IDs(ids)))
}

const selectCentres = `select id, code, district_id, name_kk, name_ru, name_en, state, opened_on, address, lat, lon, capacity,
	opening_hours from centres`

func id(c *Centre) uuid.UUID       { return c.ID }
func district(c *Centre) uuid.UUID { return c.DistrictID }

func cursor(c *Centre) paging.Cursor { return paging.Cursor{Key: c.Code, ID: c.ID} }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Centre, error) {
	return postgres.Read[Centre](ctx, q, postgres.Select(selectCentres).Where(`id = any(?)`, postgres.IDs(ids)))
}

func lock(ctx context.Context, tx *sqlx.Tx, centre uuid.UUID) (*Centre, error) {
	rows, err := postgres.Read[Centre](ctx, tx,
		postgres.Select(selectCentres).Where(`id = ?`, centre).Add(`for no key update`))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func (f *CentreFilter) where(q *postgres.Query) *postgres.Query {
	if f.DistrictID != nil {
		q.Where(`district_id = ?`, *f.DistrictID)
	}
	if len(f.States) > 0 {
		q.Where(`state = any(?::centre_state[])`, postgres.Strings(f.States))
	}
	return q
}

func list(ctx context.Context, q sqlx.QueryerContext, f *CentreFilter, args paging.Args) ([]*Centre, error) {
	query := f.where(postgres.Select(selectCentres))
	if args.After != nil {
		query.Where(`code > ?`, args.After.Key)
	}
	return postgres.Read[Centre](ctx, q, query.Add(`order by code limit ?`, args.Limit()))
}

func count(ctx context.Context, q sqlx.QueryerContext, f *CentreFilter) (int, error) {
	return postgres.Count(ctx, q, f.where(postgres.Select(`select count(*) from centres`)))
}

func ofDistricts(ctx context.Context, q sqlx.QueryerContext, districts []uuid.UUID, args paging.Args) ([]*Centre, error) {
	query := postgres.Select(`select c.* from unnest(?::uuid[]) d(id) cross join lateral (`+
		selectCentres+` where district_id = d.id`, postgres.IDs(districts))
	if args.After != nil {
		query.Add(`and code > ?`, args.After.Key)
	}
	return postgres.Read[Centre](ctx, q, query.Add(`order by code limit ?) c`, args.Limit()))
}

func countOfDistricts(ctx context.Context, q sqlx.QueryerContext, districts []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(
		`select district_id as id, count(*) as n from centres where district_id = any(?) group by 1`, postgres.IDs(districts)))
}

func countTeams(ctx context.Context, q sqlx.QueryerContext, centres []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select h.centre_id as id, count(*) as n from hostings h
		join teams t on t.id = h.team_id where h.state = 'ACTIVE' and h.centre_id = any(?) and t.hidden_id is null group by 1`, postgres.IDs(centres)))
}

func update(ctx context.Context, tx *sqlx.Tx, c *Centre) error {
	_, err := tx.NamedExecContext(ctx, `update centres set state = :state, opened_on = :opened_on where id = :id`, c)
	return err
}
