package invitation

import (
	"github.com/google/uuid"

	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

// InviteByEmailInput offers a role to the owner of an address.
type InviteByEmailInput struct {
	Email    string
	Role     InvitedRole
	CentreID *uuid.UUID
	NgoID    *uuid.UUID
	TeamID   *uuid.UUID
	Language lang.Language
}

func (in *InviteByEmailInput) validate() error {
	var c fault.Check
	email.Check(&c, "email", &in.Email)
	ofCentre := in.Role == Coordinator || in.Role == Consultant
	ofTeam := in.Role == TeamLead || in.Role == TeamMember
	c.That(ofCentre == (in.CentreID != nil), "centreId", "must be given for COORDINATOR and CONSULTANT, and only for them")
	c.That((in.Role == NgoLead) == (in.NgoID != nil), "ngoId", "must be given for NGO_LEAD, and only for it")
	c.That(ofTeam == (in.TeamID != nil), "teamId", "must be given for TEAM_LEAD and TEAM_MEMBER, and only for them")
	return c.Err()
}

// invitation returns the invitation that the input asks for, without an inviter.
func (in *InviteByEmailInput) invitation() *Invitation {
	maybe := func(id *uuid.UUID) uuid.NullUUID {
		if id == nil {
			return uuid.NullUUID{}
		}
		return uuid.NullUUID{UUID: *id, Valid: true}
	}
	return &Invitation{Email: &in.Email, Role: in.Role, CentreID: maybe(in.CentreID), NgoID: maybe(in.NgoID), TeamID: maybe(in.TeamID), State: Sent}
}

// WithdrawInvitationInput withdraws an invitation.
type WithdrawInvitationInput struct {
	ID     uuid.UUID
	Reason *string
}

func (in *WithdrawInvitationInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}

// AcceptInvitationInput is the token of an emailed link.
type AcceptInvitationInput struct{ Token string }
