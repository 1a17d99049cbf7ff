package stories

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/consent/guardianpage"
)

// guardians is where the hub's emails lead those who have no account.
type guardians struct {
	*hub
	url string
}

// guardian is somebody with a mailbox and a browser.
type guardian struct {
	t    testing.TB
	mail received
	url  string // of the page
}

// guardians serves the consent page of the hub.
func (h *hub) guardians() *guardians {
	h.t.Helper()
	server := httptest.NewServer(guardianpage.New(h.r.Consents, "", slog.New(slog.NewTextHandler(h.log, nil))))
	h.t.Cleanup(server.Close)
	return &guardians{h, server.URL}
}

// asked lets a minor ask a guardian, who opens the email.
func (g *guardians) asked(minor *caller, email string, scopes ...string) *guardian {
	g.t.Helper()
	minor.do("requestConsent", vars{"guardianEmail": email, "scopes": scopes}, "consents { id }")
	for _, m := range g.mails() {
		_, after, found := strings.Cut(m.body, "https://hub.example/consent/")
		if m.to == strings.ToLower(email) && found {
			token, _, _ := strings.Cut(after, "\r\n")
			return &guardian{g.t, m, g.url + "/consent/" + token}
		}
	}
	g.t.Fatalf("no mail to %s", email)
	return nil
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

// sees opens the page, and checks that the words are on it.
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

// sends submits the form.
func (g *guardian) sends(status int, action string, scopes ...string) string {
	g.t.Helper()
	r, err := http.PostForm(g.url, url.Values{"action": {action}, "scope": scopes, "lang": {"en"}})
	return g.read(status, r, err)
}

// aged sets somebody's age today.
func (h *hub) aged(who *caller, age int) *caller {
	return h.born(who, time.Now().AddDate(-age, 0, -30))
}
