package signup

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/history"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// CancelUntil cancels the sign-ups of a locked person for shifts that are to come and begin before a moment, all where it is
// nil, and passes the seats on. It gives the shifts. They are locked in the order of their ids, as everywhere.
func CancelUntil(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, until *time.Time, by *auth.Actor, as history.ActingAs,
	verb rule.Verb, reason string, now time.Time) (cancelled []*Slot, err error) {
	var coming []uuid.UUID
	err = tx.SelectContext(ctx, &coming, `select shift_id from signups where person_id = $1
		and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') and starts_at > $2 and starts_at < coalesce($3, timestamptz 'infinity')
		order by shift_id`, person, now, until)
	if err != nil {
		return nil, err
	}
	for _, shift := range coming {
		slot, err := lockSlot(ctx, tx, shift, "id")
		if err != nil {
			return nil, err
		}
		if slot.HasBegun(now) {
			continue
		}
		if err := cancelOf(ctx, tx, shift, person, by, as, verb, reason, now); err != nil {
			return nil, err
		}
		if err := Settle(ctx, tx, slot, now); err != nil {
			return nil, err
		}
		cancelled = append(cancelled, slot)
	}
	return cancelled, nil
}

func cancelOf(ctx context.Context, tx *sqlx.Tx, shift, person uuid.UUID, by *auth.Actor, as history.ActingAs, verb rule.Verb,
	reason string, now time.Time) error {
	return end(ctx, tx, by, now, func(from SignupState) history.Move {
		return history.To(uuid.Nil, verb, from, Cancelled, as).Because(&reason)
	}, postgres.Select(`with live as (select id, state from signups
			where shift_id = ? and person_id = ? and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') for no key update)
		update signups g set state = 'CANCELLED', offer_expires_at = null, end_reason = ?, updated_at = ?
		from live where g.id = live.id returning g.id, live.state`, shift, person, reason, now))
}
