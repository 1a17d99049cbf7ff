package graph

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"net"
	"net/http"
	"net/netip"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"golang.org/x/text/language"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/live"
	"jastarhub/internal/mutation"
)

// request is what one HTTP request contains: who asks, when, in which language, and with which idempotency key.
type request struct {
	Actor    *auth.Actor
	Language lang.Language
	Now      time.Time
	Key      string
	Address  string // of the client
	ID       string // in the log

	schema  *ast.Schema
	loaded  loaded
	aside   func(wait func() error) error // gives the request's slot to others while it waits
	session sessionCookie
	browser account.Browser
	errors  atomic.Int32  // reported so far
	network netip.Prefix  // where it came from
	reads   bool          // by GET, so it must not change anything
	streams bool          // accepts a stream of events
	stream  *subscribed   // nil unless a subscription has begun
	event   live.Event    // the event that a subscription is answered for
	status  int           // of the answer, 0 for the usual one
	wait    time.Duration // before another attempt makes sense
	cost    int           // of the operation, once it is measured
}

type requestKey struct{}

// addressOf returns the client's network address, without the port.
func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

// from returns the request that a resolver works for.
func from(ctx context.Context) *request { return ctx.Value(requestKey{}).(*request) }

// call returns the change that the current field asks for, or the reading that is to be recorded.
func call(ctx context.Context) mutation.Call {
	r, field := from(ctx), graphql.GetFieldContext(ctx).Field
	values := field.ArgumentMap(graphql.GetOperationContext(ctx).Variables)
	hash := sha256.New()
	hash.Write([]byte(field.Name + "\n"))
	// Encode sorts the names, so that the same input is the same text in whatever order the client sent it. It cannot fail,
	// because the values were JSON, or a literal, before.
	_ = json.NewEncoder(hash).Encode(values)
	named := sent{schema: r.schema}
	named.arguments(field.Field, values)
	return mutation.Call{Actor: r.Actor, Now: r.Now, Name: field.Name, Key: r.Key, Hash: hash.Sum(nil), Request: r.ID,
		IDs: distinct(named.ids), Fields: distinct(named.fields)}
}

// noKey refuses an idempotency key if the mutation accepts none. Codes: IDEMPOTENCY_KEY_NOT_SUPPORTED.
func (r *request) noKey() error {
	if r.Key == "" {
		return nil
	}
	return fault.New(fault.IdempotencyKeyNotSupported)
}

// keyOf reads the Idempotency-Key header, "" if there is none. Codes: BAD_REQUEST.
func keyOf(h http.Header) (string, error) {
	sent := h.Values("Idempotency-Key")
	if len(sent) == 0 {
		return "", nil
	}
	key := sent[0]
	ok := len(sent) == 1 && key != "" && len(key) <= 128
	for i := range len(key) {
		ok = ok && key[i] > ' ' && key[i] <= '~'
	}
	if !ok {
		return "", fault.Because(fault.BadRequest, "The Idempotency-Key must be 1 to 128 visible ASCII characters.").With(fault.Min, 1).With(fault.Max, 128)
	}
	return key, nil
}

// languageOf returns the language of the answer: what this request asks for, otherwise the person's choice, otherwise Kazakh.
func languageOf(acceptLanguage string, a *auth.Actor) lang.Language {
	tags, _, _ := language.ParseAcceptLanguage(acceptLanguage)
	for _, tag := range tags {
		switch base, _ := tag.Base(); base.String() {
		case "kk", "ru", "en":
			return lang.Match(acceptLanguage)
		}
	}
	if a != nil && a.Language != "" {
		return a.Language
	}
	return lang.Kazakh
}
