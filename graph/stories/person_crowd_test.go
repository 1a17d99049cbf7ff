package stories

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"testing"
	"time"

	"jastarhub/internal/grant"
	"jastarhub/internal/postgres"
)

// crowd returns adults who have signed in. They are made without the hub: hashing passwords would take most of a test's time.
func (h *hub) crowd(n int) []*caller {
	h.t.Helper()
	people := make([]*caller, n)
	for i := range people {
		id := postgres.NewID()
		secret := sha256.Sum256([]byte(id.String()))
		hash := sha256.Sum256(secret[:])
		h.exec(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at, email_verified_at)
			values ($1, $2, 'none', $3, 'Crowdova', '1996-02-03', 'EN', now(), now())`, id, id.String()+"@example.org", fmt.Sprint("Person", i))
		h.exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $1, now(), now())`, id, hash[:])
		people[i] = &caller{h: h, id: id.String(), token: base64.RawURLEncoding.EncodeToString(secret[:])}
	}
	return people
}

// grant gives a role, with its scope as in granted.
func (h *hub) grant(who *caller, role grant.Role, scope string) *caller {
	h.t.Helper()
	var email string
	if err := h.db.Get(&email, `select email from people where id = $1`, who.id); err != nil {
		h.t.Fatal(err)
	}
	if err := h.r.Grants.GiveTo(context.Background(), email, role, scope, time.Now()); err != nil {
		h.t.Fatal(err)
	}
	// The grant ended the session, and signing in again would hash a password.
	h.putFactor(who)
	h.exec(`update sessions set ended_at = null, second_factor_at = created_at where person_id = $1`, who.id)
	return who
}

// enrol puts somebody into a team directly.
func (h *hub) enrol(who *caller, team, role string) (membership string) {
	h.t.Helper()
	membership = postgres.NewID().String()
	h.exec(`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at)
		values ($1, $2, $3, $4, 'ACTIVE', now(), now())`, membership, team, who.id, role)
	return membership
}

func TestCrowdHasSignedIn(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	for _, who := range h.crowd(2) {
		who.must(`{ viewer { id } }`).shows("viewer.id", who.id)
	}
}

// text runs a statement that returns one text.
func (h *hub) text(statement string, args ...any) (text string) {
	h.t.Helper()
	if err := h.db.Get(&text, statement, args...); err != nil {
		h.t.Fatalf("%s: %v", statement, err)
	}
	return text
}
