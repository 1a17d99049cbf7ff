package graph

import (
	"crypto/tls"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"jastarhub/internal/auth"
	"jastarhub/internal/lang"
)

const goodID = "ffffffff-ffff-ffff-ffff-ffffffffffff"

func TestWhoAsks(t *testing.T) {
	e := newEdge(t)
	for _, c := range []struct {
		name    string
		headers []string
		status  int
		want    string // the data, or the code
		clears  bool
	}{
		{"nobody", nil, 200, `{"hello":"visitor"}`, false},
		{"bearer", []string{"Authorization", "Bearer good"}, 200, `{"hello":"` + goodID + `"}`, false},
		{"bearer in small letters", []string{"Authorization", "bearer good"}, 200, `{"hello":"` + goodID + `"}`, false},
		{"ended bearer", []string{"Authorization", "Bearer ended"}, 401, "UNAUTHENTICATED", false},
		{"long bearer", []string{"Authorization", "Bearer " + strings.Repeat("x", 5000)}, 401, "UNAUTHENTICATED", false},
		{"another scheme", []string{"Authorization", "Basic Z29vZA=="}, 401, "UNAUTHENTICATED", false},
		{"no token", []string{"Authorization", "Bearer"}, 401, "UNAUTHENTICATED", false},
		{"database away", []string{"Authorization", "Bearer busy"}, 503, "BUSY", false},
		{"cookie", []string{"Cookie", "jastar=good"}, 200, `{"hello":"` + goodID + `"}`, false},
		{"ended cookie", []string{"Cookie", "jastar=ended"}, 200, `{"hello":"visitor"}`, true},
		{"database away, cookie", []string{"Cookie", "jastar=busy"}, 503, "BUSY", false},
		{"bearer beats cookie", []string{"Cookie", "jastar=good", "Authorization", "Bearer ended"}, 401, "UNAUTHENTICATED", false},
		{"https cookie over http", []string{"Cookie", "__Host-jastar=good"}, 200, `{"hello":"visitor"}`, false},
		{"https at the proxy", []string{"Cookie", "__Host-jastar=good", "X-Forwarded-Proto", "https"}, 200, `{"hello":"` + goodID + `"}`, false},
		{"local cookie at the proxy", []string{"Cookie", "jastar=good", "X-Forwarded-Proto", "https"}, 200, `{"hello":"visitor"}`, false},
	} {
		a := e.query(`{ hello }`, nil, c.headers...)
		got := string(a.Data)
		if len(a.Errors) > 0 {
			got = a.codes()
		}
		if a.status != c.status || got != c.want || (a.header.Get("Set-Cookie") != "") != c.clears {
			t.Errorf("%s: got %d %s, cookie %q", c.name, a.status, a.body, a.header.Get("Set-Cookie"))
		}
		if (a.header.Get("WWW-Authenticate") != "") != (c.status == 401) {
			t.Errorf("%s: WWW-Authenticate %q", c.name, a.header.Get("WWW-Authenticate"))
		}
	}
}

func TestSessionCookies(t *testing.T) {
	e := newEdge(t)
	const signIn = `mutation { signIn(token: "secret") }`
	local := e.query(signIn, nil).header.Get("Set-Cookie")
	secure := e.query(signIn, nil, "X-Forwarded-Proto", "https").header.Get("Set-Cookie")
	for cookie, want := range map[string]string{local: "jastar=secret; Path=/; Expires=", secure: "__Host-jastar=secret; Path=/; Expires="} {
		if !strings.HasPrefix(cookie, want) || !strings.Contains(cookie, "; HttpOnly") || !strings.Contains(cookie, "; SameSite=Lax") ||
			strings.Contains(cookie, "Domain") || strings.Contains(cookie, "; Secure") != (cookie == secure) {
			t.Errorf("got %q", cookie)
		}
	}
	if cleared := e.query(`mutation { signOut }`, nil).header.Get("Set-Cookie"); !strings.HasPrefix(cleared, "jastar=; Path=/; Expires=Thu, 01 Jan 1970") {
		t.Errorf("signing out left %q", cleared)
	}
}

func TestLocal(t *testing.T) {
	for host, want := range map[string]bool{"localhost:8080": true, "127.0.0.1:8080": true, "[::1]:8080": true, "127.9.9.9": true,
		"hub.almaty.kz": false, "192.168.1.5:8080": false, "localhost.evil.example": false, "127.0.0.1.evil.example:80": false} {
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		r.Host = host
		if isLocal(r) != want {
			t.Errorf("%s: got %v", host, !want)
		}
		if r.TLS = new(tls.ConnectionState); isLocal(r) {
			t.Errorf("%s over TLS is local", host)
		}
	}
}

