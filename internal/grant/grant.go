// Package grant is the roles that people hold: for the city, a centre or an NGO.
package grant

import (
	"cmp"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

// Role is what a grant allows a person to act as.
type Role string

// The roles.
const (
	CityOfficer Role = "CITY_OFFICER"
	Coordinator Role = "COORDINATOR"
	Consultant  Role = "CONSULTANT"
	NgoLead     Role = "NGO_LEAD"
)

// The states of a grant, as its history names them.
const stateHeld, stateEnded = "HELD", "ENDED"

// The verbs.
const (
	GiveRole rule.Verb = "GIVE_ROLE"
	EndRole  rule.Verb = "END_ROLE"
)

// Grant is a role in a scope: a centre's, an NGO's, or the city's, which has neither.
type Grant struct {
	ID       uuid.UUID     `db:"id"`
	PersonID uuid.UUID     `db:"person_id"`
	Role     Role          `db:"role"`
	CentreID uuid.NullUUID `db:"centre_id"`
	NgoID    uuid.NullUUID `db:"ngo_id"`
	GivenBy  uuid.NullUUID `db:"given_by"` // null where the command line gave it
	GivenAt  time.Time     `db:"given_at"`
	EndedBy  uuid.NullUUID `db:"ended_by"`
	EndedAt  *time.Time    `db:"ended_at"`
}

// GrantConnection is a page of grants.
type GrantConnection = paging.Connection[Grant]

// GrantEdge is a grant with its place in a list.
type GrantEdge = paging.Edge[Grant]

// GrantPayload is what a mutation changed.
type GrantPayload struct{ Grant *Grant }

type (
	EndRolePayload  = GrantPayload
	GiveRolePayload = GrantPayload
)

// Oldest is the order of lists of grants.
var Oldest = paging.Order{Name: "grants-oldest"}

// MaySeeLeads reports whether the actor may see who leads the NGO.
func MaySeeLeads(a *auth.Actor, ngo uuid.UUID) bool { return a.LeadsNgo(ngo) || a.IsOfficer() }

// MaySeeStaff reports whether the actor may see who works at the centre.
func MaySeeStaff(a *auth.Actor, centre uuid.UUID) bool { return a.Coordinates(centre) || a.IsOfficer() }

// Visible reports whether the actor may see the grant, ended or not.
func (g *Grant) Visible(a *auth.Actor) bool {
	return a.Is(g.PersonID) || a.IsOfficer() || g.NgoID.Valid && a.LeadsNgo(g.NgoID.UUID) ||
		g.CentreID.Valid && a.Coordinates(g.CentreID.UUID)
}

// MayKnowWaits reports whether the actor may know that the role waits for a second factor.
func (g *Grant) MayKnowWaits(a *auth.Actor) bool { return a.Is(g.PersonID) || a.IsOfficer() }

// RefuseNgoLead returns why the actor may not decide who leads the NGO.
func RefuseNgoLead(a *auth.Actor, ngo uuid.UUID) fault.Code {
	return rule.SignedIn(a != nil, rule.OnlyFor(a, func(a *auth.Actor) bool { return a.IsOfficer() || a.LeadsNgo(ngo) }, fault.NotYourNgo))
}

// refuseActor returns why the actor may neither give nor end the grant.
func (g *Grant) refuseActor(a *auth.Actor) fault.Code {
	if g.Role == NgoLead {
		return RefuseNgoLead(a, g.NgoID.UUID)
	}
	return rule.OnlyOfficers(a)
}

// refuseHolder returns why the person may not have the role: those who act for the city or a centre must be adults.
func (g *Grant) refuseHolder(p *person.Person, now time.Time) fault.Code {
	return cmp.Or(p.Unready(), fault.When(g.Role != NgoLead && p.Minor(now), fault.AdultsOnly))
}

// refuseEnd returns why the actor may not end the grant now; officers are the people who act for the city, without those who are
// suspended.
func (g *Grant) refuseEnd(a *auth.Actor, officers []uuid.UUID) fault.Code {
	return cmp.Or(g.refuseActor(a), fault.When(g.EndedAt != nil, fault.WrongState),
		fault.When(g.Role == CityOfficer && !slices.ContainsFunc(officers, g.anotherThan), fault.LastOfficer))
}

func (g *Grant) anotherThan(officer uuid.UUID) bool { return officer != g.PersonID }

func (g *Grant) actions(a *auth.Actor, officers []uuid.UUID) []*rule.Action {
	return []*rule.Action{rule.For(EndRole, g.refuseEnd(a, officers))}
}

// touched returns the shifts that get another lead: an NGO's lead leads those of its teams that have none of their own.
func (g *Grant) touched() notice.Touched {
	if g.Role == NgoLead {
		return notice.ShiftsOfNgo(g.NgoID.UUID)
	}
	return notice.Touched{}
}

// actingAs returns the role in which the actor did what refuseActor allowed; a is nil on the command line.
func (g *Grant) actingAs(a *auth.Actor) history.ActingAs {
	switch {
	case a == nil:
		return history.Hub
	case g.Role == NgoLead && a.LeadsNgo(g.NgoID.UUID):
		return history.Lead
	}
	return history.Officer
}

// GiveRoleInput is a role for somebody.
type GiveRoleInput struct {
	Person   person.PersonReference
	Role     Role
	CentreID *uuid.UUID
	NgoID    *uuid.UUID
}

func (in *GiveRoleInput) validate() error {
	var c fault.Check
	in.Person.Check(&c)
	ofCentre, ofNgo := in.Role == Coordinator || in.Role == Consultant, in.Role == NgoLead
	c.That(ofCentre == (in.CentreID != nil), "centreId", "must be given for COORDINATOR and CONSULTANT, and only for them")
	c.That(ofNgo == (in.NgoID != nil), "ngoId", "must be given for NGO_LEAD, and only for it")
	return c.Err()
}

// grant returns the grant that the input asks for, without a giver.
func (in *GiveRoleInput) grant() *Grant {
	g := &Grant{Role: in.Role}
	if in.CentreID != nil {
		g.CentreID = uuid.NullUUID{UUID: *in.CentreID, Valid: true}
	}
	if in.NgoID != nil {
		g.NgoID = uuid.NullUUID{UUID: *in.NgoID, Valid: true}
	}
	return g
}

// EndRoleInput ends a grant.
type EndRoleInput struct {
	ID     uuid.UUID
	Reason string
}

func (in *EndRoleInput) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// GrantFilter is what roles are wanted; all conditions must hold.
type GrantFilter struct{ Role *Role }
