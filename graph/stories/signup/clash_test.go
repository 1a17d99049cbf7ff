package signup

import (
	"slices"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestNobodyIsInTwoPlacesAtOnce: somebody who taps two shifts at the same time gets one of them.
func TestNobodyIsInTwoPlacesAtOnce(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 48*time.Hour)
	shifts := []string{c.FromTo(task, base, 100, 72*time.Hour, 75*time.Hour), c.FromTo(task, base, 100, 74*time.Hour, 76*time.Hour)}
	for _, who := range c.Crowd(20) {
		codes := make([]string, 2)
		hub.AtOnce(2, func(i int) {
			a := who.Ask(hub.Document("signUp", "signup { state }"), hub.Vars{"in": hub.Vars{"shiftId": shifts[i]}})
			if codes[i] = a.Code(); codes[i] == "" {
				a.Shows("signUp.signup.state", "CONFIRMED")
			}
		})
		if slices.Sort(codes); !slices.Equal(codes, []string{"", "CLASH"}) {
			t.Errorf("both at once: %q", codes)
		}
	}
	c.Sound(t, c.Present(), task)
}

func TestClashes(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, far := c.Task(5, 200*time.Hour)
	morning := c.FromTo(task, base, 2, 72*time.Hour, 74*time.Hour)
	mine, state := c.SignUp(c.Volunteer, morning)
	if state != "CONFIRMED" {
		t.Fatal(state)
	}
	for _, s := range []struct {
		name     string
		from, to time.Duration
		reason   any
	}{
		{"ends when it begins", 70 * time.Hour, 72 * time.Hour, nil},
		{"begins when it ends", 74 * time.Hour, 76 * time.Hour, nil},
		{"the same time", 72 * time.Hour, 74 * time.Hour, "CLASH"},
		{"within it", 72*time.Hour + time.Minute, 73 * time.Hour, "CLASH"},
		{"around it", 71 * time.Hour, 75 * time.Hour, "CLASH"},
		{"a second before its end", 74*time.Hour - time.Second, 75 * time.Hour, "CLASH"},
		{"a second after its beginning", 71 * time.Hour, 72*time.Hour + time.Second, "CLASH"},
	} {
		shift := c.FromTo(task, base, 1, s.from, s.to)
		if told := c.Volunteer.Actions(shift)["SIGN_UP"]; told != s.reason {
			t.Errorf("%s: told %v; want %v", s.name, told, s.reason)
		}
		a := c.Volunteer.Ask(hub.Document("signUp", "signup { id state }"), hub.Vars{"in": hub.Vars{"shiftId": shift}})
		if want, _ := s.reason.(string); a.Code() != want {
			t.Errorf("%s: %s", s.name, a.RawBody)
		}
		if s.reason == nil {
			c.Volunteer.Do("cancelSignup", hub.Vars{"id": a.Str("signUp.signup.id")}, "signup { state }")
		}
	}

	// Waiting is possible at any time; taking the seat is another matter.
	rival := c.FromTo(task, base, 1, 73*time.Hour, 75*time.Hour)
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": mine}, "signup { state }")
	holder, _ := c.SignUp(c.Other, rival)
	waiting, state := c.SignUp(c.Volunteer, rival)
	if state != "WAITLISTED" {
		t.Fatal(state)
	}
	mine, _ = c.SignUp(c.Volunteer, morning)
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": mine}, "signup { state }")
	c.Other.Do("cancelSignup", hub.Vars{"id": holder}, "signup { state }")
	mine, _ = c.SignUp(c.Volunteer, morning)
	if told := c.Volunteer.Actions(waiting)["ACCEPT_OFFER"]; told != "CLASH" {
		t.Errorf("the offer: %v", told)
	}
	c.Volunteer.Refused("CLASH", "acceptOffer", hub.Vars{"id": waiting})
	c.Volunteer.SignupAs(waiting).Shows("node.state", "OFFERED")
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": mine}, "signup { state }")
	c.Volunteer.Do("acceptOffer", hub.Vars{"id": waiting}, "signup { state }").Shows("acceptOffer.signup.state", "CONFIRMED")

	// A shift cannot be moved to a time when somebody is elsewhere; then neither its time nor anything else changes.
	fardone, _ := c.SignUp(c.Volunteer, far)
	before := c.ShiftRow(far)
	for _, seats := range []hub.Vars{{}, {"capacity": 9, "place": "Саябақ"}} {
		seats["id"], seats["startsAt"], seats["endsAt"] = far, base.Add(74*time.Hour).Format(time.RFC3339), base.Add(76*time.Hour).Format(time.RFC3339)
		c.Lead.Refused("CLASH", "updateShift", seats)
	}
	if after := c.ShiftRow(far); after != before {
		t.Errorf("the shift changed: %s; was %s", after, before)
	}
	c.Lead.Do("updateShift", hub.Vars{"id": far, "startsAt": base.Add(75 * time.Hour).Format(time.RFC3339),
		"endsAt": base.Add(76 * time.Hour).Format(time.RFC3339)}, "shift { id }")
	if n := c.Count(`select count(*) from signups where id = $1 and starts_at = $2`, fardone, base.Add(75*time.Hour)); n != 1 {
		t.Error("the sign-up did not move with its shift")
	}
	if told := c.Volunteer.Actions(far)["SIGN_UP"]; told != "ALREADY_SIGNED_UP" {
		t.Errorf("on the shift already: %v", told)
	}
	c.Sound(t, c.Present(), task)
}

// TestAShiftIsMovedWhileSomebodySignsUp: one of the two is refused, never neither.
func TestAShiftIsMovedWhileSomebodySignsUp(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	base := c.Present().Truncate(time.Second)
	task, _ := c.Task(1, 500*time.Hour)
	for i, who := range c.Crowd(10) {
		start := time.Duration(48+4*i) * time.Hour
		shifts := []string{c.FromTo(task, base, 1, start, start+2*time.Hour), c.FromTo(task, base, 1, start+2*time.Hour, start+4*time.Hour)}
		c.SignUp(who, shifts[0])
		codes := make([]string, 2)
		hub.AtOnce(2, func(i int) {
			if i == 0 {
				codes[i] = who.Ask(hub.Document("signUp", "signup { id }"), hub.Vars{"in": hub.Vars{"shiftId": shifts[1]}}).Code()
			} else {
				codes[i] = c.Lead.Ask(hub.Document("updateShift", "shift { id }"), hub.Vars{"in": hub.Vars{"id": shifts[0],
					"endsAt": base.Add(start + 3*time.Hour).Format(time.RFC3339)}}).Code()
			}
		})
		if slices.Sort(codes); !slices.Equal(codes, []string{"", "CLASH"}) {
			t.Errorf("both at once: %q", codes)
		}
	}
	c.Sound(t, c.Present(), task)
}
