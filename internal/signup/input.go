package signup

import (
	"slices"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
)

// SignUpInput names the shift.
type SignUpInput struct{ ShiftID uuid.UUID }

// ByID names the sign-up of a mutation that needs nothing else.
type ByID struct{ ID uuid.UUID }

// Inputs of one id.
type (
	AcceptOfferInput  = ByID
	DeclineOfferInput = ByID
	CheckInInput      = ByID
	CheckOutInput     = ByID
	MarkNoShowInput   = ByID
)

// CancelSignupInput cancels a sign-up.
type CancelSignupInput struct {
	ID     uuid.UUID
	Reason *string
}

func (in *CancelSignupInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}

// CorrectAttendanceInput corrects an attendance that was marked wrongly.
type CorrectAttendanceInput struct {
	ID     uuid.UUID
	State  SignupState
	Reason string
}

func (in *CorrectAttendanceInput) validate() error {
	var c fault.Check
	c.That(slices.Contains([]SignupState{Confirmed, CheckedIn, Completed, NoShow}, in.State), "state",
		"must be CONFIRMED, CHECKED_IN, COMPLETED or NO_SHOW")
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// SignupFilter is what sign-ups are wanted; all conditions must hold.
type SignupFilter struct{ States []SignupState }
