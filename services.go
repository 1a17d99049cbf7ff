package main

import (
	"context"
	"time"

	"jastarhub/graph"
	"jastarhub/internal/attempt"
	"jastarhub/internal/mutation"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
	"jastarhub/internal/worker"
)

// services are those over a pool, as the settings want them.
func (s *settings) services(db *postgres.DB) *graph.Resolver {
	services := graph.NewResolver(db)
	services.Signups.ConsentAge = s.consentAge
	return services
}

// jobs are what the worker does.
func jobs(services *graph.Resolver, mails *outbox.Sender) []worker.Job {
	return []worker.Job{
		{Name: "send mails", Every: 5 * time.Second, Do: mails.Send},
		{Name: "tidy sign-ups", Every: 10 * time.Second, Do: services.Signups.Tidy},
		{Name: "begin shifts", Every: 30 * time.Second, Do: services.Tasks.BeginShifts},
		{Name: "expire memberships", Every: time.Minute, Do: func(ctx context.Context, now time.Time) error {
			_, err := services.Memberships.ExpireDue(ctx, now, 500)
			return err
		}},
		{Name: "expire questions for consent", Every: time.Minute, Do: services.Consents.ExpireDue},
		{Name: "forget idempotency keys", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return mutation.ForgetKeys(ctx, services.DB, now)
		}},
		{Name: "forget attempts", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return attempt.Forget(ctx, services.DB, now)
		}},
		{Name: "forget mails", Every: time.Hour, Do: func(ctx context.Context, now time.Time) error {
			return outbox.Forget(ctx, services.DB, now)
		}},
		{Name: "purge erased accounts", Every: 10 * time.Minute, Do: services.Privacy.PurgeDue},
		{Name: "forget tokens", Every: time.Hour, Do: services.People.Tidy},
	}
}
