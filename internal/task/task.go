// Package task is the local city tasks that teams take on.
package task

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
	"jastarhub/internal/work"
)

// TaskState is the state of a task.
type TaskState string

// The states.
const (
	Draft       TaskState = "DRAFT"
	Open        TaskState = "OPEN"
	InProgress  TaskState = "IN_PROGRESS"
	ClaimedDone TaskState = "CLAIMED_DONE"
	Verified    TaskState = "VERIFIED"
	Cancelled   TaskState = "CANCELLED"
)

// TaskOrder is the order of a list.
type TaskOrder string

// The orders.
const (
	Newest     TaskOrder = "NEWEST"
	Oldest     TaskOrder = "OLDEST"
	Soonest    TaskOrder = "SOONEST"
	MostNeeded TaskOrder = "MOST_NEEDED"
)

// Task is a city task that a team takes on.
type Task struct {
	ID           uuid.UUID      `db:"id"`
	TeamID       uuid.UUID      `db:"team_id"`
	NgoID        uuid.UUID      `db:"ngo_id"`
	NgoState     ngo.NgoState   `db:"ngo_state"`
	CentreID     uuid.UUID      `db:"centre_id"`
	DistrictID   uuid.UUID      `db:"district_id"`
	ProposalID   uuid.NullUUID  `db:"proposal_id"`
	Title        string         `db:"title"`
	Description  string         `db:"description"`
	Language     lang.Language  `db:"language"`
	Place        *string        `db:"place"`
	MinAge       *int           `db:"min_age"`
	WorkClass    work.WorkClass `db:"work_class"`
	State        TaskState      `db:"state"`
	Percent      int            `db:"percent"`
	CreatedBy    uuid.UUID      `db:"created_by"`
	ClaimedBy    uuid.NullUUID  `db:"claimed_by"`
	CancelReason *string        `db:"cancel_reason"`
	CreatedAt    time.Time      `db:"created_at"`
	UpdatedAt    time.Time      `db:"updated_at"`
	VerifiedAt   *time.Time     `db:"verified_at"`
	ProposerID   uuid.NullUUID  `db:"proposer_id"` // the author of the proposal
	HiddenID     uuid.NullUUID  `db:"hidden_id"`   // the decision by which it is hidden
	LastShiftAt  *time.Time     `db:"last_shift_at"`
	NextShiftAt  *time.Time     `db:"next_shift_at"` // as the worker knows it: it may just have passed
	Capacity     int            `db:"capacity"`
	Taken        int            `db:"taken"`
	Free         int            `db:"free"`
	geo.Columns
}

// TaskConnection is a page of tasks.
type TaskConnection = paging.Connection[Task]

// TaskEdge is a task with its place in a list.
type TaskEdge = paging.Edge[Task]

// TaskPayload is what a mutation changed.
type TaskPayload struct{ Task *Task }

type (
	AdoptProposalPayload = TaskPayload
	CancelTaskPayload    = TaskPayload
	ClaimDonePayload     = TaskPayload
	CreateTaskPayload    = TaskPayload
	DisputeResultPayload = TaskPayload
	OpenTaskPayload      = TaskPayload
	SendBackPayload      = TaskPayload
	StartTaskPayload     = TaskPayload
	UpdateTaskPayload    = TaskPayload
	VerifyTaskPayload    = TaskPayload
)

// TaskCount is how many tasks are in a state.
type TaskCount struct {
	State TaskState `db:"state"`
	Tasks int       `db:"tasks"`
}

// Seats returns the seats of all the task's shifts.
func (t *Task) Seats() signup.Seats {
	return signup.Seats{Capacity: t.Capacity, Taken: t.Taken, Free: t.Free}
}

