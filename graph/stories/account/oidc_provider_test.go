package account

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const oidcClient, oidcSecret = "hub", "a secret of the hub's"

// provider is an OpenID provider for tests, whose login page asks for nothing: the story says who uses the browser.
type provider struct {
	*storage.Storage
	url    string
	users  users
	who    string // who uses the browser
	twist  string // what is wrong with its answers
	refuse atomic.Int32
	forger *storage.Storage // has another key
}

type users map[string]*storage.User

func (u users) GetUserByID(id string) *storage.User { return u[id] }

func (u users) GetUserByUsername(name string) *storage.User { return u[name] }

func (u users) ExampleClientID() string { return "nobody" }

// newProvider starts a provider that knows the hub as a client. While refuse is not 0 it answers with that status.
func newProvider(t testing.TB, hub string) *provider {
	t.Helper()
	p := &provider{users: users{}, forger: storage.NewStorage(users{})}
	routes := http.NewServeMux()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if status := p.refuse.Load(); status != 0 {
			http.Error(w, "closed", int(status))
			return
		}
		routes.ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	p.url = server.URL
	p.Storage = storage.NewStorageWithClients(p.users, map[string]*storage.Client{oidcClient: storage.WebClient(oidcClient, oidcSecret, hub+"/oidc/callback")})
	protocol, err := op.NewProvider(&op.Config{CodeMethodS256: true}, p, op.StaticIssuer(p.url), op.WithAllowInsecure(), op.WithLogger(slog.New(slog.DiscardHandler)))
	if err != nil {
		t.Fatal(err)
	}
	callback := op.AuthCallbackURL(protocol)
	interceptor := op.NewIssuerInterceptor(protocol.IssuerFromRequest)
	routes.Handle("/login/username", interceptor.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Query().Get("authRequestID")
		if err := p.CheckUsernamePassword(p.who, "", id); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		http.Redirect(w, r, callback(r.Context(), id), http.StatusFound)
	}))
	routes.Handle("/", protocol)
	return p
}

// knows adds somebody with an account at the provider, who uses the browser from now on.
func (p *provider) knows(name, email string, verified bool) {
	for _, id := range []string{name, name + "\x00"} {
		p.users[id] = &storage.User{ID: id, Username: id, FirstName: name, LastName: "At\u202ework", Email: email, EmailVerified: verified}
	}
	p.who = name
}

// AuthRequestByCode makes the answer one to another request.
func (p *provider) AuthRequestByCode(ctx context.Context, code string) (op.AuthRequest, error) {
	request, err := p.Storage.AuthRequestByCode(ctx, code)
	return &twisted{request, p.twist}, err
}

type twisted struct {
	op.AuthRequest
	twist string
}

func (t *twisted) GetNonce() string {
	if t.twist == "nonce" {
		return "another"
	}
	return t.AuthRequest.GetNonce()
}

func (t *twisted) GetAudience() []string {
	if t.twist == "audience" {
		return nil // the provider itself adds the client
	}
	return t.AuthRequest.GetAudience()
}

func (t *twisted) GetClientID() string {
	if t.twist == "audience" || t.twist == "party" {
		return "another"
	}
	return t.AuthRequest.GetClientID()
}

func (t *twisted) GetSubject() string {
	if t.twist == "subject" {
		return fmt.Sprint(t.AuthRequest.GetSubject(), "\x00")
	}
	return t.AuthRequest.GetSubject()
}

// SigningKey makes somebody else sign the answers.
func (p *provider) SigningKey(ctx context.Context) (op.SigningKey, error) {
	if p.twist == "key" {
		return p.forger.SigningKey(ctx)
	}
	return p.Storage.SigningKey(ctx)
}

// SetUserinfoFromToken makes the profile somebody else's.
func (p *provider) SetUserinfoFromToken(ctx context.Context, info *oidc.UserInfo, token, subject, origin string) error {
	err := p.Storage.SetUserinfoFromToken(ctx, info, token, subject, origin)
	if p.twist == "profile" {
		info.Subject = "another"
	}
	return err
}

// GetClientByClientID makes ID tokens expire before they are issued, or makes them for another client.
func (p *provider) GetClientByClientID(ctx context.Context, id string) (op.Client, error) {
	client, err := p.Storage.GetClientByClientID(ctx, id)
	return &twistedClient{client, p.twist}, err
}

type twistedClient struct {
	op.Client
	twist string
}

func (c *twistedClient) IDTokenLifetime() time.Duration {
	if c.twist == "expired" {
		return -time.Hour
	}
	return c.Client.IDTokenLifetime()
}

func (c *twistedClient) GetID() string {
	if c.twist == "audience" || c.twist == "party" {
		return "another"
	}
	return c.Client.GetID()
}
