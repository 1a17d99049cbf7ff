package centre

import (
	"testing"
	"time"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
)

func TestStates(t *testing.T) {
	all := []CentreState{Planned, Open, Closed}
	allowed := map[[2]CentreState]bool{{Planned, Open}: true, {Open, Closed}: true, {Closed, Open}: true}
	for _, from := range all {
		for _, to := range all {
			centre := &Centre{State: from}
			got := centre.refuseInto(to)
			if allowed[[2]CentreState{from, to}] != (got == "") || got != "" && got != fault.WrongState {
				t.Errorf("%s → %s: %q", from, to, got)
			}
		}
	}
}

func TestWhoMaySetState(t *testing.T) {
	who.Codes(t, "SET_CENTRE_STATE", func(a *auth.Actor) fault.Code {
		action := (&Centre{ID: who.Centre, State: Open}).Actions(a)[0]
		if action.Action != SetCentreState {
			t.Errorf("the action is %s", action.Action)
		}
		if action.Allowed() {
			return ""
		}
		return *action.Reason
	}, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
}

func TestFirstOpening(t *testing.T) {
	night := time.Date(2026, 2, 23, 19, 30, 0, 0, time.UTC) // half past midnight of the 24th in Almaty
	centre := &Centre{State: Planned}
	centre.moveInto(Open, night)
	if want := time.Date(2026, 2, 24, 0, 0, 0, 0, time.UTC); !centre.OpenedOn.Equal(want) {
		t.Errorf("opened on %s, want %s", centre.OpenedOn, want)
	}
	first := *centre.OpenedOn
	centre.moveInto(Closed, night.AddDate(0, 1, 0))
	centre.moveInto(Open, night.AddDate(0, 2, 0))
	if !centre.OpenedOn.Equal(first) || centre.State != Open {
		t.Errorf("opened again: %s on %s", centre.State, centre.OpenedOn)
	}
	older := &Centre{State: Closed}
	older.moveInto(Open, night)
	if older.OpenedOn != nil {
		t.Errorf("a centre from before the hub opened again, on %s", older.OpenedOn)
	}
}
