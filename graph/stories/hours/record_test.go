package hours

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestTheRecord: what counts and what waits, by team, focus and month, for the requested days.
func TestTheRecord(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := time.Date(c.Present().Year(), c.Present().Month()+2, 10, 5, 0, 0, 0, time.UTC)
	task, _ := c.Task(1, 500*time.Hour)
	shifts := make([]string, 5)
	starts := []time.Duration{0, 4 * time.Hour, 24 * time.Hour, 31 * 24 * time.Hour, 32 * 24 * time.Hour}
	ids := make([]string, len(shifts))
	for i, in := range starts {
		shifts[i] = c.FromTo(task, base, 9, in, in+2*time.Hour)
		_, ids[i] = worked(c, c.Volunteer, shifts[i], base.Add(in), 0, 2*time.Hour)
	}
	c.At(base.AddDate(0, 3, 0))
	c.Lead.Done("approveHours", hub.Vars{"ids": []string{ids[0], ids[3]}})
	c.Lead.Done("adjustHours", hub.Vars{"rows": []hub.Vars{{"id": ids[1], "minutes": 30}}, "reason": "They left early."})
	c.Lead.Done("rejectHours", hub.Vars{"ids": []string{ids[2]}, "reason": "Not there."})

	record := `query($from: Date, $to: Date) { myRecord(from: $from, to: $to) { from to minutes shifts pendingMinutes pendingShifts
		teams { team { id } minutes shifts } focuses { focus minutes shifts } months { month minutes shifts } } }`
	month, next := base.Format("2006-01-02")[:8]+"01", base.AddDate(0, 1, 0).Format("2006-01-02")[:8]+"01"
	c.Volunteer.Must(record).Shows("myRecord", hub.Vars{"from": nil, "to": nil, "minutes": 270, "shifts": 3, "pendingMinutes": 120, "pendingShifts": 1,
		"teams":   []hub.Vars{{"team": hub.Vars{"id": c.Team}, "minutes": 270, "shifts": 3}},
		"focuses": []hub.Vars{{"focus": "ECOLOGICAL", "minutes": 270, "shifts": 3}},
		"months":  []hub.Vars{{"month": next, "minutes": 120, "shifts": 1}, {"month": month, "minutes": 150, "shifts": 2}}})
	day := base.Format(time.DateOnly)
	c.Volunteer.Must(record, hub.Vars{"from": day, "to": day}).Shows("myRecord.minutes", 150).Shows("myRecord.pendingShifts", 0).Shows("myRecord.from", day)
	c.Volunteer.Must(record, hub.Vars{"from": base.AddDate(0, 0, 1).Format(time.DateOnly)}).Shows("myRecord.minutes", 120)
	c.Other.Must(record).Shows("myRecord", hub.Vars{"from": nil, "to": nil, "minutes": 0, "shifts": 0, "pendingMinutes": 0, "pendingShifts": 0,
		"teams": []hub.Vars{}, "focuses": []hub.Vars{}, "months": []hub.Vars{}})
	if got := c.Volunteer.Ask(record, hub.Vars{"from": day, "to": "2020-01-01"}).Code(); got != "INVALID" {
		t.Error(got)
	}
	if got := c.Visitor().Ask(record).Code(); got != "UNAUTHENTICATED" {
		t.Error(got)
	}
}
