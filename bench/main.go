// Command bench measures the hub on a full-size city and prints the figures in Markdown: how many requests it answers in a
// second, how long they take, and what a request costs the hub and PostgreSQL. With -plans it looks for slow statements instead,
// with -signins many people sign in, with -notices many are told something, with -streams many watch.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/embedded"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context) error {
	seconds := flag.Int("seconds", 5, "how long each measurement takes")
	clients := flag.String("clients", "1,16,64", "how many clients send queries at the same time, in one measurement after the other")
	only := flag.String("only", "", "only the queries whose names contain this")
	slow := flag.Bool("plans", false, "find slow statements")
	doors := flag.Bool("signins", false, "measure sign-ins instead")
	told := flag.Bool("notices", false, "measure the sending of notifications instead")
	watched := flag.Bool("streams", false, "measure subscriptions instead")
	city := flag.Bool("city", false, "create the city if there is none, and measure nothing")
	flag.Parse()
	if flag.Arg(0) == "limit" {
		return serveLimit(ctx, flag.Arg(1), flag.Arg(2))
	}
	if err := makeCity(ctx); err != nil || *city {
		return err
	}
	if *slow {
		return plans(ctx, *only)
	}
	var crowds []int
	for text := range strings.SplitSeq(*clients, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return fmt.Errorf("-clients: %q is not a number of clients", text)
		}
		crowds = append(crowds, n)
	}
	lasting := time.Duration(*seconds) * time.Second
	return measure(ctx, func(db *postgres.DB, hub *server, mails *sink, url string, all []question) error {
		switch {
		case *doors:
			return signIns(ctx, db, hub, all[0].requests, lasting)
		case *told:
			return notices(ctx, db, hub, mails, all[0].requests, lasting)
		case *watched:
			return streams(ctx, db, hub, all[0].requests, lasting)
		}
		all = slices.DeleteFunc(all, func(q question) bool { return !strings.Contains(q.name, *only) })
		return askAll(ctx, db, hub, url, all, crowds, lasting)
	})
}

// measure measures something on the hub, a real process with its own PostgreSQL.
func measure(ctx context.Context, something func(db *postgres.DB, hub *server, mails *sink, url string, all []question) error) error {
	mails, err := newSink()
	if err != nil {
		return err
	}
	hub, err := startHub(ctx, mails.address)
	if err != nil {
		return err
	}
	defer hub.stop()
	url, err := embedded.Running(databaseDir)
	if err != nil {
		return err
	}
	db, err := postgres.Open(ctx, url, postgres.Options{Name: "hub bench", MaxConns: 2, StatementTimeout: -1})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	if err := warm(ctx, db); err != nil {
		return err
	}
	all, err := questions(ctx, db, hub.address)
	if err != nil {
		return err
	}
	return something(db, hub, mails, url, all)
}

// askAll asks all the questions.
func askAll(ctx context.Context, db *postgres.DB, hub *server, url string, all []question, crowds []int, lasting time.Duration) error {
	limit, err := startLimit(ctx, url)
	if err != nil {
		return err
	}
	defer limit.stop()
	if err := head(ctx, db, hub.ready); err != nil {
		return err
	}
	for _, q := range all {
		for _, n := range crowds {
			if err := rows(ctx, q, hub, limit, n, lasting); err != nil {
				return err
			}
		}
	}
	return nil
}

// rows measures a question and, if there is one, its limit: one after the other, so that both have the same load.
func rows(ctx context.Context, q question, hub, limit *server, clients int, lasting time.Duration) error {
	err := row(ctx, q.name, hub, q.requests, clients, lasting)
	if err == nil && q.limit != nil {
		err = row(ctx, q.name+", the limit", limit, q.limit, clients, lasting)
	}
	return err
}

func head(ctx context.Context, db *postgres.DB, ready time.Duration) error {
	var version string
	if err := db.GetContext(ctx, &version, `show server_version`); err != nil {
		return err
	}
	cpu, _ := os.ReadFile("/proc/cpuinfo")
	_, model, _ := strings.Cut(string(cpu), "model name\t: ")
	model, _, _ = strings.Cut(model, "\n")
	load, _ := os.ReadFile("/proc/loadavg")
	fmt.Printf("%s, %s, %d cores, PostgreSQL %s, %s. Load before: %.4s. From start to ready on existing data: %d ms.\n\n",
		time.Now().Format(time.DateOnly), model, runtime.NumCPU(), version, runtime.Version(), load, ready.Milliseconds())
	_, err := fmt.Println("| query | clients | requests/s | p50, ms | p99, ms | refused | CPU hub, ms | CPU PostgreSQL, ms | statements | KB | peak, MB |\n" +
		"|---|---|---|---|---|---|---|---|---|---|---|")
	return err
}

// row measures one question with one number of clients, after a second of warming up.
func row(ctx context.Context, name string, s *server, requests *requests, clients int, lasting time.Duration) error {
	if _, err := ask(ctx, s.address, requests, clients, time.Second); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	before, err := s.usage()
	if err != nil {
		return err
	}
	got, err := ask(ctx, s.address, requests, clients, lasting)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	after, err := s.usage()
	if err != nil {
		return err
	}
	each := func(total time.Duration) float64 { return total.Seconds() * 1000 / float64(len(got.took)) }
	fmt.Printf("| %s | %d | %.0f | %.1f | %.1f | %d | %.2f | %.2f | %s | %.1f | %d |\n", name, clients,
		float64(len(got.took))/got.whole.Seconds(), got.percentile(50), got.percentile(99), got.refused,
		each(after.own-before.own), each(after.postgres-before.postgres), got.statements, float64(got.bytes)/1024, after.peak>>20)
	return nil
}
