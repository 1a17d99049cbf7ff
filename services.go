package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"jastarhub/graph"
	"jastarhub/internal/auth"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/worker"
)

// checkConsent checks the settings that guardians' consents need.
func (s *settings) checkConsent() error {
	if s.consentAge < 0 || s.consentAge > auth.Adult {
		return fmt.Errorf("HUB_CONSENT_AGE is %d: it must be from 0 to %d", s.consentAge, auth.Adult)
	}
	if s.publicURL == "" {
		s.publicURL = "http://" + s.addr
	}
	s.publicURL = strings.TrimSuffix(s.publicURL, "/")
	if u, err := url.Parse(s.publicURL); err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http" || u.RawQuery != "" {
		return fmt.Errorf("HUB_PUBLIC_URL is %q: it must be an address such as https://youth.example", s.publicURL)
	}
	return nil
}

// services are those over a pool, as the settings want them.
func (s *settings) services(db *postgres.DB) *graph.Resolver {
	services := graph.NewResolver(db)
	services.Signups.ConsentAge, services.Consents.PublicURL = s.consentAge, s.publicURL
	return services
}

// jobs are what the worker does.
func jobs(services *graph.Resolver) []worker.Job {
	return []worker.Job{
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
	}
}
