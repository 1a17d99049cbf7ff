package signup

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/hours"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/secret"
)

// Service is what people do with sign-ups.
type Service struct {
	DB         *postgres.DB
	ConsentAge int         // below which a guardian's consent is needed
	Key        *secret.Key // makes the check-in codes
}

// SignUp puts the actor on a shift, or on its waiting list. A repetition returns the live sign-up. Codes: NOT_FOUND,
// SIGNUP_CLOSED, WORK_FORBIDDEN, TOO_YOUNG, CONSENT_MISSING, CLASH.
func (s *Service) SignUp(ctx context.Context, c mutation.Call, in SignUpInput) (*SignupPayload, error) {
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		person := c.Actor.PersonID
		slot, err := lockSlot(ctx, tx, in.ShiftID, "shiftId")
		if err != nil {
			return uuid.Nil, err
		}
		if !slot.Visible(c.Actor) {
			return uuid.Nil, fault.Missing("shiftId")
		}
		facts, err := s.facts(ctx, tx, person, []uuid.UUID{slot.ID})
		if err != nil {
			return uuid.Nil, err
		}
		if facts[slot.ID].Live {
			return live(ctx, tx, slot.ID, person)
		}
		if err := fault.If(slot.refuseSignUp(c.Actor, facts[slot.ID], c.Now)); err != nil {
			return uuid.Nil, err
		}
		return s.join(ctx, tx, c, slot)
	})
	return s.payload(ctx, c, id, err)
}

// join takes a seat if one is free and nobody waits who may take it, otherwise the last place on the waiting list.
func (s *Service) join(ctx context.Context, tx *sqlx.Tx, c mutation.Call, slot *Slot) (uuid.UUID, error) {
	id, state := postgres.NewID(), Confirmed
	if slot.Taken >= slot.Capacity {
		state = Waitlisted
	} else if slot.Waiting > 0 {
		first, err := s.next(ctx, tx, slot.ID, 1)
		if err != nil {
			return uuid.Nil, err
		}
		if len(first) > 0 {
			state = Waitlisted
		}
	}
	if err := insert(ctx, tx, id, slot, c.Actor.PersonID, state, c.Now); err != nil {
		return uuid.Nil, err
	}
	if err := c.As(history.Person, SignUp).Record(ctx, tx, history.To(id, "", state)); err != nil {
		return uuid.Nil, err
	}
	if state == Confirmed {
		return id, nil
	}
	return id, s.Settle(ctx, tx, slot, c.Now)
}

// Accept accepts an offered seat, or in the last hours takes a free one. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE, OFFER_EXPIRED,
// SHIFT_FULL, WORK_FORBIDDEN, TOO_YOUNG, CONSENT_MISSING, CLASH, SIGNUP_CLOSED.
func (s *Service) Accept(ctx context.Context, c mutation.Call, in AcceptOfferInput) (*SignupPayload, error) {
	return s.change(ctx, c, in.ID, AcceptOffer, nil, nil, into(Confirmed, c.Now))
}

// Decline passes an offered seat on. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE, OFFER_EXPIRED.
func (s *Service) Decline(ctx context.Context, c mutation.Call, in DeclineOfferInput) (*SignupPayload, error) {
	return s.change(ctx, c, in.ID, DeclineOffer, nil, nil, into(Cancelled, c.Now))
}

// Cancel cancels a sign-up. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE, SIGNUP_CLOSED.
func (s *Service) Cancel(ctx context.Context, c mutation.Call, in CancelSignupInput) (*SignupPayload, error) {
	invalid := in.validate()
	return s.change(ctx, c, in.ID, CancelSignup, invalid, in.Reason, func(g *Signup) error {
		g.EndReason = in.Reason
		return into(Cancelled, c.Now)(g)
	})
}

// CheckIn records that somebody is there. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, TOO_EARLY, TOO_LATE.
func (s *Service) CheckIn(ctx context.Context, c mutation.Call, in CheckInInput) (*SignupPayload, error) {
	return s.change(ctx, c, in.ID, CheckIn, nil, nil, into(CheckedIn, c.Now))
}

// CheckOut records that somebody leaves. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, TOO_EARLY.
func (s *Service) CheckOut(ctx context.Context, c mutation.Call, in CheckOutInput) (*SignupPayload, error) {
	return s.change(ctx, c, in.ID, CheckOut, nil, nil, into(Completed, c.Now))
}

