package server_test

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"jastarhub/internal/server"
)

func TestProxies(t *testing.T) {
	var proxies server.Proxies
	if err := proxies.Set("10.0.0.0/8, 192.0.2.7,2001:db8::/32"); err != nil || proxies.String() != "10.0.0.0/8,192.0.2.7/32,2001:db8::/32" {
		t.Fatal(proxies.String(), err)
	}
	for _, c := range []struct{ peer, forwardedFor, client, proto string }{
		{"203.0.113.5:1234", "", "203.0.113.5:1234", ""},
		{"203.0.113.5:1234", "198.51.100.1", "203.0.113.5:1234", ""}, // a stranger is not believed
		{"127.0.0.1:1234", "198.51.100.1", "127.0.0.1:1234", "https"},
		{"[::1]:1234", "", "[::1]:1234", "https"},
		{"10.1.2.3:1234", "198.51.100.1", "198.51.100.1:0", "https"},
		{"10.1.2.3:1234", "", "10.1.2.3:0", "https"},
		{"192.0.2.7:1234", "198.51.100.1", "198.51.100.1:0", "https"},
		{"192.0.2.8:1234", "198.51.100.1", "192.0.2.8:1234", ""},
		{"10.1.2.3:1234", "6.6.6.6, 198.51.100.1", "198.51.100.1:0", "https"}, // the first is forged
		{"10.1.2.3:1234", "6.6.6.6, 198.51.100.1 , 10.9.9.9", "198.51.100.1:0", "https"},
		{"10.1.2.3:1234", "10.4.4.4, 10.9.9.9", "10.4.4.4:0", "https"},
		{"10.1.2.3:1234", "198.51.100.1, nonsense", "10.1.2.3:0", "https"},
		{"10.1.2.3:1234", "198.51.100.1:4711", "198.51.100.1:0", "https"},
		{"10.1.2.3:1234", "[2a00::1]:4711", "[2a00::1]:0", "https"},
		{"[::ffff:10.1.2.3]:1234", "::ffff:198.51.100.1", "198.51.100.1:0", "https"},
		{"[2001:db8::1]:1234", "2a00::1", "[2a00::1]:0", "https"},
		{"@", "198.51.100.1", "@", ""}, // not an address at all
	} {
		got := ""
		s := server.New(server.Options{Proxies: proxies, Log: slog.New(slog.DiscardHandler), GraphQL: http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
			got = fmt.Sprint(r.RemoteAddr, " ", r.Header.Get("X-Forwarded-Proto"))
		})})
		r := httptest.NewRequest(http.MethodPost, "/graphql", nil)
		r.RemoteAddr = c.peer
		r.Header.Set("X-Forwarded-Proto", "https")
		if c.forwardedFor != "" {
			r.Header.Set("X-Forwarded-For", c.forwardedFor)
		}
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if want := c.client + " " + c.proto; got != want {
			t.Errorf("%s for %q: got %s, want %s", c.peer, c.forwardedFor, got, want)
		}
		if (w.Header().Get("Strict-Transport-Security") != "") != (c.proto == "https") {
			t.Errorf("%s: Strict-Transport-Security %q", c.peer, w.Header().Get("Strict-Transport-Security"))
		}
	}
	for _, wrong := range []string{"10.0.0.0/33", "proxy.example", "10.0.0.0-10.0.0.9"} {
		if new(server.Proxies).Set(wrong) == nil {
			t.Errorf("%q is a network", wrong)
		}
	}
}
