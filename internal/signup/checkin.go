package signup

import (
	"bytes"
	"cmp"
	"context"
	"crypto/subtle"
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/humancode"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// A code has 6 of 31 characters, is shown for codeStep and accepted for one step longer.
const (
	codeStep    = 30 * time.Second
	codeLength  = 6
	codePurpose = "check-in code"
)

// CheckInCode is what a lead's screen shows.
type CheckInCode struct {
	Code       string
	ValidUntil time.Time
	Path       string
}

// CheckInWithCodeInput names the shift at which the person is, and has the code that is shown there.
type CheckInWithCodeInput struct {
	ShiftID uuid.UUID
	Code    string
}

// CheckInManyInput names sign-ups.
type CheckInManyInput struct{ IDs []uuid.UUID }

// SignupResult is the outcome for one row of a list.
type SignupResult struct {
	ID     uuid.UUID
	Signup *Signup     // nil where the actor may not know that it exists
	Code   *fault.Code // why not; nil where it was done
}

// CheckInManyPayload is the outcome for each row of a list, in its order.
type CheckInManyPayload struct{ Results []*SignupResult }

// CodeFor returns the code of a shift at a moment: the same from every hub that has the key.
func (s *Service) CodeFor(shift uuid.UUID, at time.Time) string {
	step := uint64(at.Truncate(codeStep).Unix())
	return humancode.Code(s.Key.Sign(codePurpose, binary.BigEndian.AppendUint64(bytes.Clone(shift[:]), step)), codeLength)
}

// right reports whether the code is the one that is shown now, or the one before.
func (s *Service) right(shift uuid.UUID, code string, now time.Time) bool {
	given := []byte(humancode.Clean(code))
	return subtle.ConstantTimeCompare(given, []byte(s.CodeFor(shift, now)))|
		subtle.ConstantTimeCompare(given, []byte(s.CodeFor(shift, now.Add(-codeStep)))) == 1
}

// refuseCheckIn checks the time: people can be checked in from the last hours before the start until the hub checks them out.
func (s *Slot) refuseCheckIn(now time.Time) fault.Code {
	if now.Before(s.CheckInFrom()) {
		return fault.TooEarly
	}
	return fault.When(!now.Before(s.CheckInUntil()), fault.TooLate)
}

// CheckInCode returns the code with which people can check in on a shift now. Codes: UNAUTHENTICATED, NOT_FOUND, NOT_LEAD,
// WRONG_STATE, TOO_EARLY, TOO_LATE.
func (s *Service) CheckInCode(ctx context.Context, a *auth.Actor, shift uuid.UUID, now time.Time) (*CheckInCode, error) {
	if a == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	slot, err := slotByID(ctx, s.DB, shift, "shiftId")
	if err == nil && !slot.Visible(a) {
		err = fault.Missing("shiftId")
	}
	if err != nil {
		return nil, err
	}
	leads := func(a *auth.Actor) bool { return a.LeadsTeam(slot.TeamID, slot.NgoID) }
	if code := cmp.Or(rule.OnlyFor(a, leads, fault.NotLead), fault.When(!slot.Planned, fault.WrongState), slot.refuseCheckIn(now)); code != "" {
		return nil, fault.New(code)
	}
	code := s.CodeFor(shift, now)
	return &CheckInCode{Code: code, ValidUntil: now.Truncate(codeStep).Add(codeStep), Path: "/check-in/" + shift.String() + "#" + code}, nil
}

// CheckInWithCode checks the actor in by the code that is shown at the shift. Somebody who is checked in already gets that
// sign-up. Codes: NOT_FOUND, NOT_SIGNED_UP, WRONG_CODE, TRY_LATER, WRONG_STATE, TOO_EARLY, TOO_LATE.
func (s *Service) CheckInWithCode(ctx context.Context, c mutation.Call, address string, in CheckInWithCodeInput) (*SignupPayload, error) {
	var check fault.Check
	check.Text("code", &in.Code, 1, 40)
	if c.Actor == nil || check.Err() != nil {
		id, err := c.Do(ctx, s.DB, check.Err(), nil)
		return s.payload(ctx, c, id, err)
	}
	account := attempt.Limits.CheckIns.Of(c.Actor.PersonID.String(), in.ShiftID.String())
	network := attempt.Limits.CheckInsFrom.Of(attempt.Network(address))
	if wait, err := attempt.Take(ctx, s.DB, c.Now, account, network); err != nil || wait > 0 {
		if err == nil {
			err = c.Refused(ctx, s.DB, c.Entry(), attempt.TryLater(wait))
		}
		return nil, err
	}
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		g, err := own(ctx, tx, c.Actor, in.ShiftID)
		if err != nil {
			return uuid.Nil, err
		}
		if g.State != CheckedIn && g.State != Completed {
			wrong := fault.When(!s.right(in.ShiftID, in.Code, c.Now), fault.WrongCode)
			if err := fault.If(cmp.Or(wrong, g.refuse(CheckInWithCode, c.Actor, Facts{}, c.Now))); err != nil {
				return uuid.Nil, err
			}
			if err := checkIn(ctx, tx, c, g, CheckInWithCode); err != nil {
				return uuid.Nil, err
			}
		}
		if err := account.Clear(ctx, tx); err != nil {
			return uuid.Nil, err
		}
		return g.ID, network.Undo(ctx, tx, c.Now)
	})
	return s.payload(ctx, c, id, err)
}

