package walks

import (
	"io"
	"net/http"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestWhatIsNoRequest sends what is not a GraphQL request: the status says so, the code says why, and nothing is written.
func TestWhatIsNoRequest(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	before := c.Checksum()
	deep := "{ ngos { nodes { " + strings.Repeat("teams { nodes { ngo { ", 5) + "id" + strings.Repeat(" } } }", 6)
	roots := "{"
	for _, alias := range "abcdefghijk" {
		roots += " " + string(alias) + ": districts { id }"
	}
	roots += " }"
	for _, row := range []struct {
		what, method, contentType, body string
		status                          int
		code                            string
	}{
		{"a good one", "POST", "application/json", `{"query":"{ __typename }"}`, 200, ""},
		{"a good one, with a charset", "POST", "application/json; charset=UTF-8", `{"query":"{ __typename }"}`, 200, ""},
		{"GET", "GET", "", "", 400, "BAD_REQUEST"},
		{"GET with a query", "GET", "application/json", "", 400, "BAD_REQUEST"},
		{"PUT", "PUT", "application/json", `{"query":"{ __typename }"}`, 405, "BAD_REQUEST"},
		{"no type", "POST", "", `{"query":"{ __typename }"}`, 415, "BAD_REQUEST"},
		{"text/plain", "POST", "text/plain", `{"query":"{ __typename }"}`, 415, "BAD_REQUEST"},
		{"a form", "POST", "application/x-www-form-urlencoded", `query=%7B__typename%7D`, 415, "BAD_REQUEST"},
		{"multipart", "POST", "multipart/form-data; boundary=x", "--x--", 415, "BAD_REQUEST"},
		{"graphql", "POST", "application/graphql", `{ __typename }`, 415, "BAD_REQUEST"},
		{"another charset", "POST", "application/json; charset=utf-16", `{"query":"{ __typename }"}`, 415, "BAD_REQUEST"},
		{"no body", "POST", "application/json", "", 400, "BAD_REQUEST"},
		{"blanks", "POST", "application/json", " \n ", 400, "BAD_REQUEST"},
		{"an empty object", "POST", "application/json", "{}", 400, "BAD_REQUEST"},
		{"null", "POST", "application/json", "null", 400, "BAD_REQUEST"},
		{"an array", "POST", "application/json", `[{"query":"{ __typename }"}]`, 400, "BAD_REQUEST"},
		{"a text", "POST", "application/json", `"{ __typename }"`, 400, "BAD_REQUEST"},
		{"half", "POST", "application/json", `{"query":"{ __typename }"`, 400, "BAD_REQUEST"},
		{"two", "POST", "application/json", `{"query":"{ __typename }"}{"query":"{ __typename }"}`, 400, "BAD_REQUEST"},
		{"no UTF-8", "POST", "application/json", "{\"query\":\"{ __typename \xff }\"}", 400, "BAD_REQUEST"},
		{"a number as query", "POST", "application/json", `{"query":5}`, 400, "BAD_REQUEST"},
		{"null as query", "POST", "application/json", `{"query":null}`, 400, "BAD_REQUEST"},
		{"variables in a list", "POST", "application/json", `{"query":"{ __typename }","variables":[]}`, 400, "BAD_REQUEST"},
		{"variables as text", "POST", "application/json", `{"query":"{ __typename }","variables":"{}"}`, 400, "BAD_REQUEST"},
		{"10 MB", "POST", "application/json", `{"query":"` + strings.Repeat(" ", 10<<20) + `{ __typename }"}`, 413, "BODY_TOO_LARGE"},
		{"10 MB of a list", "POST", "application/json", strings.Repeat("[", 10<<20), 413, "BODY_TOO_LARGE"},
		{"an empty query", "POST", "application/json", `{"query":""}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"no GraphQL", "POST", "application/json", `{"query":"select 1"}`, 200, "GRAPHQL_PARSE_FAILED"},
		{"an unknown field", "POST", "application/json", `{"query":"{ passwords }"}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"an unknown enum value", "POST", "application/json", `{"query":"{ ngos(filter: {focus: WAR}) { totalCount } }"}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"no operation of the name", "POST", "application/json", `{"query":"query A { __typename }","operationName":"B"}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"two operations, none named", "POST", "application/json", `{"query":"query A { __typename } query B { __typename }"}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"a subscription", "POST", "application/json", `{"query":"subscription { __typename }"}`, 200, "GRAPHQL_VALIDATION_FAILED"},
		{"too deep", "POST", "application/json", `{"query":"` + deep + `"}`, 200, "TOO_DEEP"},
		{"too many tokens", "POST", "application/json", `{"query":"{` + strings.Repeat(" __typename", 2000) + `}"}`, 200, "TOO_MANY_TOKENS"},
		{"too many roots", "POST", "application/json", `{"query":"` + roots + `"}`, 200, "TOO_MANY_ROOT_FIELDS"},
		{"two mutations", "POST", "application/json", `{"query":"mutation { a: signOut(input: {}) { ended } b: signOut(input: {}) { ended } }"}`, 200, "TOO_MANY_ROOT_FIELDS"},
	} {
		request, err := http.NewRequestWithContext(t.Context(), row.method, c.URL, strings.NewReader(row.body))
		if err != nil {
			t.Fatal(err)
		}
		if row.contentType != "" {
			request.Header.Set("Content-Type", row.contentType)
		}
		request.Header.Set("Authorization", "Bearer "+c.Officer.Token)
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Errorf("%s: %v", row.what, err)
			continue
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		coded := row.code == "" && !strings.Contains(string(body), "errors") || row.code != "" && strings.Contains(string(body), `"code":"`+row.code)
		if err != nil || response.StatusCode != row.status || !coded || strings.Contains(string(body), "INTERNAL") {
			t.Errorf("%s: %d %.300s; want %d %s", row.what, response.StatusCode, body, row.status, row.code)
		}
	}
	if after := c.Checksum(); after != before {
		t.Errorf("written:\n%s\nwas\n%s", after, before)
	}
}
