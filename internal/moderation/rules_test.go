package moderation

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
)

var now = time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }

// What is moderated: what a team made, what a person wrote to a centre, an NGO, which no centre hosts, and a person.
var (
	ofTeam   = Subject{SubjectType: AboutTask, CentreID: some(who.Centre), TeamID: some(who.Team), NgoID: some(who.Ngo)}
	ofPerson = Subject{SubjectType: AboutProposal, CentreID: some(who.Centre), PersonID: some(who.Person)}
	anNgo    = Subject{SubjectType: AboutNgo, NgoID: some(who.Ngo)}
	aPerson  = Subject{SubjectType: AboutPerson, SubjectID: who.Person, CentreID: some(who.Centre), PersonID: some(who.Person)}
)

func TestWhomASubjectConcerns(t *testing.T) {
	who.Only(t, "concerned by a team's task", ofTeam.concerns, who.Lead, who.NgoLead)
	who.Only(t, "concerned by a proposal", ofPerson.concerns, who.Owner)
	who.Only(t, "concerned by an NGO", anNgo.concerns, who.NgoLead)
	who.Only(t, "too close to a team's task", ofTeam.own, who.Member, who.Lead, who.NgoLead)
	who.Only(t, "too close to a proposal", ofPerson.own, who.Owner)
	who.Only(t, "responsible for a team's task", ofTeam.moderated, who.Coordinator, who.Officer)
	who.Only(t, "responsible for an NGO", anNgo.moderated, who.Officer)
	none := &auth.Actor{Centres: []uuid.UUID{uuid.Nil}}
	if anNgo.moderated(none) {
		t.Error("what has no centre is moderated as if it had one")
	}
}

func TestWhoSeesASubject(t *testing.T) {
	who.Only(t, "a public task", (&standing{Subject: ofTeam, Public: true}).seenBy, who.All()...)
	who.Only(t, "a hidden task", (&standing{Subject: ofTeam}).seenBy, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
	who.Only(t, "a hidden proposal", (&standing{Subject: ofPerson}).seenBy, who.Owner, who.Coordinator, who.Officer)
}

// TestWhoReports: anyone except its owner and those who lead its team or NGO.
func TestWhoReports(t *testing.T) {
	who.Codes(t, "a team's task", ofTeam.RefuseReport, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: fault.OwnCase, who.NgoLead: fault.OwnCase, who.Everyone: ""})
	who.Codes(t, "a proposal", ofPerson.RefuseReport, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Owner: fault.OwnCase, who.Everyone: ""})
}

