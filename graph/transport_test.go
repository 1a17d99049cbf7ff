package graph

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"jastarhub/internal/fault"
)

// The rows follow the audits of GraphQL over HTTP (the npm package graphql-http), by their numbers.
func TestGraphQLOverHTTP(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.Introspection = true })
	const query = `{"query":"{ __typename }"}`
	const coercion = `{"query":"query A($id: ID!) { node(id: $id) { id } }","variables":{"id":null}}`
	for _, c := range []struct {
		audits, accept, body string
		status               int
		mediaType            string
		hasErrors, hasData   bool
	}{
		{"22EB 34A2", graphQLJSON, query, 200, graphQLJSON, false, true},
		{"4655 13EE 2C94 03D4", plainJSON, query, 200, plainJSON, false, true},
		{"47DE", "*/*", query, 200, plainJSON, false, true},
		{"80D8 82A3 78D5", "", query, 200, plainJSON, false, true},
		{"", graphQLJSON + ", " + plainJSON + ";q=0.9", query, 200, graphQLJSON, false, true},
		{"", graphQLJSON + ";q=0.5, " + plainJSON, query, 200, plainJSON, false, true},
		{"", "text/html", query, 200, plainJSON, false, true},
		{"A5BF", "", ``, 400, plainJSON, true, false},
		{"423L 8764 3E3A", graphQLJSON, `{"qeury":"{ __typename }"}`, 400, graphQLJSON, true, false},
		{"LKJ0", "", `{"query":{"obj":"ect"}}`, 400, plainJSON, true, false},
		{"LKJ1", "", `{"query":0}`, 400, plainJSON, true, false},
		{"LKJ2", "", `{"query":false}`, 400, plainJSON, true, false},
		{"LKJ3", "", `{"query":["array"]}`, 400, plainJSON, true, false},
		{"6C00", "", `{"query":"{ __typename }","operationName":{"obj":"ect"}}`, 400, plainJSON, true, false},
		{"6C01", "", `{"query":"{ __typename }","operationName":0}`, 400, plainJSON, true, false},
		{"8161 B8B3", graphQLJSON, `{"query":"query A { __typename }","operationName":"A"}`, 200, graphQLJSON, false, true},
		{"94B0-2 0220-2", graphQLJSON, `{"query":"{ __typename }","variables":null,"operationName":null,"extensions":null}`,
			200, graphQLJSON, false, true},
		{"4760", "", `{"query":"{ __typename }","variables":"string"}`, 400, plainJSON, true, false},
		{"4763", "", `{"query":"{ __typename }","variables":["array"]}`, 400, plainJSON, true, false},
		{"58B0", "", `{"query":"{ __typename }","extensions":"string"}`, 400, plainJSON, true, false},
		{"428F 1B7A", plainJSON, `{"query":"{ __typename }","extensions":{"some":"value"}}`, 200, plainJSON, false, true},
		{"B6DC BCF8", plainJSON, `{ "not a JSON`, 400, plainJSON, true, false},
		{"B7N8", graphQLJSON, `{ "not a JSON`, 400, graphQLJSON, true, false},
		{"572B", plainJSON, `{"query":"{"}`, 200, plainJSON, true, false},
		{"865D 556A D586", graphQLJSON, `{"query":"{"}`, 400, graphQLJSON, true, false},
		{"FDE2", plainJSON, `{"query":"{ nothing }"}`, 200, plainJSON, true, false},
		{"51FE 74FF 5E5B", graphQLJSON, `{"query":"{ nothing }"}`, 400, graphQLJSON, true, false},
		{"7B9B", plainJSON, coercion, 200, plainJSON, true, false},
		{"86EE", graphQLJSON, coercion, 400, graphQLJSON, true, false},
	} {
		a := e.post(c.body, "Accept", c.accept)
		ok := a.status == c.status && a.header.Get("Content-Type") == c.mediaType+"; charset=utf-8" &&
			(len(a.Errors) > 0) == c.hasErrors && (a.Data != nil) == c.hasData
		if !ok {
			t.Errorf("%s: Accept %q, %s: got %d %s %s", c.audits, c.accept, c.body, a.status, a.header.Get("Content-Type"), a.body)
		}
	}
}

