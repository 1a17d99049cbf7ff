// Package notice tells people things: in the app, by email and by Telegram.
package notice

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/geo"
	"jastarhub/internal/lang"
	"jastarhub/internal/letters"
	"jastarhub/internal/paging"
)

// NoticeKind is what a notice is about.
type NoticeKind string

// The kinds.
const (
	ProposalNew        NoticeKind = "PROPOSAL_NEW"
	ProposalMoved      NoticeKind = "PROPOSAL_MOVED"
	ProposalMerged     NoticeKind = "PROPOSAL_MERGED"
	ProposalInfoWanted NoticeKind = "PROPOSAL_INFO_WANTED"
	ProposalOverdue    NoticeKind = "PROPOSAL_OVERDUE"

	TaskFromProposal NoticeKind = "TASK_FROM_PROPOSAL"
	TaskToVerify     NoticeKind = "TASK_TO_VERIFY"
	TaskVerified     NoticeKind = "TASK_VERIFIED"
	TaskSentBack     NoticeKind = "TASK_SENT_BACK"
	TaskDisputed     NoticeKind = "TASK_DISPUTED"
	TaskCancelled    NoticeKind = "TASK_CANCELLED"

	SignupConfirmed NoticeKind = "SIGNUP_CONFIRMED"
	SeatOffered     NoticeKind = "SEAT_OFFERED"
	OfferExpired    NoticeKind = "OFFER_EXPIRED"
	OfferWithdrawn  NoticeKind = "OFFER_WITHDRAWN"
	SeatsLate       NoticeKind = "SEATS_LATE"
	ShiftChanged    NoticeKind = "SHIFT_CHANGED"
	ShiftCancelled  NoticeKind = "SHIFT_CANCELLED"
	ShiftTomorrow   NoticeKind = "SHIFT_TOMORROW"
	ShiftToday      NoticeKind = "SHIFT_TODAY"

	MembershipRequested NoticeKind = "MEMBERSHIP_REQUESTED"
	MembershipInvited   NoticeKind = "MEMBERSHIP_INVITED"
	MembershipAnswered  NoticeKind = "MEMBERSHIP_ANSWERED"
	MembershipEnded     NoticeKind = "MEMBERSHIP_ENDED"

	ConsentAnswered NoticeKind = "CONSENT_ANSWERED"

	HoursAnswered      NoticeKind = "HOURS_ANSWERED"
	CertificateRevoked NoticeKind = "CERTIFICATE_REVOKED"
)

// NoticeSubject is the type of object that a notice leads to.
type NoticeSubject string

// The types of objects.
const (
	OfProposal    NoticeSubject = "PROPOSAL"
	OfTask        NoticeSubject = "TASK"
	OfShift       NoticeSubject = "SHIFT"
	OfTeam        NoticeSubject = "TEAM"
	OfCertificate NoticeSubject = "CERTIFICATE"
	OfConsent     NoticeSubject = "CONSENT"
)

// Subject is the object that a notice leads to.
type Subject struct {
	Type NoticeSubject
	ID   uuid.UUID
}

// AboutProposal returns a proposal as a subject.
func AboutProposal(id uuid.UUID) Subject { return Subject{OfProposal, id} }

// AboutTask returns a task as a subject.
func AboutTask(id uuid.UUID) Subject { return Subject{OfTask, id} }

// AboutShift returns a shift as a subject; its title is the task's.
func AboutShift(id uuid.UUID) Subject { return Subject{OfShift, id} }

// AboutTeam returns a team as a subject.
func AboutTeam(id uuid.UUID) Subject { return Subject{OfTeam, id} }

// AboutCertificate returns a certificate as a subject.
func AboutCertificate(id uuid.UUID) Subject { return Subject{OfCertificate, id} }

// AboutConsent returns a consent as a subject.
func AboutConsent(id uuid.UUID) Subject { return Subject{OfConsent, id} }

// Details are what a text contains in addition to the subject's title. They contain no names, and nothing that a person wrote as a
// private individual: other people keep them when that person's account is erased.
type Details struct {
	Step    string     `json:"step,omitempty"`    // what happened, where a kind has several cases: a verb or a state
	Words   string     `json:"words,omitempty"`   // the reason, or the question, from a team or a centre
	When    *time.Time `json:"when,omitempty"`    // when a shift starts
	Until   *time.Time `json:"until,omitempty"`   // the deadline for acting
	Minutes int        `json:"minutes,omitempty"` // hours worked
	Number  string     `json:"number,omitempty"`  // of a certificate
	Scopes  []string   `json:"scopes,omitempty"`  // of a consent
	Was     *Facts     `json:"was,omitempty"`     // of a changed shift: what was different before
	Is      *Facts     `json:"is,omitempty"`      // and what it is now
	CheckIn string     `json:"checkIn,omitempty"` // what became of the person's check-in
}

