// Package signup is who comes to a shift: seats, the waiting list, offers, and attendance.
package signup

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// SignupState is the state of a sign-up.
type SignupState string

// The states.
const (
	Waitlisted SignupState = "WAITLISTED"
	Offered    SignupState = "OFFERED"
	Confirmed  SignupState = "CONFIRMED"
	CheckedIn  SignupState = "CHECKED_IN"
	Completed  SignupState = "COMPLETED"
	NoShow     SignupState = "NO_SHOW"
	Cancelled  SignupState = "CANCELLED"
	Expired    SignupState = "EXPIRED"
)

// Signup is a person on a shift.
type Signup struct {
	ID             uuid.UUID   `db:"id"`
	PersonID       uuid.UUID   `db:"person_id"`
	State          SignupState `db:"state"`
	OfferExpiresAt *time.Time  `db:"offer_expires_at"`
	CheckedInAt    *time.Time  `db:"checked_in_at"`
	CheckedOutAt   *time.Time  `db:"checked_out_at"`
	ComingAt       *time.Time  `db:"coming_at"`
	EndReason      *string     `db:"end_reason"`
	CreatedAt      time.Time   `db:"created_at"`
	UpdatedAt      time.Time   `db:"updated_at"`
	Slot           Slot        `db:"slot"`
}

// SignupConnection is a page of sign-ups.
type SignupConnection = paging.Connection[Signup]

// SignupEdge is a sign-up with its place in a list.
type SignupEdge = paging.Edge[Signup]

// SignupPayload is what a mutation changed.
type SignupPayload struct{ Signup *Signup }

type (
	AcceptOfferPayload       = SignupPayload
	CancelSignupPayload      = SignupPayload
	CheckInPayload           = SignupPayload
	CheckInWithCodePayload   = SignupPayload
	CheckOutPayload          = SignupPayload
	CorrectAttendancePayload = SignupPayload
	DeclineOfferPayload      = SignupPayload
	MarkNoShowPayload        = SignupPayload
	SignUpPayload            = SignupPayload
)

// The verbs.
const (
	SignUp            rule.Verb = "SIGN_UP"
	AcceptOffer       rule.Verb = "ACCEPT_OFFER"
	DeclineOffer      rule.Verb = "DECLINE_OFFER"
	CancelSignup      rule.Verb = "CANCEL_SIGNUP"
	CheckIn           rule.Verb = "CHECK_IN" // The mutation checkIn, or a row of checkInMany.
	CheckInWithCode   rule.Verb = "CHECK_IN_WITH_CODE"
	CheckOut          rule.Verb = "CHECK_OUT"
	MarkNoShow        rule.Verb = "MARK_NO_SHOW"
	CorrectAttendance rule.Verb = "CORRECT_ATTENDANCE"
)

var verbs = []rule.Verb{AcceptOffer, DeclineOffer, CancelSignup, CheckIn, CheckInWithCode, CheckOut, MarkNoShow, CorrectAttendance}

var states = rule.States[SignupState]{
	AcceptOffer:       {Offered},
	DeclineOffer:      {Offered},
	CancelSignup:      {Waitlisted, Offered, Confirmed},
	CheckIn:           {Confirmed},
	CheckInWithCode:   {Confirmed},
	CheckOut:          {CheckedIn},
	MarkNoShow:        {Confirmed},
	CorrectAttendance: {CheckedIn, Completed, NoShow},
}

// StartsAt returns when the shift begins; the person may know that about a hidden shift too.
func (g *Signup) StartsAt() time.Time { return g.Slot.StartsAt }

// EndsAt returns when the shift ends.
func (g *Signup) EndsAt() time.Time { return g.Slot.EndsAt }

// Visible reports whether the actor may see the sign-up.
func (g *Signup) Visible(a *auth.Actor) bool {
	return a.Is(g.PersonID) || a.Oversees(g.Slot.TeamID, g.Slot.NgoID, g.Slot.CentreID)
}

// refuse returns why the actor may not do this now; the facts are the actor's, and matter if the sign-up is their own.
func (g *Signup) refuse(verb rule.Verb, a *auth.Actor, f Facts, now time.Time) fault.Code {
	if a == nil {
		return fault.Unauthenticated
	}
	if code := g.refuseActor(verb, a); code != "" {
		return code
	}
	if verb == AcceptOffer && g.takesFreeSeat(now) {
		return g.refuseFreeSeat(a, f, now)
	}
	if code := states.Refuse(verb, g.State); code != "" {
		return code
	}
	return g.refuseNow(verb, a, f, now)
}

