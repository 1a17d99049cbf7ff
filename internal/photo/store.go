package photo

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/consent/given"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

const columns = `p.id, p.uploader_id, p.width, p.height, p.created_at, p.proposal_id, p.task_id, p.update_id, p.attached_at`

// Newest is the order of a task's photos.
var Newest = paging.Order{Name: "photos-newest"}

func photoID(p *Photo) uuid.UUID { return p.ID }

// find reads a stored photo, unless it is no longer shown to anybody.
func find(ctx context.Context, q sqlx.QueryerContext, id uuid.UUID) ([]*Photo, error) {
	return postgres.Read[Photo](ctx, q, postgres.Select(`select `+columns+` from photos p`).Where(`p.id = ?`, id).Where(`p.stored_at is not null`).Where(`p.removed_at is null`))
}

// of reads the photos of each parent, in their order. column is a constant of this package.
func of(ctx context.Context, q sqlx.QueryerContext, column string, parents []uuid.UUID) ([]*Photo, error) {
	return postgres.Read[Photo](ctx, q, postgres.Select(`select `+columns+` from photos p`).
		Where(`p.`+column+` = any(?)`, postgres.IDs(parents)).Where(`p.removed_at is null`).Add(`order by p.position`))
}

const shownOfTasks = ` from photos p left join progress_updates u on u.id = p.update_id where u.hidden_id is null and p.removed_at is null and `

func ofTasks(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID, args paging.Args) ([]*Photo, error) {
	query := postgres.Select(`select x.* from unnest(?::uuid[]) t(id) cross join lateral (select `+columns+shownOfTasks+`p.task_id = t.id`,
		postgres.IDs(tasks))
	if args.After != nil {
		query.Add(`and p.id < ?`, args.After.ID)
	}
	return postgres.Read[Photo](ctx, q, query.Add(`order by p.id desc limit ?) x`, args.Limit()))
}

func countOfTasks(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select p.task_id as id, count(*) as n`+shownOfTasks+`p.task_id = any(?) group by 1`, postgres.IDs(tasks)))
}

// minorsOf reads the people under 18 who came to each of the tasks; those without a consent first.
func minorsOf(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID, now time.Time) ([]*CheckedInMinor, error) {
	return postgres.Read[CheckedInMinor](ctx, q, postgres.Select(`select m.* from unnest(?::uuid[]) t(id) cross join lateral (
			select distinct s.task_id, h.id as person_id, `+given.Photo(`h.id`)+` as photo_consent
			from shifts s join signups g on g.shift_id = s.id and g.state in ('CHECKED_IN', 'COMPLETED') join people h on h.id = g.person_id
			where s.task_id = t.id and h.erased_at is null and age_on(h.birth_date, ?) < 18
			order by photo_consent, person_id limit ?) m`, postgres.IDs(tasks), now, mostMinors))
}

// insert stores a photo unless its uploader has too many that are not attached, and reports whether it did.
func insert(ctx context.Context, tx *sqlx.Tx, p *Photo) (bool, error) {
	if _, err := person.Lock(ctx, tx, p.UploaderID, ""); err != nil {
		return false, err
	}
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from photos
		where uploader_id = ? and attached_at is null and removed_at is null`, p.UploaderID))
	if err != nil || n >= mostUnattached {
		return false, err
	}
	_, err = tx.NamedExecContext(ctx, `insert into photos (id, uploader_id, width, height, created_at)
		values (:id, :uploader_id, :width, :height, :created_at)`, p)
	return err == nil, err
}

// setStored allows a photo to be shown once its files are stored, and reports whether it still may be.
func setStored(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, now time.Time) (bool, error) {
	done, err := tx.ExecContext(ctx, `update photos set stored_at = $2 where id = $1 and removed_at is null`, id, now)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

// lock reads those of the photos that the person uploaded and that are stored and not removed.
func lock(ctx context.Context, tx *sqlx.Tx, uploader uuid.UUID, ids []uuid.UUID) (map[uuid.UUID]*Photo, error) {
	rows, err := postgres.Read[Photo](ctx, tx, postgres.Select(`select `+columns+` from photos p`).
		Where(`p.id = any(?)`, postgres.IDs(ids)).Where(`p.uploader_id = ?`, uploader).
		Where(`p.stored_at is not null`).Where(`p.removed_at is null`).Add(`order by p.id for no key update`))
	found := make(map[uuid.UUID]*Photo, len(rows))
	for _, p := range rows {
		found[p.ID] = p
	}
	return found, err
}

func update(ctx context.Context, tx *sqlx.Tx, p *Photo, position int, minorsShown bool) error {
	_, err := tx.ExecContext(ctx, `update photos set proposal_id = $2, task_id = $3, update_id = $4, attached_at = $5, position = $6,
		minors_shown = $7 where id = $1`, p.ID, p.ProposalID, p.TaskID, p.UpdateID, p.AttachedAt, position, minorsShown)
	return err
}

func insertMinors(ctx context.Context, tx *sqlx.Tx, photo uuid.UUID, people []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `insert into photo_minors (photo_id, person_id) select $1, unnest($2::uuid[])`, photo, postgres.IDs(people))
	return err
}

// consenting finds which of the people are under 18 and came to the task, and for whom a guardian has given photo consent. The
// consents cannot be withdrawn until the transaction ends.
func consenting(ctx context.Context, tx *sqlx.Tx, task uuid.UUID, people []uuid.UUID, now time.Time) (map[uuid.UUID]bool, error) {
	if err := given.HoldPhoto(ctx, tx, people); err != nil {
		return nil, err
	}
	rows, err := postgres.Read[CheckedInMinor](ctx, tx, postgres.Select(`select distinct s.task_id, h.id as person_id, `+given.Photo(`h.id`)+` as photo_consent
		from people h join signups g on g.person_id = h.id and g.state in ('CHECKED_IN', 'COMPLETED') join shifts s on s.id = g.shift_id
		where h.id = any(?) and s.task_id = ? and age_on(h.birth_date, ?) < 18`, postgres.IDs(people), task, now))
	found := make(map[uuid.UUID]bool, len(rows))
	for _, m := range rows {
		found[m.PersonID] = m.PhotoConsent
	}
	return found, err
}

// remove removes the photos that meet the condition, in which $2 is the person.
func remove(ctx context.Context, tx *sqlx.Tx, condition string, whose uuid.UUID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update photos set removed_at = $1 where removed_at is null and (`+condition+`)`, now, whose)
	return err
}

// lapse removes photos that were not attached in time, or never completely stored.
func lapse(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update photos set removed_at = $1 where id in (select id from photos
		where attached_at is null and removed_at is null and (created_at < $2 or created_at < $3 and stored_at is null) for update skip locked)`,
		now, now.Add(-keptUnattached), now.Add(-whole))
	return err
}

// toClear finds removed photos whose files are to be deleted, except those that may still be being written.
func toClear(ctx context.Context, q sqlx.QueryerContext, now time.Time) (ids []uuid.UUID, err error) {
	err = sqlx.SelectContext(ctx, q, &ids, `select id from photos where removed_at is not null and files_gone_at is null and created_at < $1
		order by removed_at limit $2`, now.Add(-whole), mostInRound)
	return ids, err
}

// cleared deletes the row of a photo that was never attached, and keeps other rows.
func cleared(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, now time.Time) error {
	if _, err := tx.ExecContext(ctx, `delete from photos where id = $1 and attached_at is null`, id); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update photos set files_gone_at = $2 where id = $1`, id, now)
	return err
}
