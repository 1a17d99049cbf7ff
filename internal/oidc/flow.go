package oidc

import (
	"strings"
	"time"

	"github.com/google/uuid"
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
