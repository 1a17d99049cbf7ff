package signup

import (
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestTimeBorders: each verb up to the microsecond.
func TestTimeBorders(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 500*time.Hour)
	shift := c.FromTo(task, base, 100, 72*time.Hour, 74*time.Hour)
	start, end := base.Add(72*time.Hour), base.Add(74*time.Hour)
	const instant, days = time.Microsecond, 24 * time.Hour
	rows := []struct {
		verb, from string
		at         time.Time
		want       string
	}{
		{"SIGN_UP", "", start.Add(-instant), ""},
		{"SIGN_UP", "", start, "SIGNUP_CLOSED"},
		{"CANCEL_SIGNUP", "CONFIRMED", start.Add(-instant), ""},
		{"CANCEL_SIGNUP", "CONFIRMED", start, "SIGNUP_CLOSED"},
		{"CHECK_IN", "CONFIRMED", start.Add(-2*time.Hour - instant), "TOO_EARLY"},
		{"CHECK_IN", "CONFIRMED", start.Add(-2 * time.Hour), ""},
		{"CHECK_IN", "CONFIRMED", end.Add(24*time.Hour - instant), ""},
		{"CHECK_IN", "CONFIRMED", end.Add(24 * time.Hour), "TOO_LATE"},
		{"CHECK_OUT", "CHECKED_IN", start.Add(-instant), "TOO_EARLY"},
		{"CHECK_OUT", "CHECKED_IN", start, ""},
		{"CHECK_OUT", "CHECKED_IN", end.Add(100 * days), ""},
		{"MARK_NO_SHOW", "CONFIRMED", start.Add(-instant), "TOO_EARLY"},
		{"MARK_NO_SHOW", "CONFIRMED", start, ""},
		{"MARK_NO_SHOW", "CONFIRMED", end.Add(100 * days), ""},
		{"CORRECT_ATTENDANCE", "CHECKED_IN", start.Add(-time.Hour), ""},
		{"CORRECT_ATTENDANCE", "NO_SHOW", end.Add(7*days - instant), ""},
		{"CORRECT_ATTENDANCE", "NO_SHOW", end.Add(7 * days), "TOO_LATE"},
		{"CORRECT_ATTENDANCE", "COMPLETED", end.Add(7 * days), "TOO_LATE"},
		{"CORRECT_ATTENDANCE to NO_SHOW", "CHECKED_IN", start.Add(-instant), "TOO_EARLY"},
		{"CORRECT_ATTENDANCE to NO_SHOW", "CHECKED_IN", start, ""},
		{"CORRECT_ATTENDANCE to COMPLETED", "CHECKED_IN", end.Add(-instant), "TOO_EARLY"},
		{"CORRECT_ATTENDANCE to COMPLETED", "CHECKED_IN", end, ""},
		{"CORRECT_ATTENDANCE to COMPLETED", "COMPLETED", end.Add(-instant), "TOO_EARLY"},
		{"CORRECT_ATTENDANCE to CHECKED_IN", "CHECKED_IN", start.Add(-time.Hour), ""},
	}
	for i, who := range c.Crowd(len(rows)) {
		row := rows[i]
		id, by := shift, who
		if row.verb != "SIGN_UP" {
			id = c.Attendance(who, shift, row.from, start)
		}
		if row.verb != "SIGN_UP" && row.verb != "CANCEL_SIGNUP" {
			by = c.Lead
		}
		verb, to, given := strings.Cut(row.verb, " to ")
		if !given {
			to = "CONFIRMED"
		}
		if _, err := c.Change(by.CallAt(row.at), verb, id, to); hub.CodeOf(err) != row.want {
			t.Errorf("%s of %s at start%+v: %v; want %q", row.verb, row.from, row.at.Sub(start), err, row.want)
		}
	}
}

// TestCorrections: from each state to each, with the times that belong to it.
func TestCorrections(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 500*time.Hour)
	shift := c.FromTo(task, base, 100, 72*time.Hour, 74*time.Hour)
	start, end := base.Add(72*time.Hour), base.Add(74*time.Hour)
	later := end.Add(48 * time.Hour)
	people := c.Crowd(16)
	for _, from := range []string{"CHECKED_IN", "COMPLETED", "NO_SHOW"} {
		for _, to := range []string{"CONFIRMED", "CHECKED_IN", "COMPLETED", "NO_SHOW"} {
			id := c.Attendance(people[0], shift, from, start)
			people = people[1:]
			g, err := c.Change(c.Lead.CallAt(later), "CORRECT_ATTENDANCE", id, to)
			if err != nil || string(g.State) != to {
				t.Errorf("%s to %s: %v", from, to, err)
				continue
			}
			came, left := start, end
			if from == "NO_SHOW" && to == "CHECKED_IN" {
				came = later
			}
			if in := to == "CHECKED_IN" || to == "COMPLETED"; in != (g.CheckedInAt != nil) || in && !g.CheckedInAt.Equal(came) {
				t.Errorf("%s to %s: in at %v", from, to, g.CheckedInAt)
			}
			if out := to == "COMPLETED"; out != (g.CheckedOutAt != nil) || out && !g.CheckedOutAt.Equal(left) {
				t.Errorf("%s to %s: out at %v", from, to, g.CheckedOutAt)
			}
		}
	}
	id := c.Attendance(people[0], shift, "CONFIRMED", start)
	if _, err := c.Change(c.Lead.CallAt(later), "CORRECT_ATTENDANCE", id, "COMPLETED"); hub.CodeOf(err) != "WRONG_STATE" {
		t.Errorf("nothing is marked: %v", err)
	}
	id = c.Attendance(people[1], shift, "NO_SHOW", start)
	for _, in := range []hub.Vars{{"state": "CANCELLED", "reason": "Қате."}, {"state": "WAITLISTED", "reason": "Қате."}, {"state": "CONFIRMED", "reason": " a "}} {
		in["id"] = id
		c.Lead.Refused("INVALID", "correctAttendance", in)
	}
	// Somebody who was marked absent and went elsewhere cannot be there as well.
	other := c.FromTo(task, base, 100, 73*time.Hour, 75*time.Hour)
	if _, err := c.Change(people[1].CallAt(start), "SIGN_UP", other, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Change(c.Lead.CallAt(later), "CORRECT_ATTENDANCE", id, "COMPLETED"); hub.CodeOf(err) != "CLASH" {
		t.Errorf("in two places: %v", err)
	}
	c.At(later)
	c.Lead.Do("correctAttendance", hub.Vars{"id": id, "state": "NO_SHOW", "reason": " Қайта тексерілді. "},
		"signup { state history { nodes { verb fromState toState actingAs words } } }").
		Shows("correctAttendance.signup.history.nodes.2", hub.Vars{"verb": "CORRECT_ATTENDANCE", "fromState": "NO_SHOW", "toState": "NO_SHOW",
			"actingAs": "LEAD", "words": "Қайта тексерілді."})
	c.Sound(t, base, task)
}

