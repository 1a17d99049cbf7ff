// Package hours has the stories of checking in, hours, records and certificates.
package hours

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestMinutesAreThoseOfAttendance: within the shift, rounded to 5; older hours keep their minutes.
func TestMinutesAreThoseOfAttendance(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Minute)
	task, _ := c.Task(1, 500*time.Hour)
	start := base.Add(72 * time.Hour)
	long, odd := c.FromTo(task, base, 100, 72*time.Hour, 74*time.Hour), c.FromTo(task, base, 100, 80*time.Hour, 80*time.Hour+13*time.Minute)
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
	for i, who := range c.Crowd(len(rows)) {
		row, begins := rows[i], start
		if row.shift == odd {
			begins = start.Add(8 * time.Hour)
		}
		signup, id := worked(c, who, row.shift, begins, row.in, row.out)
		stands(who, id, hub.Vars{"state": "PENDING", "minutes": row.want, "workedMinutes": row.want, "reason": nil})
		who.Must(`query($id: ID!) { node(id: $id) { ... on Signup { hours { id cameAt wentAt history { nodes { verb fromState toState actingAs } } } } } }`,
			hub.Vars{"id": signup}).Shows("node.hours", hub.Vars{"id": id, "cameAt": begins.Add(row.in).UTC().Format(time.RFC3339),
			"wentAt":  begins.Add(row.out).UTC().Format(time.RFC3339),
			"history": hub.Vars{"nodes": []hub.Vars{{"verb": "CHECK_OUT", "fromState": nil, "toState": "PENDING", "actingAs": "LEAD"}}}})
	}
}

// TestHoursFollowAttendance: hours are void once the attendance is corrected to absence, wait again once it is corrected back,
// and nothing is lost on the way.
func TestHoursFollowAttendance(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift, start := pastShift(c, t, 0)
	signup, id := worked(c, c.Volunteer, shift, start, 0, 60*time.Minute)
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{id}}); !slices.Equal(codes, []string{"TOO_EARLY"}) {
		t.Fatal(codes)
	}
	c.At(start.Add(2 * time.Hour))
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{id}}); !slices.Equal(codes, []string{""}) {
		t.Fatal(codes)
	}
	correct := func(state string) {
		t.Helper()
		if _, err := c.Change(c.Lead.CallAt(start.Add(24*time.Hour)), "CORRECT_ATTENDANCE", signup, state); err != nil {
			t.Fatal(err)
		}
	}
	correct("NO_SHOW")
	stands(c.Volunteer, id, hub.Vars{"state": "VOID", "minutes": 0, "workedMinutes": 60, "reason": nil})
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{id}}); !slices.Equal(codes, []string{"WRONG_STATE"}) {
		t.Fatal(codes)
	}
	correct("COMPLETED") // the whole shift, if nothing else is known
	stands(c.Volunteer, id, hub.Vars{"state": "PENDING", "minutes": 120, "workedMinutes": 120, "reason": nil})
	c.Lead.Done("adjustHours", hub.Vars{"rows": []hub.Vars{{"id": id, "minutes": 90}}, "reason": "Left at half past."})
	correct("COMPLETED") // as before
	stands(c.Volunteer, id, hub.Vars{"state": "ADJUSTED", "minutes": 90, "workedMinutes": 120, "reason": "Left at half past."})
	correct("CHECKED_IN")
	correct("CONFIRMED")
	c.Volunteer.Must(`query($id: ID!) { node(id: $id) { ... on Hours { state history { nodes { verb fromState toState words by { id } } } } } }`,
		hub.Vars{"id": id}).Shows("node", hub.Vars{"state": "VOID", "history": hub.Vars{"nodes": []hub.Vars{
		{"verb": "CHECK_OUT", "fromState": nil, "toState": "PENDING", "words": nil, "by": hub.Vars{"id": c.Lead.ID}},
		{"verb": "APPROVE_HOURS", "fromState": "PENDING", "toState": "APPROVED", "words": nil, "by": hub.Vars{"id": c.Lead.ID}},
		{"verb": "CORRECT_ATTENDANCE", "fromState": "APPROVED", "toState": "VOID", "words": "Қате басылды.", "by": hub.Vars{"id": c.Lead.ID}},
		{"verb": "CORRECT_ATTENDANCE", "fromState": "VOID", "toState": "PENDING", "words": "Қате басылды.", "by": hub.Vars{"id": c.Lead.ID}},
		{"verb": "ADJUST_HOURS", "fromState": "PENDING", "toState": "ADJUSTED", "words": "Left at half past.", "by": hub.Vars{"id": c.Lead.ID}},
		{"verb": "CORRECT_ATTENDANCE", "fromState": "ADJUSTED", "toState": "VOID", "words": "Қате басылды.", "by": hub.Vars{"id": c.Lead.ID}}}}})
}

