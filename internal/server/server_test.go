package server_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"jastarhub/internal/server"
)

type hub struct {
	t     *testing.T
	url   string
	log   *lines
	stop  context.CancelFunc
	ended chan error
}

// serve runs a server as the program does, on a port of its own.
func serve(t *testing.T, o server.Options) *hub {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	h := &hub{t: t, url: "http://" + listener.Addr().String(), log: &lines{}, stop: stop, ended: make(chan error, 1)}
	t.Cleanup(stop)
	o.Log = slog.New(server.WithRequest(slog.NewTextHandler(h.log, nil)))
	if o.GraphQL == nil {
		o.GraphQL = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			server.NameOperation(r.Context(), "query Test")
			o.Log.InfoContext(r.Context(), "inside")
			_, _ = io.WriteString(w, "{}")
		})
	}
	if o.Ready == nil {
		o.Ready = func(context.Context) error { return nil }
	}
	go func() { h.ended <- server.New(o).Serve(ctx, listener) }()
	return h
}

func (h *hub) do(method, path string, headers ...string) (*http.Response, string) {
	h.t.Helper()
	r, err := http.NewRequest(method, h.url+path, nil)
	if err != nil {
		h.t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		h.t.Fatal(err)
	}
	return res, string(body)
}

func TestRoutes(t *testing.T) {
	for _, development := range []bool{true, false} {
		h := serve(t, server.Options{Development: development, App: app, Accounts: []server.Account{{Role: "lead", Email: "a@b.kz", Password: "x", Secret: "ABC"}}})
		onlyDevelopment := map[bool]int{true: 200, false: 404}[development]
		for _, c := range []struct {
			method, path string
			status       int
			contentType  string
		}{
			{"GET", "/", 200, "text/html"},
			{"GET", "/tasks/7", 200, "text/html"},
			{"GET", "/assets/a-1.js", 200, "text/javascript"},
			{"GET", "/assets/a-1.js.br", 404, "application/json"},
			{"GET", "/assets/a-2.js", 404, "application/json"},
			{"GET", "/tasks/7/nothing", 404, "application/json"},
			{"GET", "/app.json", 200, "application/json"},
			{"GET", "/index.html", 404, "application/json"},
			{"GET", "/healthz", 200, "application/json"},
			{"GET", "/readyz", 200, "application/json"},
			{"POST", "/graphql", 200, ""},
			{"GET", "/nothing", 404, "application/json"},
			{"POST", "/healthz", 404, "application/json"},
			{"GET", "/pages/index.html", 404, "application/json"},
			{"GET", "/graphiql", onlyDevelopment, ""},
			{"GET", "/graphiql.js", onlyDevelopment, ""},
			{"GET", "/graphiql.css", onlyDevelopment, ""},
		} {
			res, body := h.do(c.method, c.path, "Accept-Encoding", "identity")
			if res.StatusCode != c.status || !strings.HasPrefix(res.Header.Get("Content-Type"), c.contentType) {
				t.Errorf("%s %s: got %d %s", c.method, c.path, res.StatusCode, res.Header.Get("Content-Type"))
			}
			policy := res.Header.Get("Content-Security-Policy")
			if !strings.HasPrefix(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") ||
				res.Header.Get("X-Content-Type-Options") != "nosniff" || res.Header.Get("Referrer-Policy") == "" {
				t.Errorf("%s %s: headers %v", c.method, c.path, res.Header)
			}
			if (res.Header.Get("Hub-Statements") != "") != development {
				t.Errorf("%s %s: Hub-Statements %q", c.method, c.path, res.Header.Get("Hub-Statements"))
			}
			if strings.Contains(body, "<script>") || strings.Contains(body, "style=") || strings.Contains(body, "https://") {
				t.Errorf("%s %s has what its policy forbids", c.method, c.path)
			}
			if c.path == "/app.json" && strings.Contains(body, `"email":"a@b.kz","password":"x","secret":"ABC"`) != development {
				t.Errorf("the app is told of the demo's accounts: %v", !development)
			}
			if c.path == "/graphiql" && development && !strings.Contains(body, `data-email="a@b.kz"`) {
				t.Error("no account to sign in with")
			}
		}
	}
}

func TestStrictTransport(t *testing.T) {
	h := serve(t, server.Options{})
	for proto, want := range map[string]bool{"": false, "http": false, "https": true} {
		if res, _ := h.do("GET", "/healthz", "X-Forwarded-Proto", proto); (res.Header.Get("Strict-Transport-Security") != "") != want {
			t.Errorf("%q: %q", proto, res.Header.Get("Strict-Transport-Security"))
		}
	}
}

func TestOrigins(t *testing.T) {
	preflight := []string{"Origin", "https://youth.example", "Access-Control-Request-Method", "POST", "Access-Control-Request-Headers", "content-type"}
	for _, c := range []struct {
		origins []string
		want    string
	}{{nil, ""}, {[]string{"https://other.example"}, ""}, {[]string{"https://youth.example"}, "https://youth.example"}} {
		res, _ := serve(t, server.Options{Origins: c.origins}).do("OPTIONS", "/graphql", preflight...)
		if got := res.Header.Get("Access-Control-Allow-Origin"); got != c.want || res.Header.Get("Access-Control-Allow-Credentials") != "" {
			t.Errorf("%v: got %q", c.origins, got)
		}
	}
}

func TestAccessLog(t *testing.T) {
	h := serve(t, server.Options{})
	res, _ := h.do("POST", "/graphql?secret=1", "X-Request-Id", "secret-0001", "Authorization", "Bearer secret")
	id := res.Header.Get("X-Request-Id")
	if len(id) != 26 {
		t.Errorf("the request's id is %q", id)
	}
	h.do("GET", "/nothing")
	h.do("GET", "/healthz")
	h.stop()
	<-h.ended
	log := h.log.String()
	for _, want := range []string{"msg=inside request=" + id, "msg=request method=POST route=/graphql status=200 duration=",
		`bytes=2 operation="query Test" statements=0 request=` + id, "route=/ status=404"} {
		if !strings.Contains(log, want) {
			t.Errorf("no %s in %s", want, log)
		}
	}
	if strings.Contains(log, "secret") || strings.Contains(log, "healthz") {
		t.Errorf("too much in %s", log)
	}
}

func TestReadiness(t *testing.T) {
	var broken atomic.Bool
	h := serve(t, server.Options{Ready: func(context.Context) error {
		if broken.Load() {
			return errors.New("a secret host is down")
		}
		return nil
	}})
	if res, _ := h.do("GET", "/readyz"); res.StatusCode != 200 {
		t.Errorf("got %d", res.StatusCode)
	}
	broken.Store(true)
	if res, body := h.do("GET", "/readyz"); res.StatusCode != 503 || strings.Contains(body, "secret") {
		t.Errorf("got %d %s", res.StatusCode, body)
	}
	if res, _ := h.do("GET", "/healthz"); res.StatusCode != 200 {
		t.Error("a hub without its database is still alive")
	}
}

func TestRequestsInFlightEnd(t *testing.T) {
	inside, leave := make(chan struct{}), make(chan struct{})
	h := serve(t, server.Options{GraphQL: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(inside)
		<-leave
		_, _ = io.WriteString(w, "done")
	})})
	answer := make(chan string)
	go func() {
		_, body := h.do("POST", "/graphql")
		answer <- body
	}()
	<-inside
	h.stop()
	select {
	case <-h.ended:
		t.Fatal("the server did not wait")
	case <-time.After(50 * time.Millisecond):
	}
	close(leave)
	if body := <-answer; body != "done" {
		t.Errorf("got %q", body)
	}
	if err := <-h.ended; err != nil {
		t.Error(err)
	}
}

