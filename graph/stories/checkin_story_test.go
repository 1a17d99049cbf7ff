package stories

import (
	"slices"
	"strings"
	"testing"
	"time"
)

const showCode = `query($shift: ID!) { checkInCode(shiftId: $shift) { code validUntil path } }`

// TestCheckingInWithACode: by whom, with which code, and when; another hub on the database accepts the same.
func TestCheckingInWithACode(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	second := newHubOn(t, c.on)
	task, shift := c.task(9, hour)
	other := c.addShift(task, 9, 100*time.Minute)
	people := c.crowd(6)
	signups := make([]string, len(people))
	for i, who := range people {
		signups[i], _ = c.signUp(who, shift)
	}
	now := time.Now().Truncate(30 * time.Second)
	at := func(moment time.Time) {
		c.clock.Store(&moment)
		second.clock.Store(&moment)
	}
	at(now.Add(29 * time.Second))
	shown := c.lead.must(showCode, vars{"shift": shift}).shows("checkInCode.validUntil", now.Add(30*time.Second).UTC().Format(time.RFC3339))
	code := shown.str("checkInCode.code")
	shown.shows("checkInCode.path", "/check-in/"+shift+"#"+code)
	if elsewhere := c.lead.must(showCode, vars{"shift": other}).str("checkInCode.code"); elsewhere == code {
		t.Error("two shifts have one code")
	} else {
		people[0].refused("WRONG_CODE", "checkInWithCode", vars{"shiftId": shift, "code": elsewhere})
	}
	for who, want := range map[*caller]string{c.visitor(): "UNAUTHENTICATED", people[0]: "NOT_LEAD", c.coordinator: "NOT_LEAD"} {
		if got := who.ask(showCode, vars{"shift": shift}).code(); got != want {
			t.Errorf("the code is shown: %q, want %s", got, want)
		}
	}

	payload := "signup { id state checkedInAt history { nodes { verb fromState toState actingAs } } }"
	typed := strings.ToLower(code[:3]) + " - " + code[3:]
	first := people[0].do("checkInWithCode", vars{"shiftId": shift, "code": typed}, payload).
		shows("checkInWithCode.signup.id", signups[0]).shows("checkInWithCode.signup.state", "CHECKED_IN").
		shows("checkInWithCode.signup.history.nodes.1", vars{"verb": "CHECK_IN_WITH_CODE", "fromState": "CONFIRMED", "toState": "CHECKED_IN", "actingAs": "PERSON"})
	at(now.Add(59 * time.Second)) // it was shown until half a minute ago
	onSecond := *people[1]
	onSecond.h = second
	onSecond.do("checkInWithCode", vars{"shiftId": shift, "code": code}, payload).shows("checkInWithCode.signup.state", "CHECKED_IN")
	at(now.Add(60 * time.Second))
	people[2].refused("WRONG_CODE", "checkInWithCode", vars{"shiftId": shift, "code": code})
	at(now.Add(90 * time.Second)) // a minute late
	people[2].refused("WRONG_CODE", "checkInWithCode", vars{"shiftId": shift, "code": code})
	if again := people[0].do("checkInWithCode", vars{"shiftId": shift, "code": code}, payload); again.rawBody != first.rawBody {
		t.Errorf("used twice: %s; first %s", again.rawBody, first.rawBody)
	}

	// Somebody who has no seat, or is not on the shift, learns nothing more.
	fresh := c.lead.must(showCode, vars{"shift": shift}).str("checkInCode.code")
	c.other.refused("NOT_SIGNED_UP", "checkInWithCode", vars{"shiftId": shift, "code": fresh})
	c.other.refused("NOT_FOUND", "checkInWithCode", vars{"shiftId": c.team, "code": fresh})
	c.exec(`update signups set state = 'NO_SHOW', updated_at = starts_at where id = $1`, signups[3])
	people[3].refused("WRONG_STATE", "checkInWithCode", vars{"shiftId": shift, "code": fresh})
	people[2].refused("INVALID", "checkInWithCode", vars{"shiftId": shift, "code": " "})
}

