package photo

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"gocloud.dev/blob"
	"gocloud.dev/gcerrors"

	"jastarhub/internal/attempt"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// Service is what people do with photos.
type Service struct {
	DB     *postgres.DB
	Bucket *blob.Bucket
}

const (
	mostUnattached = 30             // photos of a person at the same time
	keptUnattached = 24 * time.Hour // how long such a photo is kept
	whole          = 10 * time.Minute
	mostInRound    = 200
)

// Admit checks whether the actor may send a photo now, before it is sent, and counts it. Codes: UNAUTHENTICATED, SUSPENDED,
// EMAIL_UNVERIFIED, PROFILE_INCOMPLETE, TRY_LATER.
func (s *Service) Admit(ctx context.Context, c mutation.Call, address string) error {
	if c.Actor == nil {
		return fault.New(fault.Unauthenticated)
	}
	if err := c.RefuseBarred(); err != nil {
		return c.Refused(ctx, s.DB, c.Entry(), err)
	}
	wait, err := attempt.Take(ctx, s.DB, c.Now, attempt.Limits.Photos.Of(c.Actor.PersonID.String()), attempt.Limits.PhotosFrom.Of(attempt.Network(address)))
	if err == nil && wait > 0 {
		err = fault.After(fault.TryLater, wait, "There were too many photos. Try again in %d s.")
	}
	return err
}

// Upload stores a picture of the actor who was admitted, until it is attached or a day has passed. Codes: INVALID, PHOTO_FORMAT,
// BUSY, TOO_MANY_PHOTOS.
func (s *Service) Upload(ctx context.Context, c mutation.Call, sent []byte) (*Photo, error) {
	read, err := read(ctx, sent)
	if err != nil {
		return nil, err
	}
	p := &Photo{ID: postgres.NewID(), UploaderID: c.Actor.PersonID, Width: read.width, Height: read.height, CreatedAt: c.Now}
	if _, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		done, err := insert(ctx, tx, p)
		if err == nil && !done {
			err = fault.New(fault.TooManyPhotos)
		}
		return p.ID, err
	}); err != nil {
		return nil, err
	}
	if err := write(ctx, s.Bucket, p.ID, read); err != nil {
		return nil, err
	}
	return p, s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		done, err := setStored(ctx, tx, p.ID, c.Now)
		if err == nil && !done { // the account was erased in the meantime
			err = fault.New(fault.Unauthenticated)
		}
		return err
	})
}

// Discard removes a photo that is not attached. Codes: UNAUTHENTICATED, SUSPENDED, NOT_FOUND.
func (s *Service) Discard(ctx context.Context, c mutation.Call, id uuid.UUID) error {
	_, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		found, err := lock(ctx, tx, c.Actor.PersonID, []uuid.UUID{id})
		if err != nil {
			return uuid.Nil, err
		}
		if p := found[id]; p == nil || p.AttachedAt != nil {
			return uuid.Nil, fault.Missing("id")
		}
		_, err = tx.ExecContext(ctx, `update photos set removed_at = $2 where id = $1`, id, c.Now)
		return id, err
	})
	return err
}

// Get reads a photo; what it is attached to decides who may see it. Codes: NOT_FOUND.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (*Photo, error) {
	rows, err := find(ctx, s.DB, id)
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Open opens the file of a photo in one of its widths. Codes: NOT_FOUND.
func (s *Service) Open(ctx context.Context, p *Photo, width int) (*blob.Reader, error) {
	file, err := s.Bucket.NewReader(ctx, key(p.ID, width), nil)
	if gcerrors.Code(err) == gcerrors.NotFound {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return file, nil
}

// OfProposals reads the photos of proposals, in the order in which they were attached.
func (s *Service) OfProposals(ctx context.Context, proposals []uuid.UUID) (map[uuid.UUID][]*Photo, error) {
	rows, err := of(ctx, s.DB, "proposal_id", proposals)
	return grouped(rows, func(p *Photo) uuid.UUID { return p.ProposalID.UUID }), err
}

// OfUpdates reads the photos of progress updates, in the order in which they were attached.
func (s *Service) OfUpdates(ctx context.Context, updates []uuid.UUID) (map[uuid.UUID][]*Photo, error) {
	rows, err := of(ctx, s.DB, "update_id", updates)
	return grouped(rows, func(p *Photo) uuid.UUID { return p.UpdateID.UUID }), err
}

// OfTasks reads a page of the photos of each task and its updates, newest first.
func (s *Service) OfTasks(ctx context.Context, tasks []uuid.UUID, args paging.Args) (map[uuid.UUID]*PhotoConnection, error) {
	rows, err := ofTasks(ctx, s.DB, tasks, args)
	return paging.Each(tasks, rows, func(p *Photo) uuid.UUID { return p.TaskID.UUID }, args, paging.ByID(photoID),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countOfTasks(ctx, s.DB, tasks) }), err
}

// MinorsOf reads the people under 18 who came to the tasks, and whether a guardian has given photo consent.
func (s *Service) MinorsOf(ctx context.Context, tasks []uuid.UUID, now time.Time) (map[uuid.UUID][]*CheckedInMinor, error) {
	rows, err := minorsOf(ctx, s.DB, tasks, now)
	return grouped(rows, func(m *CheckedInMinor) uuid.UUID { return m.TaskID }), err
}

func grouped[T any](rows []*T, parent func(*T) uuid.UUID) map[uuid.UUID][]*T {
	groups := map[uuid.UUID][]*T{}
	for _, row := range rows {
		groups[parent(row)] = append(groups[parent(row)], row)
	}
	return groups
}

// Tidy removes photos that nobody attached in time, and deletes the files of removed ones: first the files, then the row, so that
// an interrupted deletion is repeated. It may run in several processes at once.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	if err := s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return lapse(ctx, tx, now) }); err != nil {
		return err
	}
	ids, err := toClear(ctx, s.DB, now)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if err := erase(ctx, s.Bucket, id); err != nil {
			return err
		}
		if err := s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return cleared(ctx, tx, id, now) }); err != nil {
			return err
		}
	}
	return nil
}
