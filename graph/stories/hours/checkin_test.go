package hours

import (
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestCheckingInWithACode: by whom, with which code, and when; another hub on the database accepts the same.
func TestCheckingInWithACode(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	second := hub.NewOn(t, c.Database)
	task, shift := c.Task(9, time.Hour)
	other := c.AddShift(task, 9, 100*time.Minute)
	people := c.Crowd(6)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.SignUp(who, shift)
	}
	now := c.Present().Truncate(30 * time.Second)
	at := func(moment time.Time) {
		c.Still(moment)
		second.Still(moment)
	}
	at(now.Add(29 * time.Second))
	shown := c.Lead.Must(hub.ShowCode, hub.Vars{"shift": shift}).Shows("checkInCode.validUntil", now.Add(30*time.Second).UTC().Format(time.RFC3339))
	code := shown.Str("checkInCode.code")
	shown.Shows("checkInCode.path", "/check-in/"+shift+"#"+code)
	if elsewhere := c.Lead.Must(hub.ShowCode, hub.Vars{"shift": other}).Str("checkInCode.code"); elsewhere == code {
		t.Error("two shifts have one code")
	} else {
		people[0].Refused("WRONG_CODE", "checkInWithCode", hub.Vars{"shiftId": shift, "code": elsewhere})
	}
	for who, want := range map[*hub.Caller]string{c.Visitor(): "UNAUTHENTICATED", people[0]: "NOT_LEAD", c.Coordinator: "NOT_LEAD"} {
		if got := who.Ask(hub.ShowCode, hub.Vars{"shift": shift}).Code(); got != want {
			t.Errorf("the code is shown: %q, want %s", got, want)
		}
	}

	payload := "signup { id state checkedInAt history { nodes { verb fromState toState actingAs } } }"
	typed := strings.ToLower(code[:3]) + " - " + code[3:]
	first := people[0].Do("checkInWithCode", hub.Vars{"shiftId": shift, "code": typed}, payload).
		Shows("checkInWithCode.signup.id", signups[0]).Shows("checkInWithCode.signup.state", "CHECKED_IN").
		Shows("checkInWithCode.signup.history.nodes.1", hub.Vars{"verb": "CHECK_IN_WITH_CODE", "fromState": "CONFIRMED", "toState": "CHECKED_IN", "actingAs": "PERSON"})
	at(now.Add(59 * time.Second)) // it was shown until half a minute ago
	onSecond := *people[1]
	onSecond.Hub = second
	onSecond.Do("checkInWithCode", hub.Vars{"shiftId": shift, "code": code}, payload).Shows("checkInWithCode.signup.state", "CHECKED_IN")
	at(now.Add(60 * time.Second))
	people[2].Refused("WRONG_CODE", "checkInWithCode", hub.Vars{"shiftId": shift, "code": code})
	at(now.Add(90 * time.Second)) // a minute late
	people[2].Refused("WRONG_CODE", "checkInWithCode", hub.Vars{"shiftId": shift, "code": code})
	if again := people[0].Do("checkInWithCode", hub.Vars{"shiftId": shift, "code": code}, payload); again.RawBody != first.RawBody {
		t.Errorf("used twice: %s; first %s", again.RawBody, first.RawBody)
	}

	// Somebody who has no seat, or is not on the shift, learns nothing more.
	fresh := c.Lead.Must(hub.ShowCode, hub.Vars{"shift": shift}).Str("checkInCode.code")
	c.Other.Refused("NOT_SIGNED_UP", "checkInWithCode", hub.Vars{"shiftId": shift, "code": fresh})
	c.Other.Refused("NOT_FOUND", "checkInWithCode", hub.Vars{"shiftId": c.Team, "code": fresh})
	c.Exec(`update signups set state = 'NO_SHOW', updated_at = starts_at where id = $1`, signups[3])
	people[3].Refused("WRONG_STATE", "checkInWithCode", hub.Vars{"shiftId": shift, "code": fresh})
	people[2].Refused("INVALID", "checkInWithCode", hub.Vars{"shiftId": shift, "code": " "})
}

