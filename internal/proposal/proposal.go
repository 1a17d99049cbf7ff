// Package proposal is what people say the city should do, and what became of it.
package proposal

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/page"
	"jastarhub/internal/rule"
)

// ProposalState is where a proposal stands.
type ProposalState string

// The states.
const (
	Submitted ProposalState = "SUBMITTED"
	InReview  ProposalState = "IN_REVIEW"
	NeedsInfo ProposalState = "NEEDS_INFO"
	Accepted  ProposalState = "ACCEPTED"
	Declined  ProposalState = "DECLINED"
	Merged    ProposalState = "MERGED"
	Withdrawn ProposalState = "WITHDRAWN"
)

// DeclineReason is the code that a no carries.
type DeclineReason string

// ProposalOrder is the order of a list.
type ProposalOrder string

// The orders.
const (
	Newest        ProposalOrder = "NEWEST"
	MostSupported ProposalOrder = "MOST_SUPPORTED"
	Oldest        ProposalOrder = "OLDEST"
)

// Proposal is what the city should do, as somebody living here sees it.
type Proposal struct {
	ID            uuid.UUID      `db:"id"`
	DistrictID    uuid.UUID      `db:"district_id"`
	CentreID      uuid.UUID      `db:"centre_id"`
	AuthorID      uuid.UUID      `db:"author_id"`
	Title         string         `db:"title"`
	Text          string         `db:"text"`
	Language      lang.Language  `db:"language"`
	Place         *string        `db:"place"`
	State         ProposalState  `db:"state"`
	Question      *string        `db:"question"`
	DeclineReason *DeclineReason `db:"decline_reason"`
	DeclineWords  *string        `db:"decline_words"`
	SupportCount  int            `db:"support_count"`
	CreatedAt     time.Time      `db:"created_at"`
	UpdatedAt     time.Time      `db:"updated_at"`
	HiddenID      uuid.NullUUID  `db:"hidden_id"` // the decision by which it is hidden
	TaskID        uuid.NullUUID  `db:"task_id"`   // the one task it became that is not cancelled
	geo.Columns
}

// ProposalConnection is a page of proposals.
type ProposalConnection = page.Connection[Proposal]

// ProposalEdge is a proposal with its place in a list.
type ProposalEdge = page.Edge[Proposal]

// ProposalPayload is what a mutation changed.
type ProposalPayload struct{ Proposal *Proposal }

// The verbs.
const (
	SubmitProposal   rule.Verb = "SUBMIT_PROPOSAL"
	ReviewProposal   rule.Verb = "REVIEW_PROPOSAL"
	AskForInfo       rule.Verb = "ASK_FOR_INFO"
	AnswerInfo       rule.Verb = "ANSWER_INFO"
	AcceptProposal   rule.Verb = "ACCEPT_PROPOSAL"
	DeclineProposal  rule.Verb = "DECLINE_PROPOSAL"
	WithdrawProposal rule.Verb = "WITHDRAW_PROPOSAL"
	ReassignProposal rule.Verb = "REASSIGN_PROPOSAL"
	AdoptProposal    rule.Verb = "ADOPT_PROPOSAL"
	SupportProposal  rule.Verb = "SUPPORT_PROPOSAL"
	WithdrawSupport  rule.Verb = "WITHDRAW_SUPPORT"
)

var verbs = []rule.Verb{ReviewProposal, AskForInfo, AnswerInfo, AcceptProposal, DeclineProposal, WithdrawProposal,
	ReassignProposal, AdoptProposal, SupportProposal, WithdrawSupport}

var states = rule.States[ProposalState]{
	ReviewProposal:   {Submitted},
	AskForInfo:       {InReview},
	AnswerInfo:       {NeedsInfo},
	AcceptProposal:   {InReview},
	DeclineProposal:  {InReview},
	WithdrawProposal: {Submitted, InReview, NeedsInfo},
	ReassignProposal: {Submitted, InReview},
	AdoptProposal:    {Accepted},
	SupportProposal:  {Submitted, InReview, NeedsInfo, Accepted},
	WithdrawSupport:  {Submitted, InReview, NeedsInfo, Accepted},
}

// Visible tells whether the actor may see the proposal: all may, unless it is hidden.
func (p *Proposal) Visible(a *auth.Actor) bool {
	return !p.HiddenID.Valid || a.Is(p.AuthorID) || a.Coordinates(p.CentreID) || a.IsOfficer()
}

// refuse says why the actor may not do this now; supported tells whether the actor supports the proposal.
func (p *Proposal) refuse(verb rule.Verb, a *auth.Actor, supported bool) fault.Code {
	if a == nil {
		return fault.Unauthenticated
	}
	if code := p.refuseActor(verb, a); code != "" {
		return code
	}
	if code := states.Refuse(verb, p.State); code != "" {
		return code
	}
	switch verb {
	case SupportProposal:
		return rule.Unless(!supported, fault.AlreadySupported)
	case WithdrawSupport:
		return rule.Unless(supported, fault.NotSupported)
	case AdoptProposal:
		return rule.Unless(!p.TaskID.Valid, fault.AlreadyAdopted)
	}
	return ""
}

func (p *Proposal) refuseActor(verb rule.Verb, a *auth.Actor) fault.Code {
	coordinator := func(a *auth.Actor) bool { return a.Coordinates(p.CentreID) }
	switch verb {
	case AnswerInfo, WithdrawProposal:
		return rule.Unless(a.Is(p.AuthorID), fault.NotYours)
	case ReassignProposal:
		return rule.OnlyFor(a, func(a *auth.Actor) bool { return coordinator(a) || a.IsOfficer() }, fault.NotYourCentre)
	case AdoptProposal:
		return rule.Unless(len(a.Leads)+len(a.Ngos) > 0, fault.NotLead)
	case SupportProposal, WithdrawSupport:
		return ""
	}
	return rule.OnlyFor(a, coordinator, fault.NotYourCentre)
}

// RefuseAdoption says why no team of the actor may take the proposal on now.
func (p *Proposal) RefuseAdoption(a *auth.Actor) fault.Code { return p.refuse(AdoptProposal, a, false) }

func (p *Proposal) actions(a *auth.Actor, supported bool) []*rule.Action {
	actions := make([]*rule.Action, len(verbs))
	for i, verb := range verbs {
		actions[i] = rule.For(verb, p.refuse(verb, a, supported))
	}
	return actions
}

// actingAs is the role in which the actor did what refuse allowed.
func (p *Proposal) actingAs(verb rule.Verb, a *auth.Actor) history.ActingAs {
	if verb == AnswerInfo || verb == WithdrawProposal {
		return history.Author
	}
	if a.Coordinates(p.CentreID) {
		return history.Coordinator
	}
	return history.Officer
}
