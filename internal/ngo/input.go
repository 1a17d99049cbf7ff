package ngo

import (
	"cmp"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

const mostName, mostMission = 120, 2000

// filter selects which NGOs a list holds.
type NgoFilter struct {
	Focus  *Focus
	States []NgoState
}

// CreateNgoInput is a new NGO.
type CreateNgoInput struct {
	Name     lang.Text
	Mission  *string
	Language lang.Language
	Focus    Focus
	BIN      *string
}

func (in *CreateNgoInput) validate() error {
	var c fault.Check
	in.Name.Check(&c, "name", mostName)
	c.OptionalText("mission", &in.Mission, mostMission)
	checkBIN(&c, in.BIN)
	return c.Err()
}

// UpdateNgoInput has the changes to an NGO; fields that are left out keep their values, and an empty mission removes the present
// one.
type UpdateNgoInput struct {
	ID       uuid.UUID
	Name     *lang.Text
	Mission  *string
	Language *lang.Language
	BIN      *string
}

func (in *UpdateNgoInput) validate() error {
	var c fault.Check
	if in.Name != nil {
		in.Name.Check(&c, "name", mostName)
	}
	if in.Mission != nil {
		c.Text("mission", in.Mission, 0, mostMission)
	}
	checkBIN(&c, in.BIN)
	return c.Err()
}

func (in *UpdateNgoInput) apply(n *Ngo) {
	if in.Name != nil {
		n.Text = *in.Name
	}
	if in.Mission != nil {
		n.Mission = in.Mission
		if *in.Mission == "" {
			n.Mission = nil
		}
	}
	if in.Language != nil {
		n.Language = *in.Language
	}
	if in.BIN != nil {
		n.BIN = in.BIN
	}
}

func checkBIN(c *fault.Check, bin *string) {
	c.That(bin == nil || validBIN(*bin), "bin", "must be 12 digits with a valid control digit")
}

// SetNgoStateInput is an NGO's new state.
type SetNgoStateInput struct {
	ID     uuid.UUID
	State  NgoState
	Reason *string
}

func (in *SetNgoStateInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	if in.State == Suspended || in.State == Archived {
		in.Reason = cmp.Or(in.Reason, new(""))
		c.Text("reason", in.Reason, 3, 1000)
	}
	return c.Err()
}
