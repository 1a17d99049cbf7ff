// Command hub serves the hub's API and maintains its database.
package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"runtime/debug"
	"slices"
	"sync"
	"syscall"
	"text/tabwriter"
	"time"
	_ "time/tzdata" // the city's time zone, whatever the machine has

	"github.com/urfave/cli/v3"

	"jastarhub/graph"
	"jastarhub/internal/account"
	"jastarhub/internal/consent/guardianpage"
	"jastarhub/internal/database"
	"jastarhub/internal/grant"
	"jastarhub/internal/live"
	"jastarhub/internal/photo"
	"jastarhub/internal/photo/photofiles"
	"jastarhub/internal/postgres"
	"jastarhub/internal/privacy/download"
	"jastarhub/internal/register"
	"jastarhub/internal/seed"
	"jastarhub/internal/server"
	"jastarhub/internal/signup/reminderpage"
	"jastarhub/internal/worker"
	"jastarhub/migrations"
	"jastarhub/web"
)

func main() {
	// While the heap is small, a quarter of the time of a large answer would be garbage collection; beyond the limit the heap
	// does not grow.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(128 << 20)
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // the second Ctrl-C ends the hub at once
	if err := command().Run(ctx, os.Args); err != nil {
		fmt.Fprintln(os.Stderr, "hub:", err)
		os.Exit(1)
	}
}

func command() *cli.Command {
	var s settings
	var demo bool
	var email, role, scope, reason, reset string
	size, number := seed.Size{People: seed.FullSize.People}, uint64(1)
	demoFlag := &cli.BoolFlag{Name: "demo", Usage: "load the demo city if the database is empty", Destination: &demo}
	return &cli.Command{
		Name: "hub", Usage: "Almaty's youth teams and the city's tasks", Flags: s.flags(),
		Before: func(ctx context.Context, _ *cli.Command) (context.Context, error) { return ctx, s.check() },
		Commands: []*cli.Command{
			{Name: "serve", Usage: "run the hub; without a database URL it starts its own PostgreSQL", Flags: []cli.Flag{demoFlag},
				Action: func(ctx context.Context, _ *cli.Command) error { return s.serve(ctx, demo) }},
			{Name: "migrate", Usage: "update the database's schema and the reference data", Action: s.with(func(ctx context.Context, url string) error { return database.Migrate(ctx, url, s.log()) })},
			{Name: "seed", Usage: "fill an empty database with a generated city", Flags: append(sizeFlags(&size, &number), demoFlag),
				Action: s.with(func(ctx context.Context, url string) error { return s.seed(ctx, url, demo, size, number) })},
			{Name: "grant", Usage: "give a person a role", Flags: []cli.Flag{
				&cli.StringFlag{Name: "email", Usage: "the account's email address", Required: true, Destination: &email},
				&cli.StringFlag{Name: "role", Usage: "CITY_OFFICER, COORDINATOR, CONSULTANT or NGO_LEAD", Required: true, Destination: &role},
				&cli.StringFlag{Name: "scope", Usage: "the centre's code, or the NGO's id", Destination: &scope},
			}, Action: s.with(func(ctx context.Context, url string) error { return s.grant(ctx, url, email, grant.Role(role), scope) })},
			{Name: "erase", Usage: "erase the account of a person who asked for it in writing", Flags: []cli.Flag{
				&cli.StringFlag{Name: "email", Usage: "the account's email address", Required: true, Destination: &email},
				&cli.StringFlag{Name: "reason", Usage: "why, without naming anybody, e.g. the number of the written request", Required: true, Destination: &reason},
			}, Action: s.with(func(ctx context.Context, url string) error { return s.erase(ctx, url, email, reason) })},
			{Name: "second-factor", Usage: "manage second factors", Flags: []cli.Flag{
				&cli.StringFlag{Name: "reset", Usage: "remove the second factor of the account with this email address", Required: true, Destination: &reset},
			}, Action: s.with(func(ctx context.Context, url string) error { return s.takeFactorAway(ctx, url, reset) })},
			{Name: "code", Usage: "show the code that an authenticator shows now; without a secret, that of the demo accounts", ArgsUsage: "[SECRET]", Action: code},
		},
	}
}

