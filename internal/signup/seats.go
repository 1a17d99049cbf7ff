package signup

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/history"
	"jastarhub/internal/hours"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Settle puts the line of a locked shift in order: offers that ran out expire, and free seats are offered to those who
// wait, first come, first served. Everything that may free a seat ends with it.
func Settle(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	expired, err := expireOffers(ctx, tx, slot.ID, now)
	if err != nil {
		return err
	}
	var offered []uuid.UUID
	if slot.offering(now) {
		if offered, err = offerSeats(ctx, tx, slot, now); err != nil {
			return err
		}
	}
	if err := tellLine(ctx, tx, slot, expired, offered, now); err != nil {
		return err
	}
	return history.Record(ctx, tx, nil, now, append(
		movesOf(expired, history.Expire, Offered, Expired, history.Hub),
		movesOf(offered, history.OfferSeat, Waitlisted, Offered, history.Hub)...)...)
}

func movesOf(signups []uuid.UUID, verb rule.Verb, from, to SignupState, as history.ActingAs) []history.Move {
	moves := make([]history.Move, len(signups))
	for i, id := range signups {
		moves[i] = history.To(id, verb, from, to, as)
	}
	return moves
}

func expireOffers(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, now time.Time) (expired []uuid.UUID, err error) {
	err = tx.SelectContext(ctx, &expired, `update signups set state = 'EXPIRED', offer_expires_at = null, updated_at = $2
		where shift_id = $1 and state = 'OFFERED' and offer_expires_at <= $2 returning id`, shift, now)
	return expired, err
}

func offerSeats(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) (offered []uuid.UUID, err error) {
	err = tx.SelectContext(ctx, &offered, `update signups set state = 'OFFERED', offer_expires_at = $2, updated_at = $3
		where id in (select id from signups where shift_id = $1 and state = 'WAITLISTED' order by line
			limit (select capacity - taken from shifts where id = $1))
		returning id`, slot.ID, slot.offerEnds(now), now)
	return offered, err
}

// TrimOffers lets no offer of a locked shift run into the last hours before a start that was moved.
func TrimOffers(ctx context.Context, tx *sqlx.Tx, slot *Slot) error {
	_, err := tx.ExecContext(ctx, `update signups set offer_expires_at = $2
		where shift_id = $1 and state = 'OFFERED' and offer_expires_at > $2`, slot.ID, slot.StartsAt.Add(-lastHours))
	return err
}

// CancelAll cancels every sign-up of a locked shift that waits, is offered or confirmed. Those who are there stay.
func CancelAll(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, by *auth.Actor, as history.ActingAs, verb rule.Verb,
	reason string, now time.Time) error {
	_, err := end(ctx, tx, by, now, func(from SignupState) history.Move {
		return history.To(uuid.Nil, verb, from, Cancelled, as).Because(&reason)
	}, postgres.Select(`with live as (select id, state from signups
			where shift_id = ? and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') order by id for no key update)
		update signups g set state = 'CANCELLED', offer_expires_at = null, end_reason = ?, updated_at = ?
		from live where g.id = live.id returning g.id, live.state`, shift, reason, now))
	return err
}

// ExpireLine ends the wait of everyone who still waits or is offered a seat when a locked shift begins.
func ExpireLine(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, now time.Time) error {
	_, err := end(ctx, tx, nil, now, func(from SignupState) history.Move {
		return history.To(uuid.Nil, history.Expire, from, Expired, history.Hub)
	}, postgres.Select(`with line as (select id, state from signups
			where shift_id = ? and state in ('WAITLISTED', 'OFFERED') order by id for no key update)
		update signups g set state = 'EXPIRED', offer_expires_at = null, updated_at = ?
		from line where g.id = line.id returning g.id, line.state`, shift, now))
	return err
}

// end runs an update of sign-ups that tells their ids and former states, and writes the moves down.
func end(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, move func(from SignupState) history.Move, q *postgres.Query) ([]uuid.UUID, error) {
	ended, err := postgres.Read[struct {
		ID    uuid.UUID   `db:"id"`
		State SignupState `db:"state"`
	}](ctx, tx, q)
	if err != nil {
		return nil, err
	}
	ids, moves := make([]uuid.UUID, len(ended)), make([]history.Move, len(ended))
	for i, g := range ended {
		ids[i], moves[i] = g.ID, move(g.State)
		moves[i].SubjectID = g.ID
	}
	return ids, history.Record(ctx, tx, by, now, moves...)
}

// checkOutForgotten completes the sign-ups of people who were checked in and, a day after the end, not yet out. It locks
// their shifts too, and leaves those to the next round that somebody else holds.
func checkOutForgotten(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	out, err := end(ctx, tx, nil, now, func(from SignupState) history.Move {
		return history.To(uuid.Nil, CheckOut, from, Completed, history.Hub)
	}, postgres.Select(`with forgotten as (select g.id, g.state from signups g join shifts s on s.id = g.shift_id
			where g.state = 'CHECKED_IN' and g.ends_at <= ? order by g.ends_at limit 500 for no key update of g, s skip locked)
		update signups g set state = 'COMPLETED', checked_out_at = greatest(g.ends_at, g.checked_in_at), updated_at = ?
		from forgotten where g.id = forgotten.id returning g.id, forgotten.state`, now.Add(-autoOut), now))
	if err != nil {
		return err
	}
	return hours.Follow(ctx, tx, hours.Attendance{Signups: out, Verb: CheckOut, As: history.Hub, Now: now})
}
