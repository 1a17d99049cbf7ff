package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/photo"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
	"jastarhub/internal/server"
	"jastarhub/internal/tokens"
)

// form is the content type of forms.
const form = "application/x-www-form-urlencoded"

// reaching has a request to each handler that the server consists of, by its option. It needs the database.
func reaching(key *secret.Key) map[string]*http.Request {
	token, _ := tokens.New()
	id := uuid.New()
	reminder := base64.RawURLEncoding.EncodeToString(append(id[:], key.Sign("answer a reminder", id[:])[:16]...))
	of := func(method, path, contentType, body string) *http.Request {
		r := httptest.NewRequest(method, path, strings.NewReader(body))
		r.Header.Set("Content-Type", contentType)
		return r
	}
	signedIn := func(r *http.Request) *http.Request {
		r.Header.Set("Authorization", "Bearer "+token)
		return r
	}
	back := of(http.MethodGet, "/oidc/callback?code=x&state="+token, "", "")
	back.AddCookie(&http.Cookie{Name: "jastar-oidc", Value: token})
	return map[string]*http.Request{
		"GraphQL":  of(http.MethodPost, "/graphql", "application/json", `{"query": "{ districts { id } }"}`),
		"SignIn":   back,
		"Consent":  of(http.MethodPost, "/consent/"+token, form, "action=decline"),
		"Coming":   of(http.MethodPost, "/coming/"+reminder, form, "action=coming"),
		"Data":     of(http.MethodPost, "/me/data.json", form, "token="+token),
		"Photos":   signedIn(of(http.MethodPost, "/uploads", "image/jpeg", "x")),
		"Printed":  signedIn(of(http.MethodGet, "/certificates/x.pdf", "", "")),
		"Register": signedIn(of(http.MethodGet, "/register.csv", "", "")),
	}
}

// TestRefusalsOverHTTP: whatever goes wrong in whichever handler, the answer is a refusal with a code, and has the status of the
// code; or it is a page with that status; or it leads the browser to a page that shows the code.
func TestRefusalsOverHTTP(t *testing.T) {
	t.Parallel()
	url, _ := migrated(t)
	db, err := postgres.Open(t.Context(), url, postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	key, err := secret.Parse(strings.TrimPrefix(sealing(0), "HUB_SECRET_KEY="))
	if err != nil {
		t.Fatal(err)
	}
	bucket, err := photo.OpenBucket(t.Context(), "mem://", "")
	if err != nil {
		t.Fatal(err)
	}
	s := settings{env: production}
	s.oidc.Issuer = "https://id.example"
	var log bytes.Buffer
	logger := slog.New(slog.NewTextHandler(&log, nil))
	services := s.services(db, bucket, key)
	hub := s.server(db, db, services, services.Broker(logger, present), "http://127.0.0.1", logger)
	asked := reaching(key)
	kind := reflect.TypeFor[http.Handler]()
	for i := range reflect.TypeFor[server.Options]().NumField() {
		if field := reflect.TypeFor[server.Options]().Field(i); field.Type == kind && asked[field.Name] == nil {
			t.Errorf("no request reaches %s", field.Name)
		}
	}
	walk := func(what string, change func(name string, r *http.Request) (*http.Request, fault.Code)) {
		t.Helper()
		for name, r := range reaching(key) {
			sent, want := change(name, r)
			if want == "" {
				continue
			}
			log.Reset()
			w := httptest.NewRecorder()
			hub.ServeHTTP(w, sent)
			if got := refusal(t, w); got != want {
				t.Errorf("%s, %s: %d %v %.300s, want %s\n%s", name, what, w.Code, w.Header(), w.Body, want, log.String())
			}
		}
	}
	walk("another method", func(name string, r *http.Request) (*http.Request, fault.Code) {
		r.Method = http.MethodPatch
		switch name {
		case "Photos", "Consent", "Coming":
			return r, fault.NotFound
		}
		return r, fault.BadRequest
	})
	walk("from another site", func(name string, r *http.Request) (*http.Request, fault.Code) {
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		switch name {
		case "GraphQL", "Photos", "Consent", "Coming":
			return r, fault.Forbidden
		}
		return r, "" // changes nothing, or is known by a token alone
	})
	walk("a large form", func(name string, r *http.Request) (*http.Request, fault.Code) {
		if r.Header.Get("Content-Type") != form {
			return r, ""
		}
		large := httptest.NewRequest(r.Method, r.URL.Path, strings.NewReader(strings.Repeat("x", 1<<20)))
		large.Header = r.Header
		if name == "Consent" {
			return large, fault.NotFound // the page about nothing
		}
		return large, fault.BodyTooLarge
	})
	walk("a form that is none", func(name string, r *http.Request) (*http.Request, fault.Code) {
		if r.Header.Get("Content-Type") != form {
			return r, ""
		}
		broken := httptest.NewRequest(r.Method, r.URL.Path, strings.NewReader("token=%zz"))
		broken.Header = r.Header
		if name == "Consent" {
			return broken, fault.NotFound
		}
		return broken, fault.BadRequest
	})
	late, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	walk("too late", func(name string, r *http.Request) (*http.Request, fault.Code) {
		if name == "GraphQL" { // which may also be BUSY
			return r, ""
		}
		return r.WithContext(late), fault.Timeout
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	walk("without a database", func(name string, r *http.Request) (*http.Request, fault.Code) {
		if name == "GraphQL" { // where the operation has run, and its field has the error
			return r, ""
		}
		return r, fault.Internal
	})
}

// refusal returns the code of an answer, and checks that the answer has what belongs to the code.
func refusal(t *testing.T, w *httptest.ResponseRecorder) fault.Code {
	t.Helper()
	status, header := w.Code, w.Header()
	if header.Get("Cache-Control") != "no-store" {
		t.Errorf("%v may be stored", header)
	}
	if (header.Get("Retry-After") != "") != (status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests) {
		t.Errorf("%d with Retry-After %q", status, header.Get("Retry-After"))
	}
	var code fault.Code
	switch contentType, _, _ := strings.Cut(header.Get("Content-Type"), ";"); {
	case header.Get("Location") != "":
		to, _ := url.Parse(header.Get("Location"))
		return fault.Code(strings.TrimPrefix(to.Fragment, "error="))
	case contentType == "text/html":
		return pages[status]
	case contentType == "application/json":
		var told struct {
			Errors []struct{ Extensions struct{ Code fault.Code } }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &told); err != nil || len(told.Errors) == 0 {
			return ""
		}
		code = told.Errors[0].Extensions.Code
	}
	if status == http.StatusMethodNotAllowed && header.Get("Allow") != "" {
		return code
	}
	if status != httpfault.Status(code) {
		t.Errorf("%s with %d", code, status)
	}
	return code
}

// pages are the codes of pages, by their status.
var pages = map[int]fault.Code{http.StatusNotFound: fault.NotFound, http.StatusBadRequest: fault.BadRequest, http.StatusRequestEntityTooLarge: fault.BodyTooLarge,
	http.StatusServiceUnavailable: fault.Timeout, http.StatusInternalServerError: fault.Internal}
