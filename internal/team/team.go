// Package team is the NGO at work: a project team, and which centre hosts it since when.
package team

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// Team is a project team.
type Team struct {
	ID          uuid.UUID     `db:"id"`
	NgoID       uuid.UUID     `db:"ngo_id"`
	NgoState    ngo.NgoState  `db:"ngo_state"`
	CentreID    uuid.UUID     `db:"centre_id"`   // the current host
	DistrictID  uuid.UUID     `db:"district_id"` // the current host's
	About       *string       `db:"about"`
	Language    lang.Language `db:"language"`
	MemberCount int           `db:"member_count"` // people who are active and not suspended
	CreatedAt   time.Time     `db:"created_at"`
	HiddenID    uuid.NullUUID `db:"hidden_id"` // the decision by which it is hidden
	lang.Text
}

// TeamConnection is a page of teams.
type TeamConnection = paging.Connection[Team]

// TeamEdge is a team with its place in a list.
type TeamEdge = paging.Edge[Team]

// TeamPayload is what a mutation changed.
type TeamPayload struct{ Team *Team }

type CreateTeamPayload = TeamPayload

// The verbs; package membership carries out those about members, package task CREATE_TASK.
const (
	CreateTeam        rule.Verb = "CREATE_TEAM"
	MoveTeam          rule.Verb = "MOVE_TEAM"
	AnswerMove        rule.Verb = "ANSWER_MOVE"
	CreateTask        rule.Verb = "CREATE_TASK"
	InviteMember      rule.Verb = "INVITE_MEMBER"
	RequestMembership rule.Verb = "REQUEST_MEMBERSHIP"
)

// Visible reports whether the actor may see the team: everybody may, unless it is hidden.
func (t *Team) Visible(a *auth.Actor) bool {
	return !t.HiddenID.Valid || a.Oversees(t.ID, t.NgoID, t.CentreID)
}

// RefuseCreation returns why the actor may not create a team of the NGO, which is in the given state.
func RefuseCreation(a *auth.Actor, ngoID uuid.UUID, state ngo.NgoState) fault.Code {
	return rule.SignedIn(a != nil, cmp.Or(fault.When(!a.LeadsNgo(ngoID), fault.NotYourNgo), refuseWork(state)))
}

// RefuseTask returns why the actor may not give the team a task now.
func (t *Team) RefuseTask(a *auth.Actor) fault.Code { return cmp.Or(t.refuseActor(a), t.RefuseWork()) }

// RefuseInvitation returns why the actor may not invite anybody to the team now.
func (t *Team) RefuseInvitation(a *auth.Actor) fault.Code {
	return cmp.Or(t.refuseActor(a), t.RefuseWork())
}

// RefuseRequest returns why the actor may not ask to join the team now; open is whether the actor is in it, was invited or has
// asked.
func (t *Team) RefuseRequest(a *auth.Actor, open bool) fault.Code {
	return rule.SignedIn(a != nil, cmp.Or(fault.When(open, fault.AlreadyMember), t.RefuseWork()))
}

// RefuseWork returns NGO_NOT_WORKING if the team's NGO is suspended or archived.
func (t *Team) RefuseWork() fault.Code { return refuseWork(t.NgoState) }

// refuseMove returns why the actor may not ask another centre to host the team now; pending is whether one has been asked.
func (t *Team) refuseMove(a *auth.Actor, pending bool) fault.Code {
	return cmp.Or(t.refuseActor(a), fault.When(pending, fault.MovePending))
}

func (t *Team) refuseActor(a *auth.Actor) fault.Code {
	return rule.SignedIn(a != nil, fault.When(!a.LeadsTeam(t.ID, t.NgoID), fault.NotLead))
}

func refuseWork(state ngo.NgoState) fault.Code {
	return fault.When(!ngo.Working(state), fault.NgoNotWorking)
}

// facts are what the rules need to know about a team in addition to its own row.
type facts struct {
	TeamID uuid.UUID `db:"id"`
	Open   bool      `db:"open"`   // the viewer's membership is open
	Moving bool      `db:"moving"` // a centre is asked to host the team
}

func (t *Team) actions(a *auth.Actor, f facts) []*rule.Action {
	return []*rule.Action{
		rule.For(CreateTask, t.RefuseTask(a)),
		rule.For(MoveTeam, t.refuseMove(a, f.Moving)),
		rule.For(InviteMember, t.RefuseInvitation(a)),
		rule.For(RequestMembership, t.RefuseRequest(a, f.Open)),
	}
}
