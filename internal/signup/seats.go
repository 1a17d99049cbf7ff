package signup

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// Settle updates the waiting list of a locked shift: offers that ran out expire, and free seats are offered to those who wait and
// may take one, first come, first served; people who may not keep their place. Everything that may free a seat ends with it.
func (s *Service) Settle(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	if err := expireOffers(ctx, tx, slot, now); err != nil {
		return err
	}
	if slot.offering(now) {
		return s.offerSeats(ctx, tx, slot, now)
	}
	return s.tellLate(ctx, tx, slot, now)
}

func movesOf(signups []uuid.UUID, from, to SignupState) []history.Move {
	moves := make([]history.Move, len(signups))
	for i, id := range signups {
		moves[i] = history.To(id, from, to)
	}
	return moves
}

func expireOffers(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	var expired []uuid.UUID
	err := tx.SelectContext(ctx, &expired, `update signups set state = 'EXPIRED', offer_expires_at = null, updated_at = $2
		where shift_id = $1 and state = 'OFFERED' and offer_expires_at <= $2 returning id`, slot.ID, now)
	if err != nil || len(expired) == 0 {
		return err
	}
	if err := tellLine(ctx, tx, slot, notice.OfferExpired, nil, expired, now); err != nil {
		return err
	}
	return history.ByHub(history.Expire, now).Record(ctx, tx, movesOf(expired, Offered, Expired)...)
}

func (s *Service) offerSeats(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	var free int
	if err := tx.GetContext(ctx, &free, `select capacity - taken from shifts where id = $1`, slot.ID); err != nil || free == 0 {
		return err
	}
	offered, err := s.next(ctx, tx, slot.ID, free)
	if err != nil || len(offered) == 0 {
		return err
	}
	until := slot.offerEnds(now)
	_, err = tx.ExecContext(ctx, `update signups set state = 'OFFERED', offer_expires_at = $2, updated_at = $3 where id = any($1)`,
		postgres.IDs(offered), until, now)
	if err != nil {
		return err
	}
	if err := tellLine(ctx, tx, slot, notice.SeatOffered, &until, offered, now); err != nil {
		return err
	}
	return history.ByHub(history.OfferSeat, now).Record(ctx, tx, movesOf(offered, Waitlisted, Offered)...)
}

// TrimOffers shortens the offers of a locked shift whose start was moved closer, and tells those who hold them until when the
// seat is reserved for them now.
func TrimOffers(ctx context.Context, tx *sqlx.Tx, slot *Slot, now time.Time) error {
	until, trimmed := slot.claimEnds(now), []uuid.UUID{}
	err := tx.SelectContext(ctx, &trimmed, `update signups set offer_expires_at = $2
		where shift_id = $1 and state = 'OFFERED' and offer_expires_at > $2 returning id`, slot.ID, until)
	if err != nil || len(trimmed) == 0 {
		return err
	}
	return tellLine(ctx, tx, slot, notice.SeatOffered, &until, trimmed, now)
}

// MakeRoom withdraws those offers of a locked shift for which a lower capacity has no seat, last on the waiting list first, and
// counts the seats again. People who lose an offer return to their former place on the list.
func MakeRoom(ctx context.Context, tx *sqlx.Tx, slot *Slot, act history.Act) error {
	if err := expireOffers(ctx, tx, slot, act.Now); err != nil {
		return err
	}
	back, err := end(ctx, tx, act, Waitlisted, postgres.Select(`with back as (select id, state from signups where shift_id = ? and state = 'OFFERED'
			order by line desc limit (select greatest(taken - ?, 0) from shifts where id = ?) for no key update)
		update signups g set state = 'WAITLISTED', offer_expires_at = null, updated_at = ?
		from back where g.id = back.id returning g.id, back.state`, slot.ID, slot.Capacity, slot.ID, act.Now))
	if err != nil {
		return err
	}
	if err := tellLine(ctx, tx, slot, notice.OfferWithdrawn, nil, back, act.Now); err != nil {
		return err
	}
	return tx.GetContext(ctx, &slot.Taken, `select taken from shifts where id = $1`, slot.ID)
}

// TakeBackCheckIns undoes the check-ins on a locked shift if its start was moved so far away that nobody may be checked in yet.
func TakeBackCheckIns(ctx context.Context, tx *sqlx.Tx, slot *Slot, act history.Act) error {
	if slot.refuseCheckIn(act.Now) != fault.TooEarly {
		return nil
	}
	_, err := end(ctx, tx, act, Confirmed, postgres.Select(`update signups set state = 'CONFIRMED', checked_in_at = null, updated_at = ?
		where shift_id = ? and state = 'CHECKED_IN' returning id, 'CHECKED_IN' as state`, act.Now, slot.ID))
	return err
}

// CancelAll cancels every sign-up of a locked shift that has not begun, including those of people who came early.
func CancelAll(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, act history.Act) error {
	_, err := end(ctx, tx, act, Cancelled, postgres.Select(`with live as (select id, state from signups
			where shift_id = ? and state in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN') order by id for no key update)
		update signups g set state = 'CANCELLED', offer_expires_at = null, checked_in_at = null, end_reason = ?, updated_at = ?
		from live where g.id = live.id returning g.id, live.state`, shift, act.Words, act.Now))
	return err
}

// ExpireLine ends the wait of everyone who is still waiting or is offered a seat when a locked shift begins.
func ExpireLine(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID, now time.Time) error {
	_, err := end(ctx, tx, history.ByHub(history.Expire, now), Expired, postgres.Select(`with line as (select id, state from signups
			where shift_id = ? and state in ('WAITLISTED', 'OFFERED') order by id for no key update)
		update signups g set state = 'EXPIRED', offer_expires_at = null, updated_at = ?
		from line where g.id = line.id returning g.id, line.state`, shift, now))
	return err
}

// end runs an update of sign-ups into a state that returns their ids and former states, and records the moves.
func end(ctx context.Context, tx *sqlx.Tx, act history.Act, to SignupState, q *postgres.Query) ([]uuid.UUID, error) {
	ended, err := postgres.Read[struct {
		ID    uuid.UUID   `db:"id"`
		State SignupState `db:"state"`
	}](ctx, tx, q)
	if err != nil {
		return nil, err
	}
	ids, moves := make([]uuid.UUID, len(ended)), make([]history.Move, len(ended))
	for i, g := range ended {
		ids[i], moves[i] = g.ID, history.To(g.ID, g.State, to)
	}
	return ids, act.Record(ctx, tx, moves...)
}

// ReturnOffers puts a locked person back on the waiting list wherever a seat is offered to them, and passes the seats on.
func (s *Service) ReturnOffers(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, act history.Act) error {
	var shifts []uuid.UUID
	err := tx.SelectContext(ctx, &shifts, `select shift_id from signups
		where person_id = $1 and state = 'OFFERED' and starts_at > $2 order by shift_id`, person, act.Now)
	if err != nil {
		return err
	}
	for _, shift := range shifts {
		slot, err := lockSlot(ctx, tx, shift, "id")
		if err != nil {
			return err
		}
		_, err = end(ctx, tx, act, Waitlisted, postgres.Select(`update signups set state = 'WAITLISTED', offer_expires_at = null, updated_at = ?
			where shift_id = ? and person_id = ? and state = 'OFFERED' returning id, 'OFFERED' as state`, act.Now, shift, person))
		if err != nil {
			return err
		}
		if err := s.Settle(ctx, tx, slot, act.Now); err != nil {
			return err
		}
	}
	return nil
}
