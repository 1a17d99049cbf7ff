package person

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
)

// Service is what people do with their profiles.
type Service struct {
	DB  *postgres.DB
	Key *secret.Key // hashes the addresses of people who are suspended
}

// ByIDs reads people; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Person, error) {
	return byIDs(ctx, s.DB, ids)
}

// ByEmail reads the person whose account has the address, if there is one.
func (s *Service) ByEmail(ctx context.Context, email string) ([]*Person, error) {
	return peopleByEmail(ctx, s.DB, email)
}

// Get reads one person. Codes: NOT_FOUND.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (*Person, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}
