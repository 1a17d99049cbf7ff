package stories

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

func (w *world) goodPrivacy() map[string]good {
	w.t.Helper()
	people := w.known(2)
	return map[string]good{
		"requestData":  {people[0], vars{"password": password, "code": w.putCode(people[0])}},
		"eraseAccount": {people[1], vars{"password": password, "code": w.putCode(people[1])}},
		"erasePerson":  {w.officer, w.unwanted("")},
	}
}

// known returns people who have everybody's password.
func (w *world) known(n int) []*caller {
	w.t.Helper()
	people := w.crowd(n)
	for _, who := range people {
		w.knows(who)
	}
	return people
}

// knows gives somebody everybody's password, without the work of hashing it.
func (h *hub) knows(who *caller) {
	h.t.Helper()
	h.exec(`update people set password_hash = (select password_hash from people where email = 'lead@example.org') where id = $1`,
		uuid.MustParse(who.id))
}

// unwanted returns the account of somebody who wrote to the city.
func (w *world) unwanted(string) vars {
	return vars{"email": w.crowd(1)[0].id + "@example.org", "reason": "Letter 12 of 3 May."}
}

// double returns somebody else in place of the signed-in person, to be erased instead.
func (w *world) double(who *caller) *caller {
	if who.token == "" {
		return who
	}
	return w.known(1)[0]
}

// erase erases somebody's own account.
func (c *caller) erase() *answer {
	c.h.t.Helper()
	return c.do("eraseAccount", c.proof(), "purgeAt")
}

// proof is what proves the owner: the password and, if a second factor is on, a code.
func (c *caller) proof() vars {
	in := vars{"password": password}
	if c.h.count(`select count(*) from second_factors where person_id = $1`, c.id) > 0 {
		in["code"] = c.h.putCode(c)
	}
	return in
}

// purge lets the worker do its jobs after a time.
func (h *hub) purge(in time.Duration) {
	h.t.Helper()
	if err := h.r.Privacy.PurgeDue(context.Background(), time.Now().Add(in)); err != nil {
		h.t.Fatal(err)
	}
}

// download downloads somebody's data.
func (c *caller) download() string {
	c.h.t.Helper()
	token := c.do("requestData", vars{"password": password}, "token expiresAt").str("requestData.token")
	status, header, body := c.h.fetch(token)
	if status != http.StatusOK || header.Get("Content-Disposition") != `attachment; filename="jastar-hub-data.json"` ||
		header.Get("Cache-Control") != "no-store" || !json.Valid([]byte(body)) {
		c.h.t.Fatalf("%d %v %s", status, header, body)
	}
	return body
}

// fetch submits the form of the download.
func (h *hub) fetch(token string) (status int, header http.Header, body string) {
	h.t.Helper()
	server := httptest.NewServer(download.New(h.r.Privacy, slog.New(slog.NewTextHandler(h.log, nil)), func(context.Context) string { return "story-download" }))
	defer server.Close()
	r, err := http.PostForm(server.URL, url.Values{"token": {token}})
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	var all bytes.Buffer
	if _, err := io.Copy(&all, r.Body); err != nil {
		h.t.Fatal(err)
	}
	return r.StatusCode, r.Header, all.String()
}

// putDataRequest returns the token of a download that somebody asked for.
func (h *hub) putDataRequest(who *caller) (token string) {
	h.t.Helper()
	secret := sha256.Sum256([]byte(who.id))
	hash := sha256.Sum256(secret[:])
	h.exec(`insert into data_requests (id, person_id, token_hash, asked_at, expires_at) values ($1, $2, $3, now(), now() + interval '5 minutes')`,
		postgres.NewID(), who.id, hash[:])
	return base64.RawURLEncoding.EncodeToString(secret[:])
}
