package shift

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/say"
	"jastarhub/internal/signup"
)

// Service is what people do with shifts.
type Service struct {
	DB      *postgres.DB
	Signups *signup.Service
}

// ByIDs reads shifts; unknown ids are left out. Visible decides who may see them.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Shift, error) {
	return byIDs(ctx, s.DB, ids)
}

// Get reads one shift. Codes: NOT_FOUND, also for one that the actor may not see.
func (s *Service) Get(ctx context.Context, a *auth.Actor, id uuid.UUID) (*Shift, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// OfTasks reads a page of each task's shifts, soonest first; if from is given, only those that begin then or later.
func (s *Service) OfTasks(ctx context.Context, tasks []uuid.UUID, from *time.Time, args paging.Args) (map[uuid.UUID]*ShiftConnection, error) {
	rows, err := ofTasks(ctx, s.DB, tasks, from, args)
	if err != nil {
		return nil, err
	}
	return paging.Each(tasks, rows, func(s *Shift) uuid.UUID { return s.TaskID }, args, cursor,
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countOfTasks(ctx, s.DB, tasks, from) }), nil
}

// NextOf reads the next shift of each task, nil where there is none.
func (s *Service) NextOf(ctx context.Context, tasks []uuid.UUID, now time.Time) ([]*Shift, error) {
	rows, err := nextOf(ctx, s.DB, tasks, now)
	return paging.Align(tasks, rows, func(s *Shift) uuid.UUID { return s.TaskID }), err
}

// FreeSeats returns how many seats each of the teams has to fill within a week.
func (s *Service) FreeSeats(ctx context.Context, teams []uuid.UUID, now time.Time) ([]int, error) {
	found, err := freeSeats(ctx, s.DB, teams, now, now.AddDate(0, 0, 7))
	counts := make([]int, len(teams))
	for i, team := range teams {
		counts[i] = found[team]
	}
	return counts, err
}

// Actions returns what the actor may do to each of the shifts.
func (s *Service) Actions(ctx context.Context, a *auth.Actor, shifts []*Shift, now time.Time) ([][]*rule.Action, error) {
	facts, err := s.Signups.Facts(ctx, a, paging.IDs(shifts, id))
	if err != nil {
		return nil, err
	}
	var needs map[uuid.UUID]fault.Code
	if mine := slices.DeleteFunc(slices.Clone(shifts), func(s *Shift) bool { return !a.LeadsTeam(s.TeamID, s.NgoID) }); len(mine) > 0 {
		if needs, err = needed(ctx, s.DB, paging.IDs(mine, id)); err != nil {
			return nil, err
		}
	}
	actions := make([][]*rule.Action, len(shifts))
	for i, shift := range shifts {
		actions[i] = shift.actions(a, facts[shift.ID], needs[shift.ID], now)
	}
	return actions, nil
}

// Update changes a shift that has not begun. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, CAPACITY_TAKEN, CLASH, WORK_FORBIDDEN,
// TOO_YOUNG, CONSENT_MISSING.
func (s *Service) Update(ctx context.Context, c mutation.Call, in UpdateShiftInput) (*ShiftPayload, error) {
	return s.change(ctx, c, in.ID, UpdateShift, nil, func(tx *sqlx.Tx, shift *Shift) error {
		was, act := *shift, c.As(history.Lead, UpdateShift)
		if err := in.apply(shift, c.Now); err != nil {
			return err
		}
		if shift.Capacity < shift.Taken {
			if err := makeRoom(ctx, tx, shift, act); err != nil {
				return err
			}
		}
		err := notice.Changing(ctx, tx, c.Actor, c.Now, notice.OneShift(shift.ID), "", func() error {
			if err := update(ctx, tx, shift); err != nil || was.StartsAt.Equal(shift.StartsAt) {
				return err
			}
			return signup.TakeBackCheckIns(ctx, tx, &shift.Slot, act)
		})
		if err != nil {
			return err
		}
		if in.StartsAt != nil {
			if err := s.Signups.RefuseMove(ctx, tx, &shift.Slot); err != nil {
				return err
			}
		}
		if !was.StartsAt.Equal(shift.StartsAt) || !was.EndsAt.Equal(shift.EndsAt) {
			if err := signup.ForgetComing(ctx, tx, shift.ID); err != nil {
				return err
			}
		}
		if err := signup.TrimOffers(ctx, tx, &shift.Slot, c.Now); err != nil {
			return err
		}
		if err := s.Signups.Settle(ctx, tx, &shift.Slot, c.Now); err != nil {
			return err
		}
		return act.Record(ctx, tx, history.To(shift.ID, Planned, Planned))
	})
}

