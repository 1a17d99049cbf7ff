// Package auth says who is asking.
package auth

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

// Actor is a signed-in person with what gives them rights. A visitor is a nil *Actor: every method takes that.
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

	Suspended      bool       // may read, and appeal; holds no roles meanwhile
	SuspendedUntil *time.Time // nil has no end
	Unverified     bool       // has not shown that the account's address is theirs; holds no roles meanwhile
	Nameless       bool       // has an account in place of one that somebody else began, and has not said who they are; holds no roles meanwhile

	// Waiting is who the actor would be with a second factor; nil where no role waits for one. Roles that wait are not above.
	Waiting *Actor
}

// WithSecondFactor is who the actor would be with a second factor; nil where no role waits for one.
func (a *Actor) WithSecondFactor() *Actor {
	if a == nil {
		return nil
	}
	return a.Waiting
}

// Barred is why the actor may do nothing but read and see to the account; "" for everybody else, visitors too.
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

// ID is the person's id; the zero id, which no row has, for a visitor.
func (a *Actor) ID() uuid.UUID {
	if a == nil {
		return uuid.Nil
	}
	return a.PersonID
}

// Speaks is the language that the actor chose; Kazakh for a visitor.
func (a *Actor) Speaks() lang.Language {
	if a == nil {
		return lang.Kazakh
	}
	return a.Language
}

// Is tells whether the actor is this person.
func (a *Actor) Is(person uuid.UUID) bool { return a != nil && a.PersonID == person }

// IsOfficer tells whether the actor acts for the city.
func (a *Actor) IsOfficer() bool { return a != nil && a.Officer }

// Coordinates tells whether the actor acts for the centre.
func (a *Actor) Coordinates(centre uuid.UUID) bool {
	return a != nil && slices.Contains(a.Centres, centre)
}

// LeadsNgo tells whether the actor holds NGO_LEAD for the NGO.
func (a *Actor) LeadsNgo(ngo uuid.UUID) bool { return a != nil && slices.Contains(a.Ngos, ngo) }

// LeadsTeam tells whether the actor runs the team: as its LEAD, or as NGO_LEAD of its NGO.
func (a *Actor) LeadsTeam(team, ngo uuid.UUID) bool {
	return a != nil && (slices.Contains(a.Leads, team) || a.LeadsNgo(ngo))
}

// InTeam tells whether the actor belongs to the team, its NGO's leads included.
func (a *Actor) InTeam(team, ngo uuid.UUID) bool {
	return a != nil && (slices.Contains(a.Teams, team) || a.LeadsNgo(ngo))
}

// Adult is the age from which a person is no minor.
const Adult = 18

// AgeOn is the number of whole years from a birth date to the calendar day, in Almaty, of a moment.
func AgeOn(birth, at time.Time) int {
	day := at.In(Almaty)
	age := day.Year() - birth.Year()
	if day.Month() < birth.Month() || day.Month() == birth.Month() && day.Day() < birth.Day() {
		age--
	}
	return age
}

// Almaty is the city's time zone: UTC+5 since 1 March 2024.
var Almaty = mustLoad("Asia/Almaty")

// Midnight is when a day of the calendar begins in Almaty.
func Midnight(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, Almaty)
}

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the program carries the time zones itself
	}
	return zone
}

// CoordinatedCentres, LeadNgos and LeadTeams are the scopes of the actor's rights, for lists that are narrowed by them.
func (a *Actor) CoordinatedCentres() []uuid.UUID {
	if a == nil {
		return nil
	}
	return a.Centres
}

// LeadNgos are the NGOs that the actor leads.
func (a *Actor) LeadNgos() []uuid.UUID {
	if a == nil {
		return nil
	}
	return a.Ngos
}

// LeadTeams are the teams that the actor leads by a membership.
func (a *Actor) LeadTeams() []uuid.UUID {
	if a == nil {
		return nil
	}
	return a.Leads
}

// Clock is a moment as people in Almaty read it.
func Clock(t time.Time) string { return t.In(Almaty).Format("02.01.2006 15:04") }
