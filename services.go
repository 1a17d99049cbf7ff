package main

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"gocloud.dev/blob"

	"jastarhub/graph"
	"jastarhub/internal/account"
	"jastarhub/internal/attempt"
	"jastarhub/internal/httpfile"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/oidc"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
	"jastarhub/internal/server"
	"jastarhub/internal/worker"
)

// present returns the time, with the database's precision: the clock of everything that serves people or works for them.
func present() time.Time { return time.Now().Truncate(time.Microsecond) }

// services returns the services on a pool, according to the settings.
func (s *settings) services(db *postgres.DB, bucket *blob.Bucket, key *secret.Key) *graph.Resolver {
	services := graph.NewResolver(db)
	services.People.Key, services.Accounts.Key, services.Notices.Key, services.Signups.Key = key, key, key, key
	services.Signups.ConsentAge = s.consentAge
	services.Proposals.ReactDays, services.Proposals.DecideDays = s.reactDays, s.decideDays
	services.Photos.Bucket = bucket
	return services
}

// signIn returns the handler for sign-ins through the OpenID provider; nil if there is none.
func (s *settings) signIn(db *postgres.DB, hub string, services *graph.Resolver, log *slog.Logger) http.Handler {
	if s.oidc.Issuer == "" {
		return nil
	}
	return oidc.New(oidc.Options{Settings: s.oidc, Hub: hub, DB: db, Identities: services.Identities, Keep: graph.KeepSession, Browser: graph.BrowserOf, Log: log, Now: present,
		Visit: func(r *http.Request, name string, now time.Time) (account.Visit, error) {
			return services.Visit(r, name, server.RequestID(r.Context()), now)
		}})
}

// files returns a handler that serves files to people with a session.
func files(services *graph.Resolver, name string, atOnce int,
	write func(context.Context, http.ResponseWriter, *http.Request, account.Visit) error, log *slog.Logger) http.Handler {
	return httpfile.New(httpfile.Handler{Name: name, AtOnce: atOnce, Log: log, Now: present, Write: write,
		Visit: func(r *http.Request, name string, now time.Time) (account.Visit, error) {
			return services.Visit(r, name, server.RequestID(r.Context()), now)
		}})
}

// jobs returns the worker's jobs.
func jobs(services *graph.Resolver) []worker.Job {
	return []worker.Job{
		{Name: "tidy sign-ups", Every: 10 * time.Second, Do: services.Signups.Tidy},
		{Name: "begin shifts", Every: 30 * time.Second, Do: services.Tasks.BeginShifts},
		{Name: "tell of overdue proposals", Every: time.Minute, Do: services.Proposals.TellOverdue},
		{Name: "expire memberships", Every: time.Minute, Do: func(ctx context.Context, now time.Time) error {
			_, err := services.Memberships.ExpireDue(ctx, now, 500)
			return err
		}},
		{Name: "expire invitations", Every: time.Minute, Do: services.Invitations.Tidy},
		{Name: "expire questions for consent", Every: time.Minute, Do: services.Consents.ExpireDue},
		{Name: "end suspensions", Every: time.Minute, Do: services.Moderation.EndDue},
		{Name: "forget idempotency keys", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return mutation.ForgetKeys(ctx, services.DB, now)
		}},
		{Name: "forget attempts", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return attempt.Forget(ctx, services.DB, now)
		}},
		{Name: "forget sign-ins", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return oidc.Forget(ctx, services.DB, now)
		}},
		{Name: "forget mails", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return outbox.Forget(ctx, services.DB, now)
		}},
		{Name: "tidy photos", Every: 10 * time.Minute, Do: services.Photos.Tidy},
		{Name: "collect notices of the day", Every: time.Minute, Do: services.Notices.Collect},
		{Name: "remind", Every: time.Minute, Do: services.Signups.Remind},
		{Name: "forget notices", Every: time.Hour, Do: services.Notices.Forget},
		{Name: "learn words", Every: 10 * time.Minute, Do: services.Search.Learn},
		{Name: "purge erased accounts", Every: 10 * time.Minute, Do: services.Privacy.PurgeDue},
		{Name: "forget claims of providers", Every: time.Hour, Do: services.Identities.Forget},
		{Name: "forget tokens", Every: time.Hour, Do: services.Accounts.Tidy},
	}
}

// letters returns the jobs that send messages, one for each channel.
func (s *settings) letters(services *graph.Resolver, post outbox.Carrier, hub string, log *slog.Logger) []worker.Job {
	write := services.Notices.WriteLetters(hub)
	sender := func(channel outbox.Channel, carry outbox.Carrier) *outbox.Sender {
		return &outbox.Sender{DB: services.DB, Channel: channel, Carry: carry, Notices: write, Unlink: notice.Unlink, Hub: hub, Log: log}
	}
	all := []worker.Job{{Name: "send mails", Every: time.Second, Do: sender(outbox.Email, post).Send}}
	if s.telegram.Token == "" {
		return all
	}
	listener := &notice.Listener{Service: services.Notices, Bot: &s.telegram, Wait: 25 * time.Second, Now: present, Log: log}
	return append(all, worker.Job{Name: "send to Telegram", Every: time.Second, Do: sender(outbox.Telegram, outbox.ByTelegram(&s.telegram)).Send},
		worker.Job{Name: "listen to Telegram", Every: 5 * time.Second, Do: listener.Listen})
}