// makeRoom withdraws the offers that exceed a shift's new capacity. Codes: CAPACITY_TAKEN.
func makeRoom(ctx context.Context, tx *sqlx.Tx, shift *Shift, act history.Act) error {
	if err := signup.MakeRoom(ctx, tx, &shift.Slot, act); err != nil {
		return err
	}
	return fault.If(fault.When(shift.Taken > shift.Capacity, fault.CapacityTaken))
}

// Cancel cancels a shift, and its sign-ups with it. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, LAST_SHIFT.
func (s *Service) Cancel(ctx context.Context, c mutation.Call, in CancelShiftInput) (*ShiftPayload, error) {
	return s.change(ctx, c, in.ID, CancelShift, in.validate(), func(tx *sqlx.Tx, shift *Shift) error {
		if err := lockTask(ctx, tx, shift.TaskID); err != nil {
			return err
		}
		needs, err := needed(ctx, tx, []uuid.UUID{shift.ID})
		if err != nil {
			return err
		}
		if err := fault.If(needs[shift.ID]); err != nil {
			return err
		}
		return cancel(ctx, tx, shift, c.As(history.Lead, CancelShift).Because(&in.Reason))
	})
}

// change locks a shift and checks whether the actor may change it.
func (s *Service) change(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error,
	apply func(*sqlx.Tx, *Shift) error) (*ShiftPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		shift, err := lock(ctx, tx, id)
		if err != nil {
			return uuid.Nil, err
		}
		if !shift.Visible(c.Actor) {
			return uuid.Nil, fault.Missing("id")
		}
		if err := fault.If(shift.refuse(verb, c.Actor, c.Now)); err != nil {
			return uuid.Nil, err
		}
		return id, apply(tx, shift)
	})
	return s.Payload(ctx, c, id, err)
}

// Payload returns the shift that a mutation changed.
func (s *Service) Payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*ShiftPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Shift).Visible, func(rows []*Shift) *ShiftPayload { return &ShiftPayload{Shift: rows[0]} })
}

// RefuseComing refuses the end of a locked task that has future shifts. Codes: SHIFTS_TO_COME.
func (s *Service) RefuseComing(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, now time.Time) error {
	coming, err := lockComing(ctx, tx, task, now)
	if err != nil {
		return err
	}
	return fault.If(fault.When(len(coming) > 0, fault.ShiftsToCome))
}

// LockComing locks a task's shifts that have not begun: shifts are locked before their task.
func LockComing(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, now time.Time) error {
	_, err := lockComing(ctx, tx, task, now)
	return err
}

// CancelComing cancels every shift of a locked task that has not begun, including one that was added while LockComing waited.
// Without a reason, the work is done.
func CancelComing(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, act history.Act) error {
	coming, err := lockComing(ctx, tx, task, act.Now)
	if err != nil {
		return err
	}
	for _, shift := range coming {
		if err := cancel(ctx, tx, shift, act); err != nil {
			return err
		}
	}
	return nil
}

func cancel(ctx context.Context, tx *sqlx.Tx, shift *Shift, act history.Act) error {
	said := *cmp.Or(act.Words, new(string))
	reason := cmp.Or(said, say.WorkDone)
	act = act.Because(&reason)
	return notice.Changing(ctx, tx, act.By, act.Now, notice.OneShift(shift.ID), said, func() error {
		if err := signup.CancelAll(ctx, tx, shift.ID, act); err != nil {
			return err
		}
		if cancelled, err := callOff(ctx, tx, shift.ID, reason); err != nil || !cancelled {
			return err
		}
		return act.Record(ctx, tx, history.To(shift.ID, Planned, Cancelled))
	})
}

// Begin handles up to limit shifts whose start has come: the waiting list ends. It returns the tasks whose shifts have begun. It
// may run in several processes at once.
func Begin(ctx context.Context, tx *sqlx.Tx, now time.Time, limit int) (tasks []uuid.UUID, err error) {
	shifts, err := beginning(ctx, tx, now, limit)
	if err != nil {
		return nil, err
	}
	for _, shift := range shifts {
		if err := signup.ExpireLine(ctx, tx, shift.ID, now); err != nil {
			return nil, err
		}
		if err := markBegun(ctx, tx, shift.ID, now); err != nil {
			return nil, err
		}
		tasks = append(tasks, shift.TaskID)
	}
	return tasks, nil
}
