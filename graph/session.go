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
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
)

const (
	sessionCookieName = "jastar"
	deviceCookieName  = "jastar-device"
)

// cookieName is what a cookie is called. A browser gives a __Host- cookie to no other host and takes it over https alone; on the
// developer's own machine there is no https.
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
	setCookie(c.header, c.local, sessionCookieName, token, until)
}

// BrowserOf is the browser that sent a request and is to keep what the answer says of the device.
func BrowserOf(w http.ResponseWriter, r *http.Request, now time.Time) person.Browser {
	return person.Browser{Devices: cookieOf(r, deviceCookieName), Keep: func(devices string) {
		setCookie(w.Header(), isLocal(r), deviceCookieName, devices, now.Add(person.DeviceLasts))
	}}
}

// isLocal reports whether the request came without https to the machine it was sent from.
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
	return cookieOf(r, sessionCookieName), false, nil
}

// cookieOf is what the browser keeps under a name, "" where that is nothing.
func cookieOf(r *http.Request, name string) string {
	if cookie, err := r.Cookie(cookieName(name, isLocal(r))); err == nil {
		return cookie.Value
	}
	return ""
}

// KeepSession gives the browser that sent the request a session that has begun, for what is no GraphQL.
func KeepSession(w http.ResponseWriter, r *http.Request, token string, now time.Time) {
	sessionCookie{w.Header(), isLocal(r)}.keep(token, now.Add(browserSession))
}

// Visit is a request in the name of whose bearer token it shows or, without one, whose session the browser has: for what is no
// GraphQL, and looks itself whether a page of another site sent the browser. name and id are what the audit says of it.
func (r *Resolver) Visit(request *http.Request, name, id string, now time.Time) (person.Visit, error) {
	v := person.Visit{Call: mutation.Call{Now: now, Name: name, Request: id}, Address: addressOf(request)}
	token := cookieOf(request, sessionCookieName)
	if scheme, sent, _ := strings.Cut(request.Header.Get("Authorization"), " "); strings.EqualFold(scheme, "Bearer") {
		token = sent
	}
	if token != "" && len(token) <= mostToken {
		var err error
		v.Actor, err = r.People.Authenticate(request.Context(), token, now)
		if err != nil && fault.CodeOf(err) != fault.Unauthenticated {
			return v, err
		}
	}
	v.Language = languageOf(request.Header.Get("Accept-Language"), v.Actor)
	return v, nil
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
