// Package auth describes who is asking.
package auth

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

// Actor is a signed-in person with their rights. A visitor is a nil *Actor: every method accepts that.
type Actor struct {
	PersonID  uuid.UUID
	SessionID uuid.UUID
	BirthDate time.Time
	Language  lang.Language

	Officer bool        // holds CITY_OFFICER
	Centres []uuid.UUID // holds COORDINATOR for these
	Ngos    []uuid.UUID // holds NGO_LEAD for these
	Leads   []uuid.UUID // active LEAD of these teams
	Teams   []uuid.UUID // active in these teams, in any role

	Consultant bool // holds CONSULTANT somewhere

	Suspended      bool       // may read and appeal; holds no roles meanwhile
	SuspendedUntil *time.Time // nil: no end
	Unverified     bool       // has not proved that the account's address is theirs; holds no roles meanwhile
	Nameless       bool       // was given an account in place of one that somebody else had begun, and has not entered a name yet; holds no roles meanwhile

	// Waiting is who the actor would be after signing in with a second factor; nil where no role requires one. The fields above
	// do not include roles that wait for it.
	Waiting *Actor
}

// WithSecondFactor returns who the actor would be after signing in with a second factor; nil where no role requires one.
func (a *Actor) WithSecondFactor() *Actor {
	if a == nil {
		return nil
	}
	return a.Waiting
}

// Barred returns why the actor may only read and manage the account; "" for everybody else, visitors included.
func (a *Actor) Barred() fault.Code {
	switch {
	case a == nil:
		return ""
	case a.Suspended:
		return fault.Suspended
	case a.Unverified:
		return fault.EmailUnverified
	case a.Nameless:
		return fault.ProfileIncomplete
	}
	return ""
}

// ID returns the person's id; for a visitor the zero id, which no row has.
func (a *Actor) ID() uuid.UUID {
	if a == nil {
		return uuid.Nil
	}
	return a.PersonID
}

// Speaks returns the language that the actor chose; Kazakh for a visitor.
func (a *Actor) Speaks() lang.Language {
	if a == nil {
		return lang.Kazakh
	}
	return a.Language
}

// Is reports whether the actor is this person.
func (a *Actor) Is(person uuid.UUID) bool { return a != nil && a.PersonID == person }

// IsOfficer reports whether the actor acts for the city.
func (a *Actor) IsOfficer() bool { return a != nil && a.Officer }

// Coordinates reports whether the actor acts for the centre.
func (a *Actor) Coordinates(centre uuid.UUID) bool {
	return a != nil && slices.Contains(a.Centres, centre)
}

// LeadsNgo reports whether the actor holds NGO_LEAD for the NGO.
func (a *Actor) LeadsNgo(ngo uuid.UUID) bool { return a != nil && slices.Contains(a.Ngos, ngo) }

// LeadsTeam reports whether the actor runs the team: as its LEAD, or as NGO_LEAD of its NGO.
func (a *Actor) LeadsTeam(team, ngo uuid.UUID) bool {
	return a != nil && (slices.Contains(a.Leads, team) || a.LeadsNgo(ngo))
}

// Oversees reports whether the actor is responsible for what the team does: runs the team, acts for the centre, or for the city.
func (a *Actor) Oversees(team, ngo, centre uuid.UUID) bool {
	return a.LeadsTeam(team, ngo) || a.Coordinates(centre) || a.IsOfficer()
}

// InTeam reports whether the actor belongs to the team, its NGO's leads included.
func (a *Actor) InTeam(team, ngo uuid.UUID) bool {
	return a != nil && (slices.Contains(a.Teams, team) || a.LeadsNgo(ngo))
}

// CoordinatedCentres returns the centres that the actor acts for; lists are narrowed by them.
func (a *Actor) CoordinatedCentres() []uuid.UUID {
	if a == nil {
		return nil
	}
	return a.Centres
}

// LeadNgos returns the NGOs that the actor leads.
func (a *Actor) LeadNgos() []uuid.UUID {
	if a == nil {
		return nil
	}
	return a.Ngos
}

// LeadTeams returns the teams that the actor leads by a membership.
func (a *Actor) LeadTeams() []uuid.UUID {
	if a == nil {
		return nil
	}
	return a.Leads
}