func TestRequestsThatAreNoneOfOurs(t *testing.T) {
	e := newEdge(t)
	const query = `{"query":"{ hello }"}`
	for name, c := range map[string]struct {
		method, contentType, body string
		status                    int
	}{
		"PUT":              {http.MethodPut, "application/json", query, 405},
		"OPTIONS":          {http.MethodOptions, "", "", 405},
		"no type":          {http.MethodPost, "", query, 415},
		"text":             {http.MethodPost, "text/plain", query, 415},
		"form":             {http.MethodPost, "application/x-www-form-urlencoded", "query={hello}", 415},
		"multipart":        {http.MethodPost, "multipart/form-data; boundary=x", "--x--", 415},
		"another charset":  {http.MethodPost, "application/json; charset=utf-16", query, 415},
		"utf-8":            {http.MethodPost, "application/json; charset=UTF-8", query, 200},
		"batch":            {http.MethodPost, "application/json", "[" + query + "]", 400},
		"two":              {http.MethodPost, "application/json", query + query, 400},
		"null":             {http.MethodPost, "application/json", "null", 400},
		"invalid UTF-8":    {http.MethodPost, "application/json", "{\"query\":\"{ hello } #\xff\"}", 400},
		"endless brackets": {http.MethodPost, "application/json", strings.Repeat("[", 60_000), 400},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, e.url+"?query={hello}", strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", c.contentType)
		a := e.do(r)
		if a.status != c.status || c.status != 200 && a.codes() != "BAD_REQUEST" {
			t.Errorf("%s: got %d %s; want %d", name, a.status, a.body, c.status)
		}
		if c.status == 405 && a.header.Get("Allow") != "GET, POST" {
			t.Errorf("%s: no Allow header", name)
		}
	}
}

// TestARefusalIsNoStream: a client that accepts only a stream of events gets the reason why no operation was run as JSON, and the
// content type says so.
func TestARefusalIsNoStream(t *testing.T) {
	e := newEdge(t)
	for status, c := range map[int]struct{ method, contentType, origin string }{
		405: {http.MethodPut, "application/json", ""},
		415: {http.MethodPost, "text/plain", ""},
		403: {http.MethodPost, "application/json", "https://evil.example"},
	} {
		r, err := http.NewRequestWithContext(t.Context(), c.method, e.url, strings.NewReader(`{"query":"{ hello }"}`))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Accept", eventStream)
		r.Header.Set("Content-Type", c.contentType)
		if c.origin != "" {
			r.Header.Set("Origin", c.origin)
		}
		if a := e.do(r); a.status != status || a.header.Get("Content-Type") != plainJSON+"; charset=utf-8" || a.codes() == "" {
			t.Errorf("got %d %s %s; want %d", a.status, a.header.Get("Content-Type"), a.body, status)
		}
	}
}

func TestGet(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.Introspection = true })
	const mutation = `mutation { noKey }`
	for name, c := range map[string]struct {
		query, want string // the data, or the code
		status      int
		headers     []string
	}{
		"a query":                       {"query={hello}", `{"hello":"visitor"}`, 200, nil},
		"no query":                      {"", "BAD_REQUEST", 400, nil},
		"an empty one":                  {"query=", "GRAPHQL_VALIDATION_FAILED", 200, nil},
		"variables":                     {`query=query($f:Int!){filtered(first:$f)}&variables={"f":5}`, `{"filtered":"done"}`, 200, nil},
		"no variables":                  {"query={hello}&variables=&operationName=", `{"hello":"visitor"}`, 200, nil},
		"bad variables":                 {`query=query($f:Int!){filtered(first:$f)}&variables={"f":"x"}`, "INVALID first", 200, nil},
		"variables, no JSON":            {"query={hello}&variables={", "BAD_REQUEST", 400, nil},
		"variables in a list":           {"query={hello}&variables=[]", "BAD_REQUEST", 400, nil},
		"a named operation":             {"query=query A{hello} query B{language}&operationName=B", `{"language":"KK"}`, 200, nil},
		"two queries":                   {"query={hello}&query={language}", "BAD_REQUEST", 400, nil},
		"invalid UTF-8":                 {"query={hello}%23%ff", "BAD_REQUEST", 400, nil},
		"a malformed URL":               {"query={hello}%zz", "BAD_REQUEST", 400, nil},
		"extensions":                    {`query={hello}&extensions={"a":1}`, `{"hello":"visitor"}`, 200, nil},
		"10,001 characters":             {"query={hello}%23" + strings.Repeat("x", 9993), "TOO_MANY_TOKENS", 200, nil},
		"a mutation":                    {"query=" + mutation, "BAD_REQUEST", 405, nil},
		"a mutation, signed in":         {"query=" + mutation, "BAD_REQUEST", 405, signedIn},
		"a mutation among queries":      {"query=query A{hello} mutation B{noKey}&operationName=B", "BAD_REQUEST", 405, nil},
		"a query among mutations":       {"query=query A{hello} mutation B{noKey}&operationName=A", `{"hello":"visitor"}`, 200, nil},
		"a mutation in the body's type": {"query=" + mutation, "BAD_REQUEST", 405, []string{"Content-Type", "application/json"}},
		"a bearer":                      {"query={hello}", `{"hello":"` + goodID + `"}`, 200, signedIn},
		"an ended bearer":               {"query={hello}", "UNAUTHENTICATED", 401, []string{"Authorization", "Bearer ended"}},
		"a cookie":                      {"query={hello}", `{"hello":"visitor"}`, 200, []string{"Cookie", "jastar=good"}},
		"an ended cookie":               {"query={hello}", `{"hello":"visitor"}`, 200, []string{"Cookie", "jastar=ended"}},
		"from another site":             {"query={hello}", `{"hello":"visitor"}`, 200, []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}},
	} {
		a := e.get(c.query, c.headers...)
		got := string(a.Data)
		if len(a.Errors) > 0 {
			got = a.codes()
		}
		if a.status != c.status || got != c.want || a.header.Get("Cache-Control") != "no-store" || a.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: got %d %s %v", name, a.status, a.body, a.header)
		}
		if (a.header.Get("Allow") == "POST") != (c.status == 405) {
			t.Errorf("%s: Allow %q", name, a.header.Get("Allow"))
		}
	}
}

