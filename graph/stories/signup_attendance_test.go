package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/signup"
)

// change runs a verb of signup.verbs on a sign-up, at the call's moment.
func (h *hub) change(call mutation.Call, verb, id, state string) (*signup.Signup, error) {
	s, ctx, by := h.r.Signups, context.Background(), signup.ByID{ID: rowID(id)}
	var done *signup.SignupPayload
	var err error
	switch verb {
	case "SIGN_UP":
		done, err = s.SignUp(ctx, call, signup.SignUpInput{ShiftID: rowID(id)})
	case "ACCEPT_OFFER":
		done, err = s.Accept(ctx, call, by)
	case "DECLINE_OFFER":
		done, err = s.Decline(ctx, call, by)
	case "CANCEL_SIGNUP":
		done, err = s.Cancel(ctx, call, signup.CancelSignupInput{ID: by.ID})
	case "CHECK_IN":
		done, err = s.CheckIn(ctx, call, by)
	case "CHECK_IN_WITH_CODE":
		shift := rowID(h.text(`select shift_id from signups where id = $1`, by.ID))
		done, err = s.CheckInWithCode(ctx, call, "192.0.2.1", signup.CheckInWithCodeInput{ShiftID: shift, Code: s.CodeFor(shift, call.Now)})
	case "CHECK_OUT":
		done, err = s.CheckOut(ctx, call, by)
	case "MARK_NO_SHOW":
		done, err = s.MarkNoShow(ctx, call, by)
	case "CORRECT_ATTENDANCE":
		done, err = s.Correct(ctx, call, signup.CorrectAttendanceInput{ID: by.ID, State: signup.SignupState(state), Reason: "Қате басылды."})
	default:
		h.t.Fatalf("no verb %s", verb)
	}
	if err != nil {
		return nil, err
	}
	return done.Signup, nil
}

// codeOf returns the refusal's code, "" if there was none.
func codeOf(err error) string {
	if err == nil {
		return ""
	}
	return string(fault.CodeOf(err))
}

// TestTimeBorders: each verb up to the microsecond.
func TestTimeBorders(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 500*hour)
	shift := c.fromTo(task, base, 100, 72*hour, 74*hour)
	start, end := base.Add(72*hour), base.Add(74*hour)
	const instant, days = time.Microsecond, 24 * hour
	rows := []struct {
		verb, from string
		at         time.Time
		want       string
	}{
		{"SIGN_UP", "", start.Add(-instant), ""},
		{"SIGN_UP", "", start, "SIGNUP_CLOSED"},
		{"CANCEL_SIGNUP", "CONFIRMED", start.Add(-instant), ""},
		{"CANCEL_SIGNUP", "CONFIRMED", start, "SIGNUP_CLOSED"},
		{"CHECK_IN", "CONFIRMED", start.Add(-2*hour - instant), "TOO_EARLY"},
		{"CHECK_IN", "CONFIRMED", start.Add(-2 * hour), ""},
		{"CHECK_IN", "CONFIRMED", end.Add(24*hour - instant), ""},
		{"CHECK_IN", "CONFIRMED", end.Add(24 * hour), "TOO_LATE"},
		{"CHECK_OUT", "CHECKED_IN", start.Add(-instant), "TOO_EARLY"},
		{"CHECK_OUT", "CHECKED_IN", start, ""},
		{"CHECK_OUT", "CHECKED_IN", end.Add(100 * days), ""},
		{"MARK_NO_SHOW", "CONFIRMED", start.Add(-instant), "TOO_EARLY"},
		{"MARK_NO_SHOW", "CONFIRMED", start, ""},
		{"MARK_NO_SHOW", "CONFIRMED", end.Add(100 * days), ""},
		{"CORRECT_ATTENDANCE", "CHECKED_IN", start.Add(-hour), ""},
		{"CORRECT_ATTENDANCE", "NO_SHOW", end.Add(7*days - instant), ""},
		{"CORRECT_ATTENDANCE", "NO_SHOW", end.Add(7 * days), "TOO_LATE"},
		{"CORRECT_ATTENDANCE", "COMPLETED", end.Add(7 * days), "TOO_LATE"},
		{"CORRECT_ATTENDANCE to NO_SHOW", "CHECKED_IN", start.Add(-instant), "TOO_EARLY"},
		{"CORRECT_ATTENDANCE to NO_SHOW", "CHECKED_IN", start, ""},
		{"CORRECT_ATTENDANCE to COMPLETED", "CHECKED_IN", end.Add(-instant), "TOO_EARLY"},
		{"CORRECT_ATTENDANCE to COMPLETED", "CHECKED_IN", end, ""},
		{"CORRECT_ATTENDANCE to COMPLETED", "COMPLETED", end.Add(-instant), "TOO_EARLY"},
		{"CORRECT_ATTENDANCE to CHECKED_IN", "CHECKED_IN", start.Add(-hour), ""},
	}
	for i, who := range c.crowd(len(rows)) {
		row := rows[i]
		id, by := shift, who
		if row.verb != "SIGN_UP" {
			id = c.attendance(who, shift, row.from, start)
		}
		if row.verb != "SIGN_UP" && row.verb != "CANCEL_SIGNUP" {
			by = c.lead
		}
		verb, to, given := strings.Cut(row.verb, " to ")
		if !given {
			to = "CONFIRMED"
		}
		if _, err := c.change(by.at(row.at), verb, id, to); codeOf(err) != row.want {
			t.Errorf("%s of %s at start%+v: %v; want %q", row.verb, row.from, row.at.Sub(start), err, row.want)
		}
	}
}

