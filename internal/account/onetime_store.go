package account

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

// purpose is what an emailed link is for.
type purpose string

const (
	verifyEmail   purpose = "VERIFY_EMAIL"
	resetPassword purpose = "RESET_PASSWORD"
)

// lasting is how long a link of each purpose is valid.
var lasting = map[purpose]time.Duration{verifyEmail: 3 * day, resetPassword: time.Hour}

// oneTime is a token that was not used, and the address that it was emailed to.
type oneTime struct {
	PersonID uuid.UUID `db:"person_id"`
	Email    string    `db:"email"`
}

// issue makes a token and ends older ones with the same purpose.
func issue(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, of purpose, email string, now time.Time) (token string, err error) {
	if err := voidTokens(ctx, tx, person, now, of); err != nil {
		return "", err
	}
	token, hash := tokens.New()
	_, err = tx.ExecContext(ctx, `insert into account_tokens (id, token_hash, purpose, person_id, email, created_at, expires_at)
		select $1, $2, $3, id, $5, $6, $7 from people where id = $4`,
		postgres.NewID(), hash, of, person, email, now, now.Add(lasting[of]))
	return token, err
}

// voidTokens ends a person's open tokens with some purposes.
func voidTokens(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time, of ...purpose) error {
	_, err := tx.ExecContext(ctx, `update account_tokens set used_at = $3
		where person_id = $1 and used_at is null and purpose = any($2)`, person, postgres.Strings(of), now)
	return err
}

const openToken = `select person_id, email from account_tokens
	where token_hash = ? and purpose = ? and used_at is null and expires_at > ?`

// find reads what a token is for, without using it. Codes: TOKEN_INVALID.
func find(ctx context.Context, q sqlx.QueryerContext, of purpose, token string, now time.Time) (*oneTime, error) {
	hash, ok := tokens.Hash(token)
	if !ok {
		return nil, fault.New(fault.TokenInvalid)
	}
	rows, err := postgres.Read[oneTime](ctx, q, postgres.Select(openToken, hash, of, now))
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.TokenInvalid)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// redeem uses a token, once, and returns its person, locked. Codes: TOKEN_INVALID.
func redeem(ctx context.Context, tx *sqlx.Tx, of purpose, token string, now time.Time) (*oneTime, *person.Person, error) {
	found, err := find(ctx, tx, of, token, now)
	if err != nil {
		return nil, nil, err
	}
	p, err := person.Lock(ctx, tx, found.PersonID, "id")
	if err != nil {
		return nil, nil, err
	}
	if _, err := find(ctx, tx, of, token, now); err != nil { // another request may have used it in the meantime
		return nil, nil, err
	}
	return found, p, voidTokens(ctx, tx, p.ID, now, of)
}

// forgetTokens deletes tokens that have long been invalid.
func forgetTokens(ctx context.Context, tx *sqlx.Tx, before time.Time) error {
	_, err := tx.ExecContext(ctx, `delete from account_tokens where expires_at < $1`, before)
	return err
}
