package signup

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// ByIDs reads sign-ups; unknown ids are left out. Visible decides who may see them.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Signup, error) {
	return byIDs(ctx, s.DB, ids)
}

// OfShifts reads a page of each shift's sign-ups, oldest first. Oversees decides who may see them.
func (s *Service) OfShifts(ctx context.Context, shifts []uuid.UUID, states []SignupState, args paging.Args) (map[uuid.UUID]*SignupConnection, error) {
	rows, err := of(ctx, s.DB, `g.shift_id`, shifts, states, args)
	return s.pages(shifts, rows, err, args, paging.ByID(id), `g.shift_id`, states)
}

// OfTasks reads a page of the sign-ups for each task's shifts, oldest first. Oversees decides who may see them.
func (s *Service) OfTasks(ctx context.Context, tasks []uuid.UUID, states []SignupState, args paging.Args) (map[uuid.UUID]*SignupConnection, error) {
	rows, err := of(ctx, s.DB, `s.task_id`, tasks, states, args)
	return s.pages(tasks, rows, err, args, paging.ByID(id), `s.task_id`, states)
}

// OfPersons reads a page of each person's sign-ups, the latest shift first.
func (s *Service) OfPersons(ctx context.Context, persons []uuid.UUID, states []SignupState, args paging.Args) (map[uuid.UUID]*SignupConnection, error) {
	rows, err := ofPersons(ctx, s.DB, persons, states, args)
	return s.pages(persons, rows, err, args, latest, `g.person_id`, states)
}

func latest(g *Signup) paging.Cursor {
	return paging.Cursor{Key: g.Slot.StartsAt.Format(time.RFC3339Nano), ID: g.ID}
}

func (s *Service) pages(parents []uuid.UUID, rows []*row, err error, args paging.Args, cursor func(*Signup) paging.Cursor,
	column string, states []SignupState) (map[uuid.UUID]*SignupConnection, error) {
	if err != nil {
		return nil, err
	}
	signups, parent := make([]*Signup, len(rows)), make(map[*Signup]uuid.UUID, len(rows))
	for i, row := range rows {
		signups[i], parent[&row.Signup] = &row.Signup, row.Parent
	}
	return paging.Each(parents, signups, func(g *Signup) uuid.UUID { return parent[g] }, args, cursor,
		func(ctx context.Context) (map[uuid.UUID]int, error) {
			return counts(ctx, s.DB, column, parents, states)
		}), nil
}

// Positions returns the position on the waiting list of each sign-up that waits, nil for the others.
func (s *Service) Positions(ctx context.Context, signups []*Signup) ([]*int, error) {
	waiting := []uuid.UUID{}
	for _, g := range signups {
		if g.State == Waitlisted {
			waiting = append(waiting, g.ID)
		}
	}
	found, err := positions(ctx, s.DB, waiting)
	places := make([]*int, len(signups))
	for i, g := range signups {
		if n, ok := found[g.ID]; ok {
			places[i] = &n
		}
	}
	return places, err
}

// TasksWaitedFor returns, for each of the people, the tasks on whose waiting lists they are.
func (s *Service) TasksWaitedFor(ctx context.Context, people []uuid.UUID) (map[uuid.UUID][]uuid.UUID, error) {
	return waitedFor(ctx, s.DB, people)
}

// Unmarked returns how many people each of the teams has neither checked in nor marked as absent, on past shifts of tasks that
// are not finished.
func (s *Service) Unmarked(ctx context.Context, teams []uuid.UUID, now time.Time) ([]*int, error) {
	found, err := unmarked(ctx, s.DB, teams, now)
	counts := make([]*int, len(teams))
	for i, team := range teams {
		n := found[team]
		counts[i] = &n
	}
	return counts, err
}

// MineIn finds the actor's live sign-up for each of the shifts, nil where there is none.
func (s *Service) MineIn(ctx context.Context, a *auth.Actor, shifts []uuid.UUID) ([]*Signup, error) {
	rows, err := mine(ctx, s.DB, a.ID(), shifts)
	return paging.Align(shifts, rows, func(g *Signup) uuid.UUID { return g.Slot.ID }), err
}

// Facts returns the actor's relation to each of the shifts.
func (s *Service) Facts(ctx context.Context, a *auth.Actor, shifts []uuid.UUID) (map[uuid.UUID]Facts, error) {
	return s.facts(ctx, s.DB, a.ID(), shifts)
}

// Actions returns what the actor may do to each of the sign-ups. The facts matter only for the actor's own.
func (s *Service) Actions(ctx context.Context, a *auth.Actor, signups []*Signup, now time.Time) ([][]*rule.Action, error) {
	facts, err := s.facts(ctx, s.DB, a.ID(), paging.IDs(signups, func(g *Signup) uuid.UUID { return g.Slot.ID }))
	actions := make([][]*rule.Action, len(signups))
	for i, g := range signups {
		actions[i] = g.actions(a, facts[g.Slot.ID], now)
	}
	return actions, err
}
