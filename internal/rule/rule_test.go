package rule_test

import (
	"testing"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
)

func TestOnlyFor(t *testing.T) {
	who.Codes(t, "only for the centre's coordinators", func(a *auth.Actor) fault.Code {
		return rule.OnlyFor(a, func(a *auth.Actor) bool { return a.Coordinates(who.Centre) }, fault.NotYourCentre)
	}, map[who.Actor]fault.Code{who.Coordinator: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "only for a role that nobody waits for", func(a *auth.Actor) fault.Code {
		return rule.OnlyFor(a, func(a *auth.Actor) bool { return a.LeadsNgo(who.Ngo) }, fault.NotYourNgo)
	}, map[who.Actor]fault.Code{who.NgoLead: "", who.Everyone: fault.NotYourNgo})
	who.Codes(t, "only for officers", rule.OnlyOfficers,
		map[who.Actor]fault.Code{who.Officer: "", who.Visitor: fault.Unauthenticated, who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
}

func TestSignedIn(t *testing.T) {
	for _, c := range []struct {
		signedIn        bool
		otherwise, want fault.Code
	}{
		{false, "", fault.Unauthenticated},
		{false, fault.NotLead, fault.Unauthenticated},
		{true, fault.NotLead, fault.NotLead},
		{true, "", ""},
	} {
		if got := rule.SignedIn(c.signedIn, c.otherwise); got != c.want {
			t.Errorf("%v, %q: %q, want %q", c.signedIn, c.otherwise, got, c.want)
		}
	}
}

func TestFor(t *testing.T) {
	if a := rule.For("OPEN", "", ""); a.Action != "OPEN" || !a.Allowed() {
		t.Errorf("nothing refuses it: %+v", a)
	}
	if a := rule.For("OPEN", "", fault.NotLead, fault.WrongState); a.Allowed() || *a.Reason != fault.NotLead {
		t.Errorf("two refuse it: %+v", a)
	}
}

func TestStates(t *testing.T) {
	states := rule.States[string]{"OPEN": {"DRAFT"}, "CANCEL": {"DRAFT", "OPEN"}}
	for _, c := range []struct {
		verb rule.Verb
		from string
		want fault.Code
	}{
		{"OPEN", "DRAFT", ""},
		{"OPEN", "OPEN", fault.WrongState},
		{"CANCEL", "DRAFT", ""},
		{"CANCEL", "OPEN", ""},
		{"CANCEL", "CANCELLED", fault.WrongState},
		{"NO_VERB", "DRAFT", fault.WrongState},
	} {
		if got := states.Refuse(c.verb, c.from); got != c.want {
			t.Errorf("%s from %s: %q, want %q", c.verb, c.from, got, c.want)
		}
	}
}