// TestTheForgottenHaveHours too: the hub checks them out, with the end as the time.
func TestTheForgottenHaveHours(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift, start := pastShift(c, t, 0)
	signup := c.Attendance(c.Volunteer, shift, "CHECKED_IN", start.Add(30*time.Minute))
	if err := c.Round(start.Add(26 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	c.Volunteer.Must(`query($id: ID!) { node(id: $id) { ... on Signup { hours { state minutes history { nodes { verb toState actingAs } } } } } }`, hub.Vars{"id": signup}).
		Shows("node.hours", hub.Vars{"state": "PENDING", "minutes": 90, "history": hub.Vars{"nodes": []hub.Vars{{"verb": "CHECK_OUT", "toState": "PENDING", "actingAs": "HUB"}}}})
}

// TestVerdicts: who gives them, on what, until when, and who is told.
func TestVerdicts(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift, start := pastShift(c, t, 0)
	people := c.Crowd(3)
	ids := make([]string, len(people))
	for i, who := range people {
		_, ids[i] = worked(c, who, shift, start, 0, 2*time.Hour)
	}
	_, own := worked(c, c.Lead, shift, start, 0, 2*time.Hour)
	c.At(start.Add(3 * time.Hour))
	nowhere := "0198aaaa-0000-7000-8000-000000000000"
	waiting := `query($id: ID!) { task(id: $id) { hours(filter: {states: [PENDING]}) { totalCount nodes { id } } team { hours(filter: {states: [PENDING]}) { totalCount } }
		centre { workedHours(filter: {states: [PENDING]}, first: 2) { totalCount pageInfo { hasNextPage } } } } }`
	c.Coordinator.Must(waiting, hub.Vars{"id": task}).Shows("task.hours.totalCount", 4).Shows("task.team.hours.totalCount", 4).
		Shows("task.centre.workedHours", hub.Vars{"totalCount": 4, "pageInfo": hub.Vars{"hasNextPage": true}})

	// Each row has its own outcome, and other people's hours stay as they are. Nobody gives a verdict on their own hours.
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{ids[0], own, nowhere, ids[0]}}); !slices.Equal(codes, []string{"", "OWN_CASE", "NOT_FOUND"}) {
		t.Error(codes)
	}
	stands(people[0], ids[0], hub.Vars{"state": "APPROVED", "minutes": 120, "workedMinutes": 120, "reason": nil})
	for who, want := range map[*hub.Caller]string{people[1]: "NOT_LEAD", c.Other: "NOT_FOUND", c.Officer: "NOT_LEAD"} {
		if codes := who.Done("rejectHours", hub.Vars{"ids": []string{ids[1]}, "reason": "No."}); !slices.Equal(codes, []string{want}) {
			t.Errorf("%v; want %s", codes, want)
		}
	}
	if codes := c.Coordinator.Done("approveHours", hub.Vars{"ids": []string{own}}); !slices.Equal(codes, []string{""}) {
		t.Error(codes)
	}
	c.Lead.Must(`query($id: ID!) { node(id: $id) { ... on Hours { history { nodes { verb actingAs } } } } }`, hub.Vars{"id": own}).
		Shows("node.history.nodes.1", hub.Vars{"verb": "APPROVE_HOURS", "actingAs": "COORDINATOR"})

	// Adjusted within the shift, rejected with a reason.
	if codes := c.Lead.Done("adjustHours", hub.Vars{"rows": []hub.Vars{{"id": ids[1], "minutes": 125}, {"id": ids[2], "minutes": 45}}, "reason": "They left early."}); !slices.Equal(codes, []string{"OVER_SHIFT", ""}) {
		t.Error(codes)
	}
	stands(people[2], ids[2], hub.Vars{"state": "ADJUSTED", "minutes": 45, "workedMinutes": 120, "reason": "They left early."})
	for _, in := range []hub.Vars{{"rows": []hub.Vars{{"id": ids[1], "minutes": 7}}, "reason": "Odd."}, {"rows": []hub.Vars{}, "reason": "None."},
		{"rows": []hub.Vars{{"id": ids[1], "minutes": 0}}, "reason": "None."}, {"rows": []hub.Vars{{"id": ids[1], "minutes": 60}}, "reason": " "}} {
		c.Lead.Refused("INVALID", "adjustHours", in)
	}
	c.Lead.Refused("INVALID", "rejectHours", hub.Vars{"ids": []string{ids[1]}, "reason": ""})
	c.Lead.Refused("INVALID", "approveHours", hub.Vars{"ids": []string{}})

	// A verdict can be changed with a reason, for 7 days.
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{ids[2]}}); !slices.Equal(codes, []string{"REASON_MISSING"}) {
		t.Error(codes)
	}
	c.At(start.Add(4 * time.Hour)) // what happens at one moment is told once
	if codes := c.Lead.Done("approveHours", hub.Vars{"ids": []string{ids[2]}, "reason": "They were there."}); !slices.Equal(codes, []string{""}) {
		t.Error(codes)
	}
	stands(people[2], ids[2], hub.Vars{"state": "APPROVED", "minutes": 120, "workedMinutes": 120, "reason": "They were there."})
	c.At(start.Add(3*time.Hour + 7*24*time.Hour))
	if codes := c.Lead.Done("rejectHours", hub.Vars{"ids": []string{ids[2]}, "reason": "After all, no."}); !slices.Equal(codes, []string{"TOO_LATE"}) {
		t.Error(codes)
	}

	// Each was told about each verdict, in the transaction that gave it.
	people[2].Must(`{ viewer { notices { nodes { kind path title } } } }`).Shows("viewer.notices.nodes", []hub.Vars{
		{"kind": "HOURS_ANSWERED", "path": "/me/record", "title": "Your hours were approved: 2\u00a0h"},
		{"kind": "HOURS_ANSWERED", "path": "/me/record", "title": "Your hours were adjusted: 45\u00a0min"}})
	people[1].Must(`{ viewer { unreadNotices } }`).Shows("viewer.unreadNotices", 0)
	c.Officer.Must(waiting, hub.Vars{"id": task}).Shows("task.hours.nodes", []hub.Vars{{"id": ids[1]}})
}

