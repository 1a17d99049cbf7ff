package oidc

import (
	"context"
	"crypto/subtle"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

// flow is a browser that was sent to the provider.
type flow struct {
	Browser   []byte        `db:"browser_hash"`
	Nonce     string        `db:"nonce"`
	Verifier  string        `db:"verifier"`
	ReturnTo  string        `db:"return_to"`
	SessionID uuid.NullUUID `db:"session_id"` // the session whose account is to be linked
}

// lasts is how long a person may take at the provider.
const lasts = 10 * time.Minute

func insertFlow(ctx context.Context, tx *sqlx.Tx, stateHash []byte, f *flow, now time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into oidc_flows (state_hash, browser_hash, nonce, verifier, return_to, session_id, expires_at)
		values ($1, $2, $3, $4, $5, $6, $7)`, stateHash, f.Browser, f.Nonce, f.Verifier, f.ReturnTo, f.SessionID, now.Add(lasts))
	return err
}

// takeFlow reads what a browser was sent to the provider with, once, and only for that browser. Codes: SIGN_IN_LAPSED.
func takeFlow(ctx context.Context, tx *sqlx.Tx, state, browser string, now time.Time) (*flow, error) {
	stateHash, isState := tokens.Hash(state)
	browserHash, isBrowser := tokens.Hash(browser)
	if !isState || !isBrowser {
		return nil, fault.New(fault.SignInLapsed)
	}
	rows, err := postgres.Read[flow](ctx, tx, postgres.Select(`delete from oidc_flows where state_hash = ? and expires_at > ?
		returning browser_hash, nonce, verifier, return_to, session_id`, stateHash, now))
	if err == nil && (len(rows) == 0 || subtle.ConstantTimeCompare(rows[0].Browser, browserHash) != 1) {
		err = fault.New(fault.SignInLapsed)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Forget deletes the flows of browsers that did not come back.
func Forget(ctx context.Context, db *postgres.DB, now time.Time) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from oidc_flows where expires_at < $1`, now)
		return err
	})
}

// local returns where in the hub the browser ends up: a path that cannot be another site.
func local(returnTo string) string {
	ok := strings.HasPrefix(returnTo, "/") && !strings.HasPrefix(returnTo, "//") && len(returnTo) <= 500
	for _, b := range []byte(returnTo) {
		ok = ok && b > ' ' && b < 0x7f && b != '\\' && b != '#'
	}
	if !ok {
		return "/"
	}
	return returnTo
}