func sizeFlags(size *seed.Size, number *uint64) []cli.Flag {
	flags := []cli.Flag{
		&cli.Uint64Flag{Name: "seed", Usage: "the same number generates the same city", Value: *number, Destination: number},
		&cli.IntFlag{Name: "people", Usage: "how many", Value: size.People, Destination: &size.People},
	}
	for _, of := range []struct {
		name string
		n    *int
	}{{"teams", &size.Teams}, {"tasks", &size.Tasks}, {"signups", &size.Signups}, {"updates", &size.Updates}, {"proposals", &size.Proposals},
		{"supports", &size.Supports}} {
		flags = append(flags, &cli.IntFlag{Name: of.name, Usage: "how many; the default follows from the number of people", HideDefault: true, Destination: of.n})
	}
	return flags
}

// with gives a command a database while it runs.
func (s *settings) with(do func(ctx context.Context, url string) error) cli.ActionFunc {
	return func(ctx context.Context, _ *cli.Command) error {
		db, err := database.Join(ctx, s.url, s.dataDir, s.log())
		if err != nil {
			return err
		}
		defer db.Stop()
		return do(ctx, db.URL)
	}
}

var (
	errSeed   = errors.New("HUB_ENV is production: the demo city and generated cities have officers with public passwords; load them with HUB_ENV=development")
	errSeeded = errors.New("HUB_ENV is production, and the database holds a demo city or a generated one, with public passwords: use another database, or HUB_ENV=development")
)

func (s *settings) seed(ctx context.Context, url string, demo bool, size seed.Size, number uint64) error {
	if s.env == production {
		return errSeed
	}
	return database.Patiently(ctx, url, func(db *postgres.DB) error {
		key, err := s.unlock(ctx, db)
		if err != nil {
			return err
		}
		if !demo {
			return seed.City(ctx, db.DB, key, size, number, present(), s.log())
		}
		accounts, err := seed.Demo(ctx, db.DB, key, present())
		show(accounts)
		return err
	})
}

func show(accounts []seed.SignIn) {
	table := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	for _, a := range accounts {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", a.Role, a.Email, a.Password, a.Secret)
	}
	_ = table.Flush()
	fmt.Println("Accounts with a secret in the last column also need a code to sign in: `hub code` shows it, or an authenticator with the secret.")
}

func (s *settings) grant(ctx context.Context, url, email string, role grant.Role, scope string) error {
	return database.Patiently(ctx, url, func(db *postgres.DB) error {
		return (&grant.Service{DB: db}).GiveTo(ctx, email, role, scope, present())
	})
}

func (s *settings) erase(ctx context.Context, url, email, reason string) error {
	return database.Patiently(ctx, url, func(db *postgres.DB) error {
		key, err := s.unlock(ctx, db)
		if err != nil {
			return err
		}
		return s.services(db, nil, key).Privacy.Erase(ctx, email, reason, present())
	})
}

// serve serves until ctx is done or the hub's own PostgreSQL has stopped unexpectedly.
func (s *settings) serve(ctx context.Context, demo bool) error {
	if demo && s.env == production {
		return errSeed // before a database is created
	}
	db, err := database.Start(ctx, s.url, s.dataDir, s.log())
	if err != nil {
		return err
	}
	defer db.Stop()
	if demo {
		if err := s.seed(ctx, db.URL, true, seed.Size{}, 0); err != nil {
			return err
		}
	}
	serving, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	go func() {
		select {
		case <-db.Ended():
			cancel(errDatabaseEnded)
		case <-serving.Done():
		}
	}()
	if err := s.listen(serving, db.URL); err != nil {
		return err
	}
	if context.Cause(serving) == errDatabaseEnded {
		return fmt.Errorf("%w: %s", errDatabaseEnded, db.Ending())
	}
	return nil
}

var errDatabaseEnded = errors.New("the hub's own PostgreSQL has stopped unexpectedly")

const peopleConns, workerConns = 16, 5