// News is what there is to tell.
type News struct {
	Kind    NoticeKind
	About   Subject
	Details Details
	// Event identifies what happened where the moment of telling does not: a reminder that several hubs are about to send, or a
	// move that a person would be told about in two ways. Nobody is told twice about one event. "" stands for this very moment.
	Event string
	// Before is when the news comes too late: if it cannot wait for the morning, it is pushed at night too. Zero can wait.
	Before time.Time
}

// Notice is something that one person is told.
type Notice struct {
	ID          uuid.UUID     `db:"id"`
	PersonID    uuid.UUID     `db:"person_id"`
	Kind        NoticeKind    `db:"kind"`
	SubjectType NoticeSubject `db:"subject_type"`
	SubjectID   uuid.UUID     `db:"subject_id"`
	Details     Details       `db:"details"`
	CreatedAt   time.Time     `db:"created_at"`
	ReadAt      *time.Time    `db:"read_at"`
	TaskID      uuid.NullUUID `db:"task_id"`   // of the shift that it leads to
	CentreID    uuid.NullUUID `db:"centre_id"` // the centre that verifies the result of the task that it leads to
	Called      lang.Text     `db:"called"`    // the name of the subject; empty where it may not be seen
	LedBefore   names         `db:"led_before"`
	LedNow      names         `db:"led_now"`
	Place       string        `db:"place"` // of the shift that it leads to; "" where it may not be seen
	geo.Columns
}

// NoticeConnection is a page of notices.
type NoticeConnection = paging.Connection[Notice]

// NoticeEdge is a notice with its place in a list.
type NoticeEdge = paging.Edge[Notice]

// Topic returns the topic by which the person chooses channels.
func (n *Notice) Topic() NoticeTopic { return kinds[n.Kind].topic }

// withdrawn is the step after which a proposal is shown to its author only.
const withdrawn = "WITHDRAW_PROPOSAL"

// Path returns the page of the app that shows the subject or, where there is something to do, the page where it is done.
func (n *Notice) Path() string {
	switch {
	case n.Kind == SeatOffered:
		return "/me"
	case n.Kind == HoursAnswered:
		return "/me/record"
	case n.Kind == MembershipRequested:
		return "/desk/teams/" + n.SubjectID.String() + "/people"
	case n.Kind == TaskSentBack:
		return "/desk/tasks/" + n.SubjectID.String()
	case n.Kind == TaskToVerify && n.CentreID.Valid:
		return "/desk/centres/" + n.CentreID.UUID.String() + "/results"
	case n.Details.Step == withdrawn:
		return "/proposals"
	case n.SubjectType == OfProposal:
		return "/proposals/" + n.SubjectID.String()
	case n.SubjectType == OfTask:
		return "/tasks/" + n.SubjectID.String()
	case n.SubjectType == OfShift:
		return "/tasks/" + n.TaskID.UUID.String()
	case n.SubjectType == OfTeam:
		return "/teams/" + n.SubjectID.String()
	case n.SubjectType == OfConsent:
		return "/me"
	}
	return "/certificates/" + n.Details.Number
}

// Scan reads details from the database.
func (d *Details) Scan(from any) error {
	text, ok := from.([]byte)
	if !ok {
		return fmt.Errorf("details of a notification are %T", from)
	}
	return json.Unmarshal(text, d)
}

// names are pairs of a given name and a family name.
type names [][2]string

// Scan reads them from the database; null is no names.
func (n *names) Scan(from any) error {
	text, ok := from.([]byte)
	if !ok {
		return nil
	}
	return json.Unmarshal(text, n)
}

// String lists people by first name and initial, the shortest form in which anyone is shown to others.
func (n names) String() string {
	shown := make([]string, len(n))
	for i, name := range n {
		shown[i] = strings.TrimSpace(name[0] + " " + letters.Initial(name[1]))
	}
	return strings.Join(shown, ", ")
}

// NoticeFilter is what notifications are wanted; all conditions must hold.
type NoticeFilter struct{ Unread bool }