// TestAListIsAnsweredOnce: the same key returns the same answer, row by row, though the rows could not be done twice.
func TestAListIsAnsweredOnce(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift, start := pastShift(c, t, 0)
	_, id := worked(c, c.Volunteer, shift, start, 0, 2*time.Hour)
	_, own := worked(c, c.Lead, shift, start, 0, 2*time.Hour)
	c.At(start.Add(3 * time.Hour))
	lead := *c.Lead
	lead.Key = "hours-once"
	in := hub.Vars{"ids": []string{id, own}}
	for range 2 {
		if codes := lead.Done("approveHours", in); !slices.Equal(codes, []string{"", "OWN_CASE"}) {
			t.Fatal(codes)
		}
	}
	if got := lead.Ask(hub.Document("approveHours", "__typename"), hub.Vars{"in": hub.Vars{"ids": []string{id}}}).Code(); got != "IDEMPOTENCY_KEY_REUSED" {
		t.Error(got)
	}
	var told []string
	if err := c.DB.Select(&told, `select outcome from audit_entries where action = 'approveHours' order by outcome`); err != nil || strings.Join(told, " ") != " OWN_CASE" {
		t.Errorf("%q, %v", told, err)
	}
	if n := c.Count(`select count(*) from notices where kind = 'HOURS_ANSWERED'`); n != 1 {
		t.Errorf("%d notices", n)
	}
}

// TestAVerdictIsGivenOnce, however many give it at the same moment.
func TestAVerdictIsGivenOnce(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift, start := pastShift(c, t, 0)
	_, id := worked(c, c.Volunteer, shift, start, 0, 2*time.Hour)
	c.At(start.Add(3 * time.Hour))
	codes := make([]string, 8)
	hub.AtOnce(len(codes), func(i int) {
		who := []*hub.Caller{c.Lead, c.Coordinator, c.NgoLead}[i%3]
		codes[i] = who.Done("approveHours", hub.Vars{"ids": []string{id}})[0]
	})
	if slices.Sort(codes); codes[0] != "" || codes[1] != "WRONG_STATE" {
		t.Error(codes)
	}
}