// attendance signs somebody up and brings the sign-up into one of the states of a shift's day.
func (c *city) attendance(who *caller, shift, state string, start time.Time) (id string) {
	c.t.Helper()
	id, _ = c.signUp(who, shift)
	for _, verb := range map[string][]string{"CONFIRMED": nil, "CHECKED_IN": {"CHECK_IN"}, "COMPLETED": {"CHECK_IN", "CHECK_OUT"},
		"NO_SHOW": {"MARK_NO_SHOW"}}[state] {
		if _, err := c.change(c.lead.at(start), verb, id, ""); err != nil {
			c.t.Fatal(verb, err)
		}
	}
	if got := c.state(id); got != state {
		c.t.Fatalf("%s; want %s", got, state)
	}
	return id
}

// TestCorrections: from each state to each, with the times that belong to it.
func TestCorrections(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 500*hour)
	shift := c.fromTo(task, base, 100, 72*hour, 74*hour)
	start, end := base.Add(72*hour), base.Add(74*hour)
	later := end.Add(48 * hour)
	people := c.crowd(16)
	for _, from := range []string{"CHECKED_IN", "COMPLETED", "NO_SHOW"} {
		for _, to := range []string{"CONFIRMED", "CHECKED_IN", "COMPLETED", "NO_SHOW"} {
			id := c.attendance(people[0], shift, from, start)
			people = people[1:]
			g, err := c.change(c.lead.at(later), "CORRECT_ATTENDANCE", id, to)
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
	id := c.attendance(people[0], shift, "CONFIRMED", start)
	if _, err := c.change(c.lead.at(later), "CORRECT_ATTENDANCE", id, "COMPLETED"); codeOf(err) != "WRONG_STATE" {
		t.Errorf("nothing is marked: %v", err)
	}
	id = c.attendance(people[1], shift, "NO_SHOW", start)
	for _, in := range []vars{{"state": "CANCELLED", "reason": "Қате."}, {"state": "WAITLISTED", "reason": "Қате."}, {"state": "CONFIRMED", "reason": " a "}} {
		in["id"] = id
		c.lead.refused("INVALID", "correctAttendance", in)
	}
	// Somebody who was marked absent and went elsewhere cannot be there as well.
	other := c.fromTo(task, base, 100, 73*hour, 75*hour)
	if _, err := c.change(people[1].at(start), "SIGN_UP", other, ""); err != nil {
		t.Fatal(err)
	}
	if _, err := c.change(c.lead.at(later), "CORRECT_ATTENDANCE", id, "COMPLETED"); codeOf(err) != "CLASH" {
		t.Errorf("in two places: %v", err)
	}
	c.moveTo(later)
	c.lead.do("correctAttendance", vars{"id": id, "state": "NO_SHOW", "reason": " Қайта тексерілді. "},
		"signup { state history { nodes { verb fromState toState actingAs words } } }").
		shows("correctAttendance.signup.history.nodes.2", vars{"verb": "CORRECT_ATTENDANCE", "fromState": "NO_SHOW", "toState": "NO_SHOW",
			"actingAs": "LEAD", "words": "Қайта тексерілді."})
	c.sound(t, base, task)
}

// TestForgottenCheckOut: a day after the end the hub does it, with the end as the time.
func TestForgottenCheckOut(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 500*hour)
	shift := c.fromTo(task, base, 100, 72*hour, 74*hour)
	start, end := base.Add(72*hour), base.Add(74*hour)
	people := c.crowd(3)
	inTime, late := c.attendance(people[0], shift, "CHECKED_IN", start), c.attendance(people[1], shift, "CHECKED_IN", end.Add(5*hour))
	silent := c.attendance(people[2], shift, "CONFIRMED", start)
	round := func(at time.Time) {
		if err := c.round(at); err != nil {
			t.Fatal(err)
		}
	}
	round(end.Add(24*hour - time.Microsecond))
	c.signedUp(t, shift, "CHECKED_IN", "CHECKED_IN", "CONFIRMED")
	round(end.Add(24 * hour))
	c.signedUp(t, shift, "COMPLETED", "COMPLETED", "CONFIRMED")
	for id, out := range map[string]time.Time{inTime: end, late: end.Add(5 * hour)} {
		c.lead.signupAs(id).shows("node.checkedOutAt", out.UTC().Format(time.RFC3339)).
			shows("node.history.nodes.2", vars{"verb": "CHECK_OUT", "fromState": "CHECKED_IN", "toState": "COMPLETED", "actingAs": "HUB", "words": nil})
	}
	c.lead.must(`query($id: ID!) { shift(id: $id) { signups(filter: {states: [CONFIRMED]}) { nodes { id } } } }`, vars{"id": shift}).
		shows("shift.signups.nodes.0.id", silent)
	c.sound(t, end.Add(24*hour), task)
}

