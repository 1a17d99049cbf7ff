package stories

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// TestMinutesAreThoseOfAttendance: within the shift, rounded to 5; older hours keep their minutes.
func TestMinutesAreThoseOfAttendance(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Minute)
	task, _ := c.task(1, 500*hour)
	start := base.Add(72 * hour)
	long, odd := c.fromTo(task, base, 100, 72*hour, 74*hour), c.fromTo(task, base, 100, 80*hour, 80*hour+13*time.Minute)
	const minute = time.Minute
	rows := []struct {
		shift   string
		in, out time.Duration // after the shift's start
		want    int
	}{
		{long, 0, 120 * minute, 120},
		{long, -90 * minute, 300 * minute, 120}, // time before and after the shift does not count
		{long, 0, 62*minute + 29*time.Second, 60},
		{long, 0, 62*minute + 30*time.Second, 65},
		{long, 2*minute + 31*time.Second, 120 * minute, 115},
		{long, 0, 2 * minute, 0},
		{long, -90 * minute, 0, 0},
		{long, 130 * minute, 140 * minute, 0},
		{odd, 0, 13 * minute, 10}, // 15 would be more than the shift
	}
	for i, who := range c.crowd(len(rows)) {
		row, begins := rows[i], start
		if row.shift == odd {
			begins = start.Add(8 * hour)
		}
		signup, id := c.worked(who, row.shift, begins, row.in, row.out)
		who.stands(id, vars{"state": "PENDING", "minutes": row.want, "workedMinutes": row.want, "reason": nil})
		who.must(`query($id: ID!) { node(id: $id) { ... on Signup { hours { id cameAt wentAt history { nodes { verb fromState toState actingAs } } } } } }`,
			vars{"id": signup}).shows("node.hours", vars{"id": id, "cameAt": begins.Add(row.in).UTC().Format(time.RFC3339),
			"wentAt":  begins.Add(row.out).UTC().Format(time.RFC3339),
			"history": vars{"nodes": []vars{{"verb": "CHECK_OUT", "fromState": nil, "toState": "PENDING", "actingAs": "LEAD"}}}})
	}
}

