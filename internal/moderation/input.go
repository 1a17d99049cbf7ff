package moderation

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/person"
)

// ReportFilter is what reports are wanted; all conditions must hold.
type ReportFilter struct {
	States []ReportState // nil means OPEN
}

// DecisionFilter is what decisions are wanted; all conditions must hold.
type DecisionFilter struct {
	States []DecisionState // nil means APPEALED
}

// or returns the states, or the one that is meant where none were given.
func or[S any](states []S, otherwise S) []S {
	if states == nil {
		return []S{otherwise}
	}
	return states
}

// HideContentInput hides something, with the reason.
type HideContentInput struct {
	SubjectID uuid.UUID
	Reason    ModerationReason
	Words     string
}

func (in *HideContentInput) validate() error {
	var c fault.Check
	c.Text("words", &in.Words, 3, 1000)
	return c.Err()
}

// far is the maximum length of a suspension that has an end.
const far = 5 * 365 * 24 * time.Hour

// SuspendPersonInput suspends somebody, with the reason.
type SuspendPersonInput struct {
	Person person.PersonReference
	Until  *time.Time
	Reason ModerationReason
	Words  string
}

func (in *SuspendPersonInput) validate(now time.Time) error {
	var c fault.Check
	in.Person.Check(&c)
	c.Text("words", &in.Words, 3, 1000)
	if in.Until != nil {
		c.Future("until", *in.Until, now)
		c.That(in.Until.Before(now.Add(far)), "until", "must be within five years")
	}
	return c.Err()
}

// EndInput ends a decision, with the reason.
type EndInput struct {
	ID     uuid.UUID
	Reason string
}

// Inputs that end a decision.
type (
	ShowContentInput   = EndInput
	EndSuspensionInput = EndInput
)

func (in *EndInput) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// AppealInput states why a decision is wrong.
type AppealInput struct {
	ID   uuid.UUID
	Text string
}

func (in *AppealInput) validate() error {
	var c fault.Check
	c.Text("text", &in.Text, 3, 4000)
	return c.Err()
}

// AnswerAppealInput upholds or overturns a decision.
type AnswerAppealInput struct {
	ID     uuid.UUID
	Uphold bool
	Words  string
}

func (in *AnswerAppealInput) validate() error {
	var c fault.Check
	c.Text("words", &in.Words, 3, 1000)
	return c.Err()
}