// TestWhoKeepsAttendance: the leads, and for checking out the person too.
func TestWhoKeepsAttendance(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	people := c.crowd(8)
	var tasks []string
	member, otherLead := people[6], people[7]
	c.enrol(member, c.team, "MEMBER")
	second := c.ngoLead.do("createTeam", vars{"ngoId": c.ngo, "centreId": c.centre("ALATAU-1"), "name": vars{"ru": "Команда Алатау"}},
		"team { id }").str("createTeam.team.id")
	c.enrol(otherLead, second, "LEAD")
	reason := vars{"state": "CONFIRMED", "reason": "Қате басылды."}
	for i, verb := range []struct {
		mutation, from string
		input          vars
		person         string // the code for the person
	}{
		{"checkIn", "CONFIRMED", vars{}, "NOT_LEAD"},
		{"correctAttendance", "CHECKED_IN", reason, "NOT_LEAD"},
		{"markNoShow", "CONFIRMED", vars{}, "NOT_LEAD"},
		{"checkOut", "CHECKED_IN", vars{}, ""},
	} {
		task, shift := c.task(100, hour)
		tasks = append(tasks, task)
		id, another := c.attendance(people[i], shift, verb.from, time.Now()), ""
		if verb.mutation == "checkOut" {
			another = c.attendance(people[5], shift, verb.from, time.Now())
		}
		if verb.mutation == "markNoShow" || verb.mutation == "checkOut" {
			c.age(shift, 90*time.Minute)
		}
		verb.input["id"] = id
		for _, s := range []struct {
			who  *caller
			code string
		}{
			{c.visitor(), "UNAUTHENTICATED"}, {c.other, "NOT_FOUND"}, {member, "NOT_FOUND"}, {otherLead, "NOT_FOUND"},
			{c.coordinator, "NOT_LEAD"}, {c.officer, "NOT_LEAD"}, {people[i], verb.person},
		} {
			s.who.refused(s.code, verb.mutation, verb.input)
		}
		if verb.mutation == "checkOut" {
			c.lead.signupAs(id).shows("node.history.nodes.2.actingAs", "PERSON")
			c.ngoLead.do("checkOut", vars{"id": another}, "signup { id }")
			c.lead.signupAs(another).shows("node.history.nodes.2.actingAs", "LEAD")
			continue
		}
		c.ngoLead.do(verb.mutation, verb.input, "signup { history { nodes { actingAs } } }")
	}
	c.tick()
	for _, task := range tasks {
		c.sound(t, time.Now(), task)
	}
}
