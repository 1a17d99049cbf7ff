package graph

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

// The edge is tested with a schema of its own, whose fields do what is hard to get from a real use-case.
const edgeSchema = `
scalar DateTime
enum Language { KK RU EN }
type Query {
  hello: String
  node(id: ID!): Thing
  filtered(first: Int! = 20, ids: [ID!], filter: Filter): String
  things(first: Int! = 20): ThingConnection
  many(ids: [ID!]!): [Thing]
  all: [Thing!]
  notes: [Note!]
  fails(how: String!): String
  needed: String!
  language: Language
  slow: String
  aside: String
}
input Filter { language: Language! = KK, near: Near, text: String, since: DateTime }
input Near { lat: Float!, lon: Float!, metres: Int! = 2000 }
type Thing { id: ID, thing: Thing, things(first: Int! = 20): ThingConnection }
type Note { text: String }
type ThingConnection { note: Note edges: [ThingEdge!] nodes: [Thing!] }
type ThingEdge { node: Thing }
input ChangeInput { shiftId: ID!, title: String, language: Language! = KK, seats: Int, at: DateTime }
type Mutation {
  change(input: ChangeInput!): String
  other(input: ChangeInput!): String
  signIn(token: String!): String
  signOut: String
  noKey: String
}`

type edge struct {
	t       testing.TB
	handler http.Handler
	schema  *fakeSchema
	url     string
	log     *syncBuffer
	hang    chan struct{} // closed to let the slow field end
}

// newEdge serves the test's schema over real HTTP, for the sessions "good" and "busy".
func newEdge(t testing.TB, change ...func(*Options)) *edge {
	e := &edge{t: t, log: &syncBuffer{}, hang: make(chan struct{})}
	e.schema = &fakeSchema{schema: gqlparser.MustLoadSchema(&ast.Source{Input: edgeSchema}), hang: e.hang}
	o := Options{
		Schema: e.schema, InFlight: 4, Now: time.Now,
		Log: slog.New(slog.NewTextHandler(e.log, nil)),
		Authenticate: func(_ context.Context, token string, _ time.Time) (*auth.Actor, error) {
			switch token {
			case "good":
				return &auth.Actor{PersonID: uuid.Max, Language: lang.Russian}, nil
			case "busy":
				return nil, errors.Join(fault.New(fault.Busy), errors.New("no connection"))
			}
			return nil, fault.New(fault.Unauthenticated)
		},
	}
	for _, c := range change {
		c(&o)
	}
	e.handler = New(o)
	server := httptest.NewServer(e.handler)
	t.Cleanup(server.Close)
	e.url = server.URL
	return e
}

type answer struct {
	status int
	header http.Header
	body   string
	Data   json.RawMessage
	Errors []struct {
		Message    string
		Path       []any
		Extensions struct {
			Code      fault.Code
			Field, ID string
		}
	}
}

// codes returns the errors' codes, each with its field.
func (a answer) codes() string {
	var all []string
	for _, e := range a.Errors {
		all = append(all, strings.TrimSpace(string(e.Extensions.Code)+" "+e.Extensions.Field))
	}
	return strings.Join(all, ", ")
}

// post sends a body; headers come in pairs of name and value.
func (e *edge) post(body string, headers ...string) answer {
	e.t.Helper()
	r, err := http.NewRequestWithContext(e.t.Context(), http.MethodPost, e.url, strings.NewReader(body))
	if err != nil {
		e.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return e.do(r)
}

// get sends a query string, after escaping spaces.
func (e *edge) get(query string, headers ...string) answer {
	e.t.Helper()
	r, err := http.NewRequestWithContext(e.t.Context(), http.MethodGet, e.url+"?"+strings.ReplaceAll(query, " ", "+"), nil)
	if err != nil {
		e.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	return e.do(r)
}

func (e *edge) do(r *http.Request) answer {
	e.t.Helper()
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		e.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		e.t.Fatal(err)
	}
	a := answer{status: res.StatusCode, header: res.Header, body: string(body)}
	if err := json.Unmarshal(body, &a); err != nil {
		e.t.Fatalf("%q is not JSON: %v", body, err)
	}
	return a
}

func (e *edge) query(document string, variables map[string]any, headers ...string) answer {
	e.t.Helper()
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		e.t.Fatal(err)
	}
	return e.post(string(body), headers...)
}

var signedIn = []string{"Authorization", "Bearer good"}

func (e *edge) wantCodes(a answer, want string) {
	e.t.Helper()
	if a.codes() != want {
		e.t.Errorf("got %s\nwant codes %s", a.body, want)
	}
}

func (e *edge) wantData(a answer, want string) {
	e.t.Helper()
	if string(a.Data) != want || len(a.Errors) > 0 {
		e.t.Errorf("got %s\nwant data %s", a.body, want)
	}
}

type syncBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *syncBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *syncBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}
