package team

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const selectHostings = `select h.id, h.team_id, h.centre_id, h.state, h.asked_at, h.started_at, h.ended_at, t.ngo_id,
	p.centre_id as host_id, t.hidden_id is not null as hidden from hostings h join teams t on t.id = h.team_id join hostings p on p.team_id = h.team_id and p.state = 'ACTIVE'`

func hostingID(h *Hosting) uuid.UUID     { return h.ID }
func hostingTeam(h *Hosting) uuid.UUID   { return h.TeamID }
func hostingCentre(h *Hosting) uuid.UUID { return h.CentreID }

func hostingsByIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Hosting, error) {
	return postgres.Read[Hosting](ctx, q, postgres.Select(selectHostings).Where(`h.id = any(?)`, postgres.IDs(ids)))
}

func getHosting(ctx context.Context, q sqlx.QueryerContext, id uuid.UUID) (*Hosting, error) {
	rows, err := hostingsByIDs(ctx, q, []uuid.UUID{id})
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// lockHosting reads a hosting and keeps others from changing it by locking its team's row.
func lockHosting(ctx context.Context, tx *sqlx.Tx, id uuid.UUID) (*Hosting, error) {
	_, err := tx.ExecContext(ctx,
		`select from hostings h join teams t on t.id = h.team_id where h.id = $1 for no key update of t`, id)
	if err != nil {
		return nil, err
	}
	return getHosting(ctx, tx, id)
}

// addVisible is the SQL form of Visible.
func addVisible(q *postgres.Query, a *auth.Actor) {
	if !a.IsOfficer() {
		q.Add(`and ((h.state in ('ACTIVE', 'ENDED') or h.centre_id = any(?)) and t.hidden_id is null or h.team_id = any(?)
			or t.ngo_id = any(?) or p.centre_id = any(?))`, postgres.IDs(a.CoordinatedCentres()), postgres.IDs(a.LeadTeams()),
			postgres.IDs(a.LeadNgos()), postgres.IDs(a.CoordinatedCentres()))
	}
}

func hostingsOf(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, teams []uuid.UUID, args paging.Args) ([]*Hosting, error) {
	query := postgres.Select(`select h.* from unnest(?::uuid[]) s(id) cross join lateral (`+selectHostings+`
		where h.team_id = s.id`, postgres.IDs(teams))
	addVisible(query, a)
	if args.After != nil {
		query.Add(`and h.id < ?`, args.After.ID)
	}
	return postgres.Read[Hosting](ctx, q, query.Add(`order by h.id desc limit ?) h`, args.Limit()))
}

func moveRequestsOf(ctx context.Context, q sqlx.QueryerContext, centres []uuid.UUID, args paging.Args) ([]*Hosting, error) {
	query := postgres.Select(`select h.* from unnest(?::uuid[]) s(id) cross join lateral (`+selectHostings+`
		where h.centre_id = s.id and h.state = 'REQUESTED' and t.hidden_id is null`, postgres.IDs(centres))
	if args.After != nil {
		query.Add(`and h.id > ?`, args.After.ID)
	}
	return postgres.Read[Hosting](ctx, q, query.Add(`order by h.id limit ?) h`, args.Limit()))
}

func hostingCounts(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, teams []uuid.UUID) (map[uuid.UUID]int, error) {
	query := postgres.Select(`select h.team_id as id, count(*) as n from hostings h join teams t on t.id = h.team_id
		join hostings p on p.team_id = h.team_id and p.state = 'ACTIVE' where h.team_id = any(?)`, postgres.IDs(teams))
	addVisible(query, a)
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

func moveRequestCounts(ctx context.Context, q sqlx.QueryerContext, centres []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select h.centre_id as id, count(*) as n from hostings h
		join teams t on t.id = h.team_id where h.centre_id = any(?) and h.state = 'REQUESTED' and t.hidden_id is null group by 1`, postgres.IDs(centres)))
}

func insertHosting(ctx context.Context, tx *sqlx.Tx, h *Hosting) error {
	_, err := tx.NamedExecContext(ctx, `insert into hostings (id, team_id, centre_id, state, asked_at, started_at, ended_at)
		values (:id, :team_id, :centre_id, :state, :asked_at, :started_at, :ended_at)`, h)
	return err
}

func updateHosting(ctx context.Context, tx *sqlx.Tx, h *Hosting) error {
	_, err := tx.NamedExecContext(ctx,
		`update hostings set state = :state, started_at = :started_at, ended_at = :ended_at where id = :id`, h)
	return err
}

// endPresent ends the team's current hosting and returns its id. at is the next hosting's first moment, not this one's last:
// ranges are half-open.
func endPresent(ctx context.Context, tx *sqlx.Tx, team uuid.UUID, at time.Time) (uuid.UUID, error) {
	var ended uuid.UUID
	err := tx.GetContext(ctx, &ended, `update hostings set state = 'ENDED', ended_at = $2
		where team_id = $1 and state = 'ACTIVE' returning id`, team, at)
	return ended, err
}