// TestABalancerSeesThatAHubStops: the load balancer can check again before the hub refuses connections, and the requests that it
// had sent are answered.
func TestABalancerSeesThatAHubStops(t *testing.T) {
	h := serve(t, server.Options{StopDelay: time.Second})
	h.stop()
	for {
		res, body := h.do("GET", "/readyz")
		if res.StatusCode == http.StatusServiceUnavailable {
			if !strings.Contains(body, "stopping") {
				t.Errorf("got %s", body)
			}
			break
		}
	}
	if res, _ := h.do("GET", "/healthz"); res.StatusCode != http.StatusOK {
		t.Errorf("got %d", res.StatusCode)
	}
	if err := <-h.ended; err != nil {
		t.Error(err)
	}
}

// TestReadinessIsAnsweredInTime: the database may be silent, which takes half a second more than it is given.
func TestReadinessIsAnsweredInTime(t *testing.T) {
	h := serve(t, server.Options{Ready: func(ctx context.Context) error {
		<-ctx.Done()
		if end, ok := ctx.Deadline(); !ok || time.Since(end) > time.Second {
			t.Error("asked without an end")
		}
		return ctx.Err()
	}})
	asked := time.Now()
	if res, _ := h.do("GET", "/readyz"); res.StatusCode != http.StatusServiceUnavailable {
		t.Errorf("got %d", res.StatusCode)
	}
	if took := time.Since(asked); took > 2*time.Second {
		t.Errorf("answered after %s", took)
	}
}

