package indicator

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/postgres"
)

// Service is what people ask of the plan.
type Service struct{ DB *postgres.DB }

// Of reads the plan for a year, by code; empty where none is loaded. Codes: INVALID.
func (s *Service) Of(ctx context.Context, year int, now time.Time) ([]*Indicator, error) {
	if err := validate(int(year)); err != nil {
		return nil, err
	}
	return postgres.Read[Indicator](ctx, s.DB, ofYear(int(year), present(now)))
}

// ByIDs reads indicators; ids that lead nowhere are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID, now time.Time) ([]*Indicator, error) {
	return postgres.Read[Indicator](ctx, s.DB, byIDs(ids, present(now)))
}

// present is the year in Almaty.
func present(now time.Time) int { return now.In(auth.Almaty).Year() }
