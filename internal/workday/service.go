package workday

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Service is what people do with the list of special days.
type Service struct{ DB *postgres.DB }

// Of reads the list of a year, by day; empty if none has been entered. Codes: INVALID.
func (s *Service) Of(ctx context.Context, year int) ([]*SpecialDay, error) {
	if err := validate(year); err != nil {
		return nil, err
	}
	return ofYear(ctx, s.DB, year)
}

// ByIDs reads days, including removed ones; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*SpecialDay, error) {
	return byIDs(ctx, s.DB, ids)
}

// Set adds a day to the list, or corrects its name. Codes: NOT_OFFICER.
func (s *Service) Set(ctx context.Context, c mutation.Call, in SetSpecialDayInput) (*SpecialDayPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := fault.If(rule.OnlyOfficers(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		return put(ctx, tx, &SpecialDay{ID: postgres.NewID(), Day: in.Day, Works: in.Works, Text: in.Name})
	})
	return s.payload(ctx, c, id, err)
}

// Remove removes a day from the list. Codes: NOT_FOUND, NOT_OFFICER, WRONG_STATE.
func (s *Service) Remove(ctx context.Context, c mutation.Call, in RemoveSpecialDayInput) (*SpecialDayPayload, error) {
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		d, err := lock(ctx, tx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(d.refuseRemoval(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		return d.ID, remove(ctx, tx, d.ID, c.Now)
	})
	return s.payload(ctx, c, id, err)
}

// payload returns the day that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*SpecialDayPayload, error) {
	everyone := func(*SpecialDay, *auth.Actor) bool { return true }
	return mutation.Answer(ctx, c, id, err, s.ByIDs, everyone, func(rows []*SpecialDay) *SpecialDayPayload { return &SpecialDayPayload{SpecialDay: rows[0]} })
}
