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

// CancelOfMinor cancels the sign-ups of a locked person for shifts to come on whose day the person is under 18, and passes
// the seats on. It gives the shifts. They are locked in the order of their ids, as everywhere.
func CancelOfMinor(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, birth time.Time, by *auth.Actor, as history.ActingAs,
	verb rule.Verb, reason string, now time.Time) (cancelled []*Slot, err error) {
	return cancelComing(ctx, tx, person, by, as, verb, reason, now,
		func(slot *Slot) bool { return auth.AgeOn(birth, slot.StartsAt) < auth.Adult })
}

// CancelComing cancels the sign-ups of a locked person for all shifts to come, and passes the seats on.
func CancelComing(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, by *auth.Actor, as history.ActingAs, reason string, now time.Time) error {
	_, err := cancelComing(ctx, tx, person, by, as, CancelSignup, reason, now, func(*Slot) bool { return true })
	return err
}

func cancelComing(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, by *auth.Actor, as history.ActingAs, verb rule.Verb,
	reason string, now time.Time, which func(*Slot) bool) (cancelled []*Slot, err error) {
	coming, err := comingOf(ctx, tx, person, now)
	if err != nil {
		return nil, err
	}
	for _, shift := range coming {
		slot, err := lockSlot(ctx, tx, shift, "id")
		if err != nil {
			return nil, err
		}
		if slot.HasBegun(now) || !which(slot) {
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

func comingOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) (shifts []uuid.UUID, err error) {
	err = tx.SelectContext(ctx, &shifts, `select shift_id from signups
		where person_id = $1 and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') and starts_at > $2 order by shift_id`, person, now)
	return shifts, err
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
