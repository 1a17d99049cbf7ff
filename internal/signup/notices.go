package signup

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// tellLine tells people on the waiting list of a shift, whose sign-ups these are, what became of their offers; until is how long
// an offer lasts.
func tellLine(ctx context.Context, tx *sqlx.Tx, slot *Slot, kind notice.NoticeKind, until *time.Time, signups []uuid.UUID, now time.Time) error {
	news := notice.News{Kind: kind, About: notice.AboutShift(slot.ID), Details: notice.Details{When: &slot.StartsAt, Until: until}}
	if until != nil {
		news.Before = *until
	}
	return notice.Tell(ctx, tx, nil, now, news, notice.SignedUp(signups...))
}

// tellLate tells everybody on the waiting list who may take it about a seat that is free in the last hours, once each time that
// one is freed.
func (s *Service) tellLate(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	if !slot.takesPeople() || slot.HasBegun(now) {
		return nil
	}
	free, err := freeWhileWaiting(ctx, tx, slot.ID)
	if err != nil || len(free) == 0 {
		return err
	}
	waiting, err := s.next(ctx, tx, slot.ID, free[0].Waiting)
	if err != nil {
		return err
	}
	news := notice.News{Kind: notice.SeatsLate, About: notice.AboutShift(slot.ID), Details: notice.Details{When: &slot.StartsAt}, Before: slot.StartsAt,
		Event: fmt.Sprintf("%s %s %d", notice.SeatsLate, slot.ID, free[0].Capacity)}
	if free[0].FreedAt != nil {
		news.Event += fmt.Sprintf(" %d", free[0].FreedAt.UnixMicro())
	}
	return notice.Tell(ctx, tx, nil, now, news, notice.SignedUp(waiting...))
}

// Lines returns what an email says about shifts, by their teams: each task's title, and when.
func Lines(ctx context.Context, tx *sqlx.Tx, slots []*Slot) (map[uuid.UUID][]map[string]any, error) {
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
	lines := map[uuid.UUID][]map[string]any{}
	for _, slot := range slots {
		lines[slot.TeamID] = append(lines[slot.TeamID], map[string]any{"title": titles[slot.TaskID], "when": slot.StartsAt})
	}
	return lines, nil
}
