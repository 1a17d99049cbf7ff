// Package invitation is roles offered by email: who offers which role to whom, and who accepts one.
package invitation

import (
	"cmp"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/membership"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// InvitedRole is what somebody is invited to be.
type InvitedRole string

// The roles: those of grants, and those in a team.
const (
	CityOfficer InvitedRole = "CITY_OFFICER"
	Coordinator InvitedRole = "COORDINATOR"
	Consultant  InvitedRole = "CONSULTANT"
	NgoLead     InvitedRole = "NGO_LEAD"
	TeamLead    InvitedRole = "TEAM_LEAD"
	TeamMember  InvitedRole = "TEAM_MEMBER"
)

// inTeam maps each role in a team to the role of a membership.
var inTeam = map[InvitedRole]membership.TeamRole{TeamLead: membership.Lead, TeamMember: membership.Member}

// InvitationState is the state of an invitation.
type InvitationState string

// The states.
const (
	Sent      InvitationState = "SENT"
	Accepted  InvitationState = "ACCEPTED"
	Withdrawn InvitationState = "WITHDRAWN"
	Expired   InvitationState = "EXPIRED"
)

const day = 24 * time.Hour

// patience is how long an invitation waits for its answer; remembered is how long its address is kept after it has ended.
const patience, remembered = 7 * day, 7 * day

// Invitation is a role offered to an email address.
type Invitation struct {
	ID        uuid.UUID       `db:"id"`
	Email     *string         `db:"email"` // nil once it is forgotten
	Role      InvitedRole     `db:"role"`
	CentreID  uuid.NullUUID   `db:"centre_id"`
	NgoID     uuid.NullUUID   `db:"ngo_id"`
	TeamID    uuid.NullUUID   `db:"team_id"`
	TeamNgoID uuid.NullUUID   `db:"team_ngo_id"` // the team's
	State     InvitationState `db:"state"`
	InvitedBy uuid.UUID       `db:"invited_by"`
	CreatedAt time.Time       `db:"created_at"`
	ExpiresAt time.Time       `db:"expires_at"`
	EndedAt   *time.Time      `db:"ended_at"`
}

// InvitationConnection is a page of invitations.
type InvitationConnection = paging.Connection[Invitation]

// InvitationEdge is an invitation with its place in a list.
type InvitationEdge = paging.Edge[Invitation]

// InvitationPayload is what a mutation changed.
type InvitationPayload struct{ Invitation *Invitation }

type (
	InviteByEmailPayload      = InvitationPayload
	WithdrawInvitationPayload = InvitationPayload
)

// Order is the order of lists of invitations.
var Order = paging.Order{Name: "invitations-newest"}

// The verbs.
const (
	InviteByEmail      rule.Verb = "INVITE_BY_EMAIL" // The mutation inviteByEmail; in the history of an older invitation, a newer one that replaced it.
	WithdrawInvitation rule.Verb = "WITHDRAW_INVITATION"
	AcceptInvitation   rule.Verb = "ACCEPT_INVITATION"
)

var states = rule.States[InvitationState]{WithdrawInvitation: {Sent}, AcceptInvitation: {Sent}}

// refuseActor returns why the actor may neither send nor withdraw the invitation: only those who may give the role may do so.
func (i *Invitation) refuseActor(a *auth.Actor) fault.Code {
	switch i.Role {
	case TeamLead, TeamMember:
		return rule.SignedIn(a != nil, fault.When(!a.LeadsTeam(i.TeamID.UUID, i.TeamNgoID.UUID), fault.NotLead))
	case NgoLead:
		return grant.RefuseNgoLead(a, i.NgoID.UUID)
	}
	return rule.OnlyOfficers(a)
}

// Visible reports whether the actor may see the invitation.
func (i *Invitation) Visible(a *auth.Actor) bool { return i.refuseActor(a) == "" }

// refuse returns why the invitation cannot be withdrawn or accepted now.
func (i *Invitation) refuse(verb rule.Verb, now time.Time) fault.Code {
	return cmp.Or(states.Refuse(verb, i.State), fault.When(!i.ExpiresAt.After(now), fault.WrongState))
}

// Actions returns what the actor may do to the invitation.
func (i *Invitation) Actions(a *auth.Actor, now time.Time) []*rule.Action {
	return []*rule.Action{rule.For(WithdrawInvitation, i.refuseActor(a), i.refuse(WithdrawInvitation, now))}
}

// actingAs returns the role in which the actor did what refuseActor allowed.
func (i *Invitation) actingAs(a *auth.Actor) history.ActingAs {
	if i.TeamID.Valid || i.NgoID.Valid && a.LeadsNgo(i.NgoID.UUID) {
		return history.Lead
	}
	return history.Officer
}

// grant returns the role as a grant to the person.
func (i *Invitation) grant(holder uuid.UUID) *grant.Grant {
	return &grant.Grant{PersonID: holder, Role: grant.Role(i.Role), CentreID: i.CentreID, NgoID: i.NgoID}
}

// InvitationOffer is what a person with the link sees of an invitation.
type InvitationOffer struct {
	Email     string // masked
	Role      InvitedRole
	CentreID  uuid.NullUUID
	NgoID     uuid.NullUUID
	TeamID    uuid.NullUUID
	ExpiresAt time.Time
}

func (i *Invitation) offer() *InvitationOffer {
	return &InvitationOffer{Email: mask(*i.Email), Role: i.Role, CentreID: i.CentreID, NgoID: i.NgoID, TeamID: i.TeamID, ExpiresAt: i.ExpiresAt}
}

// mask leaves of an address what its owner recognises: the first character and the host.
func mask(email string) string {
	name, host, _ := strings.Cut(email, "@")
	first := []rune(name)[0]
	return string(first) + "…@" + host
}
