package auth_test

import (
	"testing"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
)

func TestRights(t *testing.T) {
	who.Only(t, "is the person", func(a *auth.Actor) bool { return a.Is(who.Person) }, who.Owner)
	who.Only(t, "acts for the city", (*auth.Actor).IsOfficer, who.Officer)
	who.Only(t, "acts for the centre", func(a *auth.Actor) bool { return a.Coordinates(who.Centre) }, who.Coordinator)
	who.Only(t, "leads the NGO", func(a *auth.Actor) bool { return a.LeadsNgo(who.Ngo) }, who.NgoLead)
	who.Only(t, "runs the team", func(a *auth.Actor) bool { return a.LeadsTeam(who.Team, who.Ngo) }, who.Lead, who.NgoLead)
	who.Only(t, "belongs to the team", func(a *auth.Actor) bool { return a.InTeam(who.Team, who.Ngo) }, who.Member, who.Lead, who.NgoLead)
	who.Only(t, "is responsible for the team", func(a *auth.Actor) bool { return a.Oversees(who.Team, who.Ngo, who.Centre) }, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
}

func TestBarred(t *testing.T) {
	for _, c := range []struct {
		actor *auth.Actor
		want  fault.Code
	}{
		{nil, ""},
		{&auth.Actor{}, ""},
		{&auth.Actor{Suspended: true}, fault.Suspended},
		{&auth.Actor{Unverified: true}, fault.EmailUnverified},
		{&auth.Actor{Nameless: true}, fault.ProfileIncomplete},
		{&auth.Actor{Suspended: true, Unverified: true, Nameless: true}, fault.Suspended},
		{&auth.Actor{Unverified: true, Nameless: true}, fault.EmailUnverified},
	} {
		if got := c.actor.Barred(); got != c.want {
			t.Errorf("%+v: %q, want %q", c.actor, got, c.want)
		}
	}
}