func TestBodyLimits(t *testing.T) {
	e := newEdge(t)
	body := func(size int) string {
		const query = `{"query":"{ hello }","extensions":{"x":""}}`
		return strings.Replace(query, `""`, `"`+strings.Repeat("x", size-len(query))+`"`, 1)
	}
	for _, c := range []struct {
		who    []string
		size   int
		status int
	}{
		{nil, 64 << 10, 200},
		{nil, 64<<10 + 1, 413},
		{nil, 10 << 20, 413},
		{signedIn, 128 << 10, 200},
		{signedIn, 128<<10 + 1, 413},
		{[]string{"Cookie", "jastar=ended"}, 64<<10 + 1, 413}, // a session that has ended does not count
	} {
		a := e.post(body(c.size), c.who...)
		if a.status != c.status || c.status == 413 && a.codes() != "BODY_TOO_LARGE" {
			t.Errorf("%v with %d bytes: got %d %.200s; want %d", c.who, c.size, a.status, a.body, c.status)
		}
	}
}

func TestNothingIsEchoed(t *testing.T) {
	e := newEdge(t)
	const secret = "correct-horse"
	for _, body := range []string{
		`{"query":"` + secret,
		`{"query":0,"x":"` + secret + `"}`,
		`{"query":"query A($l: Filter) { filtered(filter: $l) }","variables":{"l":{"language":"` + secret + `"}}}`,
		`{"query":"query A($l: Filter) { filtered(filter: $l) }","variables":{"l":{"` + secret + `":1}}}`,
		`{"query":"query A($i: ID!) { node(id: $i) { id } }","variables":{"i":"` + secret + `"}}`,
		`{"query":"query A($i: Int!) { filtered(first: $i) }","variables":{"i":"` + secret + `"}}`,
	} {
		if a := e.post(body); strings.Contains(a.body, secret) || len(a.Errors) == 0 {
			t.Errorf("%s: got %s", body, a.body)
		}
	}
	long := e.query("{ "+strings.Repeat("x", 9000)+" }", nil)
	if len(long.body) > 600 {
		t.Errorf("a long name came back: %d bytes", len(long.body))
	}
}

func TestOperationsWaitTheirTurn(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.InFlight = 1 })
	first := make(chan answer)
	go func() { first <- e.query(`{ slow }`, nil) }()
	var second answer
	for second.status != http.StatusServiceUnavailable { // until the first has its slot
		second = e.query(`{ hello }`, nil)
		time.Sleep(time.Millisecond)
	}
	e.wantCodes(second, "BUSY")
	if second.header.Get("Retry-After") != "1" {
		t.Error("no Retry-After")
	}
	close(e.hang)
	e.wantData(<-first, `{"slow":"at last"}`)
	e.wantData(e.query(`{ hello }`, nil), `{"hello":"visitor"}`)
}

// TestWhoWaitsForSomethingElseLetsOthersGo: a request that waits, for example for a password's hash, lets others run.
func TestWhoWaitsForSomethingElseLetsOthersGo(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.InFlight = 1 })
	first := make(chan answer)
	go func() { first <- e.query(`{ aside }`, nil) }()
	for e.schema.changes.Load() == 0 {
		time.Sleep(time.Millisecond)
	}
	e.wantData(e.query(`{ hello }`, nil), `{"hello":"visitor"}`)
	close(e.hang)
	e.wantData(<-first, `{"aside":"done"}`)
	e.wantData(e.query(`{ hello }`, nil), `{"hello":"visitor"}`)
}

// TestNoTurnWithinAnOperation: an answer without data is as busy as one that was never run; one with data is an answer.
func TestNoTurnWithinAnOperation(t *testing.T) {
	for _, c := range []struct {
		data string
		code fault.Code
		want int
	}{{`null`, fault.Busy, 503}, {`{"a":null}`, fault.Busy, 200}, {`null`, fault.WrongState, 200}} {
		busy := &graphql.Response{Data: []byte(c.data), Errors: gqlerror.List{{Extensions: map[string]any{"code": c.code}}}}
		if got := statusOf(busy, graphQLJSON); got != c.want {
			t.Errorf("%s with %s: %d, want %d", c.data, c.code, got, c.want)
		}
	}
}