// TestHoursFollowAttendance: hours are void once the attendance is corrected to absence, wait again once it is corrected back,
// and nothing is lost on the way.
func TestHoursFollowAttendance(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift, start := c.pastShift(t, 0)
	signup, id := c.worked(c.volunteer, shift, start, 0, 60*time.Minute)
	if codes := c.lead.done("approveHours", vars{"ids": []string{id}}); !slices.Equal(codes, []string{"TOO_EARLY"}) {
		t.Fatal(codes)
	}
	c.moveTo(start.Add(2 * hour))
	if codes := c.lead.done("approveHours", vars{"ids": []string{id}}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	correct := func(state string) {
		t.Helper()
		if _, err := c.change(c.lead.at(start.Add(24*hour)), "CORRECT_ATTENDANCE", signup, state); err != nil {
			t.Fatal(err)
		}
	}
	correct("NO_SHOW")
	c.volunteer.stands(id, vars{"state": "VOID", "minutes": 0, "workedMinutes": 60, "reason": nil})
	if codes := c.lead.done("approveHours", vars{"ids": []string{id}}); !slices.Equal(codes, []string{"WRONG_STATE"}) {
		t.Fatal(codes)
	}
	correct("COMPLETED") // the whole shift, if nothing else is known
	c.volunteer.stands(id, vars{"state": "PENDING", "minutes": 120, "workedMinutes": 120, "reason": nil})
	c.lead.done("adjustHours", vars{"rows": []vars{{"id": id, "minutes": 90}}, "reason": "Left at half past."})
	correct("COMPLETED") // as before
	c.volunteer.stands(id, vars{"state": "ADJUSTED", "minutes": 90, "workedMinutes": 120, "reason": "Left at half past."})
	correct("CHECKED_IN")
	correct("CONFIRMED")
	c.volunteer.must(`query($id: ID!) { node(id: $id) { ... on Hours { state history { nodes { verb fromState toState words by { id } } } } } }`,
		vars{"id": id}).shows("node", vars{"state": "VOID", "history": vars{"nodes": []vars{
		{"verb": "CHECK_OUT", "fromState": nil, "toState": "PENDING", "words": nil, "by": vars{"id": c.lead.id}},
		{"verb": "APPROVE_HOURS", "fromState": "PENDING", "toState": "APPROVED", "words": nil, "by": vars{"id": c.lead.id}},
		{"verb": "CORRECT_ATTENDANCE", "fromState": "APPROVED", "toState": "VOID", "words": "Қате басылды.", "by": vars{"id": c.lead.id}},
		{"verb": "CORRECT_ATTENDANCE", "fromState": "VOID", "toState": "PENDING", "words": "Қате басылды.", "by": vars{"id": c.lead.id}},
		{"verb": "ADJUST_HOURS", "fromState": "PENDING", "toState": "ADJUSTED", "words": "Left at half past.", "by": vars{"id": c.lead.id}},
		{"verb": "CORRECT_ATTENDANCE", "fromState": "ADJUSTED", "toState": "VOID", "words": "Қате басылды.", "by": vars{"id": c.lead.id}}}}})
}

// TestTheForgottenHaveHours too: the hub checks them out, with the end as the time.
func TestTheForgottenHaveHours(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift, start := c.pastShift(t, 0)
	signup := c.attendance(c.volunteer, shift, "CHECKED_IN", start.Add(30*time.Minute))
	if err := c.round(start.Add(26 * hour)); err != nil {
		t.Fatal(err)
	}
	c.volunteer.must(`query($id: ID!) { node(id: $id) { ... on Signup { hours { state minutes history { nodes { verb toState actingAs } } } } } }`, vars{"id": signup}).
		shows("node.hours", vars{"state": "PENDING", "minutes": 90, "history": vars{"nodes": []vars{{"verb": "CHECK_OUT", "toState": "PENDING", "actingAs": "HUB"}}}})
}

// TestVerdicts: who gives them, on what, until when, and who is told.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift, start := c.pastShift(t, 0)
	people := c.crowd(3)
	ids := make([]string, len(people))
	for i, who := range people {
		_, ids[i] = c.worked(who, shift, start, 0, 2*hour)
	}
	_, own := c.worked(c.lead, shift, start, 0, 2*hour)
	c.moveTo(start.Add(3 * hour))
	nowhere := "0198aaaa-0000-7000-8000-000000000000"
	waiting := `query($id: ID!) { task(id: $id) { hours(filter: {states: [PENDING]}) { totalCount nodes { id } } team { hours(filter: {states: [PENDING]}) { totalCount } }
		centre { workedHours(filter: {states: [PENDING]}, first: 2) { totalCount pageInfo { hasNextPage } } } } }`
	c.coordinator.must(waiting, vars{"id": task}).shows("task.hours.totalCount", 4).shows("task.team.hours.totalCount", 4).
		shows("task.centre.workedHours", vars{"totalCount": 4, "pageInfo": vars{"hasNextPage": true}})

	// Each row has its own outcome, and other people's hours stay as they are. Nobody gives a verdict on their own hours.
	if codes := c.lead.done("approveHours", vars{"ids": []string{ids[0], own, nowhere, ids[0]}}); !slices.Equal(codes, []string{"", "OWN_CASE", "NOT_FOUND"}) {
		t.Error(codes)
	}
	people[0].stands(ids[0], vars{"state": "APPROVED", "minutes": 120, "workedMinutes": 120, "reason": nil})
	for who, want := range map[*caller]string{people[1]: "NOT_LEAD", c.other: "NOT_FOUND", c.officer: "NOT_LEAD"} {
		if codes := who.done("rejectHours", vars{"ids": []string{ids[1]}, "reason": "No."}); !slices.Equal(codes, []string{want}) {
			t.Errorf("%v; want %s", codes, want)
		}
	}
	if codes := c.coordinator.done("approveHours", vars{"ids": []string{own}}); !slices.Equal(codes, []string{""}) {
		t.Error(codes)
	}
	c.lead.must(`query($id: ID!) { node(id: $id) { ... on Hours { history { nodes { verb actingAs } } } } }`, vars{"id": own}).
		shows("node.history.nodes.1", vars{"verb": "APPROVE_HOURS", "actingAs": "COORDINATOR"})

	// Adjusted within the shift, rejected with a reason.
	if codes := c.lead.done("adjustHours", vars{"rows": []vars{{"id": ids[1], "minutes": 125}, {"id": ids[2], "minutes": 45}}, "reason": "They left early."}); !slices.Equal(codes, []string{"OVER_SHIFT", ""}) {
		t.Error(codes)
	}
	people[2].stands(ids[2], vars{"state": "ADJUSTED", "minutes": 45, "workedMinutes": 120, "reason": "They left early."})
	for _, in := range []vars{{"rows": []vars{{"id": ids[1], "minutes": 7}}, "reason": "Odd."}, {"rows": []vars{}, "reason": "None."},
		{"rows": []vars{{"id": ids[1], "minutes": 0}}, "reason": "None."}, {"rows": []vars{{"id": ids[1], "minutes": 60}}, "reason": " "}} {
		c.lead.refused("INVALID", "adjustHours", in)
	}
	c.lead.refused("INVALID", "rejectHours", vars{"ids": []string{ids[1]}, "reason": ""})
	c.lead.refused("INVALID", "approveHours", vars{"ids": []string{}})

	// A verdict can be changed with a reason, for 7 days.
	if codes := c.lead.done("approveHours", vars{"ids": []string{ids[2]}}); !slices.Equal(codes, []string{"REASON_MISSING"}) {
		t.Error(codes)
	}
	c.moveTo(start.Add(4 * hour)) // what happens at one moment is told once
	if codes := c.lead.done("approveHours", vars{"ids": []string{ids[2]}, "reason": "They were there."}); !slices.Equal(codes, []string{""}) {
		t.Error(codes)
	}
	people[2].stands(ids[2], vars{"state": "APPROVED", "minutes": 120, "workedMinutes": 120, "reason": "They were there."})
	c.moveTo(start.Add(3*hour + 7*24*hour))
	if codes := c.lead.done("rejectHours", vars{"ids": []string{ids[2]}, "reason": "After all, no."}); !slices.Equal(codes, []string{"TOO_LATE"}) {
		t.Error(codes)
	}

	// Each was told about each verdict, in the transaction that gave it.
	people[2].must(`{ viewer { notices { nodes { kind path title } } } }`).shows("viewer.notices.nodes", []vars{
		{"kind": "HOURS_ANSWERED", "path": "/me/record", "title": "Your hours were approved: 2\u00a0h"},
		{"kind": "HOURS_ANSWERED", "path": "/me/record", "title": "Your hours were adjusted: 45\u00a0min"}})
	people[1].must(`{ viewer { unreadNotices } }`).shows("viewer.unreadNotices", 0)
	c.officer.must(waiting, vars{"id": task}).shows("task.hours.nodes", []vars{{"id": ids[1]}})
}

