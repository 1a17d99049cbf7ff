package signup

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// tellLine tells those whose offers ran out, those who are offered a seat, and in the last hours all who wait that one is free.
func tellLine(ctx context.Context, tx *sqlx.Tx, slot *Slot, expired, offered []uuid.UUID, now time.Time) error {
	about := notice.AboutShift(slot.ID)
	if len(expired) > 0 {
		news := notice.News{Kind: notice.OfferExpired, About: about, Details: notice.Details{When: &slot.StartsAt}}
		if err := notice.Tell(ctx, tx, nil, now, news, notice.SignedUp(expired...)); err != nil {
			return err
		}
	}
	if len(offered) > 0 {
		until := slot.offerEnds(now)
		news := notice.News{Kind: notice.SeatOffered, About: about, Details: notice.Details{When: &slot.StartsAt, Until: &until}, Before: until}
		return notice.Tell(ctx, tx, nil, now, news, notice.SignedUp(offered...))
	}
	if slot.offering(now) || !slot.takesPeople() || slot.HasBegun(now) {
		return nil
	}
	return tellLate(ctx, tx, slot, now)
}

// tellLate tells all who wait of a seat that is free, once for each time that one is freed.
func tellLate(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	free, err := postgres.Read[struct {
		Capacity int        `db:"capacity"`
		FreedAt  *time.Time `db:"freed_at"`
	}](ctx, tx, postgres.Select(`select capacity, (select max(updated_at) from signups g where g.shift_id = s.id
			and g.state in ('CANCELLED', 'EXPIRED')) as freed_at
		from shifts s where id = ? and taken < capacity and waiting > 0`, slot.ID))
	if err != nil || len(free) == 0 {
		return err
	}
	news := notice.News{Kind: notice.SeatsLate, About: notice.AboutShift(slot.ID), Details: notice.Details{When: &slot.StartsAt}, Before: slot.StartsAt,
		Event: fmt.Sprintf("%s %s %d", notice.SeatsLate, slot.ID, free[0].Capacity)}
	if free[0].FreedAt != nil {
		news.Event += fmt.Sprintf(" %d", free[0].FreedAt.UnixMicro())
	}
	return notice.Tell(ctx, tx, nil, now, news, notice.OnShift(slot.ID, Waitlisted))
}

// Lines are what a mail says of shifts, by their teams: each task's title, and when.
func Lines(ctx context.Context, tx *sqlx.Tx, slots []*Slot) (map[uuid.UUID][]map[string]string, error) {
	ids := make([]uuid.UUID, len(slots))
	for i, slot := range slots {
		ids[i] = slot.TaskID
	}
	tasks, err := postgres.Read[struct {
		ID    uuid.UUID `db:"id"`
		Title string    `db:"title"`
	}](ctx, tx, postgres.Select(`select id, title from tasks where id = any(?)`, postgres.IDs(ids)))
	if err != nil {
		return nil, err
	}
	titles := make(map[uuid.UUID]string, len(tasks))
	for _, t := range tasks {
		titles[t.ID] = t.Title
	}
	lines := map[uuid.UUID][]map[string]string{}
	for _, slot := range slots {
		lines[slot.TeamID] = append(lines[slot.TeamID], map[string]string{"title": titles[slot.TaskID], "when": auth.Clock(slot.StartsAt)})
	}
	return lines, nil
}
