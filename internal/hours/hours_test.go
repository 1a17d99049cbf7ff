package hours

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
)

var (
	starts = time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	ends   = starts.Add(3 * time.Hour)
)

func worked(state HoursState) *Hours {
	return &Hours{ID: uuid.New(), PersonID: who.Person, TeamID: who.Team, NgoID: who.Ngo, CentreID: who.Centre, State: state, StartsAt: starts, EndsAt: ends}
}

func TestWhoSeesHours(t *testing.T) {
	who.Only(t, "hours", worked(Pending).Visible, who.Owner, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
	who.Only(t, "all of the centre's", func(a *auth.Actor) bool { return MaySeeCentre(a, who.Centre) }, who.Coordinator, who.Officer)
}

// TestWhoAnswersHours: a lead of the team or a coordinator of its host centre, and never the person who worked them.
func TestWhoAnswersHours(t *testing.T) {
	for _, verb := range verbs {
		who.Codes(t, string(verb), func(a *auth.Actor) fault.Code { return worked(Pending).refuse(verb, a, ends) }, map[who.Actor]fault.Code{
			who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Coordinator: "",
			who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotLead})
		own := worked(Pending)
		own.PersonID = who.Lead.Get().PersonID
		if got := own.refuse(verb, who.Lead.Get(), ends); got != fault.OwnCase {
			t.Errorf("%s of a lead's own: %q", verb, got)
		}
	}
}

func TestStatesOfHours(t *testing.T) {
	for verb, from := range map[rule.Verb][]HoursState{
		ApproveHours: {Pending, Adjusted, Rejected},
		AdjustHours:  {Pending, Approved, Adjusted, Rejected},
		RejectHours:  {Pending, Approved, Adjusted},
	} {
		for _, state := range []HoursState{Pending, Approved, Adjusted, Rejected, Void} {
			want := fault.When(!slices.Contains(from, state), fault.WrongState)
			if got := worked(state).refuse(verb, who.Lead.Get(), ends); got != want {
				t.Errorf("%s from %s: %q, want %q", verb, state, got, want)
			}
		}
	}
}

// TestWhenHoursAreAnswered: not before the shift has ended, and a verdict may be changed for seven days.
func TestWhenHoursAreAnswered(t *testing.T) {
	answered := ends.Add(time.Hour)
	for _, c := range []struct {
		name     string
		answered *time.Time
		at       time.Time
		want     fault.Code
	}{
		{"just before the end", nil, ends.Add(-time.Nanosecond), fault.TooEarly},
		{"at the end", nil, ends, ""},
		{"long after, with no verdict yet", nil, ends.AddDate(0, 6, 0), ""},
		{"just within seven days of the verdict", &answered, answered.Add(7*24*time.Hour - time.Nanosecond), ""},
		{"seven days after the verdict", &answered, answered.Add(7 * 24 * time.Hour), fault.TooLate},
	} {
		h := worked(Pending)
		if h.AnsweredAt = c.answered; c.answered != nil {
			h.State = Rejected
		}
		if got := h.refuse(ApproveHours, who.Lead.Get(), c.at); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

// TestWhatAVerdictNeeds: a reason where there was a verdict already, and no more minutes than the shift had.
func TestWhatAVerdictNeeds(t *testing.T) {
	reason := "came late"
	for _, c := range []struct {
		name    string
		state   HoursState
		reason  *string
		minutes int
		want    fault.Code
	}{
		{"the first", Pending, nil, 60, ""},
		{"a changed one", Rejected, &reason, 60, ""},
		{"a changed one without a reason", Rejected, nil, 60, fault.ReasonMissing},
		{"the whole shift", Pending, nil, 180, ""},
		{"more than the shift", Pending, nil, 185, fault.OverShift},
		{"what is not in its state any more", Void, nil, 185, fault.WrongState},
	} {
		h := worked(c.state)
		v := verdict{verb: AdjustHours, reason: c.reason, minutes: map[uuid.UUID]int{h.ID: c.minutes}}
		if got := v.refuse(h, who.Lead.Get(), ends); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}
