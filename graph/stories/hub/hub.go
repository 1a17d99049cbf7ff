// Package hub is what the stories have in common: a hub over HTTP on a real PostgreSQL, people who use it, and rows in any state.
package hub

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/jmoiron/sqlx"

	"jastarhub/graph"
	"jastarhub/internal/grant"
	"jastarhub/internal/live"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/internal/reference"
	"jastarhub/migrations"
)

var template = postgrestest.Template{Migrations: migrations.FS, Prepare: func(ctx context.Context, url string) error {
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return reference.Load(ctx, db)
}}

// Hub is a hub on a database of its own, with the reference data but without people.
type Hub struct {
	T        testing.TB
	DB       *postgres.DB
	Resolver *graph.Resolver
	URL      string
	Log      *bytes.Buffer
	Database string // the database's URL

	Broker *live.Broker // tells nobody anything until Listen is called

	clock clock
}

// New makes a hub on a database of its own.
func New(t testing.TB) *Hub {
	t.Helper()
	return NewOn(t, template.New(t))
}

// NewOn returns one more hub on a database, with settings that some tests change.
func NewOn(t testing.TB, database string, change ...func(*graph.Options)) *Hub {
	t.Helper()
	db, err := postgres.Open(t.Context(), database, postgres.Options{MaxConns: 16})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	h := &Hub{T: t, DB: db, Resolver: graph.NewResolver(db), Log: &bytes.Buffer{}, Database: database}
	h.Resolver.People.Key, h.Resolver.Accounts.Key, h.Resolver.Notices.Key, h.Resolver.Signups.Key = Key, Key, Key, Key
	h.Resolver.Accounts.Hashing = &argon2id.Params{Memory: 8, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32} // because stories make thousands of accounts
	h.Broker = h.Resolver.Broker(slog.New(slog.DiscardHandler), h.Present)
	h.Resolver.Photos.Bucket = Bucket(t, "mem://", "")
	options := graph.Options{
		Schema: h.Resolver.Schema(), Fields: h.Resolver.Levels(), Authenticate: h.Resolver.Accounts.Authenticate, Live: h.Broker, Log: slog.New(slog.NewTextHandler(h.Log, nil)),
		Introspection: true, InFlight: 32, Unmetered: true, Now: h.Present, RequestID: func(context.Context) string { return "story-request" },
	}
	for _, c := range change {
		c(&options)
	}
	server := httptest.NewServer(counted(graph.New(options)))
	t.Cleanup(server.Close)
	h.URL = server.URL
	return h
}

// Visitor returns somebody who has not signed in.
func (h *Hub) Visitor() *Caller { return &Caller{Hub: h} }

// Person makes an account with a verified address for somebody of an age, and signs in.
func (h *Hub) Person(name string, age int) *Caller {
	h.T.Helper()
	c := h.Unverified(name, age)
	h.Exec(`with used as (update account_tokens set used_at = now() where person_id = $1)
		update people set email_verified_at = created_at where id = $1`, c.ID)
	return c
}

// Unverified makes an account for somebody of an age, and signs in; nobody has used the emailed link.
func (h *Hub) Unverified(name string, age int) *Caller {
	h.T.Helper()
	c := h.Visitor()
	born := h.Present().AddDate(-age, 0, -30).Format(time.DateOnly)
	a := c.Must(`mutation($in: RegisterInput!) { register(input: $in) { token person { id } } }`, Vars{"in": Vars{
		"email": Email(name), "password": Password, "givenName": name, "familyName": "Testova",
		"birthDate": born, "language": "EN"}})
	c.Token, c.ID = a.Str("register.token"), a.Str("register.person.id")
	return c
}

// Granted returns a person with a role: `COORDINATOR AUEZOV-1`, `NGO_LEAD <id>` or `CITY_OFFICER`.
func (h *Hub) Granted(name, role string) *Caller {
	h.T.Helper()
	c := h.Person(name, 30)
	what, scope, _ := strings.Cut(role, " ")
	if err := h.Resolver.Grants.GiveTo(context.Background(), Email(name), grant.Role(what), scope, h.Present()); err != nil {
		h.T.Fatal(err)
	}
	return c.SignIn(Password) // the grant ended the session
}

// Email returns the address of a person of the stories.
func Email(name string) string { return strings.ToLower(name) + "@example.org" }

// answer sends a request.
func (h *Hub) answer(request *http.Request) *Answer {
	h.T.Helper()
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.T.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	a := &Answer{T: h.T, Status: response.StatusCode, Header: response.Header}
	var raw bytes.Buffer
	if _, err := raw.ReadFrom(response.Body); err != nil {
		h.T.Fatal(err)
	}
	a.RawBody = raw.String()
	if err := json.Unmarshal(raw.Bytes(), &struct {
		Data   *map[string]any
		Errors *[]GraphError
	}{&a.Data, &a.Errors}); err != nil {
		h.T.Fatalf("%v in %s", err, a.RawBody)
	}
	return a
}

// Exec changes rows without the hub; now() is the hub's time.
func (h *Hub) Exec(statement string, args ...any) {
	h.T.Helper()
	statement = h.timed(statement)
	if err := h.DB.Tx(context.Background(), func(tx *sqlx.Tx) error {
		_, err := tx.Exec(statement, args...)
		return err
	}); err != nil {
		h.T.Fatalf("%s: %v", statement, err)
	}
}

// Count runs a statement that returns one number.
func (h *Hub) Count(statement string, args ...any) (n int) {
	h.T.Helper()
	if err := h.DB.Get(&n, h.timed(statement), args...); err != nil {
		h.T.Fatalf("%s: %v", statement, err)
	}
	return n
}

// Centre returns the id of a centre.
func (h *Hub) Centre(code string) (id string) {
	h.T.Helper()
	if err := h.DB.Get(&id, `select id from centres where code = $1`, code); err != nil {
		h.T.Fatal(err)
	}
	return id
}

// District returns the id of a district.
func (h *Hub) District(code string) (id string) {
	h.T.Helper()
	if err := h.DB.Get(&id, `select id from districts where code = $1`, code); err != nil {
		h.T.Fatal(err)
	}
	return id
}

// AuditQuery reads the audit.
const AuditQuery = `query($f: AuditFilter, $first: Int! = 20, $after: String) { auditEntries(filter: $f, first: $first, after: $after) { totalCount
	pageInfo { hasNextPage endCursor } nodes { person { id } roles action subjects fields requestId outcome } } }`
