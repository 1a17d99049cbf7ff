package oidc

import (
	"context"
	"crypto/subtle"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

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
