package hours

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/paging"
)

// The orders of the lists.
var (
	OldestFirst = paging.Order{Name: "hours-oldest"}
	LatestFirst = paging.Order{Name: "hours-latest", Key: paging.TimeKey}
)

// MaySeeCentre reports whether the actor sees all hours for tasks of the centre.
func MaySeeCentre(a *auth.Actor, centre uuid.UUID) bool {
	return a.Coordinates(centre) || a.IsOfficer()
}

// ByIDs reads hours; unknown ids are left out. Visible decides who may see them.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Hours, error) {
	return byIDs(ctx, s.DB, ids)
}

// OfSignups reads the hours of each sign-up, nil where there are none.
func (s *Service) OfSignups(ctx context.Context, signups []uuid.UUID) ([]*Hours, error) {
	rows, err := bySignups(ctx, s.DB, signups)
	return paging.Align(signups, rows, func(h *Hours) uuid.UUID { return h.SignupID }), err
}

// OfTeams reads a page of the hours for each team's tasks, oldest first. Oversees decides who may see them.
func (s *Service) OfTeams(ctx context.Context, teams []uuid.UUID, states []HoursState, args paging.Args) (map[uuid.UUID]*HoursConnection, error) {
	return s.of(ctx, `h.team_id`, teams, states, args)
}

// OfTasks reads a page of the hours for each task, oldest first. Oversees decides who may see them.
func (s *Service) OfTasks(ctx context.Context, tasks []uuid.UUID, states []HoursState, args paging.Args) (map[uuid.UUID]*HoursConnection, error) {
	return s.of(ctx, `h.task_id`, tasks, states, args)
}

// OfCentres reads a page of the hours for each centre's tasks, oldest first. MaySeeCentre decides who may see them.
func (s *Service) OfCentres(ctx context.Context, centres []uuid.UUID, states []HoursState, args paging.Args) (map[uuid.UUID]*HoursConnection, error) {
	return s.of(ctx, `h.centre_id`, centres, states, args)
}

// OfPersons reads a page of each person's hours, the latest shift first.
func (s *Service) OfPersons(ctx context.Context, people []uuid.UUID, states []HoursState, args paging.Args) (map[uuid.UUID]*HoursConnection, error) {
	rows, err := ofPersons(ctx, s.DB, people, states, args)
	return s.pages(people, rows, err, args, latest, `h.person_id`, states)
}

func latest(h *Hours) paging.Cursor {
	return paging.Cursor{Key: h.StartsAt.Format(time.RFC3339Nano), ID: h.ID}
}

func (s *Service) of(ctx context.Context, column string, parents []uuid.UUID, states []HoursState, args paging.Args) (map[uuid.UUID]*HoursConnection, error) {
	rows, err := of(ctx, s.DB, column, parents, states, args)
	return s.pages(parents, rows, err, args, paging.ByID(id), column, states)
}

func (s *Service) pages(parents []uuid.UUID, rows []*row, err error, args paging.Args, cursor func(*Hours) paging.Cursor,
	column string, states []HoursState) (map[uuid.UUID]*HoursConnection, error) {
	if err != nil {
		return nil, err
	}
	list, parent := make([]*Hours, len(rows)), make(map[*Hours]uuid.UUID, len(rows))
	for i, row := range rows {
		list[i], parent[&row.Hours] = &row.Hours, row.Parent
	}
	return paging.Each(parents, list, func(h *Hours) uuid.UUID { return parent[h] }, args, cursor,
		func(ctx context.Context) (map[uuid.UUID]int, error) {
			return counts(ctx, s.DB, column, parents, states)
		}), nil
}