// TestTheCodesHours are those of checking in: from two hours before the start until a day after the end.
func TestTheCodesHours(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Minute)
	task, _ := c.Task(1, 500*time.Hour)
	shift := c.FromTo(task, base, 9, 72*time.Hour, 74*time.Hour)
	c.SignUp(c.Volunteer, shift)
	start, end := base.Add(72*time.Hour), base.Add(74*time.Hour)
	c.Visitor().Must(`query($id: ID!) { shift(id: $id) { checkInFrom checkInUntil } }`, hub.Vars{"id": shift}).Shows("shift", hub.Vars{
		"checkInFrom": start.Add(-2 * time.Hour).UTC().Format(time.RFC3339), "checkInUntil": end.Add(24 * time.Hour).UTC().Format(time.RFC3339)})
	for _, row := range []struct {
		at   time.Time
		want string
	}{{start.Add(-2*time.Hour - time.Second), "TOO_EARLY"}, {start.Add(-2 * time.Hour), ""}, {end.Add(24*time.Hour - time.Second), ""}, {end.Add(24 * time.Hour), "TOO_LATE"}} {
		c.At(row.at)
		if got := c.Lead.Ask(hub.ShowCode, hub.Vars{"shift": shift}).Code(); got != row.want {
			t.Errorf("shown at start%+v: %q, want %q", row.at.Sub(start), got, row.want)
		}
	}
	early := start.Add(-3 * time.Hour)
	c.Still(early)
	code := c.Resolver.Signups.CodeFor(hub.RowID(shift), early)
	c.Volunteer.Refused("TOO_EARLY", "checkInWithCode", hub.Vars{"shiftId": shift, "code": code})
}

// TestGuessingIsSlow: after ten wrong codes for a shift a person has to wait, even with the right one.
func TestGuessingIsSlow(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, shift := c.Task(9, time.Hour)
	c.SignUp(c.Volunteer, shift)
	c.SignUp(c.Other, shift)
	for range 10 {
		c.Volunteer.Refused("WRONG_CODE", "checkInWithCode", hub.Vars{"shiftId": shift, "code": "222222"})
	}
	code := c.Lead.Must(hub.ShowCode, hub.Vars{"shift": shift}).Str("checkInCode.code")
	c.Volunteer.Refused("TRY_LATER", "checkInWithCode", hub.Vars{"shiftId": shift, "code": code})
	c.Other.Do("checkInWithCode", hub.Vars{"shiftId": shift, "code": code}, "signup { state }").Shows("checkInWithCode.signup.state", "CHECKED_IN")
	later := c.Present().Add(10 * time.Second)
	c.Still(later)
	code = c.Lead.Must(hub.ShowCode, hub.Vars{"shift": shift}).Str("checkInCode.code")
	c.Volunteer.Do("checkInWithCode", hub.Vars{"shiftId": shift, "code": code}, "signup { state }").Shows("checkInWithCode.signup.state", "CHECKED_IN")
}

// TestCheckingInMany: each row by itself, and once for a key.
func TestCheckingInMany(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	task, shift := c.Task(9, time.Hour)
	far := c.AddShift(task, 9, 48*time.Hour)
	people := c.Crowd(3)
	first, _ := c.SignUp(people[0], shift)
	second, _ := c.SignUp(people[1], shift)
	early, _ := c.SignUp(people[2], far)
	lead := *c.Lead
	lead.Key = "many-at-once"
	in := hub.Vars{"ids": []string{second, early, first, c.Team, first}}
	for range 2 {
		if codes := lead.Done("checkInMany", in); !slices.Equal(codes, []string{"", "TOO_EARLY", "", "NOT_FOUND"}) {
			t.Error(codes)
		}
	}
	if codes := c.Lead.Done("checkInMany", in); !slices.Equal(codes, []string{"WRONG_STATE", "TOO_EARLY", "WRONG_STATE", "NOT_FOUND"}) {
		t.Error(codes)
	}
	for who, want := range map[*hub.Caller]string{c.Coordinator: "NOT_LEAD", c.Other: "NOT_FOUND", people[2]: "NOT_LEAD"} {
		if codes := who.Done("checkInMany", hub.Vars{"ids": []string{early}}); !slices.Equal(codes, []string{want}) {
			t.Errorf("%v, want %s", codes, want)
		}
	}
	c.Lead.Do("checkInMany", hub.Vars{"ids": []string{first}}, "results { id code signup { state history { nodes { verb actingAs } } } }").
		Shows("checkInMany.results.0.signup", hub.Vars{"state": "CHECKED_IN", "history": hub.Vars{"nodes": []hub.Vars{
			{"verb": "SIGN_UP", "actingAs": "PERSON"}, {"verb": "CHECK_IN", "actingAs": "LEAD"}}}})
	c.Lead.Refused("INVALID", "checkInMany", hub.Vars{"ids": []string{}})
}
