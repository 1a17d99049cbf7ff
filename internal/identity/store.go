package identity

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

const selectAll = `select id, person_id, issuer, subject, created_at from identities`

func ofPersons(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) ([]*Identity, error) {
	return postgres.Read[Identity](ctx, q,
		postgres.Select(selectAll).Where(`person_id = any(?) order by id`, postgres.IDs(people)))
}

// identityOf reads the identity that the claims name, if it is linked.
func identityOf(ctx context.Context, q sqlx.QueryerContext, c Claims) ([]*Identity, error) {
	return postgres.Read[Identity](ctx, q, postgres.Select(selectAll).Where(`issuer = ? and subject = ?`, c.Issuer, c.Subject))
}

// insert links an identity. Codes: IDENTITY_TAKEN.
func insert(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, issuer, subject string, at time.Time) (uuid.UUID, error) {
	id := postgres.NewID()
	_, err := tx.ExecContext(ctx, `insert into identities (id, person_id, issuer, subject, created_at) values ($1, $2, $3, $4, $5)`,
		id, person, issuer, subject, at)
	return id, err
}

// remove unlinks one of the person's identities. Codes: NOT_FOUND.
func remove(ctx context.Context, tx *sqlx.Tx, person, identity uuid.UUID) error {
	deleted, err := postgres.Read[uuid.UUID](ctx, tx,
		postgres.Select(`delete from identities where id = ? and person_id = ? returning id`, identity, person))
	if err == nil && len(deleted) == 0 {
		err = fault.Missing("id")
	}
	return err
}

// countWaysIn counts the person's identities, and the password.
func countWaysIn(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) (int, error) {
	return postgres.Count(ctx, tx, postgres.Select(`select (select count(*) from identities where person_id = p.id)
		+ (password_hash like '$%')::int from people p where id = ?`, person))
}

func insertPending(ctx context.Context, tx *sqlx.Tx, p *PendingIdentity, tokenHash []byte) error {
	_, err := tx.ExecContext(ctx, `insert into pending_identities (token_hash, issuer, subject, email, given_name, family_name, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7)`, tokenHash, p.Issuer, p.Subject, p.Email, p.GivenName, p.FamilyName, p.ExpiresAt)
	return err
}

const pendingColumns = `issuer, subject, email, given_name, family_name, expires_at`

// pendingOf reads the claims of a token. Codes: TOKEN_INVALID.
func pendingOf(ctx context.Context, q sqlx.QueryerContext, token string, now time.Time) (*PendingIdentity, error) {
	return onePending(ctx, q, token, func(hash []byte) *postgres.Query {
		return postgres.Select(`select `+pendingColumns+` from pending_identities where token_hash = ? and expires_at > ?`, hash, now)
	})
}

// takePending reads the claims of a token, once. Codes: TOKEN_INVALID.
func takePending(ctx context.Context, tx *sqlx.Tx, token string, now time.Time) (*PendingIdentity, error) {
	return onePending(ctx, tx, token, func(hash []byte) *postgres.Query {
		return postgres.Select(`delete from pending_identities where token_hash = ? and expires_at > ? returning `+pendingColumns, hash, now)
	})
}

func onePending(ctx context.Context, q sqlx.QueryerContext, token string, query func(hash []byte) *postgres.Query) (*PendingIdentity, error) {
	hash, ok := tokens.Hash(token)
	if !ok {
		return nil, fault.New(fault.TokenInvalid)
	}
	rows, err := postgres.Read[PendingIdentity](ctx, q, query(hash))
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.TokenInvalid)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

func forgetPending(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `delete from pending_identities where expires_at < $1`, now)
	return err
}
