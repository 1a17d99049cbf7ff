package photo

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
)

// The maximum number of photos at once, and of minors named in them.
const (
	MostOfProposal = 5
	MostOfTask     = 10
	mostMinors     = 200
)

// PhotosInput attaches photos: which of the actor's own, whether they show minors, and whom.
type PhotosInput struct {
	IDs         []uuid.UUID
	MinorsShown bool
	MinorIDs    []uuid.UUID
}

// Check finds what is invalid in an input's field photos; nil is no photos.
func (in *PhotosInput) Check(c *fault.Check, most int) {
	if in == nil {
		return
	}
	c.That(len(in.IDs) > 0, "photos.ids", "must not be empty")
	c.Items("photos.ids", len(in.IDs), most)
	once(c, "photos.ids", in.IDs)
	once(c, "photos.minorIds", in.MinorIDs)
	c.That(len(in.MinorIDs) == 0 || in.MinorsShown, "photos.minorIds", "must be empty unless minorsShown is true")
}

func once(c *fault.Check, field string, ids []uuid.UUID) {
	seen := map[uuid.UUID]bool{}
	for i, id := range ids {
		c.That(!seen[id], fmt.Sprintf("%s.%d", field, i), "must not be given twice")
		seen[id] = true
	}
}

// Target is what photos are attached to: a proposal, a task, or an update of that task.
type Target struct{ ProposalID, TaskID, UpdateID uuid.UUID }

// Attach attaches the actor's photos, in the transaction that makes the target. Photos that show minors need a guardian's consent
// for each of them: the minors are named, and must have been checked in on the task. Codes: NOT_FOUND, INVALID (used already),
// PHOTO_CONSENT_MISSING.
func Attach(ctx context.Context, tx *sqlx.Tx, c mutation.Call, to Target, in *PhotosInput) error {
	if in == nil {
		return nil
	}
	found, err := lock(ctx, tx, c.Actor.PersonID, in.IDs)
	if err != nil {
		return err
	}
	for i, id := range in.IDs {
		field := fmt.Sprintf("photos.ids.%d", i)
		if p := found[id]; p == nil {
			return fault.Missing(field)
		} else if p.AttachedAt != nil {
			return fault.Field(field, "has already been used")
		}
	}
	if err := in.consented(ctx, tx, to.TaskID, c.Now); err != nil {
		return err
	}
	some := func(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: id != uuid.Nil} }
	for i, id := range in.IDs {
		p := found[id]
		p.ProposalID, p.TaskID, p.UpdateID, p.AttachedAt = some(to.ProposalID), some(to.TaskID), some(to.UpdateID), &c.Now
		if err := update(ctx, tx, p, i, in.MinorsShown); err != nil {
			return err
		}
		if err := insertMinors(ctx, tx, id, in.MinorIDs); err != nil {
			return err
		}
	}
	return nil
}

// consented requires a guardian's photo consent for every minor shown. Somebody who was not checked in to this task as a minor is
// refused as unknown.
func (in *PhotosInput) consented(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, now time.Time) error {
	if !in.MinorsShown {
		return nil
	}
	if task == uuid.Nil || len(in.MinorIDs) == 0 {
		return fault.New(fault.PhotoConsentMissing)
	}
	given, err := consenting(ctx, tx, task, in.MinorIDs, now)
	if err != nil {
		return err
	}
	for i, id := range in.MinorIDs {
		consent, came := given[id]
		if !came {
			return fault.Missing(fmt.Sprintf("photos.minorIds.%d", i))
		}
		if !consent {
			return fault.New(fault.PhotoConsentMissing)
		}
	}
	return nil
}

// SinceBegun counts the photos of a task and its updates that were attached since work on it last began.
func SinceBegun(ctx context.Context, tx *sqlx.Tx, task uuid.UUID) (int, error) {
	return postgres.Count(ctx, tx, postgres.Select(`select count(*)`+shownOfTasks+`p.task_id = ? and p.attached_at >= (
		select coalesce(max(m.at), '-infinity') from moves m
		where m.subject_id = ? and m.to_state = 'IN_PROGRESS' and m.from_state is distinct from m.to_state)`, task, task))
}

// RemoveShowing removes the photos that show a person for whom there is no longer a photo consent.
func RemoveShowing(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) error {
	return remove(ctx, tx, `id in (select photo_id from photo_minors where person_id = $2)`, person, now)
}

// RemoveOf removes the photos of a person whose account is erased, and those that show the person. Photos attached to tasks and
// accepted proposals stay, as their texts do.
func RemoveOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) error {
	if err := RemoveShowing(ctx, tx, person, now); err != nil {
		return err
	}
	return remove(ctx, tx, `uploader_id = $2 and (attached_at is null
		or proposal_id in (select id from proposals where author_id = $2 and state <> 'ACCEPTED'))`, person, now)
}
