package moderation

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// DecisionKind is what a decision does.
type DecisionKind string

// The kinds.
const (
	Hide    DecisionKind = "HIDE"
	Suspend DecisionKind = "SUSPEND"
)

// DecisionState is the state of a decision.
type DecisionState string

// The states; in the first three it is in force.
const (
	InForce    DecisionState = "IN_FORCE"
	Appealed   DecisionState = "APPEALED"
	Upheld     DecisionState = "UPHELD"
	Overturned DecisionState = "OVERTURNED"
	Ended      DecisionState = "ENDED"
)

// AppealTime is how long the person concerned by a decision may appeal.
const AppealTime = 30 * 24 * time.Hour

// Decision hides something, or suspends somebody.
type Decision struct {
	ID   uuid.UUID    `db:"id"`
	Kind DecisionKind `db:"kind"`
	Subject
	Reason     ModerationReason `db:"reason"`
	Words      string           `db:"words"`
	State      DecisionState    `db:"state"`
	Until      *time.Time       `db:"until"` // of a suspension; nil: no end
	DecidedBy  uuid.UUID        `db:"decided_by"`
	DecidedAt  time.Time        `db:"decided_at"`
	Appeal     *string          `db:"appeal"`
	AppealedAt *time.Time       `db:"appealed_at"`
	Answer     *string          `db:"answer"`
	AnsweredBy uuid.NullUUID    `db:"answered_by"`
	AnsweredAt *time.Time       `db:"answered_at"`
}

// DecisionConnection is a page of decisions.
type DecisionConnection = paging.Connection[Decision]

// DecisionEdge is a decision with its place in a list.
type DecisionEdge = paging.Edge[Decision]

// DecisionPayload is what a mutation changed.
type DecisionPayload struct{ Decision *Decision }

type (
	AnswerAppealPayload  = DecisionPayload
	AppealPayload        = DecisionPayload
	EndSuspensionPayload = DecisionPayload
	HideContentPayload   = DecisionPayload
	ShowContentPayload   = DecisionPayload
	SuspendPersonPayload = DecisionPayload
)

// OldestDecision is the order of the queues, NewestDecision that of a person's own decisions.
var (
	OldestDecision = paging.Order{Name: "decisions-oldest"}
	NewestDecision = paging.Order{Name: "decisions-newest"}
)

// The verbs.
const (
	HideContent   rule.Verb = "HIDE_CONTENT"
	ShowContent   rule.Verb = "SHOW_CONTENT"
	SuspendPerson rule.Verb = "SUSPEND_PERSON"
	EndSuspension rule.Verb = "END_SUSPENSION"
	Appeal        rule.Verb = "APPEAL"
	AnswerAppeal  rule.Verb = "ANSWER_APPEAL"
)

var decisionStates = rule.States[DecisionState]{
	ShowContent:   {InForce, Appealed, Upheld},
	EndSuspension: {InForce, Appealed, Upheld},
	Appeal:        {InForce},
	AnswerAppeal:  {Appealed},
}

var ending = map[rule.Verb]DecisionKind{ShowContent: Hide, EndSuspension: Suspend}

// AppealBy returns the time until which an appeal is accepted.
func (d *Decision) AppealBy() time.Time { return d.DecidedAt.Add(AppealTime) }

// Visible reports whether the actor may see the decision: anyone it concerns, and those who moderate its subject.
func (d *Decision) Visible(a *auth.Actor) bool { return d.concerns(a) || d.moderated(a) }

// refuse returns why the actor may not do this now.
func (d *Decision) refuse(verb rule.Verb, a *auth.Actor, now time.Time) fault.Code {
	if a == nil {
		return fault.Unauthenticated
	}
	kind, ends := ending[verb]
	return cmp.Or(d.refuseActor(verb, a), fault.When(ends && kind != d.Kind, fault.WrongState),
		decisionStates.Refuse(verb, d.State), fault.When(verb == Appeal && !now.Before(d.AppealBy()), fault.TooLate))
}

func (d *Decision) refuseActor(verb rule.Verb, a *auth.Actor) fault.Code {
	if verb == Appeal {
		return fault.When(!d.concerns(a), fault.NotYours)
	}
	return cmp.Or(d.refuseModerator(a), fault.When(verb == AnswerAppeal && a.Is(d.DecidedBy), fault.OwnCase))
}

// Actions returns what the actor may do to the decision now.
func (d *Decision) Actions(a *auth.Actor, now time.Time) []*rule.Action {
	var actions []*rule.Action
	for _, verb := range []rule.Verb{Appeal, AnswerAppeal, ShowContent, EndSuspension} {
		actions = append(actions, rule.For(verb, d.refuse(verb, a, now)))
	}
	return actions
}

// appealingAs returns the role in which the person concerned appeals.
func (d *Decision) appealingAs() history.ActingAs {
	switch {
	case !d.PersonID.Valid:
		return history.Lead
	case d.SubjectType == AboutPerson:
		return history.Person
	}
	return history.Author
}

// RefuseReport returns why the actor may not report something that the actor sees.
func (s Subject) RefuseReport(a *auth.Actor) fault.Code {
	return rule.SignedIn(a != nil, fault.When(s.concerns(a), fault.OwnCase))
}

// RefuseHide returns why the actor may not hide the subject; hidden is whether it is hidden already. Only officers may hide
// people's names.
func (s Subject) RefuseHide(a *auth.Actor, hidden bool) fault.Code {
	if s.SubjectType == AboutPerson {
		s.CentreID = uuid.NullUUID{}
	}
	return rule.SignedIn(a != nil, cmp.Or(s.refuseModerator(a), fault.When(hidden, fault.WrongState)))
}
