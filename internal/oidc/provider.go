// Package oidc signs people in through an OpenID provider: the authorization code flow with PKCE, in a browser.
package oidc

import (
	"cmp"
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"jastarhub/internal/identity"
)

// Settings are the provider, its name for people, and the hub's credentials there. Without an issuer there is no provider.
type Settings struct{ Issuer, Name, ClientID, ClientSecret string }

// Title returns the provider's name for people: its host where it has no name; empty where there is no provider.
func (s Settings) Title() string {
	issuer, err := url.Parse(s.Issuer)
	if err != nil || issuer.Host == "" {
		return ""
	}
	return cmp.Or(s.Name, issuer.Host)
}

// Check reports what is wrong with the settings: the provider must be reached over https, except on the same machine.
func (s Settings) Check() error {
	if s == (Settings{}) {
		return nil
	}
	issuer, err := url.Parse(s.Issuer)
	if err != nil || issuer.Host == "" || issuer.Scheme != "https" && (issuer.Scheme != "http" || !isLoopback(issuer.Hostname())) {
		return errors.New("HUB_OIDC_ISSUER must be like https://id.example")
	}
	if s.ClientID == "" {
		return errors.New("HUB_OIDC_CLIENT_ID must be given with HUB_OIDC_ISSUER")
	}
	return nil
}

func isLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}

const (
	// patience is how long the hub waits for one answer of the provider.
	patience = 5 * time.Second
	// pause is how long a provider that did not answer is not asked again, so that not everybody waits for it.
	pause = 3 * time.Second
)

// provider is the OpenID provider. Its configuration is read when somebody first wants to sign in: the hub works without it.
type provider struct {
	Settings
	redirect string
	now      func() time.Time
	client   *http.Client

	lock     sync.Mutex
	found    *oidc.Provider
	failed   error
	failedAt time.Time
}

// errDown is for a provider that does not answer; errRefused for one that refuses the sign-in, or whose answer cannot be trusted.
var errDown, errRefused = errors.New("the provider does not answer"), errors.New("the provider's answer is not accepted")

func newProvider(s Settings, redirect string, now func() time.Time) *provider {
	return &provider{Settings: s, redirect: redirect, now: now, client: &http.Client{Timeout: patience}}
}

// discover finds the provider's endpoints and keys, once.
func (p *provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	if since := p.now().Sub(p.failedAt); p.failed != nil && 0 <= since && since < pause { // below 0 if the clock was set back
		return nil, p.failed
	}
	// Others wait for the answer too, and whoever asked first may disconnect.
	found, err := oidc.NewProvider(oidc.ClientContext(context.WithoutCancel(ctx), p.client), p.Issuer)
	if err != nil {
		p.failed, p.failedAt = fmt.Errorf("%w: %w", errDown, err), p.now()
		return nil, p.failed
	}
	p.found = found
	return found, nil
}

func (p *provider) config(at *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: at.Endpoint(), RedirectURL: p.redirect,
		Scopes: []string{oidc.ScopeOpenID, "email", "profile"}}
}

// address returns where the browser goes to sign in.
func (p *provider) address(ctx context.Context, state, nonce, verifier string) (string, error) {
	at, err := p.discover(ctx)
	if err != nil {
		return "", err
	}
	return p.config(at).AuthCodeURL(state, oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier)), nil
}

// exchange asks the provider who has come back with a code.
func (p *provider) exchange(ctx context.Context, code, nonce, verifier string) (identity.Claims, error) {
	var c identity.Claims
	at, err := p.discover(ctx)
	if err != nil {
		return c, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.config(at).Exchange(ctx, code, oauth2.VerifierOption(verifier))
	if err != nil {
		return c, exchangeError(err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := at.Verifier(&oidc.Config{ClientID: p.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil {
		return c, fmt.Errorf("%w: %w", errRefused, err)
	}
	if err := p.check(id, nonce); err != nil {
		return c, err
	}
	return p.claims(ctx, at, token, id)
}

// exchangeError distinguishes a refused code from other failures. It leaves out the provider's text, which may hold confidential
// data.
func exchangeError(err error) error {
	refused, answered := errors.AsType[*oauth2.RetrieveError](err)
	if answered && refused.Response.StatusCode < http.StatusInternalServerError {
		return fmt.Errorf("%w: %d %s", errRefused, refused.Response.StatusCode, refused.ErrorCode)
	}
	if answered {
		return fmt.Errorf("%w: %d", errDown, refused.Response.StatusCode)
	}
	return fmt.Errorf("%w: %w", errDown, err)
}

// check verifies that the ID token belongs to this browser's flow and to this client.
func (p *provider) check(id *oidc.IDToken, nonce string) error {
	var of struct {
		AuthorizedParty string `json:"azp"`
	}
	if err := id.Claims(&of); err != nil {
		return fmt.Errorf("%w: %w", errRefused, err)
	}
	switch {
	case subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(nonce)) != 1:
		return fmt.Errorf("%w: wrong nonce", errRefused)
	case of.AuthorizedParty != "" && of.AuthorizedParty != p.ClientID, of.AuthorizedParty == "" && len(id.Audience) > 1:
		return fmt.Errorf("%w: for another client", errRefused)
	case id.Subject == "" || len(id.Subject) > 255 || strings.ContainsFunc(id.Subject, unicode.IsControl):
		return fmt.Errorf("%w: no subject", errRefused)
	}
	return nil
}

// profile is what may be in the ID token, or else at the provider's userinfo endpoint.
type profile struct {
	Email         string `json:"email"`
	EmailVerified truth  `json:"email_verified"`
	GivenName     string `json:"given_name"`
	FamilyName    string `json:"family_name"`
}

// truth is a boolean that some providers write as a string.
type truth bool

// UnmarshalJSON reads both forms; anything else is false.
func (t *truth) UnmarshalJSON(text []byte) error {
	*t = string(text) == "true" || string(text) == `"true"`
	return nil
}

func (p *provider) claims(ctx context.Context, at *oidc.Provider, token *oauth2.Token, id *oidc.IDToken) (c identity.Claims, err error) {
	var who profile
	if err := id.Claims(&who); err != nil {
		return c, fmt.Errorf("%w: %w", errRefused, err)
	}
	if who.Email == "" && at.UserInfoEndpoint() != "" {
		info, err := at.UserInfo(ctx, oauth2.StaticTokenSource(token))
		if err != nil {
			return c, fmt.Errorf("%w: %w", errDown, err)
		}
		if info.Subject != id.Subject {
			return c, fmt.Errorf("%w: the profile is another subject's", errRefused)
		}
		if err := info.Claims(&who); err != nil {
			return c, fmt.Errorf("%w: %w", errRefused, err)
		}
	}
	return identity.Claims{Issuer: p.Issuer, Subject: id.Subject, Email: who.Email, EmailVerified: bool(who.EmailVerified),
		GivenName: who.GivenName, FamilyName: who.FamilyName}, nil
}
