package oidc

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"golang.org/x/oauth2"

	"jastarhub/internal/account"
	"jastarhub/internal/attempt"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/identity"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

// The paths that browsers are sent to.
const (
	StartPath    = "/oidc/start"
	CallbackPath = "/oidc/callback"
)

// The names of these requests in the audit log.
const signIn, link = "oidc.signIn", "oidc.link"

// Options are what the handler needs.
type Options struct {
	Settings
	Hub        string // the address at which people reach the hub
	DB         *postgres.DB
	Identities *identity.Service
	// Visit returns the visitor, by the session of the browser; Keep gives the browser another session.
	Visit func(r *http.Request, name string, now time.Time) (account.Visit, error)
	Keep  func(w http.ResponseWriter, r *http.Request, token string, now time.Time)
	// Browser returns what the browser stores about the device.
	Browser func(w http.ResponseWriter, r *http.Request, now time.Time) account.Browser
	Log     *slog.Logger
	Now     func() time.Time
}

// Handler sends browsers to the provider and takes them back.
type Handler struct {
	Options
	provider *provider
}

// whole is how long a whole request may take.
const whole = 15 * time.Second

// New returns the handler. It does not contact the provider yet.
func New(o Options) *Handler {
	return &Handler{Options: o, provider: newProvider(o.Settings, o.Hub+CallbackPath, o.Now)}
}

// ServeHTTP answers a browser with a redirection; an error follows #error= as a code.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	does := map[string]func(http.ResponseWriter, *http.Request) (string, error){StartPath: h.start, CallbackPath: h.callback}[r.URL.Path]
	switch {
	case does == nil:
		httpfault.Refuse(w, fault.New(fault.NotFound))
		return
	case r.Method != http.MethodGet:
		httpfault.MethodNotAllowed(w, http.MethodGet)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), whole)
	defer cancel()
	to, err := does(w, r.WithContext(ctx))
	if err != nil {
		to = h.refused(ctx, to, err)
	}
	http.Redirect(w, r, to, http.StatusSeeOther)
}

// refused returns where a failed sign-in leads: to the page on which it began, if that is known.
func (h *Handler) refused(ctx context.Context, returnTo string, err error) string {
	code := httpfault.Refusal(ctx, h.Log, err).Code
	if returnTo == "" {
		returnTo = "/sign-in"
	}
	return h.Hub + returnTo + "#error=" + string(code)
}

// start sends the browser to the provider; with link=1, to link the account there to the signed-in one. Codes: TRY_LATER,
// PROVIDER_DOWN; to link UNAUTHENTICATED, SIGN_IN_AGAIN, FORBIDDEN.
func (h *Handler) start(w http.ResponseWriter, r *http.Request) (string, error) {
	ctx, now := r.Context(), h.Now()
	f := &flow{ReturnTo: local(r.URL.Query().Get("return_to")), Verifier: oauth2.GenerateVerifier()}
	v, err := h.Visit(r, signIn, now)
	if err != nil {
		return "", err
	}
	if r.URL.Query().Has("link") {
		if err := h.mayLink(r, v); err != nil {
			return f.ReturnTo, err
		}
		f.SessionID = uuid.NullUUID{UUID: v.Actor.SessionID, Valid: true}
	}
	wait, err := attempt.Take(ctx, h.DB, now, attempt.Limits.Provider.Of(attempt.Network(v.Address)))
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	if err != nil {
		return "", err
	}
	state, stateHash := tokens.New()
	browser, browserHash := tokens.New()
	f.Nonce, _ = tokens.New()
	f.Browser = browserHash
	to, err := h.provider.address(ctx, state, f.Nonce, f.Verifier)
	if err != nil {
		return "", h.failed(ctx, v, err)
	}
	if err := h.DB.Tx(ctx, func(tx *sqlx.Tx) error { return insertFlow(ctx, tx, stateHash, f, now) }); err != nil {
		return "", err
	}
	h.remember(w, browser, int(lasts/time.Second))
	return to, nil
}

// mayLink accepts only requests from the hub's own pages: another site could send the browser here to link its own account at the
// provider to the visitor's. Codes: FORBIDDEN, UNAUTHENTICATED, SIGN_IN_AGAIN.
func (h *Handler) mayLink(r *http.Request, v account.Visit) error {
	if r.Header.Get("Sec-Fetch-Site") != "same-origin" {
		return fault.New(fault.Forbidden)
	}
	return h.Identities.MayLink(r.Context(), v.Actor, v.Now)
}