type lines struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lines) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lines) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

func TestAnswersAreCompressed(t *testing.T) {
	answers := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", r.Header.Get("Accept"))
		size, _ := strconv.Atoi(r.Header.Get("X-Size"))
		_, _ = w.Write(bytes.Repeat([]byte("x"), size))
		if strings.HasPrefix(r.Header.Get("Accept"), "text/event-stream") {
			if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(time.Minute)); err != nil {
				t.Error(err)
			}
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
		}
	})
	h := serve(t, server.Options{GraphQL: answers})
	for _, c := range []struct{ accepts, mediaType, size, encoding string }{
		{"gzip, br", "application/json; charset=utf-8", "2000", "gzip"},
		{"gzip", "application/graphql-response+json", "2000", "gzip"},
		{"gzip", "application/json", "900", ""},
		{"identity", "application/json", "2000", ""},
		{"gzip;q=0", "application/json", "2000", ""},
		{"gzip", "text/event-stream; charset=utf-8", "2000", ""},
		{"gzip", "image/png", "2000", ""},
	} {
		res, _ := h.do("POST", "/graphql", "Accept-Encoding", c.accepts, "Accept", c.mediaType, "X-Size", c.size)
		if got := res.Header.Get("Content-Encoding"); got != c.encoding || !strings.Contains(res.Header.Get("Vary"), "Accept-Encoding") {
			t.Errorf("%s bytes of %s for %q: got %q, Vary %q", c.size, c.mediaType, c.accepts, got, res.Header.Get("Vary"))
		}
	}
}

// TestEventsAreSentAtOnce reads each event before the next is made.
func TestEventsAreSentAtOnce(t *testing.T) {
	read := make(chan struct{}, 6)
	h := serve(t, server.Options{GraphQL: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream; charset=utf-8")
		for range 3 {
			_, _ = io.WriteString(w, "event: next\n\n")
			if err := http.NewResponseController(w).Flush(); err != nil {
				t.Error(err)
			}
			select {
			case <-read:
			case <-time.After(5 * time.Second):
				t.Error("an event has not been sent")
			}
		}
	})})
	for _, accepts := range []string{"identity", "gzip"} {
		req, err := http.NewRequest("POST", h.url+"/graphql", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Accept-Encoding", accepts)
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		for range 3 {
			if _, err := io.ReadFull(res.Body, make([]byte, len("event: next\n\n"))); err != nil {
				t.Error(err)
			}
			read <- struct{}{}
		}
		_ = res.Body.Close()
	}
}

func TestNoSpellingOfAPathIsLogged(t *testing.T) {
	const token, number = "dGhlLXNlY3JldC1vZi1zb21lYm9keQ", "7KQ2-9MXA-4TRC"
	inside := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "x") })
	h := serve(t, server.Options{App: app, Consent: inside, Coming: inside, Photos: inside, Data: inside, Printed: inside, Register: inside, SignIn: inside})
	for _, path := range []string{"/consent/%s", "//consent/%s", "/Consent/%s", "/x/../consent/%s", "/consent//%s", "/consent/./%s/", "/%%63onsent/%s",
		"/coming/%s", "//coming/%s", "/COMING/%s", "/me/data.json/%s", "/photos/%s", "/uploads/%s", "/oidc/%s", "/register.csv/%s", "/graphql/%s", "/%s",
		"/certificates/%s", "//certificates/%s", "/Certificates/%s", "/certificates/%s/", "/certificates/%s.pdf", "/x/../certificates/%s.pdf", "/certificates/%s.PDF"} {
		for _, secret := range []string{token, number} {
			h.do("GET", fmt.Sprintf(path, secret))
		}
	}
	h.stop()
	<-h.ended
	log := h.log.String()
	if strings.Contains(log, token) || strings.Contains(log, number) {
		t.Errorf("a secret in\n%s", log)
	}
	for _, route := range []string{"route=/consent/ ", "route=/coming/ ", "route=/photos/ ", "route=/certificates/{number}.pdf "} {
		if !strings.Contains(log, route) {
			t.Errorf("no %s in\n%s", route, log)
		}
	}
}
