// Package shift is when and where people come.
package shift

import (
	"cmp"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
	"jastarhub/internal/signup"
)

// ShiftState is whether a shift takes place.
type ShiftState string

// The states.
const (
	Planned   ShiftState = "PLANNED"
	Cancelled ShiftState = "CANCELLED"
)

// Shift is when and where people come, with its seats.
type Shift struct {
	signup.Slot
	geo.Columns
	Place        *string    `db:"place"`
	State        ShiftState `db:"state"`
	CancelReason *string    `db:"cancel_reason"`
}

// ShiftConnection is a page of shifts.
type ShiftConnection = paging.Connection[Shift]

// ShiftEdge is a shift with its place in a list.
type ShiftEdge = paging.Edge[Shift]

// ShiftPayload is what a mutation changed.
type ShiftPayload struct{ Shift *Shift }

type (
	AddShiftPayload    = ShiftPayload
	CancelShiftPayload = ShiftPayload
	UpdateShiftPayload = ShiftPayload
)

// The verbs. AddShift is done to a task.
const (
	AddShift    rule.Verb = "ADD_SHIFT"
	UpdateShift rule.Verb = "UPDATE_SHIFT"
	CancelShift rule.Verb = "CANCEL_SHIFT"
)

var states = rule.States[ShiftState]{
	UpdateShift: {Planned},
	CancelShift: {Planned},
}

// refuse returns why the actor may not do this now.
func (s *Shift) refuse(verb rule.Verb, a *auth.Actor, now time.Time) fault.Code {
	switch {
	case a == nil:
		return fault.Unauthenticated
	case !a.LeadsTeam(s.TeamID, s.NgoID):
		return fault.NotLead
	case !s.TaskDraft && !s.TaskOpen || s.HasBegun(now):
		return fault.WrongState
	}
	return states.Refuse(verb, s.State)
}

// actions returns what the actor may do; needed is why the shift cannot be cancelled, "" if it can.
func (s *Shift) actions(a *auth.Actor, f signup.Facts, needed fault.Code, now time.Time) []*rule.Action {
	return []*rule.Action{
		s.SignUpAction(a, f, now),
		rule.For(UpdateShift, s.refuse(UpdateShift, a, now)),
		rule.For(CancelShift, s.refuse(CancelShift, a, now), needed),
	}
}

// NewShiftInput is the time and place of a new shift.
type NewShiftInput struct {
	StartsAt time.Time
	EndsAt   time.Time
	Capacity int
	Place    *string
	Point    *geo.Point
}

const (
	shortest = 5 * time.Minute // the unit of hours: nothing shorter can be worked
	longest  = 24 * time.Hour
	farthest = 2 * 365 * 24 * time.Hour
	most     = 10_000
)

// Check adds what is wrong with the shift; path is "" or ends with a dot.
func (in *NewShiftInput) Check(c *fault.Check, path string, now time.Time) {
	checkTimes(c, path, in.StartsAt, in.EndsAt, now)
	c.Between(path+"capacity", in.Capacity, 1, most)
	c.OptionalText(path+"place", &in.Place, 200)
	in.Point.Check(c, path+"point")
}

func checkTimes(c *fault.Check, path string, starts, ends, now time.Time) {
	c.Future(path+"startsAt", starts, now)
	c.That(starts.Before(now.Add(farthest)), path+"startsAt", "must be within two years")
	if least := starts.Add(shortest); ends.Before(least) {
		c.Refuse(fault.Field(path+"endsAt", "must be at least 5 minutes after the start").With(fault.Min, least.UTC()))
	}
	if most := starts.Add(longest); ends.After(most) {
		c.Refuse(fault.Field(path+"endsAt", "must be at most 24 hours after the start").With(fault.Max, most.UTC()))
	}
}

// AddShiftInput is one more shift for a task.
type AddShiftInput struct {
	TaskID uuid.UUID
	Shift  NewShiftInput
}

// Validate returns what is wrong with the shift.
func (in *AddShiftInput) Validate(now time.Time) error {
	var c fault.Check
	in.Shift.Check(&c, "shift.", now)
	return c.Err()
}

// UpdateShiftInput has the changes to a shift.
type UpdateShiftInput struct {
	ID       uuid.UUID
	StartsAt *time.Time
	EndsAt   *time.Time
	Capacity *int
	Place    graphql.Omittable[*string]
	Point    graphql.Omittable[*geo.Point]
}

// apply applies the changes to the shift and checks the result.
func (in *UpdateShiftInput) apply(s *Shift, now time.Time) error {
	var c fault.Check
	if in.StartsAt != nil || in.EndsAt != nil {
		s.StartsAt, s.EndsAt = *cmp.Or(in.StartsAt, &s.StartsAt), *cmp.Or(in.EndsAt, &s.EndsAt)
		checkTimes(&c, "", s.StartsAt, s.EndsAt, now)
	}
	if in.Capacity != nil {
		s.Capacity = *in.Capacity
		c.Between("capacity", s.Capacity, 1, most)
	}
	if place, given := in.Place.ValueOK(); given {
		s.Place = place
		c.OptionalText("place", &s.Place, 200)
	}
	if point, given := in.Point.ValueOK(); given {
		point.Check(&c, "point")
		s.Columns = geo.ColumnsOf(point)
	}
	return c.Err()
}

// CancelShiftInput cancels a shift.
type CancelShiftInput struct {
	ID     uuid.UUID
	Reason string
}

func (in *CancelShiftInput) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// ShiftFilter is what shifts are wanted; all conditions must hold.
type ShiftFilter struct{ From *time.Time }
