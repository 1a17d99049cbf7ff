package hub

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"jastarhub/internal/grant"
	"jastarhub/internal/postgres"
)

// Crowd returns adults who have signed in. They are made without the hub: hashing passwords would take most of a test's time.
func (h *Hub) Crowd(n int) []*Caller {
	h.T.Helper()
	people := make([]*Caller, n)
	for i := range people {
		id := postgres.NewID()
		secret := sha256.Sum256([]byte(id.String()))
		hash := sha256.Sum256(secret[:])
		h.Exec(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at, email_verified_at)
			values ($1, $2, 'none', $3, 'Crowdova', '1996-02-03', 'EN', now(), now())`, id, id.String()+"@example.org", fmt.Sprint("Person", i))
		h.Exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) values ($1, $2, $1, now(), now())`, id, hash[:])
		people[i] = &Caller{Hub: h, ID: id.String(), Token: base64.RawURLEncoding.EncodeToString(secret[:])}
	}
	return people
}

// Grant gives a role, with its scope as in granted.
func (h *Hub) Grant(who *Caller, role grant.Role, scope string) *Caller {
	h.T.Helper()
	var email string
	if err := h.DB.Get(&email, `select email from people where id = $1`, who.ID); err != nil {
		h.T.Fatal(err)
	}
	if err := h.Resolver.Grants.GiveTo(context.Background(), email, role, scope, h.Present()); err != nil {
		h.T.Fatal(err)
	}
	// The grant ended the session, and signing in again would hash a password.
	h.PutFactor(who)
	h.Exec(`update sessions set ended_at = null, second_factor_at = created_at where person_id = $1`, who.ID)
	return who
}

// Enrol puts somebody into a team directly.
func (h *Hub) Enrol(who *Caller, team, role string) (membership string) {
	h.T.Helper()
	membership = postgres.NewID().String()
	h.Exec(`insert into memberships (id, team_id, person_id, role, state, created_at, joined_at)
		values ($1, $2, $3, $4, 'ACTIVE', now(), now())`, membership, team, who.ID, role)
	return membership
}

// Text runs a statement that returns one text.
func (h *Hub) Text(statement string, args ...any) (text string) {
	h.T.Helper()
	if err := h.DB.Get(&text, h.timed(statement), args...); err != nil {
		h.T.Fatalf("%s: %v", statement, err)
	}
	return text
}

// Send sends a body unchanged; headers come in pairs and replace those of Ask.
func (c *Caller) Send(body string, headers ...string) *Answer {
	c.Hub.T.Helper()
	request, err := http.NewRequestWithContext(c.Hub.T.Context(), http.MethodPost, c.Hub.URL, strings.NewReader(body))
	if err != nil {
		c.Hub.T.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	for pair := range slices.Chunk(headers, 2) {
		request.Header.Set(pair[0], pair[1])
	}
	return c.Hub.answer(request)
}