// The verbs. CREATE_TASK is done to a team, ADOPT_PROPOSAL to a proposal.
const (
	UpdateTask   rule.Verb = "UPDATE_TASK"
	OpenTask     rule.Verb = "OPEN_TASK"
	StartTask    rule.Verb = "START_TASK"
	ClaimDone    rule.Verb = "CLAIM_DONE"
	VerifyTask   rule.Verb = "VERIFY_TASK"
	SendBack     rule.Verb = "SEND_BACK"
	CancelTask   rule.Verb = "CANCEL_TASK"
	PostProgress rule.Verb = "POST_PROGRESS"

	DisputeResult rule.Verb = "DISPUTE_RESULT"
)

var verbs = []rule.Verb{UpdateTask, OpenTask, StartTask, ClaimDone, VerifyTask, SendBack, DisputeResult, CancelTask, shift.AddShift,
	PostProgress}

var states = rule.States[TaskState]{
	UpdateTask:     {Draft, Open, InProgress},
	OpenTask:       {Draft},
	StartTask:      {Open},
	ClaimDone:      {InProgress},
	VerifyTask:     {ClaimedDone},
	SendBack:       {ClaimedDone},
	DisputeResult:  {Verified},
	CancelTask:     {Draft, Open, InProgress},
	shift.AddShift: {Draft, Open, InProgress},
	PostProgress:   {Open, InProgress, ClaimedDone},
}

// Visible reports whether the actor may see the task: everybody may, except drafts and what is hidden.
func (t *Task) Visible(a *auth.Actor) bool {
	return t.State != Draft && !t.HiddenID.Valid || a.Oversees(t.TeamID, t.NgoID, t.CentreID)
}

// Refuse returns why the actor may not do this now.
func (t *Task) Refuse(verb rule.Verb, a *auth.Actor, now time.Time) fault.Code {
	if a == nil {
		return fault.Unauthenticated
	}
	if code := t.refuseActor(verb, a); code != "" {
		return code
	}
	if code := states.Refuse(verb, t.State); code != "" {
		return code
	}
	if verb == DisputeResult {
		return fault.When(!now.Before(t.VerifiedAt.AddDate(0, 0, proposal.DisputeDays)), fault.TooLate)
	}
	if verb == OpenTask {
		if !ngo.Working(t.NgoState) {
			return fault.NgoNotWorking
		}
		if t.WorkClass.Contradicts(t.MinAge) {
			return fault.Contradiction
		}
		return fault.When(t.LastShiftAt == nil || !t.LastShiftAt.After(now), fault.NoFutureShift)
	}
	return ""
}

// refuseActor returns why the actor has no right to do this. Two pairs of eyes look at a result, so a member of the team does not
// verify it.
func (t *Task) refuseActor(verb rule.Verb, a *auth.Actor) fault.Code {
	coordinator := func(a *auth.Actor) bool { return a.Coordinates(t.CentreID) }
	lead := a.LeadsTeam(t.TeamID, t.NgoID)
	switch {
	case verb == DisputeResult:
		return fault.When(!a.Is(t.ProposerID.UUID), fault.NotYours)
	case verb == VerifyTask || verb == SendBack:
		return cmp.Or(rule.OnlyFor(a, coordinator, fault.NotYourCentre),
			fault.When(a.InTeam(t.TeamID, t.NgoID) || a.Is(t.ClaimedBy.UUID), fault.OwnTeam))
	case verb == CancelTask && !lead:
		return rule.OnlyFor(a, coordinator, fault.NotLead)
	}
	return fault.When(!lead, fault.NotLead)
}

// Actions returns what the actor may do to the task now.
func (t *Task) Actions(a *auth.Actor, now time.Time) []*rule.Action {
	actions := make([]*rule.Action, len(verbs))
	for i, verb := range verbs {
		actions[i] = rule.For(verb, t.Refuse(verb, a, now))
	}
	return actions
}

// actingAs returns the role in which the actor did what Refuse allowed.
func (t *Task) actingAs(verb rule.Verb, a *auth.Actor) history.ActingAs {
	if verb == DisputeResult {
		return history.Author
	}
	if verb == VerifyTask || verb == SendBack || verb == CancelTask && !a.LeadsTeam(t.TeamID, t.NgoID) {
		return history.Coordinator
	}
	return history.Lead
}
