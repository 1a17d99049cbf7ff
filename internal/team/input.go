package team

import (
	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/ngo"
)

// TeamFilter selects which teams a list holds.
type TeamFilter struct {
	NgoID      *uuid.UUID
	CentreID   *uuid.UUID // the current host
	DistrictID *uuid.UUID // the current host's
	Focus      *ngo.Focus // the NGO's
}

// CreateTeamInput is a new team.
type CreateTeamInput struct {
	NgoID    uuid.UUID
	CentreID uuid.UUID
	Name     lang.Text
	About    *string
	Language lang.Language
}

func (in *CreateTeamInput) validate() error {
	var c fault.Check
	in.Name.Check(&c, "name", 120)
	c.OptionalText("about", &in.About, 2000)
	return c.Err()
}

// MoveTeamInput is where a team wants to move.
type MoveTeamInput struct {
	TeamID   uuid.UUID
	CentreID uuid.UUID
	Reason   *string
}

func (in *MoveTeamInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}

// AnswerMoveInput accepts or declines a team that asked to move to the centre.
type AnswerMoveInput struct {
	ID     uuid.UUID
	Accept bool
	Reason *string
}

func (in *AnswerMoveInput) validate() error {
	var c fault.Check
	if in.Accept {
		c.OptionalText("reason", &in.Reason, 1000)
		return c.Err()
	}
	if in.Reason == nil {
		in.Reason = new(string)
	}
	c.Text("reason", in.Reason, 3, 1000)
	return c.Err()
}