// TestAListIsAnsweredOnce: the same key returns the same answer, row by row, though the rows could not be done twice.
func TestAListIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift, start := c.pastShift(t, 0)
	_, id := c.worked(c.volunteer, shift, start, 0, 2*hour)
	_, own := c.worked(c.lead, shift, start, 0, 2*hour)
	c.moveTo(start.Add(3 * hour))
	lead := *c.lead
	lead.key = "hours-once"
	in := vars{"ids": []string{id, own}}
	for range 2 {
		if codes := lead.done("approveHours", in); !slices.Equal(codes, []string{"", "OWN_CASE"}) {
			t.Fatal(codes)
		}
	}
	if got := lead.ask(document("approveHours", "__typename"), vars{"in": vars{"ids": []string{id}}}).code(); got != "IDEMPOTENCY_KEY_REUSED" {
		t.Error(got)
	}
	var told []string
	if err := c.db.Select(&told, `select outcome from audit_entries where action = 'approveHours' order by outcome`); err != nil || strings.Join(told, " ") != " OWN_CASE" {
		t.Errorf("%q, %v", told, err)
	}
	if n := c.count(`select count(*) from notices where kind = 'HOURS_ANSWERED'`); n != 1 {
		t.Errorf("%d notices", n)
	}
}

// TestAVerdictIsGivenOnce, however many give it at the same moment.
func TestAVerdictIsGivenOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift, start := c.pastShift(t, 0)
	_, id := c.worked(c.volunteer, shift, start, 0, 2*hour)
	c.moveTo(start.Add(3 * hour))
	codes := make([]string, 8)
	atOnce(len(codes), func(i int) {
		who := []*caller{c.lead, c.coordinator, c.ngoLead}[i%3]
		codes[i] = who.done("approveHours", vars{"ids": []string{id}})[0]
	})
	if slices.Sort(codes); codes[0] != "" || codes[1] != "WRONG_STATE" {
		t.Error(codes)
	}
}
