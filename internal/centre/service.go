package centre

import (
	"cmp"
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Service is what people do with districts and centres.
type Service struct{ DB *postgres.DB }

// Districts reads all districts, by code.
func (s *Service) Districts(ctx context.Context) ([]*District, error) { return districts(ctx, s.DB) }

// DistrictsByIDs reads districts; unknown ids are left out.
func (s *Service) DistrictsByIDs(ctx context.Context, ids []uuid.UUID) ([]*District, error) {
	return districtsByIDs(ctx, s.DB, ids)
}

// ByIDs reads centres; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Centre, error) {
	return byIDs(ctx, s.DB, ids)
}

// Get reads one centre. Codes: NOT_FOUND.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (*Centre, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// List reads a page of centres, by code. Codes: INVALID.
func (s *Service) List(ctx context.Context, f *CentreFilter, first int, after *string) (*CentreConnection, error) {
	args, err := paging.Parse(first, after, Order)
	if err != nil {
		return nil, err
	}
	f = cmp.Or(f, &CentreFilter{})
	rows, err := list(ctx, s.DB, f, args)
	return paging.Of(rows, args, cursor, func(ctx context.Context) (int, error) { return count(ctx, s.DB, f) }), err
}

// OfDistricts reads a page of the centres of each district, by code.
func (s *Service) OfDistricts(ctx context.Context, districts []uuid.UUID, args paging.Args) (map[uuid.UUID]*CentreConnection, error) {
	rows, err := ofDistricts(ctx, s.DB, districts, args)
	return paging.Each(districts, rows, district, args, cursor, func(ctx context.Context) (map[uuid.UUID]int, error) {
		return countOfDistricts(ctx, s.DB, districts)
	}), err
}

// TeamCounts returns how many teams each of the centres hosts now.
func (s *Service) TeamCounts(ctx context.Context, centres []*Centre) ([]int, error) {
	teams, err := countTeams(ctx, s.DB, paging.IDs(centres, id))
	counts := make([]int, len(centres))
	for i, c := range centres {
		counts[i] = teams[c.ID]
	}
	return counts, err
}

// SetState opens or closes a centre. Codes: NOT_FOUND, NOT_OFFICER, WRONG_STATE.
func (s *Service) SetState(ctx context.Context, c mutation.Call, in SetCentreStateInput) (*CentrePayload, error) {
	everyone := func(*Centre, *auth.Actor) bool { return true }
	payload := func(rows []*Centre) *CentrePayload { return &CentrePayload{Centre: rows[0]} }
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		centre, err := lock(ctx, tx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(cmp.Or(rule.OnlyOfficers(c.Actor), centre.refuseInto(in.State))); err != nil {
			return uuid.Nil, err
		}
		move := history.To(centre.ID, centre.State, in.State)
		centre.moveInto(in.State, c.Now)
		if err := update(ctx, tx, centre); err != nil {
			return uuid.Nil, err
		}
		return centre.ID, c.As(history.Officer, SetCentreState).Because(in.Reason).Record(ctx, tx, move)
	})
	return mutation.Answer(ctx, c, id, err, s.ByIDs, everyone, payload)
}