// TestTheCodesHours are those of checking in: from two hours before the start until a day after the end.
func TestTheCodesHours(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Minute)
	task, _ := c.task(1, 500*hour)
	shift := c.fromTo(task, base, 9, 72*hour, 74*hour)
	c.signUp(c.volunteer, shift)
	start, end := base.Add(72*hour), base.Add(74*hour)
	c.visitor().must(`query($id: ID!) { shift(id: $id) { checkInFrom checkInUntil } }`, vars{"id": shift}).shows("shift", vars{
		"checkInFrom": start.Add(-2 * hour).UTC().Format(time.RFC3339), "checkInUntil": end.Add(24 * hour).UTC().Format(time.RFC3339)})
	for _, row := range []struct {
		at   time.Time
		want string
	}{{start.Add(-2*hour - time.Second), "TOO_EARLY"}, {start.Add(-2 * hour), ""}, {end.Add(24*hour - time.Second), ""}, {end.Add(24 * hour), "TOO_LATE"}} {
		c.clock.Store(&row.at)
		c.exec(`update sessions set last_seen_at = $1`, row.at)
		if got := c.lead.ask(showCode, vars{"shift": shift}).code(); got != row.want {
			t.Errorf("shown at start%+v: %q, want %q", row.at.Sub(start), got, row.want)
		}
	}
	early := start.Add(-3 * hour)
	c.clock.Store(&early)
	code := c.r.Signups.CodeFor(rowID(shift), early)
	c.volunteer.refused("TOO_EARLY", "checkInWithCode", vars{"shiftId": shift, "code": code})
}

// TestGuessingIsSlow: after ten wrong codes for a shift a person has to wait, even with the right one.
func TestGuessingIsSlow(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, shift := c.task(9, hour)
	c.signUp(c.volunteer, shift)
	c.signUp(c.other, shift)
	for range 10 {
		c.volunteer.refused("WRONG_CODE", "checkInWithCode", vars{"shiftId": shift, "code": "222222"})
	}
	code := c.lead.must(showCode, vars{"shift": shift}).str("checkInCode.code")
	c.volunteer.refused("TRY_LATER", "checkInWithCode", vars{"shiftId": shift, "code": code})
	c.other.do("checkInWithCode", vars{"shiftId": shift, "code": code}, "signup { state }").shows("checkInWithCode.signup.state", "CHECKED_IN")
	later := time.Now().Add(10 * time.Second)
	c.clock.Store(&later)
	code = c.lead.must(showCode, vars{"shift": shift}).str("checkInCode.code")
	c.volunteer.do("checkInWithCode", vars{"shiftId": shift, "code": code}, "signup { state }").shows("checkInWithCode.signup.state", "CHECKED_IN")
}

// TestCheckingInMany: each row by itself, and once for a key.
func TestCheckingInMany(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	task, shift := c.task(9, hour)
	far := c.addShift(task, 9, 48*hour)
	people := c.crowd(3)
	first, _ := c.signUp(people[0], shift)
	second, _ := c.signUp(people[1], shift)
	early, _ := c.signUp(people[2], far)
	lead := *c.lead
	lead.key = "many-at-once"
	in := vars{"ids": []string{second, early, first, c.team, first}}
	for range 2 {
		if codes := lead.done("checkInMany", in); !slices.Equal(codes, []string{"", "TOO_EARLY", "", "NOT_FOUND"}) {
			t.Error(codes)
		}
	}
	if codes := c.lead.done("checkInMany", in); !slices.Equal(codes, []string{"WRONG_STATE", "TOO_EARLY", "WRONG_STATE", "NOT_FOUND"}) {
		t.Error(codes)
	}
	for who, want := range map[*caller]string{c.coordinator: "NOT_LEAD", c.other: "NOT_FOUND", people[2]: "NOT_LEAD"} {
		if codes := who.done("checkInMany", vars{"ids": []string{early}}); !slices.Equal(codes, []string{want}) {
			t.Errorf("%v, want %s", codes, want)
		}
	}
	c.lead.do("checkInMany", vars{"ids": []string{first}}, "results { id code signup { state history { nodes { verb actingAs } } } }").
		shows("checkInMany.results.0.signup", vars{"state": "CHECKED_IN", "history": vars{"nodes": []vars{
			{"verb": "SIGN_UP", "actingAs": "PERSON"}, {"verb": "CHECK_IN", "actingAs": "LEAD"}}}})
	c.lead.refused("INVALID", "checkInMany", vars{"ids": []string{}})
}