func TestOtherSitesMayNotAsk(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.Origins = []string{"https://youth.example"} })
	for _, c := range []struct {
		headers []string
		status  int
	}{
		{[]string{"Sec-Fetch-Site", "same-origin"}, 200},
		{[]string{"Sec-Fetch-Site", "none"}, 200},
		{[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://evil.example"}, 403},
		{[]string{"Sec-Fetch-Site", "same-site", "Origin", "https://forum.almaty.kz"}, 403},
		{[]string{"Origin", "https://evil.example"}, 403},
		{[]string{"Origin", "null"}, 403},
		{[]string{"Origin", e.url}, 200},
		{[]string{"Sec-Fetch-Site", "cross-site", "Origin", "https://youth.example"}, 200},
	} {
		a := e.query(`{ hello }`, nil, append(c.headers, "Cookie", "jastar=good")...)
		if a.status != c.status || c.status == 403 && a.codes() != "FORBIDDEN" {
			t.Errorf("%v: got %d %s", c.headers, a.status, a.body)
		}
	}
}

func TestIdempotencyKeys(t *testing.T) {
	e := newEdge(t)
	for key, ok := range map[string]bool{"a": true, "0190c2a4-7b1e": true, "\"quoted\"": true, strings.Repeat("k", 128): true,
		strings.Repeat("k", 129): false, "": false, "a b": false, "ключ": false, "tab\tbed": false} {
		a := e.query(`{ hello }`, nil, "Idempotency-Key", key)
		if want := map[bool]int{true: 200, false: 400}[ok]; a.status != want || !ok && a.codes() != "BAD_REQUEST" {
			t.Errorf("%q: got %d %s", key, a.status, a.body)
		}
	}
	e.wantCodes(e.query(`mutation { noKey }`, nil, "Idempotency-Key", "a"), "IDEMPOTENCY_KEY_NOT_SUPPORTED")
	e.wantData(e.query(`mutation { noKey }`, nil), `{"noKey":"done"}`)
}

func TestTheSameInputHasTheSameHash(t *testing.T) {
	e := newEdge(t)
	hash := func(document, variable string) string {
		a := e.query("mutation "+document, map[string]any{"in": json.RawMessage(variable)})
		var data struct{ Hash string }
		if err := json.Unmarshal(a.Data, &data); err != nil || len(a.Errors) > 0 {
			t.Fatal(document, a.body)
		}
		return data.Hash
	}
	const change, sent = `($in: ChangeInput!) { hash: change(input: $in) }`, `{"shiftId":"` + someID + `","seats":5}`
	first := hash(change, sent)
	for document, variable := range map[string]string{
		change: `{"seats": 5, "shiftId": "` + someID + `"}`,
		`A($in: ChangeInput!) { hash: change(input: $in) __typename }`:                sent,
		`($in: ID!) { hash: change(input: {seats: 5, shiftId: $in}) }`:                `"` + someID + `"`,
		`{ hash: change(input: {seats: 5, shiftId: "` + someID + `"}) }`:              `null`,
		`($in: Int) { hash: change(input: {seats: $in, shiftId: "` + someID + `"}) }`: `5`,
	} {
		if hash(document, variable) != first {
			t.Errorf("%s %s: another hash", document, variable)
		}
	}
	if hash(`($in: ChangeInput!) { hash: other(input: $in) }`, sent) == first {
		t.Error("another mutation has the same hash")
	}
	if hash(change, strings.Replace(sent, "5}", "6}", 1)) == first {
		t.Error("another input has the same hash")
	}
}

func TestLanguages(t *testing.T) {
	person := &auth.Actor{Language: lang.Russian}
	for _, c := range []struct {
		header string
		actor  *auth.Actor
		want   lang.Language
	}{
		{"", nil, lang.Kazakh},
		{"", person, lang.Russian},
		{"fr, de;q=0.5", nil, lang.Kazakh},
		{"fr, de;q=0.5", person, lang.Russian},
		{"*", person, lang.Russian},
		{"kk-KZ,kk;q=0.9,ru;q=0.8", person, lang.Kazakh},
		{"fr, en-GB;q=0.5", person, lang.English},
		{"ru", nil, lang.Russian},
		{"ru; nonsense=;;", person, lang.Russian},
		{strings.Repeat("a-", 5000), nil, lang.Kazakh},
	} {
		if got := languageOf(c.header, c.actor); got != c.want {
			t.Errorf("%.40q: got %s, want %s", c.header, got, c.want)
		}
	}
	e := newEdge(t)
	e.wantData(e.query(`{ language }`, nil, append(signedIn, "Accept-Language", "en")...), `{"language":"EN"}`)
	e.wantData(e.query(`{ language }`, nil, append(signedIn, "Accept-Language", "fr")...), `{"language":"RU"}`)
}
