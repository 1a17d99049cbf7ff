package centre

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
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
	centre := &Centre{State: Open}
	for name, c := range map[string]struct {
		actor *auth.Actor
		want  fault.Code
	}{
		"a visitor":          {nil, fault.Unauthenticated},
		"anyone":             {&auth.Actor{}, fault.NotOfficer},
		"its coordinator":    {&auth.Actor{Centres: []uuid.UUID{centre.ID}}, fault.NotOfficer},
		"an officer":         {&auth.Actor{Officer: true}, ""},
		"an officer and all": {&auth.Actor{Officer: true, Centres: []uuid.UUID{centre.ID}}, ""},
	} {
		if got := refuse(c.actor); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
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
