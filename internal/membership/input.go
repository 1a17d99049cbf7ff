package membership

import (
	"github.com/google/uuid"

	"jastarhub/internal/fault"
)

// RequestMembershipInput asks to join a team.
type RequestMembershipInput struct {
	TeamID  uuid.UUID
	Message *string
}

func (in *RequestMembershipInput) validate() error {
	var c fault.Check
	c.OptionalText("message", &in.Message, 1000)
	return c.Err()
}

// InviteMemberInput asks somebody to join a team.
type InviteMemberInput struct {
	TeamID   uuid.UUID
	PersonID uuid.UUID
	Role     TeamRole
	Message  *string
}

func (in *InviteMemberInput) validate() error {
	var c fault.Check
	c.OptionalText("message", &in.Message, 1000)
	return c.Err()
}

// AnswerMembershipInput is a yes or a no.
type AnswerMembershipInput struct {
	ID     uuid.UUID
	Accept bool
	Reason *string
}

func (in *AnswerMembershipInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}

// ByID names the membership of a mutation that needs nothing else.
type ByID struct{ ID uuid.UUID }

// Inputs of one id.
type (
	WithdrawMembershipInput = ByID
	LeaveTeamInput          = ByID
)

// RemoveMemberInput removes somebody, with the reason.
type RemoveMemberInput struct {
	ID     uuid.UUID
	Reason string
}

func (in *RemoveMemberInput) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// SetMemberRoleInput is a new role in the team.
type SetMemberRoleInput struct {
	ID   uuid.UUID
	Role TeamRole
}

// MembershipFilter is what memberships are wanted; all conditions must hold.
type MembershipFilter struct{ States []MembershipState }
