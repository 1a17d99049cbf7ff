package task

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
)

// ByIDs reads tasks; unknown ids are left out. Visible decides who may see them.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Task, error) {
	return byIDs(ctx, s.DB, ids)
}

// List reads a page of tasks. Codes: INVALID, UNAUTHENTICATED (allowedForMe).
func (s *Service) List(ctx context.Context, a *auth.Actor, now time.Time, f *TaskFilter, order TaskOrder, first int, after *string) (*TaskConnection, error) {
	if f == nil {
		f = &TaskFilter{}
	}
	args, err := paging.Parse(first, after, orders[order])
	if err != nil {
		return nil, err
	}
	if err := f.validate(a); err != nil {
		return nil, err
	}
	by := viewer{actor: a, now: now, consentAge: s.Shifts.Signups.ConsentAge}
	rows, err := list(ctx, s.DB, f, order, args, by)
	return paging.Of(rows, args, order.cursor, func(ctx context.Context) (int, error) { return count(ctx, s.DB, f, by) }), err
}

// OfTeams reads a page of each team's tasks, newest first, without drafts.
func (s *Service) OfTeams(ctx context.Context, teams []uuid.UUID, args paging.Args) (map[uuid.UUID]*TaskConnection, error) {
	rows, err := ofTeams(ctx, s.DB, teams, args)
	if err != nil {
		return nil, err
	}
	return paging.Each(teams, rows, func(t *Task) uuid.UUID { return t.TeamID }, args, Newest.cursor,
		func(ctx context.Context) (map[uuid.UUID]int, error) {
			counted, err := counts(ctx, s.DB, `team_id`, teams)
			totals := map[uuid.UUID]int{}
			for team, states := range counted {
				for _, state := range states {
					totals[team] += state.Tasks
				}
			}
			return totals, err
		}), nil
}

// SentBack returns how the centre last sent each of the tasks back, or its proposer disputed the result, nil where the task is
// not in progress again.
func (s *Service) SentBack(ctx context.Context, tasks []*Task) ([]*history.Move, error) {
	again := []uuid.UUID{}
	for _, t := range tasks {
		if t.State == InProgress {
			again = append(again, t.ID)
		}
	}
	moves, err := history.Latest(ctx, s.DB, again, SendBack, DisputeResult)
	return paging.Align(paging.IDs(tasks, func(t *Task) uuid.UUID { return t.ID }), moves, func(m *history.Move) uuid.UUID { return m.SubjectID }), err
}

// CountsOfTeams returns how many of each team's tasks are in which state, without drafts.
func (s *Service) CountsOfTeams(ctx context.Context, teams []uuid.UUID) (map[uuid.UUID][]*TaskCount, error) {
	return counts(ctx, s.DB, `team_id`, teams)
}

// CountsOfCentres returns how many of the tasks of each centre are in which state, without drafts.
func (s *Service) CountsOfCentres(ctx context.Context, centres []uuid.UUID) (map[uuid.UUID][]*TaskCount, error) {
	return counts(ctx, s.DB, `centre_id`, centres)
}

// Get reads one task. Codes: NOT_FOUND, also for one that the actor may not see.
func (s *Service) Get(ctx context.Context, a *auth.Actor, id uuid.UUID) (*Task, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}