// TestWhoHides: the host centre's coordinators and officers; what no centre hosts, and people's names, officers alone.
func TestWhoHides(t *testing.T) {
	hide := func(s Subject, hidden bool) func(*auth.Actor) fault.Code {
		return func(a *auth.Actor) fault.Code { return s.RefuseHide(a, hidden) }
	}
	who.Codes(t, "a team's task", hide(ofTeam, false), map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: "", who.Officer: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "an NGO", hide(anNgo, false), map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
	who.Codes(t, "a person's name", hide(aPerson, false), map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
	who.Codes(t, "what is hidden", hide(ofTeam, true), map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: fault.WrongState,
		who.Officer: fault.WrongState, who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	for name, a := range tooClose() {
		if got := ofTeam.RefuseHide(a, false); got != fault.OwnCase {
			t.Errorf("%s hides the team's task: %q", name, got)
		}
	}
}

// tooClose returns people who would be responsible, were it not theirs.
func tooClose() map[string]*auth.Actor {
	return map[string]*auth.Actor{
		"a coordinator in the team":     {PersonID: uuid.New(), Centres: []uuid.UUID{who.Centre}, Teams: []uuid.UUID{who.Team}},
		"an officer who leads the team": {PersonID: uuid.New(), Officer: true, Teams: []uuid.UUID{who.Team}, Leads: []uuid.UUID{who.Team}},
		"an officer who leads the NGO":  {PersonID: uuid.New(), Officer: true, Ngos: []uuid.UUID{who.Ngo}},
	}
}

func TestReports(t *testing.T) {
	r := &Report{Subject: ofTeam, ReporterID: who.Person, State: Open}
	who.Only(t, "a report of a team's task", r.Visible, who.Owner, who.Coordinator, who.Officer)
	who.Only(t, "what was reported to the centre", func(a *auth.Actor) bool { return MaySeeQueue(a, who.Centre) }, who.Coordinator, who.Officer)
	who.Codes(t, "answering", r.refuse, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: "", who.Officer: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	for name, a := range tooClose() {
		if r.Visible(a) {
			t.Errorf("%s sees who reported the team's task", name)
		}
		if got := r.refuse(a); got != fault.OwnCase {
			t.Errorf("%s answers it: %q", name, got)
		}
	}
	for _, state := range []ReportState{Upholding, Dismissed} {
		if got := (&Report{Subject: ofTeam, State: state}).refuse(who.Officer.Get()); got != fault.WrongState {
			t.Errorf("answering one that is %s: %q", state, got)
		}
	}
}

// decided returns a decision that somebody else has just made.
func decided(kind DecisionKind, state DecisionState) *Decision {
	return &Decision{Kind: kind, Subject: ofTeam, State: state, DecidedBy: uuid.New(), DecidedAt: now}
}

func TestWhoSeesADecision(t *testing.T) {
	who.Only(t, "a decision about a team's task", decided(Hide, InForce).Visible, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
}

func TestStatesOfADecision(t *testing.T) {
	byAll := map[rule.Verb]*auth.Actor{Appeal: who.Lead.Get(), AnswerAppeal: who.Officer.Get(), ShowContent: who.Officer.Get(), EndSuspension: who.Officer.Get()}
	for _, c := range []struct {
		verb rule.Verb
		kind DecisionKind
		from []DecisionState
	}{
		{Appeal, Hide, []DecisionState{InForce}},
		{Appeal, Suspend, []DecisionState{InForce}},
		{AnswerAppeal, Hide, []DecisionState{Appealed}},
		{AnswerAppeal, Suspend, []DecisionState{Appealed}},
		{ShowContent, Hide, []DecisionState{InForce, Appealed, Upheld}},
		{ShowContent, Suspend, nil},
		{EndSuspension, Hide, nil},
		{EndSuspension, Suspend, []DecisionState{InForce, Appealed, Upheld}},
	} {
		for _, state := range []DecisionState{InForce, Appealed, Upheld, Overturned, Ended} {
			want := fault.When(!slices.Contains(c.from, state), fault.WrongState)
			if got := decided(c.kind, state).refuse(c.verb, byAll[c.verb], now); got != want {
				t.Errorf("%s of %s in %s: %q, want %q", c.verb, c.kind, state, got, want)
			}
		}
	}
}

// TestWhoMovesADecision: those it concerns appeal; those responsible end it, and another of them answers the appeal.
func TestWhoMovesADecision(t *testing.T) {
	responsible := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: "", who.Officer: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre}
	who.Codes(t, "appealing", func(a *auth.Actor) fault.Code { return decided(Hide, InForce).refuse(Appeal, a, now) },
		map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Everyone: fault.NotYours})
	who.Codes(t, "showing", func(a *auth.Actor) fault.Code { return decided(Hide, InForce).refuse(ShowContent, a, now) }, responsible)
	who.Codes(t, "answering", func(a *auth.Actor) fault.Code { return decided(Hide, Appealed).refuse(AnswerAppeal, a, now) }, responsible)
	own, decider := decided(Hide, Appealed), who.Officer.Get()
	own.DecidedBy = decider.PersonID
	if got := own.refuse(AnswerAppeal, decider, now); got != fault.OwnCase {
		t.Errorf("whoever decided answers the appeal: %q", got)
	}
	if got := own.refuse(ShowContent, decider, now); got != "" {
		t.Errorf("whoever decided ends it: %q", got)
	}
	for name, a := range tooClose() {
		if got := decided(Hide, InForce).refuse(ShowContent, a, now); got != fault.OwnCase {
			t.Errorf("%s shows the team's task: %q", name, got)
		}
	}
}

func TestAnAppealWithinThirtyDays(t *testing.T) {
	const thirtyDays = 30 * 24 * time.Hour
	for _, c := range []struct {
		verb rule.Verb
		a    *auth.Actor
		at   time.Time
		want fault.Code
	}{
		{Appeal, who.Lead.Get(), now.Add(thirtyDays - time.Nanosecond), ""},
		{Appeal, who.Lead.Get(), now.Add(thirtyDays), fault.TooLate},
		{ShowContent, who.Officer.Get(), now.Add(thirtyDays), ""},
	} {
		if got := decided(Hide, InForce).refuse(c.verb, c.a, c.at); got != c.want {
			t.Errorf("%s at %s: %q, want %q", c.verb, c.at, got, c.want)
		}
	}
}

// TestWhoSuspends: officers anyone, coordinators those of their centre who act for nobody; never themselves, and the city keeps an
// officer.
func TestWhoSuspends(t *testing.T) {
	officers := []uuid.UUID{who.Person, uuid.New()}
	suspend := func(f facts, officers []uuid.UUID) func(*auth.Actor) fault.Code {
		return func(a *auth.Actor) fault.Code { return refuseSuspension(a, who.Person, f, officers) }
	}
	who.Codes(t, "somebody of the centre", suspend(facts{CentreID: some(who.Centre)}, officers), map[who.Actor]fault.Code{
		who.Coordinator: "", who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "somebody of no centre", suspend(facts{}, officers), map[who.Actor]fault.Code{
		who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "one of the staff", suspend(facts{CentreID: some(who.Centre), Staff: true}, officers), map[who.Actor]fault.Code{
		who.Coordinator: fault.NotOfficer, who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "somebody suspended", suspend(facts{CentreID: some(who.Centre), Suspended: true}, officers), map[who.Actor]fault.Code{
		who.Coordinator: fault.WrongState, who.Officer: fault.WrongState, who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "the only officer", suspend(facts{Staff: true}, officers[:1]), map[who.Actor]fault.Code{
		who.Officer: fault.LastOfficer, who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	who.Codes(t, "somebody else beside the only officer", suspend(facts{}, officers[:1]), map[who.Actor]fault.Code{
		who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre})
	own := who.Officer.Get()
	if got := refuseSuspension(own, own.PersonID, facts{}, officers); got != fault.OwnCase {
		t.Errorf("themselves: %q", got)
	}
}
