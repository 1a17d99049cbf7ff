// Package hours is what people worked: minutes from attendance, and the verdict of team and centre on them.
package hours

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

// HoursState is the state of hours.
type HoursState string

// The states.
const (
	Pending  HoursState = "PENDING"
	Approved HoursState = "APPROVED"
	Adjusted HoursState = "ADJUSTED"
	Rejected HoursState = "REJECTED"
	Void     HoursState = "VOID"
)

// Hours are the work of a completed sign-up. The times are those of the shift and of attendance.
type Hours struct {
	ID            uuid.UUID     `db:"id"`
	SignupID      uuid.UUID     `db:"signup_id"`
	ShiftID       uuid.UUID     `db:"shift_id"`
	TaskID        uuid.UUID     `db:"task_id"`
	TeamID        uuid.UUID     `db:"team_id"`
	NgoID         uuid.UUID     `db:"ngo_id"`
	CentreID      uuid.UUID     `db:"centre_id"`
	PersonID      uuid.UUID     `db:"person_id"`
	StartsAt      time.Time     `db:"starts_at"`
	EndsAt        time.Time     `db:"ends_at"`
	CameAt        time.Time     `db:"came_at"`
	WentAt        time.Time     `db:"went_at"`
	WorkedMinutes int           `db:"worked_minutes"`
	Minutes       int           `db:"minutes"`
	State         HoursState    `db:"state"`
	Reason        *string       `db:"reason"`
	AnsweredBy    uuid.NullUUID `db:"answered_by"`
	AnsweredAt    *time.Time    `db:"answered_at"`
	CreatedAt     time.Time     `db:"created_at"`
	UpdatedAt     time.Time     `db:"updated_at"`
}

// HoursConnection is a page of hours.
type HoursConnection = paging.Connection[Hours]

// HoursEdge is hours with their place in a list.
type HoursEdge = paging.Edge[Hours]

// HoursResult is the outcome for one row of a list.
type HoursResult struct {
	ID    uuid.UUID
	Hours *Hours      // nil where the actor may not know that they exist
	Code  *fault.Code // why not; nil where it was done
}

// HoursPayload is the outcome for each row of a list, in its order.
type HoursPayload struct{ Results []*HoursResult }

type (
	AdjustHoursPayload  = HoursPayload
	ApproveHoursPayload = HoursPayload
	RejectHoursPayload  = HoursPayload
)

// The verbs.
const (
	ApproveHours rule.Verb = "APPROVE_HOURS"
	AdjustHours  rule.Verb = "ADJUST_HOURS"
	RejectHours  rule.Verb = "REJECT_HOURS"
)

var verbs = []rule.Verb{ApproveHours, AdjustHours, RejectHours}

var states = rule.States[HoursState]{
	ApproveHours: {Pending, Adjusted, Rejected},
	AdjustHours:  {Pending, Approved, Adjusted, Rejected},
	RejectHours:  {Pending, Approved, Adjusted},
}

var verdicts = map[rule.Verb]HoursState{ApproveHours: Approved, AdjustHours: Adjusted, RejectHours: Rejected}

// changeIn is how long a verdict may be changed.
const changeIn = 7 * 24 * time.Hour

// ChangeableUntil returns until when the verdict may be changed; nil where there is none.
func (h *Hours) ChangeableUntil() *time.Time {
	if h.AnsweredAt == nil {
		return nil
	}
	until := h.AnsweredAt.Add(changeIn)
	return &until
}

// Visible reports whether the actor may see the hours.
func (h *Hours) Visible(a *auth.Actor) bool {
	return a.Is(h.PersonID) || h.answeredBy(a) || a.IsOfficer()
}

// answeredBy reports whether the actor leads the team or acts for its host centre.
func (h *Hours) answeredBy(a *auth.Actor) bool {
	return a.LeadsTeam(h.TeamID, h.NgoID) || a.Coordinates(h.CentreID)
}

// refuse returns why the actor may not do this now.
func (h *Hours) refuse(verb rule.Verb, a *auth.Actor, now time.Time) fault.Code {
	if a == nil {
		return fault.Unauthenticated
	}
	return cmp.Or(rule.OnlyFor(a, h.answeredBy, fault.NotLead), fault.When(a.Is(h.PersonID), fault.OwnCase),
		states.Refuse(verb, h.State), fault.When(now.Before(h.EndsAt), fault.TooEarly), fault.When(h.AnsweredAt != nil && !now.Before(*h.ChangeableUntil()), fault.TooLate))
}

// Actions returns what the actor may do now.
func (h *Hours) Actions(a *auth.Actor, now time.Time) []*rule.Action {
	actions := make([]*rule.Action, len(verbs))
	for i, verb := range verbs {
		actions[i] = rule.For(verb, h.refuse(verb, a, now))
	}
	return actions
}

// verdict is a decision about hours.
type verdict struct {
	verb    rule.Verb
	reason  *string
	minutes map[uuid.UUID]int // of those that are adjusted
}

// refuse returns why the verdict cannot be given, including what the input lacks for it.
func (v verdict) refuse(h *Hours, a *auth.Actor, now time.Time) fault.Code {
	return cmp.Or(h.refuse(v.verb, a, now), fault.When(h.State != Pending && v.reason == nil, fault.ReasonMissing),
		fault.When(v.minutes[h.ID] > h.most(), fault.OverShift))
}

// most returns the length of the shift in minutes, rounded down to a multiple of five.
func (h *Hours) most() int { return int(h.EndsAt.Sub(h.StartsAt)/time.Minute) / 5 * 5 }

// apply gives the verdict. The time of the first verdict is kept: changes are allowed for a while after it.
func (v verdict) apply(h *Hours, a *auth.Actor, now time.Time) {
	h.State, h.Reason, h.UpdatedAt = verdicts[v.verb], v.reason, now
	h.Minutes = map[HoursState]int{Approved: h.WorkedMinutes, Adjusted: v.minutes[h.ID]}[h.State]
	h.AnsweredBy = uuid.NullUUID{UUID: a.PersonID, Valid: true}
	if h.AnsweredAt == nil {
		h.AnsweredAt = &now
	}
}

// actingAs returns the role in which the actor answers.
func (h *Hours) actingAs(a *auth.Actor) history.ActingAs {
	if a.LeadsTeam(h.TeamID, h.NgoID) {
		return history.Lead
	}
	return history.Coordinator
}
