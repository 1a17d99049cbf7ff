package stories

import (
	"bytes"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"jastarhub/graph"
	"jastarhub/internal/oidc"
	"jastarhub/internal/person"
)

// entrance is a hub with sign-in through a provider.
type entrance struct {
	*city
	provider *provider
	site     string
	now      time.Time // the clock of the sign-in handler
}

func newEntrance(t testing.TB) *entrance {
	t.Helper()
	e := &entrance{city: newCity(t), now: time.Now()}
	routes := http.NewServeMux()
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	e.site = server.URL
	e.provider = newProvider(t, e.site)
	log := slog.New(slog.NewTextHandler(e.log, nil))
	routes.Handle("/graphql", graph.New(graph.Options{Schema: e.r.Schema(), Fields: e.r.Levels(), Authenticate: e.r.People.Authenticate,
		Log: log, InFlight: 32, Unmetered: true}))
	routes.Handle("/oidc/", oidc.New(oidc.Options{Settings: oidc.Settings{Issuer: e.provider.url, ClientID: oidcClient, ClientSecret: oidcSecret},
		Hub: e.site, DB: e.db, Identities: e.r.Identities, Keep: graph.KeepSession, Browser: graph.BrowserOf, Log: log, Now: func() time.Time { return e.now },
		Visit: func(r *http.Request, name string, now time.Time) (person.Visit, error) {
			return e.r.Visit(r, name, "story-request", now)
		}}))
	return e
}

// browser stores cookies, and follows redirections until it reaches a page of the hub.
type browser struct {
	e      *entrance
	client *http.Client
}

func (e *entrance) browser() *browser {
	e.t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		e.t.Fatal(err)
	}
	return &browser{e, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// get requests one address, as a page of the hub itself does, and returns where it redirects to.
func (b *browser) get(address string, headers ...string) (to string) {
	b.e.t.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.e.t.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.e.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if location, err := response.Location(); err == nil {
		return location.String()
	}
	body, _ := io.ReadAll(response.Body)
	b.e.t.Fatalf("%s: %d %s", address, response.StatusCode, body)
	return ""
}

// until follows redirections from an address to the first with the prefix.
func (b *browser) until(address, prefix string) string {
	b.e.t.Helper()
	for range 10 {
		if address = b.get(address); strings.HasPrefix(address, prefix) {
			return address
		}
	}
	b.e.t.Fatalf("never at %s", prefix)
	return ""
}

// enter goes the whole way from /oidc/start, and returns what comes after the hub's address.
func (b *browser) enter(query string) string {
	b.e.t.Helper()
	to := b.get(b.e.site + "/oidc/start" + query)
	if !strings.HasPrefix(to, b.e.site) {
		to = b.get(b.until(to, b.e.site+"/oidc/callback"))
	}
	path, ours := strings.CutPrefix(to, b.e.site)
	if !ours {
		b.e.t.Fatalf("sent to %s", to)
	}
	return path
}

// ask sends a document with the browser's cookies.
func (b *browser) ask(query string, variables vars) *answer {
	b.e.t.Helper()
	text, err := json.Marshal(vars{"query": query, "variables": variables})
	if err != nil {
		b.e.t.Fatal(err)
	}
	response, err := b.client.Post(b.e.site+"/graphql", "application/json", bytes.NewReader(text))
	if err != nil {
		b.e.t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		b.e.t.Fatal(err)
	}
	a := &answer{t: b.e.t, Status: response.StatusCode, rawBody: string(raw)}
	if err := json.Unmarshal(raw, &struct {
		Data   *map[string]any
		Errors *[]graphError
	}{&a.Data, &a.Errors}); err != nil {
		b.e.t.Fatalf("%v in %s", err, raw)
	}
	return a
}

// signsIn begins a session in the browser with a password.
func (b *browser) signsIn(address string) *browser {
	b.e.t.Helper()
	if a := b.ask(document("signIn", "token"), vars{"in": vars{"email": address, "password": password}}); a.code() != "" {
		b.e.t.Fatal(a.rawBody)
	}
	return b
}

// is returns the person of the browser's session, "" for a visitor.
func (b *browser) is() string {
	b.e.t.Helper()
	viewer, _ := b.ask(`{ viewer { id } }`, nil).at("viewer").(map[string]any)
	id, _ := viewer["id"].(string)
	return id
}

func (b *browser) cookies() string {
	at, err := url.Parse(b.e.site)
	if err != nil {
		b.e.t.Fatal(err)
	}
	var names []string
	for _, c := range b.client.Jar.Cookies(at) {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}
