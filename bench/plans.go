package main

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"time"

	"jastarhub/graph"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/embedded"
)

// study runs one question after the other on a single connection, and asks PostgreSQL for the times of planning and executing.
type study struct {
	hub     http.Handler
	stats   *postgres.DB
	backend int // the server process of the connection
	took    map[sample][]float64
}

// sample is one statement of a question with one set of arguments.
type sample struct {
	question, statement string
	limit               float64
	arguments           string // as JSON
}

// rounds is how often a question is asked with each set of arguments; the first of them plans the statements that are kept.
const rounds = 4

// plans prints the slowest statements of all lists, and those above their limits.
func plans(ctx context.Context, only string) error {
	server, err := embedded.Start(ctx, databaseDir, slog.New(slog.DiscardHandler),
		"shared_preload_libraries=pg_stat_statements", "pg_stat_statements.track_planning=on")
	if err != nil {
		return err
	}
	defer func() { _ = server.Stop(context.WithoutCancel(ctx)) }()
	one, err := postgres.Open(ctx, server.URL(), postgres.Options{MaxConns: 1})
	if err != nil {
		return err
	}
	defer func() { _ = one.Close() }()
	stats, err := postgres.Open(ctx, server.URL(), postgres.Options{MaxConns: 1, Name: "hub bench", StatementTimeout: -1})
	if err != nil {
		return err
	}
	defer func() { _ = stats.Close() }()
	if _, err := stats.ExecContext(ctx, `create extension if not exists pg_stat_statements`); err != nil {
		return err
	}
	s := newStudy(one, stats)
	if err := one.GetContext(ctx, &s.backend, `select pg_backend_pid()`); err != nil {
		return err
	}
	scene, err := newScene(ctx, stats)
	if err != nil {
		return err
	}
	for _, c := range scene.lists() {
		if !strings.Contains(c.name, only) {
			continue
		}
		if err := s.ask(ctx, c); err != nil {
			return fmt.Errorf("%s: %w", c.name, err)
		}
	}
	s.print()
	return nil
}

func newStudy(one, stats *postgres.DB) *study {
	services := graph.NewResolver(one)
	return &study{stats: stats, took: map[sample][]float64{}, hub: graph.New(graph.Options{
		Schema: services.Schema(), Fields: services.Levels(), Authenticate: services.Accounts.Authenticate,
		InFlight: 1, Unmetered: true, Now: func() time.Time { return time.Now().Truncate(time.Microsecond) }, Log: slog.New(slog.NewTextHandler(os.Stderr, nil)),
	})}
}

func (s *study) ask(ctx context.Context, c list) error {
	for range rounds {
		for _, variables := range c.variables {
			if _, err := s.stats.ExecContext(ctx, `select pg_stat_statements_reset()`); err != nil {
				return err
			}
			before, err := s.running()
			if err != nil {
				return err
			}
			if err := s.send(ctx, c, variables); err != nil {
				return fmt.Errorf("%v: %w", variables, err)
			}
			after, err := s.running()
			if err != nil {
				return err
			}
			var ran []struct {
				Query string
				Calls int
				Took  float64
			}
			err = s.stats.SelectContext(ctx, &ran, `select query, calls, (total_plan_time + total_exec_time) / calls as took
				from pg_stat_statements where calls > 0 and query not like '%pg_stat_statements%'`)
			if err != nil {
				return err
			}
			var whole float64
			for _, r := range ran {
				whole += r.Took * float64(r.Calls)
			}
			share := min(1, (after-before)/whole)
			for _, r := range ran {
				of := sample{c.name, r.Query, c.limit, fmt.Sprint(variables)}
				s.took[of] = append(s.took[of], r.Took*share)
			}
		}
	}
	return nil
}

// running returns for how many ms the connection's server process has run.
func (s *study) running() (float64, error) {
	var ns float64
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/schedstat", s.backend))
	if err == nil {
		_, err = fmt.Sscan(string(stat), &ns)
	}
	return ns / 1e6, err
}

func (s *study) send(ctx context.Context, c list, variables any) error {
	body, err := json.Marshal(map[string]any{"query": c.document, "variables": variables})
	if err != nil {
		return err
	}
	r := httptest.NewRequestWithContext(ctx, http.MethodPost, "/graphql", bytes.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+token(c.viewer))
	w := httptest.NewRecorder()
	s.hub.ServeHTTP(w, r)
	if bytes.Contains(w.Body.Bytes(), []byte(`"errors":`)) {
		return fmt.Errorf("%s", w.Body)
	}
	return nil
}

// finding is the slowest set of arguments of a statement, and the median of its rounds but the first.
type finding struct {
	sample
	took float64
}

func (s *study) findings() []finding {
	worst := map[sample]finding{}
	for of, took := range s.took {
		if len(took) < rounds {
			continue
		}
		f := finding{of, slices.Sorted(slices.Values(took[1:]))[(rounds-1)/2]}
		of.arguments = ""
		if f.took > worst[of].took {
			worst[of] = f
		}
	}
	return slices.SortedFunc(maps.Values(worst), func(a, b finding) int { return cmp.Compare(b.took, a.took) })
}

func (s *study) print() {
	all := s.findings()
	over := slices.DeleteFunc(slices.Clone(all), func(f finding) bool { return f.took <= f.limit })
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s: %d statements with %d sets of arguments, %d over the limit. Load at the end: %.4s.\n",
		time.Now().Format(time.DateOnly), len(all), len(s.took), len(over), load)
	table("The slowest", all[:min(20, len(all))])
	tight := slices.DeleteFunc(slices.Clone(all), func(f finding) bool { return f.limit > 5 })
	table("The slowest of those that may take 5 ms", tight[:min(10, len(tight))])
	table("Over the limit", over)
}

func table(title string, findings []finding) {
	fmt.Printf("\n%s: %d\n\n| question | arguments | ms | limit, ms | statement |\n|---|---|---|---|---|\n", title, len(findings))
	for _, f := range findings {
		text := strings.Join(strings.Fields(f.statement), " ")
		if _, where, found := strings.Cut(text, " from "); found {
			text = "… from " + where
		}
		fmt.Printf("| %s | %s | %.2f | %.0f | `%.150s` |\n", f.question, f.arguments, f.took, f.limit, text)
	}
}
