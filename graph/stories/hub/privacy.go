package hub

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
	"jastarhub/internal/privacy/download"
)

// Meanwhile starts a mutation while a transaction that has run statements about a person is open, waits until it waits, and
// commits. It returns the answer, and the contents of all tables without the mutation.
func (w *World) Meanwhile(person string, who *Caller, mutation string, in Vars, statements ...string) (a *Answer, before string) {
	w.T.Helper()
	tx, err := w.DB.BeginTxx(context.Background(), nil)
	if err != nil {
		w.T.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	for _, statement := range statements {
		tx.MustExec(statement, person)
	}
	before = w.checksumIn(tx)
	answers := make(chan *Answer, 1)
	go func() { answers <- who.Ask(Document(mutation, "__typename"), Vars{"in": in}) }()
	for waiting := false; !waiting; {
		select {
		case a := <-answers:
			w.T.Errorf("%s did not wait: %.200s", mutation, a.RawBody)
			return a, before
		case <-time.After(time.Millisecond):
			waiting = w.Count(`select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`) > 0
		}
	}
	if err := tx.Commit(); err != nil {
		w.T.Fatal(err)
	}
	return <-answers, before
}

// Known returns people who have everybody's password.
func (w *World) Known(n int) []*Caller {
	w.T.Helper()
	people := w.Crowd(n)
	for _, who := range people {
		w.Knows(who)
	}
	return people
}

// Knows gives somebody everybody's password, without the work of hashing it.
func (h *Hub) Knows(who *Caller) {
	h.T.Helper()
	h.Exec(`update people set password_hash = (select password_hash from people where email = 'lead@example.org') where id = $1`,
		uuid.MustParse(who.ID))
}

// Unwanted returns the account of somebody who wrote to the city.
func (w *World) Unwanted(string) Vars {
	return Vars{"email": w.Crowd(1)[0].ID + "@example.org", "reason": "Letter 12 of 3 May."}
}

// Erase erases somebody's own account.
func (c *Caller) Erase() *Answer {
	c.Hub.T.Helper()
	return c.Do("eraseAccount", c.Proof(), "purgeAt")
}

// Proof is what proves the owner: the password and, if a second factor is on, a code.
func (c *Caller) Proof() Vars {
	in := Vars{"password": Password}
	if c.Hub.Count(`select count(*) from second_factors where person_id = $1`, c.ID) > 0 {
		in["code"] = c.Hub.PutCode(c)
	}
	return in
}

// Purge lets the worker do its jobs after a time.
func (h *Hub) Purge(in time.Duration) {
	h.T.Helper()
	if err := h.Resolver.Privacy.PurgeDue(context.Background(), h.Present().Add(in)); err != nil {
		h.T.Fatal(err)
	}
}

// Download downloads somebody's data.
func (c *Caller) Download() string {
	c.Hub.T.Helper()
	token := c.Do("requestData", Vars{"password": Password}, "token expiresAt").Str("requestData.token")
	status, header, body := c.Hub.Fetch(token)
	if status != http.StatusOK || header.Get("Content-Disposition") != `attachment; filename="jastar-hub-data.json"` ||
		header.Get("Cache-Control") != "no-store" || !json.Valid([]byte(body)) {
		c.Hub.T.Fatalf("%d %v %s", status, header, body)
	}
	return body
}

// Fetch submits the form of the download.
func (h *Hub) Fetch(token string) (status int, header http.Header, body string) {
	h.T.Helper()
	server := httptest.NewServer(download.New(h.Resolver.Privacy, slog.New(slog.NewTextHandler(h.Log, nil)), func(context.Context) string { return "story-download" }, h.Present))
	defer server.Close()
	r, err := http.PostForm(server.URL, url.Values{"token": {token}})
	if err != nil {
		h.T.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	var all bytes.Buffer
	if _, err := io.Copy(&all, r.Body); err != nil {
		h.T.Fatal(err)
	}
	return r.StatusCode, r.Header, all.String()
}

// PutDataRequest returns the token of a download that somebody asked for.
func (h *Hub) PutDataRequest(who *Caller) (token string) {
	h.T.Helper()
	secret := sha256.Sum256([]byte(who.ID))
	hash := sha256.Sum256(secret[:])
	h.Exec(`insert into data_requests (id, person_id, token_hash, asked_at, expires_at) values ($1, $2, $3, now(), now() + interval '5 minutes')`,
		postgres.NewID(), who.ID, hash[:])
	return base64.RawURLEncoding.EncodeToString(secret[:])
}
