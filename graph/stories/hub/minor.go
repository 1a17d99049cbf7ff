package hub

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/almaty"
	"jastarhub/internal/consent/guardianpage"
	"jastarhub/internal/postgres"
)

// PutConsent stores a consent of a person without the hub: asked for by email, or seen on paper if recordedBy is set, and
// withdrawn if revokedBy is set.
func (h *Hub) PutConsent(person, scope, state, recordedBy, revokedBy string) (id string) {
	h.T.Helper()
	id = postgres.NewID().String()
	h.Exec(`insert into consents (id, request_id, person_id, scope, state, text_version, language, guardian_email, token_hash, expires_at,
			recorded_by, seen_on, note, asked_at, given_at, revoked_at, revoked_by, reason)
		select $1::uuid, $1::uuid, $2, $3::consent_scope, $4::consent_state, '1', 'KK', case when by is null then 'mama@example.org' end,
			case when by is null then uuid_send($1::uuid) end, case when by is null then now() + interval '14 days' end,
			by, case when by is not null then (now() at time zone 'Asia/Almaty')::date end, case when by is not null then 'Shelf 2' end, now(),
			case when $4 in ('GIVEN', 'WITHDRAWN') then now() end, case when $4 = 'WITHDRAWN' then now() end, nullif($6, '')::uuid,
			case when $4 = 'WITHDRAWN' then 'Changed plans.' end
		from (select nullif($5, '')::uuid as by) paper`, id, person, scope, state, recordedBy, revokedBy)
	return id
}

// guardians is where the hub's emails lead those who have no account.
type guardians struct {
	*Hub
	URL string
}

// Guardian is somebody with a mailbox and a browser.
type Guardian struct {
	T    testing.TB
	Mail received
	URL  string // of the page
}

// Guardians serves the consent page of the hub.
func (h *Hub) Guardians() *guardians {
	h.T.Helper()
	server := httptest.NewServer(guardianpage.New(h.Resolver.Consents, "", slog.New(slog.NewTextHandler(h.Log, nil)), h.Present))
	h.T.Cleanup(server.Close)
	return &guardians{h, server.URL}
}

// Asked lets a minor ask a guardian, who opens the email.
func (g *guardians) Asked(minor *Caller, email string, scopes ...string) *Guardian {
	g.T.Helper()
	minor.Do("requestConsent", Vars{"guardianEmail": email, "scopes": scopes}, "consents { id }")
	for _, m := range g.Mails() {
		_, after, found := strings.Cut(m.Body, "https://hub.example/consent/")
		if m.To == strings.ToLower(email) && found {
			token, _, _ := strings.Cut(after, "\r\n")
			return &Guardian{g.T, m, g.URL + "/consent/" + token}
		}
	}
	g.T.Fatalf("no mail to %s", email)
	return nil
}

// Read returns the page that was answered with the status.
func (g *Guardian) Read(status int, r *http.Response, err error) string {
	g.T.Helper()
	if err != nil {
		g.T.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		g.T.Fatal(err)
	}
	if r.StatusCode != status {
		g.T.Errorf("%s: %d, want %d: %s", g.URL, r.StatusCode, status, body)
	}
	return string(body)
}

// Sees opens the page, and checks that the words are on it.
func (g *Guardian) Sees(status int, language string, words ...string) {
	g.T.Helper()
	r, err := http.Get(g.URL + "?lang=" + language)
	body := g.Read(status, r, err)
	for _, word := range words {
		if !strings.Contains(body, word) {
			g.T.Errorf("%s: no %q in %s", g.URL, word, body)
		}
	}
}

// Sends submits the form.
func (g *Guardian) Sends(status int, action string, scopes ...string) string {
	g.T.Helper()
	r, err := http.PostForm(g.URL, url.Values{"action": {action}, "scope": scopes, "lang": {"en"}})
	return g.Read(status, r, err)
}

// Aged sets somebody's age today.
func (h *Hub) Aged(who *Caller, age int) *Caller {
	return h.Born(who, h.Present().AddDate(-age, 0, -30))
}

// Today returns the day in Almaty.
func (h *Hub) Today() string { return almaty.Day(h.Present()) }

// Born sets somebody's birth date.
func (h *Hub) Born(who *Caller, on time.Time) *Caller {
	h.T.Helper()
	h.Exec(`update people set birth_date = $2 where id = $1`, RowID(who.ID), on.Format(time.DateOnly))
	return who
}
