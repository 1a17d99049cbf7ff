package consent

import (
	"testing"
	"time"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
)

var (
	now   = time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	later = now.Add(time.Nanosecond)
)

// TestWhoSeesAConsent: the person, and whoever acts for any centre, because a guardian may bring the paper to the nearest one.
func TestWhoSeesAConsent(t *testing.T) {
	who.Only(t, "a consent", (&Consent{PersonID: who.Person}).Visible, who.Owner, who.Coordinator, who.Elsewhere)
}

func TestWhoWithdraws(t *testing.T) {
	who.Codes(t, "withdrawing", func(a *auth.Actor) fault.Code {
		return (&Consent{PersonID: who.Person, State: Given}).refuse(WithdrawConsent, a)
	},
		map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Owner: "", who.Coordinator: "", who.Elsewhere: "",
			who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYours})
}

// TestWhoRecordsAPaper: whoever acts for a centre, but for somebody else.
func TestWhoRecordsAPaper(t *testing.T) {
	who.Codes(t, "recording", func(a *auth.Actor) fault.Code { return refuseRecord(a, who.Person) },
		map[who.Actor]fault.Code{who.Coordinator: "", who.Elsewhere: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.Forbidden})
	own := who.Coordinator.Get()
	if got := refuseRecord(own, own.PersonID); got != fault.Forbidden {
		t.Errorf("a coordinator's own: %q", got)
	}
}

func TestStatesOfAConsent(t *testing.T) {
	for verb, from := range map[rule.Verb]map[ConsentState]bool{
		GiveConsent:     {Asked: true},
		DeclineConsent:  {Asked: true},
		WithdrawConsent: {Asked: true, Given: true},
	} {
		for _, state := range []ConsentState{Asked, Given, Declined, Withdrawn, Expired} {
			want := fault.WrongState
			if from[state] {
				want = ""
			}
			if got := (&Consent{PersonID: who.Person, State: state}).refuse(verb, who.Owner.Get()); got != want {
				t.Errorf("%s from %s: %q, want %q", verb, state, got, want)
			}
		}
	}
}

// TestALinksQuestion: what a guardian sees behind a link with one or several consents.
func TestALinksQuestion(t *testing.T) {
	waiting, late := &Consent{State: Asked, ExpiresAt: &later}, &Consent{State: Asked, ExpiresAt: &now}
	for _, c := range []struct {
		name               string
		consents           []*Consent
		open, live, lapsed bool
	}{
		{"waits for an answer", []*Consent{waiting}, true, false, false},
		{"is too late", []*Consent{late}, false, false, true},
		{"never expires", []*Consent{{State: Asked}}, false, false, true},
		{"was swept or replaced", []*Consent{{State: Expired, ExpiresAt: &later}}, false, false, true},
		{"was given", []*Consent{{State: Given, ExpiresAt: &later}}, false, true, false},
		{"was declined", []*Consent{{State: Declined}}, false, false, false},
		{"was withdrawn", []*Consent{{State: Withdrawn}}, false, false, false},
		{"one waits, one was given", []*Consent{{State: Given}, waiting}, true, true, false},
		{"one is too late, one was given", []*Consent{late, {State: Given}}, false, true, false},
		{"one is too late, one waits", []*Consent{late, waiting}, true, false, false},
	} {
		q := &Question{Consents: c.consents}
		if q.Open(now) != c.open || q.Live() != c.live || q.Lapsed(now) != c.lapsed {
			t.Errorf("%s: open %v, live %v, lapsed %v", c.name, q.Open(now), q.Live(), q.Lapsed(now))
		}
	}
}
