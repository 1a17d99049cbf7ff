package task

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
	"jastarhub/internal/team"
	"jastarhub/internal/work"
)

// Service is what people do with tasks.
type Service struct {
	DB     *postgres.DB
	Shifts *shift.Service
}

// Create creates a draft with its first shifts. Codes: NOT_FOUND, NOT_LEAD, NGO_NOT_WORKING.
func (s *Service) Create(ctx context.Context, c mutation.Call, in CreateTaskInput) (*TaskPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(c.Now), func(tx *sqlx.Tx) (uuid.UUID, error) {
		t := &Task{Title: in.Title, Description: in.Description, Language: in.Language, Place: in.Place, MinAge: in.MinAge,
			WorkClass: in.WorkClass, Columns: geo.ColumnsOf(in.Point)}
		if in.DistrictID != nil {
			t.DistrictID = *in.DistrictID
			if err := districtExists(ctx, tx, t.DistrictID); err != nil {
				return uuid.Nil, err
			}
		}
		if err := s.draft(ctx, tx, c, t, in.TeamID, team.CreateTask); err != nil {
			return uuid.Nil, err
		}
		for i := range in.Shifts {
			if err := shift.Insert(ctx, tx, postgres.NewID(), t.ID, &in.Shifts[i], c.Now); err != nil {
				return uuid.Nil, err
			}
		}
		return t.ID, nil
	})
	return s.payload(ctx, c, id, err)
}

// Adopt turns an accepted proposal into a draft with its texts and place. Codes: NOT_FOUND, NOT_LEAD, NGO_NOT_WORKING,
// WRONG_STATE, ALREADY_ADOPTED.
func (s *Service) Adopt(ctx context.Context, c mutation.Call, in AdoptProposalInput) (*TaskPayload, error) {
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		p, err := proposal.Lock(ctx, tx, c.Actor, in.ProposalID, "proposalId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(p.RefuseAdoption(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		t := &Task{DistrictID: p.DistrictID, ProposalID: uuid.NullUUID{UUID: p.ID, Valid: true}, Title: p.Title,
			Description: p.Text, Language: p.Language, Place: p.Place, Columns: p.Columns}
		if err := s.draft(ctx, tx, c, t, in.TeamID, proposal.AdoptProposal); err != nil {
			return uuid.Nil, err
		}
		act := c.As(history.Lead, proposal.AdoptProposal)
		if err := p.Tell(ctx, tx, act); err != nil {
			return uuid.Nil, err
		}
		return t.ID, act.Record(ctx, tx, history.To(p.ID, p.State, p.State))
	})
	return s.payload(ctx, c, id, err)
}

// draft stores a new task of the team, if the actor may post for it.
func (s *Service) draft(ctx context.Context, tx *sqlx.Tx, c mutation.Call, t *Task, teamID uuid.UUID, verb rule.Verb) error {
	of, err := team.Lock(ctx, tx, c.Actor, teamID, "teamId")
	if err != nil {
		return err
	}
	if err := fault.If(of.RefuseTask(c.Actor)); err != nil {
		return err
	}
	if t.DistrictID == uuid.Nil {
		t.DistrictID = of.DistrictID
	}
	t.ID, t.TeamID, t.NgoID, t.CentreID, t.State = postgres.NewID(), of.ID, of.NgoID, of.CentreID, Draft
	t.WorkClass = cmp.Or(t.WorkClass, work.Standard)
	t.CreatedBy, t.CreatedAt, t.UpdatedAt = c.Actor.PersonID, c.Now, c.Now
	if err := insert(ctx, tx, t); err != nil {
		return err
	}
	return c.As(history.Lead, verb).Record(ctx, tx, history.To(t.ID, "", t.State))
}

// Update changes a task's texts and place. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE.
func (s *Service) Update(ctx context.Context, c mutation.Call, in UpdateTaskInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, UpdateTask, nil, nil, func(_ *sqlx.Tx, t *Task) error { return in.apply(t) })
}

// Open publishes a draft. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, NGO_NOT_WORKING, CONTRADICTION, NO_FUTURE_SHIFT.
func (s *Service) Open(ctx context.Context, c mutation.Call, in OpenTaskInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, OpenTask, nil, nil, to(Open))
}

// Start begins the work. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE.
func (s *Service) Start(ctx context.Context, c mutation.Call, in StartTaskInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, StartTask, nil, nil, to(InProgress))
}

// Verify confirms that the work is done. Codes: NOT_FOUND, NOT_YOUR_CENTRE, OWN_TEAM, WRONG_STATE.
func (s *Service) Verify(ctx context.Context, c mutation.Call, in VerifyTaskInput) (*TaskPayload, error) {
	invalid := in.validate()
	return s.change(ctx, c, in.ID, VerifyTask, invalid, in.Words, func(_ *sqlx.Tx, t *Task) error {
		t.State, t.VerifiedAt = Verified, &c.Now
		return nil
	})
}

