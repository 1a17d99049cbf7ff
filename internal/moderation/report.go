package moderation

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// ModerationReason is what is wrong with something.
type ModerationReason string

// Other is the reason that has to be explained in words.
const Other ModerationReason = "OTHER"

// ReportState is the state of a report.
type ReportState string

// The states.
const (
	Open      ReportState = "OPEN"
	Upholding ReportState = "UPHELD"
	Dismissed ReportState = "DISMISSED"
)

// Report states what somebody finds wrong with something.
type Report struct {
	ID uuid.UUID `db:"id"`
	Subject
	ReporterID uuid.UUID        `db:"reporter_id"`
	Reason     ModerationReason `db:"reason"`
	Words      *string          `db:"words"`
	State      ReportState      `db:"state"`
	DecisionID uuid.NullUUID    `db:"decision_id"`
	CreatedAt  time.Time        `db:"created_at"`
	DecidedAt  *time.Time       `db:"decided_at"`
}

// ReportConnection is a page of reports.
type ReportConnection = paging.Connection[Report]

// ReportEdge is a report with its place in a list.
type ReportEdge = paging.Edge[Report]

// ReportPayload is what a mutation changed.
type ReportPayload struct{ Report *Report }

type (
	AnswerReportPayload  = ReportPayload
	ReportContentPayload = ReportPayload
)

// OldestReport is the order of every list of reports.
var OldestReport = paging.Order{Name: "reports-oldest"}

// The verbs.
const (
	ReportContent rule.Verb = "REPORT_CONTENT"
	AnswerReport  rule.Verb = "ANSWER_REPORT"
)

var reportStates = rule.States[ReportState]{AnswerReport: {Open}}

// Visible reports whether the actor may see the report: the person who made it, and those who decide about it, but not the person
// it is about.
func (r *Report) Visible(a *auth.Actor) bool {
	return a.Is(r.ReporterID) || r.moderated(a) && !r.own(a)
}

// MaySeeQueue reports whether the actor may see what was reported to the centre and decided there.
func MaySeeQueue(a *auth.Actor, centre uuid.UUID) bool { return a.Coordinates(centre) || a.IsOfficer() }

func (r *Report) refuse(a *auth.Actor) fault.Code {
	return rule.SignedIn(a != nil, cmp.Or(r.refuseModerator(a), reportStates.Refuse(AnswerReport, r.State)))
}

// Actions returns what the actor may do to the report now.
func (r *Report) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(AnswerReport, r.refuse(a))}
}

// ReportContentInput states what is wrong with something.
type ReportContentInput struct {
	SubjectID uuid.UUID
	Reason    ModerationReason
	Words     *string
}

func (in *ReportContentInput) validate() error {
	var c fault.Check
	c.OptionalText("words", &in.Words, 1000)
	c.That(in.Words != nil || in.Reason != Other, "words", "must be given for OTHER")
	return c.Err()
}

// AnswerReportInput closes a report.
type AnswerReportInput struct {
	ID     uuid.UUID
	Uphold bool
	Words  string
}

func (in *AnswerReportInput) validate() error {
	var c fault.Check
	c.Text("words", &in.Words, 3, 1000)
	return c.Err()
}
