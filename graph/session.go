package graph

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
)

const (
	sessionCookieName = "jastar"
	deviceCookieName  = "jastar-device"
)

// cookieName returns the full name of a cookie. A browser sends a __Host- cookie to no other host and accepts it over https only;
// on the developer's own machine there is no https.
func cookieName(name string, local bool) string {
	if local {
		return name
	}
	return "__Host-" + name
}

func setCookie(header http.Header, local bool, name, value string, until time.Time) {
	header.Add("Set-Cookie", (&http.Cookie{Name: cookieName(name, local), Value: value, Path: "/", Expires: until, Secure: !local,
		HttpOnly: true, SameSite: http.SameSiteLaxMode}).String())
}

// mostToken is far longer than a session token: longer ones are refused without the database.
const mostToken = 200

// sessionCookie sets the browser's session in the response.
type sessionCookie struct {
	header http.Header
	local  bool
}

// keep stores a new session in the browser.
func (c sessionCookie) keep(token string, until time.Time) { c.set(token, until) }

// drop removes the session from the browser.
func (c sessionCookie) drop() { c.set("", time.Unix(1, 0)) }

func (c sessionCookie) set(token string, until time.Time) {
	setCookie(c.header, c.local, sessionCookieName, token, until)
}

// BrowserOf returns the browser that sent a request; the answer stores its device cookie.
func BrowserOf(w http.ResponseWriter, r *http.Request, now time.Time) account.Browser {
	return account.Browser{Devices: cookieOf(r, deviceCookieName), Keep: func(devices string) {
		setCookie(w.Header(), isLocal(r), deviceCookieName, devices, now.Add(account.DeviceLasts))
	}}
}

// isLocal reports whether the request was sent without https from the machine it arrived at.
func isLocal(r *http.Request) bool {
	// The header may be forged, but only to get the stricter cookie.
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		return false
	}
	host, _, err := net.SplitHostPort(r.Host)
	if err != nil {
		host = r.Host
	}
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return host == "localhost" || err == nil && address.IsLoopback()
}

// credential returns the session token of a request, "" if it has none, and whether it is a bearer token. With GET a cookie is
// ignored: a page of another site can make a browser send a cookie, through a link or an image, but not a bearer token. Codes:
// UNAUTHENTICATED.
func credential(r *http.Request) (token string, bearer bool, err error) {
	if sent := r.Header.Get("Authorization"); sent != "" {
		scheme, token, _ := strings.Cut(sent, " ")
		if !strings.EqualFold(scheme, "Bearer") || token == "" {
			return "", true, fault.New(fault.Unauthenticated)
		}
		return token, true, nil
	}
	if r.Method == http.MethodGet {
		return "", false, nil
	}
	return cookieOf(r, sessionCookieName), false, nil
}

// cookieOf returns the value of a browser's cookie, "" if there is none.
func cookieOf(r *http.Request, name string) string {
	if cookie, err := r.Cookie(cookieName(name, isLocal(r))); err == nil {
		return cookie.Value
	}
	return ""
}

// KeepSession stores a new session in the browser that sent the request, for handlers outside GraphQL.
func KeepSession(w http.ResponseWriter, r *http.Request, token string, now time.Time) {
	sessionCookie{w.Header(), isLocal(r)}.keep(token, now.Add(browserSession))
}

// Visit returns who sent a request, by its bearer token or otherwise the browser's session. It is for handlers outside GraphQL
// that check themselves whether a page of another site sent the browser. name and id are the request's in the audit log.
func (r *Resolver) Visit(request *http.Request, name, id string, now time.Time) (account.Visit, error) {
	v := account.Visit{Call: mutation.Call{Now: now, Name: name, Request: id}, Address: addressOf(request)}
	token := cookieOf(request, sessionCookieName)
	if scheme, sent, _ := strings.Cut(request.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		token = sent
	}
	if token != "" && len(token) <= mostToken {
		var err error
		v.Actor, err = r.Accounts.Authenticate(request.Context(), token, now)
		if err != nil && fault.CodeOf(err) != fault.Unauthenticated {
			return v, err
		}
	}
	v.Language = languageOf(request.Header.Get("Accept-Language"), v.Actor)
	return v, nil
}

// identify finds out who asks. A browser whose session has ended is a visitor and loses its cookie; a program with an invalid
// token gets an error. Codes: UNAUTHENTICATED.
func (h *handler) identify(ctx context.Context, r *http.Request, in *request) (*auth.Actor, error) {
	token, bearer, err := credential(r)
	if err != nil || token == "" {
		return nil, err
	}
	var actor *auth.Actor
	if err = fault.New(fault.Unauthenticated); len(token) <= mostToken {
		actor, err = h.Authenticate(ctx, token, in.Now)
	}
	if err != nil && !bearer && fault.CodeOf(err) == fault.Unauthenticated {
		in.session.drop()
		return nil, nil
	}
	return actor, err
}