// MarkNoShow records that somebody did not come. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, TOO_EARLY.
func (s *Service) MarkNoShow(ctx context.Context, c mutation.Call, in MarkNoShowInput) (*SignupPayload, error) {
	return s.change(ctx, c, in.ID, MarkNoShow, nil, nil, into(NoShow, c.Now))
}

// Correct corrects an attendance that was marked wrongly. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, TOO_EARLY, TOO_LATE, CLASH.
func (s *Service) Correct(ctx context.Context, c mutation.Call, in CorrectAttendanceInput) (*SignupPayload, error) {
	return s.change(ctx, c, in.ID, CorrectAttendance, in.validate(), &in.Reason, func(g *Signup) error {
		g.enter(in.State, c.Now, g.Slot.EndsAt)
		return fault.If(g.refuseEarly(c.Now))
	})
}

// into returns a change into a state that needs no further data.
func into(state SignupState, now time.Time) func(*Signup) error {
	return func(g *Signup) error {
		g.enter(state, now, now)
		return nil
	}
}

// change locks the shift, checks whether the actor may change the sign-up, moves it, and updates the waiting list.
func (s *Service) change(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error, words *string,
	apply func(*Signup) error) (*SignupPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		slot, err := lockSlotOf(ctx, tx, id)
		if err != nil {
			return uuid.Nil, err
		}
		g, err := s.permitted(ctx, tx, c, id, verb)
		if err != nil {
			return uuid.Nil, err
		}
		from := g.State
		if err := apply(g); err != nil {
			return uuid.Nil, err
		}
		if err := update(ctx, tx, g); err != nil {
			return uuid.Nil, err
		}
		act := c.As(g.actingAs(verb, c.Actor), verb).Because(words)
		if err := act.Record(ctx, tx, history.To(id, from, g.State)); err != nil {
			return uuid.Nil, err
		}
		if verb == CheckOut || verb == CorrectAttendance {
			if err := hours.Follow(ctx, tx, act, id); err != nil {
				return uuid.Nil, err
			}
		}
		return id, s.Settle(ctx, tx, slot, c.Now)
	})
	return s.payload(ctx, c, id, err)
}

// permitted reads a sign-up whose shift is locked, if the actor may do this to it now.
func (s *Service) permitted(ctx context.Context, tx *sqlx.Tx, c mutation.Call, id uuid.UUID, verb rule.Verb) (*Signup, error) {
	rows, err := byIDs(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !rows[0].Visible(c.Actor) {
		return nil, fault.Missing("id")
	}
	g := rows[0]
	facts, err := s.facts(ctx, tx, g.PersonID, []uuid.UUID{g.Slot.ID})
	if err != nil {
		return nil, err
	}
	return g, fault.If(g.refuse(verb, c.Actor, facts[g.Slot.ID], c.Now))
}

// payload returns the sign-up that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*SignupPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Signup).Visible, func(rows []*Signup) *SignupPayload { return &SignupPayload{Signup: rows[0]} })
}

// Tidy does what is due for sign-ups: it passes expired offers on, offers seats that stayed free while people wait, and checks
// out people who were forgotten. It may run in several processes at once.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	due, err := s.toSettle(ctx, now)
	if err != nil {
		return err
	}
	var failed error // a shift that fails, or is locked, does not keep the others waiting
	for _, shift := range due {
		failed = errors.Join(failed, fault.Caught(func() error {
			return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
				slot, err := lockSlot(ctx, tx, shift, "id")
				if err != nil {
					return err
				}
				return s.Settle(ctx, tx, slot, now)
			})
		}))
	}
	return errors.Join(failed, s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return checkOutForgotten(ctx, tx, now) }))
}

// checkOutForgotten completes the sign-ups of people who were checked in but, a day after the end, not checked out. It locks
// their shifts too, and leaves shifts that are locked already to the next run.
func checkOutForgotten(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	act := history.ByHub(CheckOut, now)
	out, err := end(ctx, tx, act, Completed, postgres.Select(`with forgotten as (select g.id, g.state from signups g join shifts s on s.id = g.shift_id
			where g.state = 'CHECKED_IN' and g.ends_at <= ? order by g.ends_at limit 500 for no key update of g, s skip locked)
		update signups g set state = 'COMPLETED', checked_out_at = greatest(g.ends_at, g.checked_in_at), updated_at = ?
		from forgotten where g.id = forgotten.id returning g.id, forgotten.state`, now.Add(-autoOut), now))
	if err != nil {
		return err
	}
	return hours.Follow(ctx, tx, act, out...)
}
