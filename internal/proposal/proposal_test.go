package proposal

import (
	"slices"
	"testing"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
)

var allStates = []ProposalState{Submitted, InReview, NeedsInfo, Accepted, Declined, Merged, Withdrawn}

func some(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }

func in(state ProposalState) *Proposal {
	return &Proposal{ID: uuid.New(), State: state, AuthorID: who.Person, CentreID: who.Centre}
}

func TestWhoSeesAProposal(t *testing.T) {
	for _, state := range allStates {
		hidden := in(state)
		hidden.HiddenID = some(uuid.New())
		if state == Withdrawn {
			who.Only(t, "a withdrawn proposal", in(state).Visible, who.Owner)
			who.Only(t, "a hidden withdrawn proposal", hidden.Visible, who.Owner)
			continue
		}
		who.Only(t, string(state), in(state).Visible, who.All()...)
		who.Only(t, string(state)+", hidden", hidden.Visible, who.Owner, who.Coordinator, who.Officer)
	}
}

// moves are the states from which each verb is possible.
var moves = map[rule.Verb][]ProposalState{
	ReviewProposal:   {Submitted},
	AskForInfo:       {InReview},
	AnswerInfo:       {NeedsInfo},
	AcceptProposal:   {InReview},
	DeclineProposal:  {InReview},
	WithdrawProposal: {Submitted, InReview, NeedsInfo},
	ReassignProposal: {Submitted, InReview},
	MergeProposal:    {InReview},
	AnswerMerge:      {Merged},
	AdoptProposal:    {Accepted},
	SupportProposal:  {Submitted, InReview, NeedsInfo, Accepted},
	WithdrawSupport:  {Submitted, InReview, NeedsInfo, Accepted},
}

// knows returns facts with which nothing but the state refuses the verb.
func knows(verb rule.Verb) facts {
	return facts{Supports: verb == WithdrawSupport, Asked: verb == AnswerMerge}
}

func TestStatesOfAProposal(t *testing.T) {
	if len(moves) != len(verbs) {
		t.Errorf("%d verbs in the table, %d in the code", len(moves), len(verbs))
	}
	byAll := &auth.Actor{PersonID: who.Person, Centres: []uuid.UUID{who.Centre}, Leads: []uuid.UUID{who.Team}}
	for verb, from := range moves {
		for _, state := range allStates {
			want := fault.When(!slices.Contains(from, state), fault.WrongState)
			if got := in(state).refuse(verb, byAll, knows(verb)); got != want {
				t.Errorf("%s from %s: %q, want %q", verb, state, got, want)
			}
		}
	}
}

func TestWhoMovesAProposal(t *testing.T) {
	byCentre := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre}
	byCentreOrCity := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Coordinator: "", who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourCentre}
	byAuthor := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Owner: "", who.Everyone: fault.NotYours}
	byAnyLead := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Elsewhere: "", who.Everyone: fault.NotLead}
	byAnyone := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Everyone: ""}
	for verb, codes := range map[rule.Verb]map[who.Actor]fault.Code{
		ReviewProposal: byCentre, AskForInfo: byCentre, AcceptProposal: byCentre, DeclineProposal: byCentre, MergeProposal: byCentre,
		ReassignProposal: byCentreOrCity, AnswerInfo: byAuthor, WithdrawProposal: byAuthor, AdoptProposal: byAnyLead,
		SupportProposal: byAnyone, WithdrawSupport: byAnyone, AnswerMerge: byAnyone,
	} {
		state := moves[verb][0]
		who.Codes(t, string(verb), func(a *auth.Actor) fault.Code { return in(state).refuse(verb, a, knows(verb)) }, codes)
	}
}

// TestOncePerPersonAndProposal: support is given once and withdrawn once, and one task comes of a proposal.
func TestOncePerPersonAndProposal(t *testing.T) {
	taken := in(Accepted)
	taken.TaskID = some(uuid.New())
	for _, c := range []struct {
		verb rule.Verb
		p    *Proposal
		f    facts
		want fault.Code
	}{
		{SupportProposal, in(Submitted), facts{Supports: true}, fault.AlreadySupported},
		{WithdrawSupport, in(Submitted), facts{}, fault.NotSupported},
		{AnswerMerge, in(Merged), facts{}, fault.NotAsked},
		{AdoptProposal, taken, facts{}, fault.AlreadyAdopted},
	} {
		if got := c.p.refuse(c.verb, who.Lead.Get(), c.f); got != c.want {
			t.Errorf("%s: %q, want %q", c.verb, got, c.want)
		}
	}
	if got := taken.RefuseAdoption(who.Lead.Get()); got != fault.AlreadyAdopted {
		t.Errorf("adopting it: %q", got)
	}
}

// TestMergingInto: a proposal is merged into another live one of its district.
func TestMergingInto(t *testing.T) {
	for _, state := range allStates {
		want := fault.When(!slices.Contains([]ProposalState{Submitted, InReview, NeedsInfo, Accepted}, state), fault.NotLive)
		if got := in(InReview).refuseInto(in(state)); got != want {
			t.Errorf("into one that is %s: %q, want %q", state, got, want)
		}
	}
	one, far, hidden := in(InReview), in(InReview), in(InReview)
	far.DistrictID, hidden.HiddenID = uuid.New(), some(uuid.New())
	for name, c := range map[string]struct {
		into *Proposal
		want fault.Code
	}{"itself": {one, fault.SameProposal}, "one of another district": {far, fault.OtherDistrict}, "a hidden one": {hidden, fault.NotLive}} {
		if got := one.refuseInto(c.into); got != c.want {
			t.Errorf("into %s: %q, want %q", name, got, c.want)
		}
	}
}
