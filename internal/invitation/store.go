package invitation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const selectInvitations = `select i.id, i.email, i.role, i.centre_id, i.ngo_id, i.team_id, t.ngo_id as team_ngo_id, i.state, i.invited_by,
	i.created_at, i.expires_at, i.ended_at from invitations i left join teams t on t.id = i.team_id`

func id(i *Invitation) uuid.UUID { return i.ID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Invitation, error) {
	return postgres.Read[Invitation](ctx, q, postgres.Select(selectInvitations).Where(`i.id = any(?)`, postgres.IDs(ids)))
}

// byHash reads the open invitation of a token's hash, if there is one.
func byHash(ctx context.Context, q sqlx.QueryerContext, hash []byte, now time.Time) ([]*Invitation, error) {
	return postgres.Read[Invitation](ctx, q, postgres.Select(selectInvitations).
		Where(`i.token_hash = ? and i.state = 'SENT' and i.expires_at > ?`, hash, now))
}

// lock reads an invitation and keeps others from ending it until the transaction ends. Codes: NOT_FOUND.
func lock(ctx context.Context, tx *sqlx.Tx, invitation uuid.UUID) (*Invitation, error) {
	rows, err := postgres.Read[Invitation](ctx, tx,
		postgres.Select(selectInvitations).Where(`i.id = ?`, invitation).Add(`for no key update of i`))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// pageOf reads the newest open invitations of each scope; column is centre_id, ngo_id or team_id.
func pageOf(ctx context.Context, q sqlx.QueryerContext, column string, scopes []uuid.UUID, args paging.Args) ([]*Invitation, error) {
	query := postgres.Select(`select i.* from unnest(?::uuid[]) s(id) cross join lateral (`+selectInvitations, postgres.IDs(scopes)).
		Where(`i.` + column + ` = s.id and i.state = 'SENT'`)
	if args.After != nil {
		query.Where(`i.id < ?`, args.After.ID)
	}
	return postgres.Read[Invitation](ctx, q, query.Add(`order by i.id desc limit ?) i`, args.Limit()))
}

func countsOf(ctx context.Context, q sqlx.QueryerContext, column string, scopes []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select `+column+` as id, count(*) as n from invitations
		where state = 'SENT' and `+column+` = any(?) group by 1`, postgres.IDs(scopes)))
}

// ofCity reads the newest open invitations, without those to teams.
func ofCity(ctx context.Context, q sqlx.QueryerContext, args paging.Args) ([]*Invitation, error) {
	query := postgres.Select(selectInvitations).Where(`i.state = 'SENT' and i.team_id is null`)
	if args.After != nil {
		query.Where(`i.id < ?`, args.After.ID)
	}
	return postgres.Read[Invitation](ctx, q, query.Add(`order by i.id desc limit ?`, args.Limit()))
}

func countOfCity(ctx context.Context, q sqlx.QueryerContext) (int, error) {
	return postgres.Count(ctx, q, postgres.Select(`select count(*) from invitations where state = 'SENT' and team_id is null`))
}

func insert(ctx context.Context, tx *sqlx.Tx, i *Invitation, tokenHash []byte) error {
	_, err := tx.ExecContext(ctx, `insert into invitations
		(id, token_hash, email, role, centre_id, ngo_id, team_id, state, invited_by, created_at, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
		i.ID, tokenHash, i.Email, i.Role, i.CentreID, i.NgoID, i.TeamID, i.State, i.InvitedBy, i.CreatedAt, i.ExpiresAt)
	return err
}

func end(ctx context.Context, tx *sqlx.Tx, invitation uuid.UUID, as InvitationState, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update invitations set state = $2, ended_at = $3 where id = $1`, invitation, as, at)
	return err
}

// endElder ends the open invitation of the same address, role and scope, and returns its id.
func endElder(ctx context.Context, tx *sqlx.Tx, i *Invitation, at time.Time) ([]*uuid.UUID, error) {
	return postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`update invitations set state = 'WITHDRAWN', ended_at = ?
		where state = 'SENT' and email = ? and role = ?
			and coalesce(centre_id, ngo_id, team_id, '00000000-0000-0000-0000-000000000000')
				= coalesce(?::uuid, ?::uuid, ?::uuid, '00000000-0000-0000-0000-000000000000') returning id`,
		at, i.Email, i.Role, i.CentreID, i.NgoID, i.TeamID))
}

// expire ends invitations that nobody accepted in time. Rows that another process has locked are left to it.
func expire(ctx context.Context, tx *sqlx.Tx, now time.Time, limit int) ([]*uuid.UUID, error) {
	return postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`with due as (
			select id from invitations where state = 'SENT' and expires_at <= ? order by expires_at limit ? for update skip locked)
		update invitations i set state = 'EXPIRED', ended_at = ? from due where i.id = due.id returning i.id`, now, limit, now))
}

func expireTo(ctx context.Context, tx *sqlx.Tx, email string, now time.Time) ([]*uuid.UUID, error) {
	return postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`update invitations set state = 'EXPIRED', ended_at = ?
		where state = 'SENT' and email = ? returning id`, now, email))
}

// forget removes the addresses of invitations that ended before a time.
func forget(ctx context.Context, tx *sqlx.Tx, before time.Time) error {
	_, err := tx.ExecContext(ctx, `update invitations set email = null where email is not null and ended_at < $1`, before)
	return err
}
