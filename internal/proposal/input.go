package proposal

import (
	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/lang"
	"jastarhub/internal/photo"
)

// ProposalFilter selects which proposals a list holds.
type ProposalFilter struct {
	DistrictID        *uuid.UUID
	CentreID          *uuid.UUID
	States            []ProposalState
	AdoptableByTeamID *uuid.UUID
	Overdue           *bool
	Text              *string
}

func (f *ProposalFilter) validate() error {
	var c fault.Check
	if f.Text != nil {
		c.Text("filter.text", f.Text, 3, 100)
	}
	return c.Err()
}

// SubmitProposalInput is a new proposal.
type SubmitProposalInput struct {
	DistrictID uuid.UUID
	CentreID   *uuid.UUID
	Title      string
	Text       string
	Language   lang.Language
	Place      *string
	Point      *geo.Point
	Photos     *photo.PhotosInput
}

func (in *SubmitProposalInput) validate() error {
	var c fault.Check
	c.Name("title", &in.Title, 5, 120)
	c.Text("text", &in.Text, 10, 4000)
	c.OptionalText("place", &in.Place, 200)
	in.Point.Check(&c, "point")
	in.Photos.Check(&c, photo.MostOfProposal)
	return c.Err()
}

// ByID names the proposal of a mutation that needs nothing else.
type ByID struct{ ID uuid.UUID }

// Inputs of one id.
type (
	ReviewProposalInput  = ByID
	SupportProposalInput = ByID
	WithdrawSupportInput = ByID
)

// AskForInfoInput is a question to the author.
type AskForInfoInput struct {
	ID       uuid.UUID
	Question string
}

func (in *AskForInfoInput) validate() error {
	var c fault.Check
	c.Text("question", &in.Question, 5, 1000)
	return c.Err()
}

// AnswerInfoInput is the author's answer.
type AnswerInfoInput struct {
	ID     uuid.UUID
	Answer string
}

func (in *AnswerInfoInput) validate() error {
	var c fault.Check
	c.Text("answer", &in.Answer, 1, 4000)
	return c.Err()
}

// AcceptProposalInput accepts a proposal.
type AcceptProposalInput struct {
	ID    uuid.UUID
	Words *string
}

func (in *AcceptProposalInput) validate() error {
	var c fault.Check
	c.OptionalText("words", &in.Words, 1000)
	return c.Err()
}

// DeclineProposalInput declines a proposal, with the reason.
type DeclineProposalInput struct {
	ID     uuid.UUID
	Reason DeclineReason
	Words  string
}

func (in *DeclineProposalInput) validate() error {
	var c fault.Check
	c.Text("words", &in.Words, 10, 1000)
	return c.Err()
}

// MergeProposalInput merges a proposal into another.
type MergeProposalInput struct {
	ID     uuid.UUID
	IntoID uuid.UUID
	Words  *string
}

func (in *MergeProposalInput) validate() error {
	var c fault.Check
	c.OptionalText("words", &in.Words, 1000)
	return c.Err()
}

// AnswerMergeInput says whether the person's support moves along with a merged proposal.
type AnswerMergeInput struct {
	ProposalID uuid.UUID
	Move       bool
}

// WithdrawProposalInput withdraws a proposal.
type WithdrawProposalInput struct {
	ID     uuid.UUID
	Reason *string
}

func (in *WithdrawProposalInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}

// ReassignProposalInput hands a proposal to another centre.
type ReassignProposalInput struct {
	ID       uuid.UUID
	CentreID uuid.UUID
	Reason   *string
}

func (in *ReassignProposalInput) validate() error {
	var c fault.Check
	c.OptionalText("reason", &in.Reason, 1000)
	return c.Err()
}
