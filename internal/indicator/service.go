package indicator

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/postgres"
)

// Service is what people ask of the plan.
type Service struct{ DB *postgres.DB }

// Of reads the plan for a year, by code; empty where none is loaded. Codes: INVALID.
func (s *Service) Of(ctx context.Context, year int, now time.Time) ([]*Indicator, error) {
	if err := validate(year); err != nil {
		return nil, err
	}
	return s.read(ctx, ofYear(year, present(now)), now)
}

// ByIDs reads indicators; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID, now time.Time) ([]*Indicator, error) {
	return s.read(ctx, byIDs(ids, present(now)), now)
}

func (s *Service) read(ctx context.Context, q *postgres.Query, now time.Time) ([]*Indicator, error) {
	rows, err := postgres.Read[Indicator](ctx, s.DB, q)
	for _, row := range rows {
		if row.Fact != nil {
			row.AsOf = &now
		}
	}
	return rows, err
}

// present returns the current year in Almaty.
func present(now time.Time) int { return now.In(almaty.Zone).Year() }
