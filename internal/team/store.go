package team

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const columns = `t.id, t.ngo_id, n.state as ngo_state, h.centre_id, c.district_id, t.name_kk, t.name_ru, t.name_en, t.about,
	t.language, t.member_count, t.created_at, t.hidden_id`

const fromTeams = ` from teams t
	join ngos n on n.id = t.ngo_id
	join hostings h on h.team_id = t.id and h.state = 'ACTIVE'
	join centres c on c.id = h.centre_id`

const selectTeams = `select ` + columns + fromTeams

func id(t *Team) uuid.UUID       { return t.ID }
func ngoID(t *Team) uuid.UUID    { return t.NgoID }
func centreID(t *Team) uuid.UUID { return t.CentreID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Team, error) {
	return postgres.Read[Team](ctx, q, postgres.Select(selectTeams).Where(`t.id = any(?)`, postgres.IDs(ids)))
}

func get(ctx context.Context, q sqlx.QueryerContext, team uuid.UUID, field string) (*Team, error) {
	rows, err := byIDs(ctx, q, []uuid.UUID{team})
	if err == nil && len(rows) == 0 {
		err = fault.Missing(field)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Lock is LockAny for actors who may see the team. Codes: NOT_FOUND in the field.
func Lock(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, team uuid.UUID, field string) (*Team, error) {
	t, err := LockAny(ctx, tx, team, field)
	if err == nil && !t.Visible(a) {
		return nil, fault.Missing(field)
	}
	return t, err
}

// LockAny reads a team and keeps others from changing it, its hostings and its memberships until the transaction ends. Codes:
// NOT_FOUND in the field.
func LockAny(ctx context.Context, tx *sqlx.Tx, team uuid.UUID, field string) (*Team, error) {
	// The host is read after the wait: a statement that waited for the team's row would still see the former host.
	if _, err := tx.ExecContext(ctx, `select from teams where id = $1 for no key update`, team); err != nil {
		return nil, err
	}
	return get(ctx, tx, team, field)
}

func (f *TeamFilter) where(q *postgres.Query) *postgres.Query {
	q.Where(`t.hidden_id is null`)
	if f.NgoID != nil {
		q.Where(`t.ngo_id = ?`, *f.NgoID)
	}
	if f.CentreID != nil {
		q.Where(`h.centre_id = ?`, *f.CentreID)
	}
	if f.DistrictID != nil {
		q.Where(`c.district_id = ?`, *f.DistrictID)
	}
	if f.Focus != nil {
		q.Where(`n.focus = ?`, *f.Focus)
	}
	return q
}

func list(ctx context.Context, q sqlx.QueryerContext, f *TeamFilter, args paging.Args) ([]*Team, error) {
	query := f.where(postgres.Select(selectTeams))
	if args.After != nil {
		query.Where(`t.id < ?`, args.After.ID)
	}
	return postgres.Read[Team](ctx, q, query.Add(`order by t.id desc limit ?`, args.Limit()))
}

func count(ctx context.Context, q sqlx.QueryerContext, f *TeamFilter) (int, error) {
	return postgres.Count(ctx, q, f.where(postgres.Select(`select count(*)`+fromTeams)))
}

// pageOf reads the newest teams of each parent, whose id the column holds.
func pageOf(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID, args paging.Args) ([]*Team, error) {
	query := postgres.Select(`select t.* from unnest(?::uuid[]) s(id) cross join lateral (`+selectTeams+`
		where t.hidden_id is null and `+column+` = s.id`, postgres.IDs(parents))
	if args.After != nil {
		query.Add(`and t.id < ?`, args.After.ID)
	}
	return postgres.Read[Team](ctx, q, query.Add(`order by t.id desc limit ?) t`, args.Limit()))
}

func countsOf(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select `+column+` as id, count(*) as n`+fromTeams).
		Where(column+` = any(?)`, postgres.IDs(parents)).Where(`t.hidden_id is null`).Add(`group by 1`))
}

// factsOf reads what the rules need to know about the teams; a visitor is refused without it.
func factsOf(ctx context.Context, q sqlx.QueryerContext, viewer uuid.UUID, teams []uuid.UUID) (map[uuid.UUID]facts, error) {
	of := map[uuid.UUID]facts{}
	if viewer == uuid.Nil {
		return of, nil
	}
	rows, err := postgres.Read[facts](ctx, q, postgres.Select(`select s.id,
		exists (select from memberships m where m.team_id = s.id and m.person_id = ?
			and m.state in ('REQUESTED', 'INVITED', 'ACTIVE')) as open,
		exists (select from hostings h where h.team_id = s.id and h.state = 'REQUESTED') as moving
		from unnest(?::uuid[]) s(id)`, viewer, postgres.IDs(teams)))
	for _, f := range rows {
		of[f.TeamID] = *f
	}
	return of, err
}

func ngoState(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, id uuid.UUID) (ngo.NgoState, error) {
	ngos, err := postgres.Read[ngo.Ngo](ctx, tx, postgres.Select(`select id, state, hidden_id from ngos where id = ?`, id))
	if err == nil && (len(ngos) == 0 || !ngos[0].Visible(a)) {
		err = fault.Missing("ngoId")
	}
	if err != nil {
		return "", err
	}
	return ngos[0].State, nil
}

// openCentre checks that a centre may host a team.
func openCentre(ctx context.Context, tx *sqlx.Tx, centre uuid.UUID) error {
	var open []bool
	err := tx.SelectContext(ctx, &open, `select state = 'OPEN' from centres where id = $1`, centre)
	switch {
	case err != nil:
		return err
	case len(open) == 0:
		return fault.Missing("centreId")
	case !open[0]:
		return fault.New(fault.CentreNotOpen)
	}
	return nil
}

func insert(ctx context.Context, tx *sqlx.Tx, t *Team) error {
	_, err := tx.NamedExecContext(ctx, `insert into teams (id, ngo_id, name_kk, name_ru, name_en, about, language, created_at)
		values (:id, :ngo_id, :name_kk, :name_ru, :name_en, :about, :language, :created_at)`, t)
	return err
}

// Host finds the centre that hosts a team, and keeps the team there until the transaction ends.
func Host(ctx context.Context, tx *sqlx.Tx, team uuid.UUID) (centre uuid.UUID, err error) {
	if _, err = tx.ExecContext(ctx, `select from teams where id = $1 for share`, team); err == nil {
		err = tx.GetContext(ctx, &centre, `select centre_id from hostings where team_id = $1 and state = 'ACTIVE'`, team)
	}
	return centre, err
}
