package team

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// HostingState is the state of a hosting.
type HostingState string

// The states.
const (
	Requested HostingState = "REQUESTED"
	Active    HostingState = "ACTIVE"
	Ended     HostingState = "ENDED"
	Declined  HostingState = "DECLINED"
)

// Hosting is a centre hosting a team from one day to another, or being asked to.
type Hosting struct {
	ID        uuid.UUID    `db:"id"`
	TeamID    uuid.UUID    `db:"team_id"`
	CentreID  uuid.UUID    `db:"centre_id"`
	State     HostingState `db:"state"`
	AskedAt   time.Time    `db:"asked_at"`
	StartedAt *time.Time   `db:"started_at"`
	EndedAt   *time.Time   `db:"ended_at"`

	NgoID  uuid.UUID `db:"ngo_id"`  // the team's
	HostID uuid.UUID `db:"host_id"` // the team's current host
	Hidden bool      `db:"hidden"`  // the team is hidden
}

// HostingConnection is a page of hostings.
type HostingConnection = paging.Connection[Hosting]

// HostingEdge is a hosting with its place in a list.
type HostingEdge = paging.Edge[Hosting]

// HostingPayload is what a mutation changed.
type HostingPayload struct{ Hosting *Hosting }

type (
	AnswerMovePayload = HostingPayload
	MoveTeamPayload   = HostingPayload
)

// MaySeeMoveRequests reports whether the actor may see which teams ask to move to the centre.
func MaySeeMoveRequests(a *auth.Actor, centre uuid.UUID) bool {
	return a.Coordinates(centre) || a.IsOfficer()
}

// Visible reports whether the actor may see the hosting. Where teams are and were is public; requests to move are visible to
// those who make or answer them. A hidden team's hostings are visible to those who may see the team.
func (h *Hosting) Visible(a *auth.Actor) bool {
	public := h.State == Active || h.State == Ended || a.Coordinates(h.CentreID)
	return public && !h.Hidden || a.Oversees(h.TeamID, h.NgoID, h.HostID)
}

// Actions returns what the actor may do to the hosting now.
func (h *Hosting) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(AnswerMove, h.refuse(a))}
}

// refuse returns why the actor may not answer the team now.
func (h *Hosting) refuse(a *auth.Actor) fault.Code {
	return rule.SignedIn(a != nil, cmp.Or(
		rule.OnlyFor(a, func(a *auth.Actor) bool { return a.Coordinates(h.CentreID) }, fault.NotYourCentre),
		fault.When(h.State != Requested, fault.WrongState)))
}
