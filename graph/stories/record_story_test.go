package stories

import (
	"testing"
	"time"
)

// TestTheRecord: what counts and what waits, by team, focus and month, for the requested days.
func TestTheRecord(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Date(time.Now().Year(), time.Now().Month()+2, 10, 5, 0, 0, 0, time.UTC)
	task, _ := c.task(1, 500*hour)
	shifts := make([]string, 5)
	starts := []time.Duration{0, 4 * hour, 24 * hour, 31 * 24 * hour, 32 * 24 * hour}
	ids := make([]string, len(shifts))
	for i, in := range starts {
		shifts[i] = c.fromTo(task, base, 9, in, in+2*hour)
		_, ids[i] = c.worked(c.volunteer, shifts[i], base.Add(in), 0, 2*hour)
	}
	c.moveTo(base.AddDate(0, 3, 0))
	c.lead.done("approveHours", vars{"ids": []string{ids[0], ids[3]}})
	c.lead.done("adjustHours", vars{"rows": []vars{{"id": ids[1], "minutes": 30}}, "reason": "They left early."})
	c.lead.done("rejectHours", vars{"ids": []string{ids[2]}, "reason": "Not there."})

	record := `query($from: Date, $to: Date) { myRecord(from: $from, to: $to) { from to minutes shifts pendingMinutes pendingShifts
		teams { team { id } minutes shifts } focuses { focus minutes shifts } months { month minutes shifts } } }`
	month, next := base.Format("2006-01-02")[:8]+"01", base.AddDate(0, 1, 0).Format("2006-01-02")[:8]+"01"
	c.volunteer.must(record).shows("myRecord", vars{"from": nil, "to": nil, "minutes": 270, "shifts": 3, "pendingMinutes": 120, "pendingShifts": 1,
		"teams":   []vars{{"team": vars{"id": c.team}, "minutes": 270, "shifts": 3}},
		"focuses": []vars{{"focus": "ECOLOGICAL", "minutes": 270, "shifts": 3}},
		"months":  []vars{{"month": next, "minutes": 120, "shifts": 1}, {"month": month, "minutes": 150, "shifts": 2}}})
	day := base.Format(time.DateOnly)
	c.volunteer.must(record, vars{"from": day, "to": day}).shows("myRecord.minutes", 150).shows("myRecord.pendingShifts", 0).shows("myRecord.from", day)
	c.volunteer.must(record, vars{"from": base.AddDate(0, 0, 1).Format(time.DateOnly)}).shows("myRecord.minutes", 120)
	c.other.must(record).shows("myRecord", vars{"from": nil, "to": nil, "minutes": 0, "shifts": 0, "pendingMinutes": 0, "pendingShifts": 0,
		"teams": []vars{}, "focuses": []vars{}, "months": []vars{}})
	if got := c.volunteer.ask(record, vars{"from": day, "to": "2020-01-01"}).code(); got != "INVALID" {
		t.Error(got)
	}
	if got := c.visitor().ask(record).code(); got != "UNAUTHENTICATED" {
		t.Error(got)
	}
}
