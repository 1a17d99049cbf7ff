package shift

import (
	"testing"
	"time"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
	"jastarhub/internal/signup"
)

var starts = time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)

func planned() *Shift {
	return &Shift{State: Planned, Slot: signup.Slot{TeamID: who.Team, NgoID: who.Ngo, CentreID: who.Centre, StartsAt: starts, EndsAt: starts.Add(time.Hour), Planned: true, TaskOpen: true}}
}

// TestChangingAShift: the team's leads change and cancel a future shift of a task that is a draft or open.
func TestChangingAShift(t *testing.T) {
	before := starts.Add(-time.Nanosecond)
	for _, verb := range []rule.Verb{UpdateShift, CancelShift} {
		who.Codes(t, string(verb), func(a *auth.Actor) fault.Code { return planned().refuse(verb, a, before) },
			map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Everyone: fault.NotLead})
		for _, c := range []struct {
			name   string
			change func(*Shift)
			at     time.Time
			want   fault.Code
		}{
			{"to come", func(*Shift) {}, before, ""},
			{"beginning now", func(*Shift) {}, starts, fault.WrongState},
			{"begun, as the worker has seen", func(s *Shift) { s.Begun = true }, before, fault.WrongState},
			{"of a draft", func(s *Shift) { s.TaskOpen, s.TaskDraft = false, true }, before, ""},
			{"of a task that is neither a draft nor open", func(s *Shift) { s.TaskOpen = false }, before, fault.WrongState},
			{"cancelled", func(s *Shift) { s.State = Cancelled }, before, fault.WrongState},
		} {
			s := planned()
			c.change(s)
			if got := s.refuse(verb, who.Lead.Get(), c.at); got != c.want {
				t.Errorf("%s of a shift %s: %q, want %q", verb, c.name, got, c.want)
			}
		}
	}
}
