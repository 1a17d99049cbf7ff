package signup

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
	"jastarhub/internal/work"
)

// Slot is a shift as sign-ups see it: its time, its seats, and whether people may still sign up.
type Slot struct {
	ID        uuid.UUID      `db:"id"`
	TaskID    uuid.UUID      `db:"task_id"`
	TeamID    uuid.UUID      `db:"team_id"`
	NgoID     uuid.UUID      `db:"ngo_id"`
	CentreID  uuid.UUID      `db:"centre_id"`
	StartsAt  time.Time      `db:"starts_at"`
	EndsAt    time.Time      `db:"ends_at"`
	Capacity  int            `db:"capacity"`
	Taken     int            `db:"taken"`
	Waiting   int            `db:"waiting"`
	MinAge    *int           `db:"min_age"`
	WorkClass work.WorkClass `db:"work_class"`
	Planned   bool           `db:"planned"`    // not cancelled
	TaskDraft bool           `db:"task_draft"` // nobody may sign up yet, or know of it
	TaskOpen  bool           `db:"task_open"`  // the task is OPEN or IN_PROGRESS
	HiddenID  uuid.NullUUID  `db:"hidden_id"`  // the decision by which it, or its task, is hidden
	Begun     bool           `db:"begun"`      // the worker has recorded its start
}

// Visible reports whether the actor may see the shift: everybody may, unless its task is a draft or it is hidden.
func (s *Slot) Visible(a *auth.Actor) bool {
	return !s.TaskDraft && !s.HiddenID.Valid || a.Oversees(s.TeamID, s.NgoID, s.CentreID)
}

// Seats are the seats of one or several shifts.
type Seats struct{ Capacity, Taken, Free int }

// Seats returns the seats of the shift.
func (s *Slot) Seats() Seats {
	seats := Seats{Capacity: s.Capacity, Taken: s.Taken}
	if s.Planned {
		seats.Free = s.Capacity - s.Taken
	}
	return seats
}

const (
	offerTime = 24 * time.Hour     // how long an offered seat is held
	lastHours = 2 * time.Hour      // before the start, when nothing is offered: the first to take a free seat gets it
	correctIn = 7 * 24 * time.Hour // attendance may be corrected this long after the end
	autoOut   = 24 * time.Hour     // after the end the hub checks out people who were forgotten
)

// HasBegun reports whether the shift has started. The stored flag wins over the caller's clock: a slow clock, or a wait for the
// lock, must not undo what the worker did at the start.
func (s *Slot) HasBegun(now time.Time) bool { return s.Begun || !now.Before(s.StartsAt) }

// takesPeople reports whether somebody may get a seat, apart from the time.
func (s *Slot) takesPeople() bool { return s.Planned && s.TaskOpen && !s.HiddenID.Valid }

// offering reports whether freed seats are offered to those who wait.
func (s *Slot) offering(now time.Time) bool {
	return s.takesPeople() && !s.Begun && now.Before(s.StartsAt.Add(-lastHours))
}

// offerEnds returns until when a seat offered now is held.
func (s *Slot) offerEnds(now time.Time) time.Time {
	ends, last := now.Add(offerTime), s.StartsAt.Add(-lastHours)
	if last.Before(ends) {
		return last
	}
	return ends
}

// claimEnds returns until when an offer is valid if the shift was moved closer: no longer than until the last hours, but at least
// for half of the time that is left.
func (s *Slot) claimEnds(now time.Time) time.Time {
	last, half := s.StartsAt.Add(-lastHours), now.Add(s.StartsAt.Sub(now)/2)
	if last.Before(half) {
		return half
	}
	return last
}

// CheckInFrom returns from when people can be checked in.
func (s *Slot) CheckInFrom() time.Time { return s.StartsAt.Add(-lastHours) }

// CheckInUntil returns until when people can be checked in.
func (s *Slot) CheckInUntil() time.Time { return s.EndsAt.Add(autoOut) }

// Facts are what the rules need to know about a person and a shift.
type Facts struct {
	Live       bool // the person has a live sign-up for the shift
	Clash      bool // the person is confirmed on another shift at the same time
	Consented  bool // a guardian's consent to taking part is live
	ConsentAge int  // below which consent is needed
}

// refuseSignUp returns why the actor may not sign up now.
func (s *Slot) refuseSignUp(a *auth.Actor, f Facts, now time.Time) fault.Code {
	switch {
	case a == nil:
		return fault.Unauthenticated
	case !s.takesPeople() || s.HasBegun(now):
		return fault.SignupClosed
	case f.Live:
		return fault.AlreadySignedUp
	}
	return cmp.Or(s.refuseAge(a.BirthDate, f), fault.When(f.Clash, fault.Clash))
}

// SignUpAction returns the viewer's action of signing up for the shift.
func (s *Slot) SignUpAction(a *auth.Actor, f Facts, now time.Time) *rule.Action {
	return rule.For(SignUp, s.refuseSignUp(a, f, now))
}
