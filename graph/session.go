package graph

import (
	"context"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"time"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// A browser gives a __Host- cookie to no other host and takes it over https alone; on the developer's own machine there
// is no https.
const (
	cookieName      = "__Host-jastar"
	localCookieName = "jastar"
)

// mostToken is far above a session token's length: longer ones need no look at the database.
const mostToken = 200

// sessionCookie is the response's side of the browser's session.
type sessionCookie struct {
	header http.Header
	local  bool
}

// keep gives the browser a session that has begun.
func (c sessionCookie) keep(token string, until time.Time) { c.set(token, until) }

// drop takes the session from the browser.
func (c sessionCookie) drop() { c.set("", time.Unix(1, 0)) }

func (c sessionCookie) set(token string, until time.Time) {
	cookie := &http.Cookie{Name: cookieName, Value: token, Path: "/", Expires: until, Secure: true, HttpOnly: true,
		SameSite: http.SameSiteLaxMode}
	if c.local {
		cookie.Name, cookie.Secure = localCookieName, false
	}
	c.header.Add("Set-Cookie", cookie.String())
}

// isLocal tells whether the request came without https to the machine it was sent from.
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

// credential is the session token that a request carries, "" where it carries none, and whether as a bearer token. With GET a
// cookie is none: a page of another site can have a browser send that, as a link or an image, but not a bearer token.
// Codes: UNAUTHENTICATED.
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
	name := cookieName
	if isLocal(r) {
		name = localCookieName
	}
	if cookie, err := r.Cookie(name); err == nil {
		return cookie.Value, false, nil
	}
	return "", false, nil
}

// identify finds out who asks. A browser whose session has ended is a visitor and forgets it; a program that shows a
// token wants to know. Codes: UNAUTHENTICATED.
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
