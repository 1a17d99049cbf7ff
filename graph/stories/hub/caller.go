package hub

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"
)

// Caller is somebody who uses the hub; a caller with an empty token is a visitor.
type Caller struct {
	Hub   *Hub
	ID    string
	Token string
	Key   string // sent as the idempotency key

	Device string // the cookie of the devices on which accounts were signed in to
}

// Password is the one of all people of the stories.
const Password = "correct horse battery"

// SignIn begins a new session, with a second factor if the person holds a role that needs one.
func (c *Caller) SignIn(password string) *Caller {
	c.Hub.T.Helper()
	in := Vars{"email": c.Hub.Text(`select email from people where id = $1`, c.ID), "password": password}
	if c.Hub.Count(`select count(*) from grants where person_id = $1 and ended_at is null and role <> 'NGO_LEAD'`, c.ID) > 0 {
		c.Hub.PutFactor(c)
		in["code"] = c.Hub.CodeOf(FactorSecret)
	}
	c.Token = c.Hub.Visitor().Do("signIn", in, "token").Str("signIn.token")
	return c
}

// Vars are the variables of a document, or an object in them.
type Vars = map[string]any

// Answer is a GraphQL answer.
type Answer struct {
	T       testing.TB
	Status  int
	Header  http.Header
	Data    map[string]any
	Errors  []GraphError
	RawBody string
}

// GraphError is one of the errors of an answer.
type GraphError struct {
	Message    string
	Path       []any
	Extensions struct{ Code, Field, ID string }
}

// Ask sends a document.
func (c *Caller) Ask(query string, variables ...Vars) *Answer {
	c.Hub.T.Helper()
	body := Vars{"query": query}
	if len(variables) > 0 {
		body["variables"] = variables[0]
	}
	text, err := json.Marshal(body)
	if err != nil {
		c.Hub.T.Fatal(err)
	}
	request, err := http.NewRequest(http.MethodPost, c.Hub.URL, bytes.NewReader(text))
	if err != nil {
		c.Hub.T.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	if c.Key != "" {
		request.Header.Set("Idempotency-Key", c.Key)
	}
	if c.Device != "" {
		request.AddCookie(&http.Cookie{Name: "jastar-device", Value: c.Device})
	}
	a := c.Hub.answer(request)
	for _, e := range a.Errors {
		if e.Extensions.Code == "INTERNAL" {
			c.Hub.T.Errorf("INTERNAL for %.300s\n%s", query, c.Hub.Log)
		}
	}
	return a
}

// Must asks and expects no errors.
func (c *Caller) Must(query string, variables ...Vars) *Answer {
	c.Hub.T.Helper()
	a := c.Ask(query, variables...)
	if len(a.Errors) > 0 {
		c.Hub.T.Fatalf("%.400s\n%v: %s", query, variables, a.RawBody)
	}
	return a
}

// Do runs a mutation with one input and expects no errors; payload is what to select.
func (c *Caller) Do(mutation string, input Vars, payload string) *Answer {
	c.Hub.T.Helper()
	return c.Must(Document(mutation, payload), Vars{"in": input})
}

// Refused runs a mutation and expects the code in its first error.
func (c *Caller) Refused(code, mutation string, input Vars) *Answer {
	c.Hub.T.Helper()
	a := c.Ask(Document(mutation, "__typename"), Vars{"in": input})
	if got := a.Code(); got != code {
		c.Hub.T.Errorf("%s %v: %s; want %s: %s", mutation, input, got, code, a.RawBody)
	}
	if !Documented(mutation, code) {
		c.Hub.T.Errorf("the schema does not say that %s answers %s", mutation, code)
	}
	return a
}

// Document returns a document with a mutation of one input.
func Document(mutation, payload string) string {
	return fmt.Sprintf("mutation($in: %s%sInput!) { %s(input: $in) { %s } }",
		strings.ToUpper(mutation[:1]), mutation[1:], mutation, payload)
}

// Code returns the code of the first error, "" if there is none.
func (a *Answer) Code() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Code
}

// At follows a path such as "task.shifts.nodes.0.id".
func (a *Answer) At(path string) any {
	a.T.Helper()
	var v any = a.Data
	for part := range strings.SplitSeq(path, ".") {
		switch held := v.(type) {
		case map[string]any:
			v = held[part]
		case []any:
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(held) {
				a.T.Fatalf("no %s in %s", path, a.RawBody)
			}
			v = held[i]
		default:
			a.T.Fatalf("no %s in %s", path, a.RawBody)
		}
	}
	return v
}

// Str returns the text at a path.
func (a *Answer) Str(path string) string {
	a.T.Helper()
	s, ok := a.At(path).(string)
	if !ok {
		a.T.Fatalf("%s is no text in %s", path, a.RawBody)
	}
	return s
}

// Shows compares one value of the answer, written as JSON.
func (a *Answer) Shows(path string, want any) *Answer {
	a.T.Helper()
	got, err := json.Marshal(a.At(path))
	if err != nil {
		a.T.Fatal(err)
	}
	wanted, err := json.Marshal(want)
	if err != nil {
		a.T.Fatal(err)
	}
	if !bytes.Equal(got, wanted) {
		a.T.Errorf("%s: %s; want %s in %s", path, got, wanted, a.RawBody)
	}
	return a
}
