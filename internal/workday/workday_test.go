package workday

import (
	"testing"
	"time"

	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

func on(day string) time.Time {
	then, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return then
}

func TestWorks(t *testing.T) {
	days := Days{"2026-05-02": true, "2026-05-08": false}
	for day, want := range map[string]bool{"2026-05-01": true, "2026-05-02": true, "2026-05-03": false, "2026-05-08": false, "2026-05-09": false} {
		if got := days.Works(on(day)); got != want {
			t.Errorf("%s: %v", day, got)
		}
	}
}

func TestInput(t *testing.T) {
	for _, c := range []struct {
		day   string
		works bool
		want  string
	}{
		{"2026-01-01", false, ""},
		{"2100-12-25", true, ""},
		{"2025-12-31", false, "day: must be in a year from 2026 to 2100"},
		{"2101-01-01", true, "day: must be in a year from 2026 to 2100"},
		{"2026-05-08", true, "day: is from Monday to Friday, which is a working day anyway"},
		{"2026-05-09", false, "day: is a Saturday or Sunday, which is free anyway"},
	} {
		in := SetSpecialDayInput{Day: on(c.day), Works: c.works, Name: lang.Text{KK: "Мереке"}}
		got := ""
		if err := in.validate(); err != nil {
			got = err.Error()
			if fault.CodeOf(err) != fault.Invalid {
				t.Errorf("%s: %v", c.day, err)
			}
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.day, got, c.want)
		}
	}
}

func TestWhoChangesTheList(t *testing.T) {
	officersOnly := map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "", who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer}
	who.Codes(t, "removing a day", (&SpecialDay{}).refuseRemoval, officersOnly)
	officersOnly[who.Officer] = fault.WrongState
	who.Codes(t, "removing a day twice", (&SpecialDay{RemovedAt: new(time.Now())}).refuseRemoval, officersOnly)
}