// callback handles the browser's return. Codes: SIGN_IN_LAPSED, PROVIDER_DOWN, PROVIDER_REFUSED, EMAIL_UNVERIFIED, EMAIL_TAKEN,
// IDENTITY_TAKEN, UNAUTHENTICATED.
func (h *Handler) callback(w http.ResponseWriter, r *http.Request) (string, error) {
	ctx, now, query := r.Context(), h.Now(), r.URL.Query()
	f, err := h.take(ctx, r, query.Get("state"), now)
	if err != nil {
		return "", err
	}
	h.remember(w, "", -1)
	name, failed := signIn, ""
	if f.SessionID.Valid {
		name, failed = link, f.ReturnTo
	}
	v, err := h.Visit(r, name, now)
	if err != nil {
		return failed, err
	}
	claims, err := h.ask(ctx, query, f)
	if err != nil {
		return failed, h.failed(ctx, v, err)
	}
	if f.SessionID.Valid {
		return h.link(ctx, v, f, claims)
	}
	return h.enter(ctx, w, r, v, f, claims)
}

func (h *Handler) take(ctx context.Context, r *http.Request, state string, now time.Time) (f *flow, err error) {
	var browser string
	if cookie, err := r.Cookie(h.cookie()); err == nil {
		browser = cookie.Value
	}
	err = h.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		f, err = takeFlow(ctx, tx, state, browser, now)
		return err
	})
	return f, err
}

// ask asks the provider who has come back.
func (h *Handler) ask(ctx context.Context, query url.Values, f *flow) (identity.Claims, error) {
	if query.Has("error") || query.Get("code") == "" {
		return identity.Claims{}, errRefused
	}
	return h.provider.exchange(ctx, query.Get("code"), f.Nonce, f.Verifier)
}

// failed logs why the sign-in at the provider failed. Codes: PROVIDER_DOWN, PROVIDER_REFUSED.
func (h *Handler) failed(ctx context.Context, v account.Visit, cause error) error {
	h.Log.WarnContext(ctx, "no sign-in through the provider", "error", cause)
	if errors.Is(cause, errDown) {
		return fault.New(fault.ProviderDown)
	}
	return v.Refused(ctx, h.DB, v.Entry(), fault.New(fault.ProviderRefused))
}

func (h *Handler) enter(ctx context.Context, w http.ResponseWriter, r *http.Request, v account.Visit, f *flow, c identity.Claims) (string, error) {
	v.Browser = h.Browser(w, r, v.Now)
	entry, err := h.Identities.Enter(ctx, v, c)
	if err != nil {
		return "", err
	}
	if entry.Register != "" {
		return h.Hub + "/register#oidc=" + entry.Register, nil
	}
	h.Keep(w, r, entry.Session, v.Now)
	return h.Hub + f.ReturnTo, nil
}

// link requires that the session that asked for the link is still the current one.
func (h *Handler) link(ctx context.Context, v account.Visit, f *flow, c identity.Claims) (string, error) {
	if v.Actor == nil || v.Actor.SessionID != f.SessionID.UUID {
		return f.ReturnTo, fault.New(fault.Unauthenticated)
	}
	if err := h.Identities.Link(ctx, v, c); err != nil {
		return f.ReturnTo, err
	}
	return h.Hub + f.ReturnTo, nil
}

// cookie returns the name of the cookie that identifies the returning browser; over https no other host can set it.
func (h *Handler) cookie() string {
	if strings.HasPrefix(h.Hub, "https:") {
		return "__Host-jastar-oidc"
	}
	return "jastar-oidc"
}

// remember sets the browser's cookie for a number of seconds. It is Lax, because the provider's page sends the browser back.
func (h *Handler) remember(w http.ResponseWriter, browser string, seconds int) {
	http.SetCookie(w, &http.Cookie{Name: h.cookie(), Value: browser, Path: "/", MaxAge: seconds, HttpOnly: true,
		Secure: strings.HasPrefix(h.Hub, "https:"), SameSite: http.SameSiteLaxMode})
}
