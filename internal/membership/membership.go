// Package membership is people in teams: who asks to join, who is invited, who is in, and in which role.
package membership

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"
)

// TeamRole is a person's role in a team.
type TeamRole string

// The roles.
const (
	Lead   TeamRole = "LEAD"
	Member TeamRole = "MEMBER"
)

// MembershipState is the state of a membership.
type MembershipState string

// The states.
const (
	Requested MembershipState = "REQUESTED"
	Invited   MembershipState = "INVITED"
	Active    MembershipState = "ACTIVE"
	Declined  MembershipState = "DECLINED"
	Withdrawn MembershipState = "WITHDRAWN"
	Expired   MembershipState = "EXPIRED"
	Left      MembershipState = "LEFT"
	Removed   MembershipState = "REMOVED"
)

// Patience is how long a request or an invitation waits for its answer.
const Patience = 14 * 24 * time.Hour

// Membership is a person in a team, or on the way into one.
type Membership struct {
	ID        uuid.UUID       `db:"id"`
	TeamID    uuid.UUID       `db:"team_id"`
	NgoID     uuid.UUID       `db:"ngo_id"`    // the team's
	CentreID  uuid.UUID       `db:"centre_id"` // the team's current host
	PersonID  uuid.UUID       `db:"person_id"`
	Role      TeamRole        `db:"role"`
	State     MembershipState `db:"state"`
	Message   *string         `db:"message"`
	CreatedAt time.Time       `db:"created_at"`
	ExpiresAt *time.Time      `db:"expires_at"`
	JoinedAt  *time.Time      `db:"joined_at"`
	EndedAt   *time.Time      `db:"ended_at"`
}

// MembershipConnection is a page of memberships.
type MembershipConnection = paging.Connection[Membership]

// MembershipEdge is a membership with its place in a list.
type MembershipEdge = paging.Edge[Membership]

// MembershipPayload is what a mutation changed.
type MembershipPayload struct{ Membership *Membership }

type (
	AnswerMembershipPayload   = MembershipPayload
	InviteMemberPayload       = MembershipPayload
	LeaveTeamPayload          = MembershipPayload
	RemoveMemberPayload       = MembershipPayload
	RequestMembershipPayload  = MembershipPayload
	SetMemberRolePayload      = MembershipPayload
	WithdrawMembershipPayload = MembershipPayload
)

// The verbs that move a membership; package team has those that begin one.
const (
	AnswerMembership   rule.Verb = "ANSWER_MEMBERSHIP"
	WithdrawMembership rule.Verb = "WITHDRAW_MEMBERSHIP"
	LeaveTeam          rule.Verb = "LEAVE_TEAM"
	RemoveMember       rule.Verb = "REMOVE_MEMBER"
	SetMemberRole      rule.Verb = "SET_MEMBER_ROLE"
)

var states = rule.States[MembershipState]{
	AnswerMembership:   {Requested, Invited},
	WithdrawMembership: {Requested, Invited},
	LeaveTeam:          {Active},
	RemoveMember:       {Active},
	SetMemberRole:      {Active},
}

// Visible reports whether the actor may see the membership.
func (m *Membership) Visible(a *auth.Actor) bool {
	return a.Is(m.PersonID) || a.Oversees(m.TeamID, m.NgoID, m.CentreID)
}

// MaySeeAll reports whether the actor may see all the memberships of the team.
func MaySeeAll(a *auth.Actor, t *team.Team) bool { return a.Oversees(t.ID, t.NgoID, t.CentreID) }

// refuse returns why the actor may not do this now.
func (m *Membership) refuse(verb rule.Verb, a *auth.Actor, now time.Time) fault.Code {
	return rule.SignedIn(a != nil, cmp.Or(
		m.refuseActor(verb, a),
		states.Refuse(verb, m.State),
		fault.When(m.ExpiresAt != nil && !m.ExpiresAt.After(now), fault.WrongState)))
}

func (m *Membership) refuseActor(verb rule.Verb, a *auth.Actor) fault.Code {
	person, lead := a.Is(m.PersonID), a.LeadsTeam(m.TeamID, m.NgoID)
	switch m.actingAs(verb) {
	case history.Person:
		return fault.When(!person, fault.NotYours)
	case history.Lead:
		return fault.When(!lead, fault.NotLead)
	}
	return fault.When(!person && !lead, fault.NotYours)
}

// actingAs returns the role in which the verb is done: the side that asked may withdraw, the other side answers. It is "" where
// no answer is awaited any more.
func (m *Membership) actingAs(verb rule.Verb) history.ActingAs {
	asking := map[MembershipState]history.ActingAs{Requested: history.Person, Invited: history.Lead}
	asked := map[MembershipState]history.ActingAs{Requested: history.Lead, Invited: history.Person}
	switch verb {
	case AnswerMembership:
		return asked[m.State]
	case WithdrawMembership:
		return asking[m.State]
	case LeaveTeam:
		return history.Person
	}
	return history.Lead
}

// leads reports whether the person leads the team by this membership.
func (m *Membership) leads() bool { return m.State == Active && m.Role == Lead }

// refuseLoss returns LAST_LEAD where the team, which has that many other leads, cannot do without this one.
func (m *Membership) refuseLoss(others int) fault.Code {
	return fault.When(m.leads() && others == 0, fault.LastLead)
}

func (m *Membership) actions(a *auth.Actor, now time.Time, others int) []*rule.Action {
	return []*rule.Action{
		rule.For(AnswerMembership, m.refuse(AnswerMembership, a, now)),
		rule.For(WithdrawMembership, m.refuse(WithdrawMembership, a, now)),
		rule.For(LeaveTeam, m.refuse(LeaveTeam, a, now), m.refuseLoss(others)),
		rule.For(RemoveMember, m.refuse(RemoveMember, a, now), m.refuseLoss(others)),
		rule.For(SetMemberRole, m.refuse(SetMemberRole, a, now), m.refuseLoss(others)),
	}
}

// end closes the membership, whatever it was.
func (m *Membership) end(as MembershipState, at time.Time) {
	m.State, m.ExpiresAt, m.EndedAt = as, nil, &at
}
