package signup

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/history"
	"jastarhub/internal/postgres"
)

// CancelComing cancels those of a locked person's sign-ups for future shifts that wanted selects, and passes the seats on. It
// returns the shifts. They are locked in the order of their ids, as everywhere.
func (s *Service) CancelComing(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, wanted func(*Slot) bool,
	act history.Act) (cancelled []*Slot, err error) {
	coming, err := comingOf(ctx, tx, person, act.Now)
	if err != nil {
		return nil, err
	}
	for _, shift := range coming {
		slot, err := lockSlot(ctx, tx, shift, "id")
		if err != nil {
			return nil, err
		}
		if slot.HasBegun(act.Now) || !wanted(slot) {
			continue
		}
		if err := cancelOf(ctx, tx, shift, person, act); err != nil {
			return nil, err
		}
		if err := s.Settle(ctx, tx, slot, act.Now); err != nil {
			return nil, err
		}
		cancelled = append(cancelled, slot)
	}
	return cancelled, nil
}

func comingOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) (shifts []uuid.UUID, err error) {
	err = tx.SelectContext(ctx, &shifts, `select shift_id from signups
		where person_id = $1 and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') and starts_at > $2 order by shift_id`, person, now)
	return shifts, err
}

func cancelOf(ctx context.Context, tx *sqlx.Tx, shift, person uuid.UUID, act history.Act) error {
	_, err := end(ctx, tx, act, Cancelled, postgres.Select(`with live as (select id, state from signups
			where shift_id = ? and person_id = ? and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') for no key update)
		update signups g set state = 'CANCELLED', offer_expires_at = null, end_reason = ?, updated_at = ?
		from live where g.id = live.id returning g.id, live.state`, shift, person, act.Words, act.Now))
	return err
}
