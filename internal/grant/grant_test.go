package grant

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/person"
)

var (
	centre = uuid.NullUUID{UUID: who.Centre, Valid: true}
	ngo    = uuid.NullUUID{UUID: who.Ngo, Valid: true}

	ofCity, ofCentre, ofNgo = &Grant{Role: CityOfficer, PersonID: who.Person}, &Grant{Role: Coordinator, PersonID: who.Person, CentreID: centre},
		&Grant{Role: NgoLead, PersonID: who.Person, NgoID: ngo}
)

func TestWhoSeesRoles(t *testing.T) {
	who.Only(t, "the city's", ofCity.Visible, who.Owner, who.Officer)
	who.Only(t, "a centre's", ofCentre.Visible, who.Owner, who.Officer, who.Coordinator)
	who.Only(t, "an NGO's", ofNgo.Visible, who.Owner, who.Officer, who.NgoLead)
	who.Only(t, "leads", func(a *auth.Actor) bool { return MaySeeLeads(a, who.Ngo) }, who.NgoLead, who.Officer)
	who.Only(t, "staff", func(a *auth.Actor) bool { return MaySeeStaff(a, who.Centre) }, who.Coordinator, who.Officer)
	who.Only(t, "whether it waits", ofCentre.MayKnowWaits, who.Owner, who.Officer)
	none := &auth.Actor{Ngos: []uuid.UUID{uuid.Nil}, Centres: []uuid.UUID{uuid.Nil}}
	if (&Grant{PersonID: who.Person}).Visible(none) {
		t.Error("a role without a centre or an NGO is seen as if it had one")
	}
}

// TestWhoGivesAndEndsRoles: officers do; who leads an NGO, its leads decide too.
func TestWhoGivesAndEndsRoles(t *testing.T) {
	for what, g := range map[string]*Grant{"the city's": ofCity, "a centre's": ofCentre, "a consultant's": {Role: Consultant, CentreID: centre}} {
		who.Codes(t, what, g.refuseActor, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "",
			who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
	}
	who.Codes(t, "an NGO's", ofNgo.refuseActor, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "", who.NgoLead: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourNgo})
}

// TestEndingARole: it ends once, and the city keeps an officer.
func TestEndingARole(t *testing.T) {
	anybody, another := []uuid.UUID{who.Person}, []uuid.UUID{who.Person, uuid.New()}
	for _, c := range []struct {
		name     string
		role     Role
		ended    bool
		officers []uuid.UUID
		want     fault.Code
	}{
		{"one of two officers", CityOfficer, false, another, ""},
		{"the only officer", CityOfficer, false, anybody, fault.LastOfficer},
		{"an officer, the others are suspended", CityOfficer, false, nil, fault.LastOfficer},
		{"a coordinator beside one officer", Coordinator, false, anybody, ""},
		{"a coordinator who was one", Coordinator, true, another, fault.WrongState},
		{"an officer who was one", CityOfficer, true, anybody, fault.WrongState},
	} {
		g := &Grant{Role: c.role, PersonID: who.Person}
		if c.ended {
			g.EndedAt = new(time.Now())
		}
		if got := g.refuseEnd(who.Officer.Get(), c.officers); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if got := ofCity.refuseEnd(who.Coordinator.Get(), anybody); got != fault.NotOfficer {
		t.Errorf("whoever may not is told so first: %q", got)
	}
}

// TestWhoMayHoldARole: people with a verified address and a name; for the city and a centre only adults act.
func TestWhoMayHoldARole(t *testing.T) {
	day := time.Date(2026, 5, 9, 0, 0, 0, 0, time.UTC)
	adult, minor := day.AddDate(-18, 0, 0), day.AddDate(-18, 0, 1)
	for _, c := range []struct {
		name string
		role Role
		is   person.Private
		want fault.Code
	}{
		{"an adult coordinates", Coordinator, person.Private{Verified: true, GivenName: "Әли", BirthDate: adult}, ""},
		{"a minor coordinates", Coordinator, person.Private{Verified: true, GivenName: "Әли", BirthDate: minor}, fault.AdultsOnly},
		{"a minor is a consultant", Consultant, person.Private{Verified: true, GivenName: "Әли", BirthDate: minor}, fault.AdultsOnly},
		{"a minor is an officer", CityOfficer, person.Private{Verified: true, GivenName: "Әли", BirthDate: minor}, fault.AdultsOnly},
		{"a minor leads an NGO", NgoLead, person.Private{Verified: true, GivenName: "Әли", BirthDate: minor}, ""},
		{"whose address is not verified", NgoLead, person.Private{GivenName: "Әли", BirthDate: adult}, fault.EmailUnverified},
		{"who has no name", NgoLead, person.Private{Verified: true, BirthDate: adult}, fault.ProfileIncomplete},
	} {
		if got := (&Grant{Role: c.role}).refuseHolder(&person.Person{Private: c.is}, day); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
