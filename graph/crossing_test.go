package graph

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// TestNothingChangesFromAnotherSite tries a mutation with every combination of what a browser, or a program, may send.
func TestNothingChangesFromAnotherSite(t *testing.T) {
	e := newEdge(t, func(o *Options) { o.Unmetered = true })
	const mutation, home = `mutation { noKey }`, "http://hub.example"
	bodies := map[string]string{
		"application/json":                  `{"query":"` + mutation + `"}`,
		"application/json; charset=utf-8":   `{"query":"` + mutation + `"}`,
		"":                                  `{"query":"` + mutation + `"}`,
		"text/plain":                        `{"query":"` + mutation + `"}`,
		"text/plain; application/json":      `{"query":"` + mutation + `"}`,
		"application/graphql":               mutation,
		"application/x-www-form-urlencoded": "query=" + url.QueryEscape(mutation),
		"multipart/form-data; boundary=x":   "--x\r\nContent-Disposition: form-data; name=\"query\"\r\n\r\n" + mutation + "\r\n--x--\r\n",
	}
	done, tried := 0, 0
	for _, method := range []string{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "QUERY"} {
		for contentType, body := range bodies {
			for _, origin := range []string{"", home, "http://evil.example", "http://forum.hub.example", "null"} {
				for _, site := range []string{"", "same-origin", "none", "same-site", "cross-site", "nonsense"} {
					for _, who := range []string{"", "Cookie", "Authorization"} {
						r := httptest.NewRequest(method, home+"/graphql?query="+url.QueryEscape(mutation), strings.NewReader(body))
						for name, value := range map[string]string{"Content-Type": contentType, "Origin": origin, "Sec-Fetch-Site": site,
							who: map[string]string{"Cookie": cookieName(sessionCookieName, false) + "=good", "Authorization": "Bearer good"}[who]} {
							if value != "" {
								r.Header.Set(name, value)
							}
						}
						before := e.schema.changes.Load()
						w := httptest.NewRecorder()
						e.handler.ServeHTTP(w, r)
						changed := e.schema.changes.Load() > before
						ours := site == "same-origin" || site == "none" || site == "" && (origin == "" || origin == home)
						if changed != (ours && method == http.MethodPost && strings.HasPrefix(contentType, "application/json")) {
							t.Errorf("%s, %q, Origin %q, Sec-Fetch-Site %q, %s: changed %v, %d %s", method, contentType, origin, site, who, changed, w.Code, w.Body)
						}
						tried++
						if changed {
							done++
						}
					}
				}
			}
		}
	}
	if tried != 8*8*5*6*3 || done != 2*(5+5+2)*3 {
		t.Errorf("%d of %d requests changed something", done, tried)
	}
}