// own locks a shift and reads the person's live sign-up for it. Codes: NOT_FOUND, NOT_SIGNED_UP.
func own(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, shift uuid.UUID) (*Signup, error) {
	slot, err := lockSlot(ctx, tx, shift, "shiftId")
	if err != nil {
		return nil, err
	}
	rows, err := mine(ctx, tx, a.PersonID, []uuid.UUID{shift})
	switch {
	case err != nil:
		return nil, err
	case len(rows) > 0:
		return rows[0], nil
	case !slot.Visible(a):
		return nil, fault.Missing("shiftId")
	}
	return nil, fault.New(fault.NotSignedUp)
}

// checkIn checks in a sign-up whose shift is locked and that the actor may check in.
func checkIn(ctx context.Context, tx *sqlx.Tx, c mutation.Call, g *Signup, verb rule.Verb) error {
	g.enter(CheckedIn, c.Now, c.Now)
	if err := update(ctx, tx, g); err != nil {
		return err
	}
	return c.As(g.actingAs(verb, c.Actor), verb).Record(ctx, tx, history.To(g.ID, Confirmed, CheckedIn))
}

// CheckInMany checks in several people. Codes of a row: NOT_FOUND, NOT_LEAD, WRONG_STATE, TOO_EARLY, TOO_LATE.
func (s *Service) CheckInMany(ctx context.Context, c mutation.Call, in CheckInManyInput) (*CheckInManyPayload, error) {
	var check fault.Check
	check.Between("ids", len(in.IDs), 1, paging.Most)
	outcomes, err := c.DoEach(ctx, s.DB, check.Err(), func(tx *sqlx.Tx) ([]mutation.Outcome, error) {
		if err := lockSlotsOf(ctx, tx, in.IDs); err != nil {
			return nil, err
		}
		found, err := byIDs(ctx, tx, in.IDs)
		if err != nil {
			return nil, err
		}
		return checkInEach(ctx, tx, c, in.IDs, found)
	})
	if err != nil {
		return nil, err
	}
	return s.results(ctx, c.Actor, outcomes)
}

func checkInEach(ctx context.Context, tx *sqlx.Tx, c mutation.Call, ids []uuid.UUID, found []*Signup) (outcomes []mutation.Outcome, err error) {
	for i, g := range paging.Align(ids, found, id) {
		if slices.Contains(ids[:i], ids[i]) {
			continue
		}
		code := fault.NotFound
		if g != nil && g.Visible(c.Actor) {
			code = g.refuse(CheckIn, c.Actor, Facts{}, c.Now)
		}
		if code == "" {
			if err := checkIn(ctx, tx, c, g, CheckIn); err != nil {
				return nil, err
			}
		}
		outcomes = append(outcomes, mutation.Outcome{ID: ids[i], Code: code})
	}
	return outcomes, nil
}

// results reads what a mutation changed, in the same way the first time and on every repetition.
func (s *Service) results(ctx context.Context, a *auth.Actor, outcomes []mutation.Outcome) (*CheckInManyPayload, error) {
	ids := mutation.IDs(outcomes)
	rows, err := byIDs(ctx, s.DB, ids)
	if err != nil {
		return nil, err
	}
	results := make([]*SignupResult, len(outcomes))
	for i, g := range paging.Align(ids, rows, id) {
		results[i] = &SignupResult{ID: ids[i], Code: outcomes[i].Refusal()}
		if g != nil && g.Visible(a) {
			results[i].Signup = g
		}
	}
	return &CheckInManyPayload{Results: results}, nil
}
