package progress

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/photo"
	"jastarhub/internal/postgres"
	"jastarhub/internal/task"
)

// Service is what people do with progress updates.
type Service struct{ DB *postgres.DB }

// ByIDs reads updates; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*ProgressUpdate, error) {
	return byIDs(ctx, s.DB, ids)
}

// OfTasks reads a page of each task's updates, newest first.
func (s *Service) OfTasks(ctx context.Context, tasks []uuid.UUID, args paging.Args) (map[uuid.UUID]*ProgressUpdateConnection, error) {
	rows, err := ofTasks(ctx, s.DB, tasks, args)
	if err != nil {
		return nil, err
	}
	return paging.Each(tasks, rows, func(u *ProgressUpdate) uuid.UUID { return u.TaskID }, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countOfTasks(ctx, s.DB, tasks) }), nil
}

// ResultsOf reads the results that each of the updates reports.
func (s *Service) ResultsOf(ctx context.Context, updates []uuid.UUID) (map[uuid.UUID][]*task.Result, error) {
	return resultsOf(ctx, s.DB, updates)
}

// Post posts an update. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, REASON_MISSING, PHOTO_CONSENT_MISSING.
func (s *Service) Post(ctx context.Context, c mutation.Call, in PostProgressInput) (*ProgressPayload, error) {
	payload := func(rows []*ProgressUpdate) *ProgressPayload { return &ProgressPayload{Update: rows[0]} }
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		t, err := task.Lock(ctx, tx, c.Actor, in.TaskID, "taskId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(t.Refuse(task.PostProgress, c.Actor, c.Now)); err != nil {
			return uuid.Nil, err
		}
		u := &ProgressUpdate{ID: postgres.NewID(), TaskID: t.ID, AuthorID: c.Actor.PersonID, Text: in.Text,
			Language: in.Language, Percent: in.Percent, CreatedAt: c.Now}
		if in.Percent != nil && *in.Percent < t.Percent {
			if u.LowerReason = in.LowerReason; u.LowerReason == nil {
				return uuid.Nil, fault.New(fault.ReasonMissing)
			}
		}
		if err := insert(ctx, tx, u, in.Results); err != nil {
			return uuid.Nil, err
		}
		if err := photo.Attach(ctx, tx, c, photo.Target{TaskID: t.ID, UpdateID: u.ID}, in.Photos); err != nil {
			return uuid.Nil, err
		}
		if err := t.Tell(ctx, tx, c.As(history.Lead, task.PostProgress)); err != nil {
			return uuid.Nil, err
		}
		if in.Percent == nil {
			return u.ID, nil
		}
		return u.ID, task.SetPercent(ctx, tx, t.ID, *in.Percent, c.Now)
	})
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*ProgressUpdate).Visible, payload)
}
