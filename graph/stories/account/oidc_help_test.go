package account

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
	"jastarhub/graph/stories/hub"
	"jastarhub/internal/account"
	"jastarhub/internal/oidc"
)

// entrance is a hub with sign-in through a provider.
type entrance struct {
	*hub.City
	provider *provider
	site     string
}

func newEntrance(t testing.TB) *entrance {
	t.Helper()
	e := &entrance{City: hub.NewCity(t)}
	routes := http.NewServeMux()
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	e.site = server.URL
	e.provider = newProvider(t, e.site)
	log := slog.New(slog.NewTextHandler(e.Log, nil))
	routes.Handle("/graphql", graph.New(graph.Options{Schema: e.Resolver.Schema(), Fields: e.Resolver.Levels(), Authenticate: e.Resolver.Accounts.Authenticate,
		Log: log, InFlight: 32, Unmetered: true, Now: e.Present}))
	routes.Handle("/oidc/", oidc.New(oidc.Options{Settings: oidc.Settings{Issuer: e.provider.url, ClientID: oidcClient, ClientSecret: oidcSecret},
		Hub: e.site, DB: e.DB, Identities: e.Resolver.Identities, Keep: graph.KeepSession, Browser: graph.BrowserOf, Log: log, Now: e.Present,
		Visit: func(r *http.Request, name string, now time.Time) (account.Visit, error) {
			return e.Resolver.Visit(r, name, "story-request", now)
		}}))
	return e
}

// browser stores cookies, and follows redirections until it reaches a page of the hub.
type browser struct {
	e      *entrance
	client *http.Client
}

func (e *entrance) browser() *browser {
	e.T.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		e.T.Fatal(err)
	}
	return &browser{e, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// get requests one address, as a page of the hub itself does, and returns where it redirects to.
func (b *browser) get(address string, headers ...string) (to string) {
	b.e.T.Helper()
	request, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		b.e.T.Fatal(err)
	}
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.client.Do(request)
	if err != nil {
		b.e.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	if location, err := response.Location(); err == nil {
		return location.String()
	}
	body, _ := io.ReadAll(response.Body)
	b.e.T.Fatalf("%s: %d %s", address, response.StatusCode, body)
	return ""
}

// until follows redirections from an address to the first with the prefix.
func (b *browser) until(address, prefix string) string {
	b.e.T.Helper()
	for range 10 {
		if address = b.get(address); strings.HasPrefix(address, prefix) {
			return address
		}
	}
	b.e.T.Fatalf("never at %s", prefix)
	return ""
}

// enter goes the whole way from /oidc/start, and returns what comes after the hub's address.
func (b *browser) enter(query string) string {
	b.e.T.Helper()
	to := b.get(b.e.site + "/oidc/start" + query)
	if !strings.HasPrefix(to, b.e.site) {
		to = b.get(b.until(to, b.e.site+"/oidc/callback"))
	}
	path, ours := strings.CutPrefix(to, b.e.site)
	if !ours {
		b.e.T.Fatalf("sent to %s", to)
	}
	return path
}

// ask sends a document with the browser's cookies.
func (b *browser) ask(query string, variables hub.Vars) *hub.Answer {
	b.e.T.Helper()
	text, err := json.Marshal(hub.Vars{"query": query, "variables": variables})
	if err != nil {
		b.e.T.Fatal(err)
	}
	response, err := b.client.Post(b.e.site+"/graphql", "application/json", bytes.NewReader(text))
	if err != nil {
		b.e.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	raw, err := io.ReadAll(response.Body)
	if err != nil {
		b.e.T.Fatal(err)
	}
	a := &hub.Answer{T: b.e.T, Status: response.StatusCode, RawBody: string(raw)}
	if err := json.Unmarshal(raw, &struct {
		Data   *map[string]any
		Errors *[]hub.GraphError
	}{&a.Data, &a.Errors}); err != nil {
		b.e.T.Fatalf("%v in %s", err, raw)
	}
	return a
}

// signsIn begins a session in the browser with a password.
func (b *browser) signsIn(address string) *browser {
	b.e.T.Helper()
	if a := b.ask(hub.Document("signIn", "token"), hub.Vars{"in": hub.Vars{"email": address, "password": hub.Password}}); a.Code() != "" {
		b.e.T.Fatal(a.RawBody)
	}
	return b
}

// is returns the person of the browser's session, "" for a visitor.
func (b *browser) is() string {
	b.e.T.Helper()
	viewer, _ := b.ask(`{ viewer { id } }`, nil).At("viewer").(map[string]any)
	id, _ := viewer["id"].(string)
	return id
}

func (b *browser) cookies() string {
	at, err := url.Parse(b.e.site)
	if err != nil {
		b.e.T.Fatal(err)
	}
	var names []string
	for _, c := range b.client.Jar.Cookies(at) {
		names = append(names, c.Name)
	}
	return strings.Join(names, " ")
}
