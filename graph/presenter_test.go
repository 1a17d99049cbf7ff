package graph

import (
	"slices"
	"strings"
	"testing"
	"time"
)

func TestErrorsOfEachKind(t *testing.T) {
	e := newEdge(t)
	for _, c := range []struct{ document, codes string }{
		{`{`, "GRAPHQL_PARSE_FAILED"},
		{`{ hello "unclosed }`, "GRAPHQL_PARSE_FAILED"},
		{``, "GRAPHQL_VALIDATION_FAILED"},
		{`fragment F on Thing { id }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ helo }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ things }`, "GRAPHQL_VALIDATION_FAILED"},
		{`subscription { hello }`, "GRAPHQL_VALIDATION_FAILED"},
		{`query A { hello } query B { hello }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ __schema { types { name } } }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ ...F } fragment F on Query { t: __type(name: "Thing") { name } }`, "GRAPHQL_VALIDATION_FAILED"},
		{`{ fails(how: "state") }`, "WRONG_STATE"},
		{`{ fails(how: "list") }`, "INVALID title, INVALID name.kk"},
		{`{ fails(how: "longList") }`, strings.TrimSuffix(strings.Repeat("INVALID title, ", 10), ", ")},
		{`{ fails(how: "time") }`, "TIMEOUT"},
		{`{ fails(how: "oops") }`, "INTERNAL"},
		{`{ fails(how: "panic") }`, "INTERNAL"},
		{`{ needed }`, "INTERNAL"},
		{`{ hello @nothing }`, "GRAPHQL_VALIDATION_FAILED"},
	} {
		a := e.query(c.document, nil)
		e.wantCodes(a, c.codes)
		for _, shown := range a.Errors {
			if (shown.Extensions.ID != "") != (shown.Extensions.Code == "INTERNAL") {
				t.Errorf("%s: only INTERNAL has an id: %s", c.document, a.body)
			}
		}
		if strings.Contains(a.body, "Did you mean") || strings.Contains(a.body, "secret") {
			t.Errorf("%s: told too much: %s", c.document, a.body)
		}
	}
}

// TestWhichOperationIsMissing: a request that names none of several operations is told how to, one that names an unknown
// operation is told which.
func TestWhichOperationIsMissing(t *testing.T) {
	e := newEdge(t)
	for body, want := range map[string]string{
		`{"query":"query A { hello } query B { hello }"}`:                      "The document has several operations: send the name of the one to run as operationName.",
		`{"query":"query A { hello } query B { hello }","operationName":null}`: "The document has several operations: send the name of the one to run as operationName.",
		`{"query":"query A { hello } query B { hello }","operationName":"C"}`:  "operation C not found",
		`{"query":"query A { hello }","operationName":"C"}`:                    "operation C not found",
		`{"query":""}`: "no operation provided",
	} {
		a := e.post(body)
		e.wantCodes(a, "GRAPHQL_VALIDATION_FAILED")
		if a.Errors[0].Message != want {
			t.Errorf("%s: %s; want %s", body, a.body, want)
		}
	}
}

func TestInternalErrorsAreInTheLogOnce(t *testing.T) {
	e := newEdge(t)
	for how, want := range map[string]string{"oops": "a secret about table people", "panic": "graph.fails("} {
		a := e.query(`query Q($how: String!) { ok: hello again: fails(how: $how) }`, map[string]any{"how": how})
		e.wantCodes(a, "INTERNAL")
		if string(a.Data) != `{"again":null,"ok":"visitor"}` || !slices.Equal(a.Errors[0].Path, []any{"again"}) {
			t.Errorf("got %s", a.body)
		}
		log := e.log.String()
		if id := a.Errors[0].Extensions.ID; strings.Count(log, id) != 1 || !strings.Contains(log, want) {
			t.Errorf("%s: id %s, log %s", how, id, log)
		}
	}
	if log := e.log.String(); strings.Count(log, "level=ERROR") != 2 {
		t.Errorf("log %s", log)
	}
}

func TestErrorsArePlaced(t *testing.T) {
	e := newEdge(t)
	a := e.query(`{ mine: fails(how: "list") }`, nil)
	for i, want := range []string{"must not be empty", "is too long"} {
		if a.Errors[i].Message != want || !slices.Equal(a.Errors[i].Path, []any{"mine"}) {
			t.Errorf("got %s", a.body)
		}
	}
}

func TestAnOperationEndsInTime(t *testing.T) {
	t.Parallel()
	e := newEdge(t)
	began := time.Now()
	a := e.query(`{ slow hello }`, nil)
	e.wantCodes(a, "TIMEOUT")
	if took := time.Since(began); string(a.Data) != `{"hello":"visitor","slow":null}` || took > patience+2*time.Second {
		t.Errorf("got %s after %s", a.body, took)
	}
	if log := e.log.String(); strings.Contains(log, "ERROR") {
		t.Errorf("log %s", log)
	}
}
