package stories

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	texttemplate "text/template"
	"time"

	"jastarhub/internal/consent/page"
)

// mail is one that waits in the outbox, with its text as people will read it.
type mail struct {
	Kind, Address, Language string
	Data                    map[string]any
	Text                    string
}

// mails reads those of a kind to an address, oldest first, and fills their texts in.
func (h *hub) mails(kind, address string) (found []mail) {
	h.t.Helper()
	var rows []struct{ Kind, Address, Language, Data string }
	if err := h.db.Select(&rows, `select kind, address, language, data from outbox where kind = $1 and address = $2 order by id`,
		kind, address); err != nil {
		h.t.Fatal(err)
	}
	for _, row := range rows {
		m := mail{Kind: row.Kind, Address: row.Address, Language: row.Language}
		if err := json.Unmarshal([]byte(row.Data), &m.Data); err != nil {
			h.t.Fatal(err)
		}
		file := "../../internal/outbox/templates/" + strings.ToLower(m.Kind) + "." + strings.ToLower(m.Language) + ".txt"
		text, err := texttemplate.ParseFiles(file)
		if err != nil {
			h.t.Fatal(err)
		}
		var filled bytes.Buffer
		if err := text.Option("missingkey=error").Execute(&filled, m.Data); err != nil {
			h.t.Fatal(err)
		}
		m.Text = filled.String()
		found = append(found, m)
	}
	return found
}

// guardian is somebody with a browser and a link, and no account.
type guardian struct {
	t   testing.TB
	url string // of the page
}

// pages serves the consent page of the hub.
func (h *hub) pages() string {
	h.t.Helper()
	server := httptest.NewServer(page.New(h.r.Consents, slog.New(slog.NewTextHandler(h.log, nil))))
	h.t.Cleanup(server.Close)
	h.r.Consents.PublicURL = server.URL
	return server.URL
}

// ask lets a minor ask a guardian, who opens the mail.
func (h *hub) ask(minor *caller, email string, scopes ...string) *guardian {
	h.t.Helper()
	minor.do("requestConsent", vars{"guardianEmail": email, "scopes": scopes}, "consents { id }")
	sent := h.mails("CONSENT_REQUEST", strings.ToLower(email))
	link, _ := sent[len(sent)-1].Data["Link"].(string)
	return &guardian{t: h.t, url: link}
}

func (g *guardian) read(status int, r *http.Response, err error) string {
	g.t.Helper()
	if err != nil {
		g.t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	body, err := io.ReadAll(r.Body)
	if err != nil {
		g.t.Fatal(err)
	}
	if r.StatusCode != status {
		g.t.Errorf("%s: %d, want %d: %s", g.url, r.StatusCode, status, body)
	}
	return string(body)
}

// sees opens the page, and wants the words on it.
func (g *guardian) sees(status int, language string, words ...string) {
	g.t.Helper()
	r, err := http.Get(g.url + "?lang=" + language)
	body := g.read(status, r, err)
	for _, word := range words {
		if !strings.Contains(body, word) {
			g.t.Errorf("%s: no %q in %s", g.url, word, body)
		}
	}
}

// sends sends the form.
func (g *guardian) sends(status int, action string, scopes ...string) string {
	g.t.Helper()
	r, err := http.PostForm(g.url, url.Values{"action": {action}, "scope": scopes, "lang": {"en"}})
	return g.read(status, r, err)
}

// aged is somebody who has that age today.
func (h *hub) aged(who *caller, age int) *caller {
	return h.born(who, time.Now().AddDate(-age, 0, -30))
}