// SendBack states that the work is not done. Codes: NOT_FOUND, NOT_YOUR_CENTRE, OWN_TEAM, WRONG_STATE.
func (s *Service) SendBack(ctx context.Context, c mutation.Call, in SendBackInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, SendBack, in.validate(), &in.Reason, func(_ *sqlx.Tx, t *Task) error {
		t.State, t.ClaimedBy = InProgress, uuid.NullUUID{}
		return nil
	})
}

func to(state TaskState) func(*sqlx.Tx, *Task) error {
	return func(_ *sqlx.Tx, t *Task) error {
		t.State = state
		return nil
	}
}

// Cancel cancels a task, with its future shifts and their sign-ups. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE.
func (s *Service) Cancel(ctx context.Context, c mutation.Call, in CancelTaskInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, CancelTask, in.validate(), &in.Reason, func(_ *sqlx.Tx, t *Task) error {
		t.State, t.CancelReason = Cancelled, &in.Reason
		return nil
	})
}

// AddShift adds a shift. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE.
func (s *Service) AddShift(ctx context.Context, c mutation.Call, in shift.AddShiftInput) (*shift.ShiftPayload, error) {
	id, err := c.Do(ctx, s.DB, in.Validate(c.Now), func(tx *sqlx.Tx) (uuid.UUID, error) {
		t, err := Lock(ctx, tx, c.Actor, in.TaskID, "taskId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(t.Refuse(shift.AddShift, c.Actor, c.Now)); err != nil {
			return uuid.Nil, err
		}
		id := postgres.NewID()
		if err := shift.Insert(ctx, tx, id, t.ID, &in.Shift, c.Now); err != nil {
			return uuid.Nil, err
		}
		return id, c.As(history.Lead, shift.AddShift).Record(ctx, tx, history.To(id, "", shift.Planned))
	})
	return s.Shifts.Payload(ctx, c, id, err)
}

func (s *Service) permitted(ctx context.Context, tx *sqlx.Tx, c mutation.Call, id uuid.UUID, verb rule.Verb) (*Task, error) {
	t, err := Lock(ctx, tx, c.Actor, id, "id")
	if err != nil {
		return nil, err
	}
	return t, fault.If(t.Refuse(verb, c.Actor, c.Now))
}

// ending are the verbs after which a task has no future shifts.
var ending = map[rule.Verb]bool{ClaimDone: true, VerifyTask: true, CancelTask: true}

// change locks a task, checks whether the actor may change it, changes it, tells those who come about what affects them, and
// records the change. If the task ends, its future shifts are cancelled.
func (s *Service) change(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error, words *string,
	apply func(*sqlx.Tx, *Task) error) (*TaskPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		if ending[verb] {
			if err := shift.LockComing(ctx, tx, id, c.Now); err != nil {
				return uuid.Nil, err
			}
		}
		t, err := s.permitted(ctx, tx, c, id, verb)
		if err != nil {
			return uuid.Nil, err
		}
		from, act := t.State, c.As(t.actingAs(verb, c.Actor), verb).Because(words)
		said := *cmp.Or(words, new(string))
		err = notice.Changing(ctx, tx, c.Actor, c.Now, notice.ShiftsOfTask(t.ID), said, func() error {
			if err := apply(tx, t); err != nil {
				return err
			}
			if ending[verb] {
				if err := shift.CancelComing(ctx, tx, id, act); err != nil {
					return err
				}
			}
			t.UpdatedAt = c.Now
			return update(ctx, tx, t)
		})
		if err != nil {
			return uuid.Nil, err
		}
		if from != t.State {
			if err := t.Tell(ctx, tx, act); err != nil {
				return uuid.Nil, err
			}
		}
		return id, act.Record(ctx, tx, history.To(id, from, t.State))
	})
	return s.payload(ctx, c, id, err)
}

// payload returns the task that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*TaskPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Task).Visible, func(rows []*Task) *TaskPayload { return &TaskPayload{Task: rows[0]} })
}

// BeginShifts handles the start of shifts: waiting lists end, and an OPEN task becomes IN_PROGRESS. It may run in several
// processes at once.
func (s *Service) BeginShifts(ctx context.Context, now time.Time) error {
	const batch = 50
	for {
		var begun []uuid.UUID
		err := s.DB.Tx(ctx, func(tx *sqlx.Tx) (err error) {
			if begun, err = shift.Begin(ctx, tx, now, batch); err != nil {
				return err
			}
			started, err := startBegun(ctx, tx, begun, now)
			if err != nil {
				return err
			}
			moves, act := make([]history.Move, len(started)), history.ByHub(StartTask, now)
			for i, t := range started {
				moves[i] = history.To(t.ID, Open, InProgress)
				if err := t.Tell(ctx, tx, act); err != nil {
					return err
				}
			}
			return act.Record(ctx, tx, moves...)
		})
		if err != nil || len(begun) < batch {
			return err
		}
	}
}