// listen answers people from one pool and gives the worker another, so that it cannot starve them.
func (s *settings) listen(ctx context.Context, url string) error {
	log := s.log()
	people, err := postgres.Open(ctx, url, postgres.Options{MaxConns: peopleConns, Name: "hub", Log: log})
	if err != nil {
		return err
	}
	defer func() { _ = people.Close() }()
	background, err := postgres.Open(ctx, url, postgres.Options{MaxConns: workerConns, Name: "hub worker", Log: log})
	if err != nil {
		return err
	}
	defer func() { _ = background.Close() }()
	key, err := s.unlock(ctx, people)
	if err != nil {
		return err
	}
	if seeded, err := seed.Loaded(ctx, people); s.env == production && (err != nil || seeded) {
		return cmp.Or(err, errSeeded)
	}
	bucket, err := photo.OpenBucket(ctx, s.blobs, filepath.Join(s.dataDir, "photos"))
	if err != nil {
		return fmt.Errorf("the photos' bucket: %w", err)
	}
	defer func() { _ = bucket.Close() }()
	listener, err := net.Listen("tcp", s.addr)
	if err != nil {
		return err
	}
	hub := s.hub(listener.Addr().String())
	post, err := s.post(log)
	if err != nil {
		return err
	}
	var working sync.WaitGroup
	defer working.Wait()
	serving, cancel := context.WithCancel(context.WithoutCancel(ctx)) // longer than ctx: streams go on until the server stops
	defer cancel()
	ctx, end := context.WithCancel(ctx)
	defer end()
	services := s.services(background, bucket, key)
	working.Go(func() {
		worker.Run(ctx, log, present, slices.Concat(jobs(services), s.letters(services, post, hub, log))...)
	})
	services = s.services(people, bucket, key)
	broker := services.Broker(log, present)
	working.Go(func() { broker.Deliver(serving) })
	working.Go(func() { broker.Listen(serving, people) })
	log.Info("serving", "url", "http://"+listener.Addr().String(), "env", s.env)
	return s.server(people, background, services, broker, hub, log).Serve(ctx, listener)
}

// server wires the services to HTTP.
func (s *settings) server(db, background *postgres.DB, services *graph.Resolver, broker *live.Broker, hub string, log *slog.Logger) *server.Server {
	var accounts []server.Account
	for _, a := range seed.SignIns() {
		accounts = append(accounts, server.Account{Role: a.Role, Email: a.Email, Password: a.Password, Secret: a.Secret})
	}
	return server.New(server.Options{
		SignIn: s.signIn(db, hub, services, log),
		GraphQL: graph.New(graph.Options{
			Schema: services.Schema(), Fields: services.Levels(), Authenticate: services.Accounts.Authenticate, Log: log, Live: broker,
			Operations:    graph.Operations{Texts: web.Operations(), Only: s.persistedOnly},
			Introspection: s.env == development, Origins: s.origins, InFlight: 2 * peopleConns, Operation: server.NameOperation, RequestID: server.RequestID, Now: present,
		}),
		Consent: guardianpage.New(services.Consents, web.Look(), log, present),
		Coming:  (&reminderpage.Page{Notices: services.Notices, Signups: services.Signups, Log: log, RequestID: server.RequestID, Now: present}).Handler(),
		App:     server.App{Files: web.Files(), Paths: web.Paths(), Tiles: s.tiles, Provider: s.oidc.Title(), Telegram: s.telegram.Token != ""},
		Data:    download.New(services.Privacy, log, server.RequestID, present),
		Photos: photofiles.New(photofiles.Options{Photos: services.Photos, Proposals: services.Proposals, Tasks: services.Tasks, Progress: services.Progress, Origins: s.origins, Log: log, Now: present,
			Visit: func(r *http.Request, name string, now time.Time) (account.Visit, error) {
				return services.Visit(r, name, server.RequestID(r.Context()), now)
			}}),
		Stopping: broker.Close, StopDelay: s.stopDelay, AtOnce: errDatabaseEnded,
		Printed: files(services, "printCertificate", 4, services.Certificates.Serve(hub), log),
		Register: files(services, "exportRegister", 2,
			(&register.Service{DB: db, People: services.People}).Serve, log),
		Ready: func(ctx context.Context) error {
			pending, err := postgres.Pending(ctx, db, migrations.FS)
			if err == nil && pending {
				err = errors.New("the database is not up to date: run hub migrate")
			}
			return cmp.Or(err, db.Writable(), background.Writable())
		},
		Origins: s.origins, Proxies: s.proxies, Development: s.env == development, Accounts: accounts, Log: log,
	})
}
