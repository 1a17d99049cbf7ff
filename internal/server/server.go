// Package server is everything around the hub's handlers: an HTTP server with a limit on every wait, an access log, health
// checks, and the pages that need no database.
package server

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/klauspost/compress/gzhttp"
	"github.com/klauspost/compress/gzip"
	"github.com/rs/cors"

	"jastarhub/internal/httpfault"
)

// Options are what the server needs.
type Options struct {
	GraphQL     http.Handler
	App         App
	SignIn      http.Handler                    // under /oidc/; none if nil
	Consent     http.Handler                    // the pages below /consent/; none if nil
	Coming      http.Handler                    // the pages below /coming/; none if nil
	Data        http.Handler                    // /me/data.json, a person's own data; none if nil
	Photos      http.Handler                    // /uploads and the files below /photos/; none if nil
	Printed     http.Handler                    // /certificates/<number>.pdf; none if nil
	Register    http.Handler                    // /register.csv, the register of volunteer work; none if nil
	Ready       func(ctx context.Context) error // returns nil if the hub can do its work
	Stopping    func()                          // ends what would not end by itself; may be nil
	StopDelay   time.Duration                   // how long it goes on serving, while reporting that it is not ready, before it stops
	AtOnce      error                           // the cause for which it stops without that delay; none if nil
	Origins     []string                        // of other sites whose pages may send requests
	Proxies     Proxies
	Development bool
	Accounts    []Account // to sign in with in development
	Log         *slog.Logger
}

// Account is one of the demo's accounts.
type Account struct {
	Role     string `json:"role"`
	Email    string `json:"email"`
	Password string `json:"password"`
	Secret   string `json:"secret,omitempty"` // of the second factor; the sign-in page and GraphiQL make codes from it
}

// Server serves the hub over HTTP.
type Server struct {
	http      *http.Server
	ready     func(ctx context.Context) error
	log       *slog.Logger
	stopDelay time.Duration
	atOnce    error
	stopping  atomic.Bool
}

func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) { s.http.Handler.ServeHTTP(w, r) }

const (
	// drain is how long running requests may take when the hub stops.
	drain = 10 * time.Second
	// readyPatience is how long a load balancer's check may take: with the half second that it takes to give up a silent
	// database, it is answered within two seconds.
	readyPatience = 1400 * time.Millisecond
)

// New returns a server.
func New(o Options) *Server {
	s := &Server{ready: o.Ready, log: o.Log, stopDelay: o.StopDelay, atOnce: o.AtOnce}
	routes := http.NewServeMux()
	routes.Handle("/graphql", allow(o.Origins, o.GraphQL))
	if o.SignIn != nil {
		routes.Handle("/oidc/", o.SignIn)
	}
	if o.Consent != nil {
		routes.Handle("/consent/", o.Consent)
	}
	if o.Coming != nil {
		routes.Handle("/coming/", o.Coming)
	}
	if o.Data != nil {
		routes.Handle("/me/data.json", o.Data)
	}
	if o.Photos != nil {
		routes.Handle("/uploads", allow(o.Origins, o.Photos))
		routes.Handle("/uploads/", allow(o.Origins, o.Photos))
		routes.Handle("/photos/", o.Photos)
	}
	if o.Register != nil {
		routes.Handle("/register.csv", o.Register)
	}
	routes.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, `{"status":"ok"}`) })
	routes.HandleFunc("GET /readyz", s.readyz)
	addPages(routes, o)
	addApp(routes, o)
	s.http = &http.Server{
		Handler:           accessLog{o.Proxies.before(secure(compress(httpfault.Recover(o.Log, o.printed(routes))))), o.Log, o.Development},
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       10 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       120 * time.Second,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(o.Log.Handler(), slog.LevelWarn),
	}
	if o.Stopping != nil {
		s.http.RegisterOnShutdown(o.Stopping)
	}
	return s
}

// printed routes requests for printed certificates, whose pages belong to the app: a route's pattern cannot distinguish them.
func (o Options) printed(next http.Handler) http.Handler {
	if o.Printed == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/certificates/") && strings.HasSuffix(r.URL.Path, ".pdf") {
			r.Pattern = "/certificates/{number}.pdf"
			o.Printed.ServeHTTP(w, r)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// Serve serves until ctx is done. It then reports for a while that it is not ready, so that a load balancer stops sending
// requests here, unless it cannot serve anything in that time, and finishes running requests.
func (s *Server) Serve(ctx context.Context, on net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- s.http.Serve(on) }()
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
	}
	s.stopping.Store(true)
	delay := s.stopDelay
	if s.atOnce != nil && errors.Is(context.Cause(ctx), s.atOnce) {
		delay = 0
	}
	s.log.Info("stopping", "delay", delay.String())
	select {
	case err := <-failed:
		return err
	case <-time.After(delay):
	}
	patience, cancel := context.WithTimeout(context.WithoutCancel(ctx), drain)
	defer cancel()
	if err := s.http.Shutdown(patience); err != nil {
		return errors.Join(err, s.http.Close())
	}
	return nil
}

// readyz reports whether requests should be sent here.
func (s *Server) readyz(w http.ResponseWriter, r *http.Request) {
	if s.stopping.Load() {
		answer(w, http.StatusServiceUnavailable, `{"status":"stopping"}`)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), readyPatience)
	defer cancel()
	if err := s.ready(ctx); err != nil {
		s.log.WarnContext(ctx, "not ready", "error", err)
		answer(w, http.StatusServiceUnavailable, `{"status":"not ready"}`)
		return
	}
	answer(w, http.StatusOK, `{"status":"ready"}`)
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = w.Write([]byte(body + "\n"))
}

// allow lets pages of the origins read the answers. They sign in with a bearer token: a cookie stays with its own site.
func allow(origins []string, next http.Handler) http.Handler {
	if len(origins) == 0 {
		return next // in the library, no origins means all
	}
	return cors.New(cors.Options{
		AllowedOrigins: origins,
		AllowedMethods: []string{http.MethodGet, http.MethodPost, http.MethodDelete},
		AllowedHeaders: []string{"Accept", "Accept-Language", "Authorization", "Content-Type", "Idempotency-Key"},
		ExposedHeaders: []string{requestID, "Retry-After"},
		MaxAge:         600,
	}).Handler(next)
}

// smallest is what fits into one packet anyway.
const smallest = 1024

// compress compresses answers with gzip if the client accepts it. The files of the app are compressed already, and a stream of
// events is sent event by event. No answer contains both a secret and text that a stranger chose, from whose length the secret
// could be guessed: pages of other sites may not send requests as a person, see New of package graph.
func compress(next http.Handler) http.Handler {
	wrap, err := gzhttp.NewWrapper(gzhttp.MinSize(smallest), gzhttp.CompressionLevel(gzip.BestSpeed), gzhttp.ContentTypes([]string{
		"application/json", "application/graphql-response+json", "text/html", "text/csv", "text/plain"}))
	if err != nil {
		panic(err) // the options are constants
	}
	return wrap(next)
}

// secure sets the headers that every answer has. Pages relax the first one for what they consist of.
func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		header.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "no-referrer")
		// Only a client that reached the hub over https may be told to keep to it.
		if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
			header.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}
