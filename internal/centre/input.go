package centre

import (
	"github.com/google/uuid"

	"jastarhub/internal/fault"
)

// filter selects which centres a list holds.
type CentreFilter struct {
	DistrictID *uuid.UUID
	States     []CentreState
}

// SetCentreStateInput is a centre's new state.
type SetCentreStateInput struct {
	ID     uuid.UUID
	State  CentreState
	Reason *string
}

func (in *SetCentreStateInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}
