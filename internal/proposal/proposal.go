// Package proposal is what people propose to the city, and what became of it.
package proposal

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// ProposalState is the state of a proposal.
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

// DeclineReason is the reason code of a declined proposal.
type DeclineReason string

// ProposalOrder is the order of a list.
type ProposalOrder string

// The orders.
const (
	Newest        ProposalOrder = "NEWEST"
	MostSupported ProposalOrder = "MOST_SUPPORTED"
	Oldest        ProposalOrder = "OLDEST"
	DueFirst      ProposalOrder = "DUE_FIRST"
)

// Proposal is what somebody who lives here proposes to the city.
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
	ReactBy       time.Time      `db:"react_by"`
	Deciding      time.Time      `db:"decide_by"`   // the deadline if the clock were not stopped
	AskedAt       *time.Time     `db:"asked_at"`    // since when the clock is stopped
	DueAt         *time.Time     `db:"due_at"`      // the deadline of its state
	MergedInto    uuid.NullUUID  `db:"merged_into"` // null unless MERGED
	HiddenID      uuid.NullUUID  `db:"hidden_id"`   // the decision by which it is hidden
	TaskID        uuid.NullUUID  `db:"task_id"`     // the task it became, unless that is cancelled
	geo.Columns
}

// ProposalConnection is a page of proposals.
type ProposalConnection = paging.Connection[Proposal]

// ProposalEdge is a proposal with its place in a list.
type ProposalEdge = paging.Edge[Proposal]

// ProposalPayload is what a mutation changed.
type ProposalPayload struct{ Proposal *Proposal }

type (
	AcceptProposalPayload   = ProposalPayload
	AnswerInfoPayload       = ProposalPayload
	AnswerMergePayload      = ProposalPayload
	AskForInfoPayload       = ProposalPayload
	DeclineProposalPayload  = ProposalPayload
	MergeProposalPayload    = ProposalPayload
	ReassignProposalPayload = ProposalPayload
	ReviewProposalPayload   = ProposalPayload
	SubmitProposalPayload   = ProposalPayload
	SupportProposalPayload  = ProposalPayload
	WithdrawProposalPayload = ProposalPayload
	WithdrawSupportPayload  = ProposalPayload
)

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
	MergeProposal    rule.Verb = "MERGE_PROPOSAL"
	AnswerMerge      rule.Verb = "ANSWER_MERGE"
	SupportProposal  rule.Verb = "SUPPORT_PROPOSAL"
	WithdrawSupport  rule.Verb = "WITHDRAW_SUPPORT"
)

var verbs = []rule.Verb{ReviewProposal, AskForInfo, AnswerInfo, AcceptProposal, DeclineProposal, WithdrawProposal,
	ReassignProposal, MergeProposal, AnswerMerge, AdoptProposal, SupportProposal, WithdrawSupport}

var states = rule.States[ProposalState]{
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
	SupportProposal:  live,
	WithdrawSupport:  live,
}

// live are the states in which a proposal may be supported, and merged into.
var live = []ProposalState{Submitted, InReview, NeedsInfo, Accepted}

// facts are what the rules need to know about a person and a proposal.
type facts struct {
	Supports bool `db:"supports"`
	Asked    bool `db:"asked"` // has not answered yet whether the support moves along with the merged proposal
}

// Visible reports whether the actor may see the proposal: everyone may, unless it is hidden. A withdrawn one is visible to its
// author only.
func (p *Proposal) Visible(a *auth.Actor) bool {
	if p.State == Withdrawn {
		return a.Is(p.AuthorID)
	}
	return !p.HiddenID.Valid || a.Is(p.AuthorID) || a.Coordinates(p.CentreID) || a.IsOfficer()
}

// refuse returns why the actor, who has this relation to the proposal, may not do this now.
func (p *Proposal) refuse(verb rule.Verb, a *auth.Actor, f facts) fault.Code {
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
		return fault.When(f.Supports, fault.AlreadySupported)
	case WithdrawSupport:
		return fault.When(!f.Supports, fault.NotSupported)
	case AnswerMerge:
		return fault.When(!f.Asked, fault.NotAsked)
	case AdoptProposal:
		return fault.When(p.TaskID.Valid, fault.AlreadyAdopted)
	}
	return ""
}

func (p *Proposal) refuseActor(verb rule.Verb, a *auth.Actor) fault.Code {
	coordinator := func(a *auth.Actor) bool { return a.Coordinates(p.CentreID) }
	switch verb {
	case AnswerInfo, WithdrawProposal:
		return fault.When(!a.Is(p.AuthorID), fault.NotYours)
	case ReassignProposal:
		return rule.OnlyFor(a, func(a *auth.Actor) bool { return coordinator(a) || a.IsOfficer() }, fault.NotYourCentre)
	case AdoptProposal:
		return fault.When(len(a.Leads)+len(a.Ngos) == 0, fault.NotLead)
	case SupportProposal, WithdrawSupport, AnswerMerge:
		return ""
	}
	return rule.OnlyFor(a, coordinator, fault.NotYourCentre)
}

// RefuseAdoption returns why no team of the actor may adopt the proposal now.
func (p *Proposal) RefuseAdoption(a *auth.Actor) fault.Code {
	return p.refuse(AdoptProposal, a, facts{})
}

func (p *Proposal) actions(a *auth.Actor, f facts) []*rule.Action {
	actions := make([]*rule.Action, len(verbs))
	for i, verb := range verbs {
		actions[i] = rule.For(verb, p.refuse(verb, a, f))
	}
	return actions
}

// actingAs returns the role in which the actor did what refuse allowed.
func (p *Proposal) actingAs(verb rule.Verb, a *auth.Actor) history.ActingAs {
	if verb == AnswerInfo || verb == WithdrawProposal {
		return history.Author
	}
	if a.Coordinates(p.CentreID) {
		return history.Coordinator
	}
	return history.Officer
}