// TestForgottenCheckOut: a day after the end the hub does it, with the end as the time.
func TestForgottenCheckOut(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 500*time.Hour)
	shift := c.FromTo(task, base, 100, 72*time.Hour, 74*time.Hour)
	start, end := base.Add(72*time.Hour), base.Add(74*time.Hour)
	people := c.Crowd(3)
	inTime, late := c.Attendance(people[0], shift, "CHECKED_IN", start), c.Attendance(people[1], shift, "CHECKED_IN", end.Add(5*time.Hour))
	silent := c.Attendance(people[2], shift, "CONFIRMED", start)
	round := func(at time.Time) {
		if err := c.Round(at); err != nil {
			t.Fatal(err)
		}
	}
	round(end.Add(24*time.Hour - time.Microsecond))
	c.SignedUp(t, shift, "CHECKED_IN", "CHECKED_IN", "CONFIRMED")
	round(end.Add(24 * time.Hour))
	c.SignedUp(t, shift, "COMPLETED", "COMPLETED", "CONFIRMED")
	for id, out := range map[string]time.Time{inTime: end, late: end.Add(5 * time.Hour)} {
		c.Lead.SignupAs(id).Shows("node.checkedOutAt", out.UTC().Format(time.RFC3339)).
			Shows("node.history.nodes.2", hub.Vars{"verb": "CHECK_OUT", "fromState": "CHECKED_IN", "toState": "COMPLETED", "actingAs": "HUB", "words": nil})
	}
	c.Lead.Must(`query($id: ID!) { shift(id: $id) { signups(filter: {states: [CONFIRMED]}) { nodes { id } } } }`, hub.Vars{"id": shift}).
		Shows("shift.signups.nodes.0.id", silent)
	c.Sound(t, end.Add(24*time.Hour), task)
}

// TestWhoKeepsAttendance: the leads, and for checking out the person too.
func TestWhoKeepsAttendance(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	people := c.Crowd(8)
	var tasks []string
	member, otherLead := people[6], people[7]
	c.Enrol(member, c.Team, "MEMBER")
	second := c.NgoLead.Do("createTeam", hub.Vars{"ngoId": c.Ngo, "centreId": c.Centre("ALATAU-1"), "name": hub.Vars{"ru": "Команда Алатау"}},
		"team { id }").Str("createTeam.team.id")
	c.Enrol(otherLead, second, "LEAD")
	reason := hub.Vars{"state": "CONFIRMED", "reason": "Қате басылды."}
	for i, verb := range []struct {
		mutation, from string
		input          hub.Vars
		person         string // the code for the person
	}{
		{"checkIn", "CONFIRMED", hub.Vars{}, "NOT_LEAD"},
		{"correctAttendance", "CHECKED_IN", reason, "NOT_LEAD"},
		{"markNoShow", "CONFIRMED", hub.Vars{}, "NOT_LEAD"},
		{"checkOut", "CHECKED_IN", hub.Vars{}, ""},
	} {
		task, shift := c.Task(100, time.Hour)
		tasks = append(tasks, task)
		id, another := c.Attendance(people[i], shift, verb.from, c.Present()), ""
		if verb.mutation == "checkOut" {
			another = c.Attendance(people[5], shift, verb.from, c.Present())
		}
		if verb.mutation == "markNoShow" || verb.mutation == "checkOut" {
			c.Pass(90 * time.Minute)
		}
		verb.input["id"] = id
		for _, s := range []struct {
			who  *hub.Caller
			code string
		}{
			{c.Visitor(), "UNAUTHENTICATED"}, {c.Other, "NOT_FOUND"}, {member, "NOT_FOUND"}, {otherLead, "NOT_FOUND"},
			{c.Coordinator, "NOT_LEAD"}, {c.Officer, "NOT_LEAD"}, {people[i], verb.person},
		} {
			s.who.Refused(s.code, verb.mutation, verb.input)
		}
		if verb.mutation == "checkOut" {
			c.Lead.SignupAs(id).Shows("node.history.nodes.2.actingAs", "PERSON")
			c.NgoLead.Do("checkOut", hub.Vars{"id": another}, "signup { id }")
			c.Lead.SignupAs(another).Shows("node.history.nodes.2.actingAs", "LEAD")
			continue
		}
		c.NgoLead.Do(verb.mutation, verb.input, "signup { history { nodes { actingAs } } }")
	}
	c.Tick()
	for _, task := range tasks {
		c.Sound(t, c.Present(), task)
	}
}
