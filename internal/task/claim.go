package task

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/photo"
	"jastarhub/internal/postgres"
	"jastarhub/internal/team"
)

// Claim is what the team says it has done.
type Claim struct {
	ID            uuid.UUID `db:"id"`
	TaskID        uuid.UUID `db:"task_id"`
	ClaimedBy     uuid.UUID `db:"claimed_by"`
	Words         string    `db:"words"`
	NoPhotoReason *string   `db:"no_photo_reason"`
	ClaimedAt     time.Time `db:"claimed_at"`
}

// Claim states that the work is done, and the results. Future shifts are cancelled, if the input says so. Codes: NOT_FOUND,
// NOT_LEAD, WRONG_STATE, SHIFTS_TO_COME, PHOTO_MISSING, PHOTO_CONSENT_MISSING.
func (s *Service) Claim(ctx context.Context, c mutation.Call, in ClaimDoneInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, ClaimDone, in.validate(), &in.Words, func(tx *sqlx.Tx, t *Task) error {
		claim := &Claim{ID: postgres.NewID(), TaskID: t.ID, ClaimedBy: c.Actor.PersonID, Words: in.Words,
			NoPhotoReason: in.NoPhotoReason, ClaimedAt: c.Now}
		if err := photo.Attach(ctx, tx, c, photo.Target{TaskID: t.ID}, in.Photos); err != nil {
			return err
		}
		if err := claim.needPhoto(ctx, tx); err != nil {
			return err
		}
		if !in.CancelShifts {
			if err := s.Shifts.RefuseComing(ctx, tx, t.ID, c.Now); err != nil {
				return err
			}
		}
		t.State, t.ClaimedBy = ClaimedDone, uuid.NullUUID{UUID: c.Actor.PersonID, Valid: true}
		return insertClaim(ctx, tx, claim, in.Results)
	})
}

// needPhoto requires a photo of the work since it last began, or a reason why there is none.
func (c *Claim) needPhoto(ctx context.Context, tx *sqlx.Tx) error {
	photos, err := photo.SinceBegun(ctx, tx, c.TaskID)
	if err == nil && photos == 0 && c.NoPhotoReason == nil {
		err = fault.New(fault.PhotoMissing)
	}
	return err
}

// Dispute disputes the result. The task continues at the centre that hosts its team now. Codes: NOT_FOUND, NOT_YOURS,
// WRONG_STATE, TOO_LATE.
func (s *Service) Dispute(ctx context.Context, c mutation.Call, in DisputeResultInput) (*TaskPayload, error) {
	return s.change(ctx, c, in.ID, DisputeResult, in.validate(), &in.Reason, func(tx *sqlx.Tx, t *Task) (err error) {
		t.State, t.ClaimedBy, t.VerifiedAt = InProgress, uuid.NullUUID{}, nil
		t.CentreID, err = team.Host(ctx, tx, t.TeamID)
		return err
	})
}

// ClaimsOf reads the latest claim of each of the tasks, nil where there is no valid one.
func (s *Service) ClaimsOf(ctx context.Context, tasks []*Task) ([]*Claim, error) {
	var claimed []uuid.UUID
	for _, t := range tasks {
		if t.State == ClaimedDone || t.State == Verified {
			claimed = append(claimed, t.ID)
		}
	}
	rows, err := postgres.Read[Claim](ctx, s.DB, postgres.Select(`select c.* from unnest(?::uuid[]) t(id) cross join lateral (
		select id, task_id, claimed_by, words, no_photo_reason, claimed_at from task_claims where task_id = t.id
		order by id desc limit 1) c`, postgres.IDs(claimed)))
	of := make(map[uuid.UUID]*Claim, len(rows))
	for _, c := range rows {
		of[c.TaskID] = c
	}
	claims := make([]*Claim, len(tasks))
	for i, t := range tasks {
		claims[i] = of[t.ID]
	}
	return claims, err
}

// ResultsOf reads the results of each of the claims.
func (s *Service) ResultsOf(ctx context.Context, claims []uuid.UUID) (map[uuid.UUID][]*Result, error) {
	rows, err := postgres.Read[struct {
		ClaimID uuid.UUID `db:"claim_id"`
		Result
	}](ctx, s.DB, postgres.Select(`select claim_id, metric, amount from claim_results where claim_id = any(?) order by 1, 2`, postgres.IDs(claims)))
	results := make(map[uuid.UUID][]*Result, len(claims))
	for _, row := range rows {
		results[row.ClaimID] = append(results[row.ClaimID], &row.Result)
	}
	return results, err
}

func insertClaim(ctx context.Context, tx *sqlx.Tx, claim *Claim, results []ResultInput) error {
	_, err := tx.NamedExecContext(ctx, `insert into task_claims (id, task_id, claimed_by, words, no_photo_reason, claimed_at)
		values (:id, :task_id, :claimed_by, :words, :no_photo_reason, :claimed_at)`, claim)
	for _, r := range results {
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `insert into claim_results (claim_id, metric, amount) values ($1, $2, $3)`, claim.ID, r.Metric, r.Amount)
	}
	return err
}