func (g *Signup) refuseActor(verb rule.Verb, a *auth.Actor) fault.Code {
	lead := a.LeadsTeam(g.Slot.TeamID, g.Slot.NgoID)
	switch verb {
	case AcceptOffer, DeclineOffer, CancelSignup, CheckInWithCode:
		return fault.When(!a.Is(g.PersonID), fault.NotYours)
	case CheckOut:
		return fault.When(!lead && !a.Is(g.PersonID), fault.NotLead)
	}
	return fault.When(!lead, fault.NotLead)
}

// takesFreeSeat reports whether accepting means taking a free seat from the waiting list: in the last hours nothing is offered.
func (g *Signup) takesFreeSeat(now time.Time) bool {
	return g.State == Waitlisted && !g.Slot.offering(now)
}

func (g *Signup) refuseFreeSeat(a *auth.Actor, f Facts, now time.Time) fault.Code {
	switch {
	case !g.Slot.takesPeople() || g.Slot.HasBegun(now):
		return fault.SignupClosed
	case g.Slot.Taken >= g.Slot.Capacity:
		return fault.ShiftFull
	}
	return g.refuseSeat(a, f)
}

// refuseSeat returns why the person may not be confirmed, given that there is a seat.
func (g *Signup) refuseSeat(a *auth.Actor, f Facts) fault.Code {
	return cmp.Or(g.Slot.refuseAge(a.BirthDate, f), fault.When(f.Clash, fault.Clash))
}

// refuseNow checks the time, after actor and state.
func (g *Signup) refuseNow(verb rule.Verb, a *auth.Actor, f Facts, now time.Time) fault.Code {
	start, end := g.Slot.StartsAt, g.Slot.EndsAt
	switch verb {
	case AcceptOffer, DeclineOffer:
		if !now.Before(*g.OfferExpiresAt) {
			return fault.OfferExpired
		}
		switch {
		case verb == DeclineOffer:
			return ""
		case !g.Slot.takesPeople() || g.Slot.HasBegun(now):
			return fault.SignupClosed
		}
		return g.refuseSeat(a, f)
	case CancelSignup:
		return fault.When(g.Slot.HasBegun(now), fault.SignupClosed)
	case CheckIn, CheckInWithCode:
		return g.Slot.refuseCheckIn(now)
	case CheckOut, MarkNoShow:
		return fault.When(now.Before(start), fault.TooEarly)
	case CorrectAttendance:
		return fault.When(!now.Before(end.Add(correctIn)), fault.TooLate)
	}
	return ""
}

// refuseEarly refuses an attendance that cannot be known yet: absence before the start, completion before the end.
func (g *Signup) refuseEarly(now time.Time) fault.Code {
	known := map[SignupState]time.Time{NoShow: g.Slot.StartsAt, Completed: g.Slot.EndsAt}
	return fault.When(now.Before(known[g.State]), fault.TooEarly)
}

func (g *Signup) actions(a *auth.Actor, f Facts, now time.Time) []*rule.Action {
	actions := make([]*rule.Action, len(verbs))
	for i, verb := range verbs {
		actions[i] = rule.For(verb, g.refuse(verb, a, f, now))
	}
	return actions
}

// actingAs returns the role in which the actor did what refuse allowed.
func (g *Signup) actingAs(verb rule.Verb, a *auth.Actor) history.ActingAs {
	switch verb {
	case CheckIn, MarkNoShow, CorrectAttendance:
		return history.Lead
	case CheckOut:
		if !a.Is(g.PersonID) {
			return history.Lead
		}
	}
	return history.Person
}

// enter puts the sign-up into a state and clears what belongs to other states. left is when the person went, if the state needs
// it.
func (g *Signup) enter(state SignupState, now, left time.Time) {
	g.State, g.UpdatedAt, g.OfferExpiresAt = state, now, nil
	came := g.CheckedInAt
	g.CheckedInAt, g.CheckedOutAt = nil, nil
	switch state {
	case CheckedIn:
		g.CheckedInAt = cmp.Or(came, &now)
	case Completed:
		g.CheckedInAt, g.CheckedOutAt = cmp.Or(came, &g.Slot.StartsAt), &left
		if left.Before(*g.CheckedInAt) { // checked in after the end
			g.CheckedOutAt = g.CheckedInAt
		}
	}
}
