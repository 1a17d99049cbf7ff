package grant

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

const columns = `id, person_id, role, centre_id, ngo_id, given_by, given_at, ended_by, ended_at`

const selectAll = `select ` + columns + ` from grants`

func id(g *Grant) uuid.UUID { return g.ID }

func ofPersons(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) ([]*Grant, error) {
	return postgres.Read[Grant](ctx, q,
		postgres.Select(selectAll).Where(`ended_at is null and person_id = any(?) order by id`, postgres.IDs(people)))
}

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Grant, error) {
	return postgres.Read[Grant](ctx, q, postgres.Select(selectAll).Where(`id = any(?)`, postgres.IDs(ids)))
}

// heldIn reads a page of the roles that are held in each scope; column is centre_id or ngo_id.
func heldIn(ctx context.Context, q sqlx.QueryerContext, column string, scopes []uuid.UUID, args paging.Args) ([]*Grant, error) {
	query := postgres.Select(`select g.* from unnest(?::uuid[]) s(scope) cross join lateral (`+selectAll+`
		where ended_at is null and `+column+` = s.scope`, postgres.IDs(scopes))
	if args.After != nil {
		query.Add(`and id > ?`, args.After.ID)
	}
	return postgres.Read[Grant](ctx, q, query.Add(`order by id limit ?) g`, args.Limit()))
}

func countHeldIn(ctx context.Context, q sqlx.QueryerContext, column string, scopes []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select `+column+` as id, count(*) as n from grants
		where ended_at is null and `+column+` = any(?) group by 1`, postgres.IDs(scopes)))
}

// held reads a page of the roles that are held now, all or those of one kind.
func held(ctx context.Context, q sqlx.QueryerContext, f *GrantFilter, args paging.Args) ([]*Grant, error) {
	query := postgres.Select(selectAll)
	whereHeld(query, f)
	if args.After != nil {
		query.Where(`id > ?`, args.After.ID)
	}
	return postgres.Read[Grant](ctx, q, query.Add(`order by id limit ?`, args.Limit()))
}

func countHeld(ctx context.Context, q sqlx.QueryerContext, f *GrantFilter) (int, error) {
	query := postgres.Select(`select count(*) from grants`)
	whereHeld(query, f)
	return postgres.Count(ctx, q, query)
}

func whereHeld(query *postgres.Query, f *GrantFilter) {
	query.Where(`ended_at is null`)
	if f.Role != nil {
		query.Where(`role = ?`, *f.Role)
	}
}

// officers reads the people who act for the city, without those who are barred.
func officers(ctx context.Context, q sqlx.QueryerContext) (people []uuid.UUID, err error) {
	err = sqlx.SelectContext(ctx, q, &people, `select g.person_id from grants g join people p on p.id = g.person_id
		where g.role = 'CITY_OFFICER' and g.ended_at is null and `+person.Acting)
	return people, err
}

// LockOfficers locks the officers, and returns who acts for the city. They are read after waiting for anyone who is suspending
// one of them.
func LockOfficers(ctx context.Context, tx *sqlx.Tx) ([]uuid.UUID, error) {
	if _, err := tx.ExecContext(ctx, `select from grants where role = 'CITY_OFFICER' and ended_at is null
		order by id for no key update`); err != nil {
		return nil, err
	}
	return officers(ctx, tx)
}

// RefuseLast locks the officers, and refuses to let the city lose the only one. Codes: LAST_OFFICER.
func RefuseLast(ctx context.Context, tx *sqlx.Tx, one uuid.UUID) error {
	acting, err := LockOfficers(ctx, tx)
	if err == nil && slices.Equal(acting, []uuid.UUID{one}) {
		err = fault.New(fault.LastOfficer)
	}
	return err
}

func lock(ctx context.Context, tx *sqlx.Tx, id uuid.UUID) (*Grant, error) {
	rows, err := postgres.Read[Grant](ctx, tx, postgres.Select(selectAll).Where(`id = ?`, id).Add(`for no key update`))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// insert gives a role, and reports whether the person did not hold it already.
func insert(ctx context.Context, tx *sqlx.Tx, g *Grant) (given bool, err error) {
	done, err := tx.NamedExecContext(ctx, `insert into grants (`+columns+`)
		values (:id, :person_id, :role, :centre_id, :ngo_id, :given_by, :given_at, null, null)
		on conflict do nothing`, g)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// heldAlready returns the grant that kept another from being given.
func heldAlready(ctx context.Context, tx *sqlx.Tx, g *Grant) (id uuid.UUID, err error) {
	err = tx.GetContext(ctx, &id, `select id from grants where person_id = $1 and role = $2
		and centre_id is not distinct from $3 and ngo_id is not distinct from $4 and ended_at is null`,
		g.PersonID, g.Role, g.CentreID, g.NgoID)
	return id, err
}

func end(ctx context.Context, tx *sqlx.Tx, id, by uuid.UUID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update grants set ended_by = $2, ended_at = $3 where id = $1`, id, by, at)
	return err
}

// endAll ends every role of a person, and returns the ids of the grants.
func endAll(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, act history.Act) (ids []uuid.UUID, err error) {
	err = tx.SelectContext(ctx, &ids, `update grants set ended_by = $2, ended_at = $3 where person_id = $1 and ended_at is null returning id`,
		person, act.ByID(), act.Now)
	return ids, err
}

// ScopeExists refuses a centre or an NGO that does not exist. Codes: NOT_FOUND.
func ScopeExists(ctx context.Context, tx *sqlx.Tx, g *Grant) error {
	for _, scope := range []struct {
		id           uuid.NullUUID
		query, field string
	}{
		{g.CentreID, `select id from centres where id = ?`, "centreId"},
		{g.NgoID, `select id from ngos where id = ?`, "ngoId"},
	} {
		if !scope.id.Valid {
			continue
		}
		if _, err := oneID(ctx, tx, postgres.Select(scope.query, scope.id), scope.field); err != nil {
			return err
		}
	}
	return nil
}

func centreByCode(ctx context.Context, tx *sqlx.Tx, code string) (uuid.NullUUID, error) {
	return oneID(ctx, tx, postgres.Select(`select id from centres where code = ?`, code), "scope")
}

func ngoByID(ctx context.Context, tx *sqlx.Tx, id uuid.UUID) (uuid.NullUUID, error) {
	return oneID(ctx, tx, postgres.Select(`select id from ngos where id = ?`, id), "scope")
}

// oneID runs a query for one id; if there is none, the field is refused as unknown.
func oneID(ctx context.Context, tx *sqlx.Tx, q *postgres.Query, field string) (uuid.NullUUID, error) {
	rows, err := postgres.Read[uuid.UUID](ctx, tx, q)
	if err == nil && len(rows) == 0 {
		err = fault.Missing(field)
	}
	if err != nil {
		return uuid.NullUUID{}, err
	}
	return uuid.NullUUID{UUID: *rows[0], Valid: true}, nil
}
