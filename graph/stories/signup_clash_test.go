package stories

import (
	"slices"
	"testing"
	"time"
)

const hour = time.Hour

// TestNobodyIsInTwoPlacesAtOnce: somebody who taps two shifts at the same time gets one of them.
func TestNobodyIsInTwoPlacesAtOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 48*hour)
	shifts := []string{c.fromTo(task, base, 100, 72*hour, 75*hour), c.fromTo(task, base, 100, 74*hour, 76*hour)}
	for _, who := range c.crowd(20) {
		codes := make([]string, 2)
		atOnce(2, func(i int) {
			a := who.ask(document("signUp", "signup { state }"), vars{"in": vars{"shiftId": shifts[i]}})
			if codes[i] = a.code(); codes[i] == "" {
				a.shows("signUp.signup.state", "CONFIRMED")
			}
		})
		if slices.Sort(codes); !slices.Equal(codes, []string{"", "CLASH"}) {
			t.Errorf("both at once: %q", codes)
		}
	}
	c.sound(t, time.Now(), task)
}

func TestClashes(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, far := c.task(5, 200*hour)
	morning := c.fromTo(task, base, 2, 72*hour, 74*hour)
	mine, state := c.signUp(c.volunteer, morning)
	if state != "CONFIRMED" {
		t.Fatal(state)
	}
	for _, s := range []struct {
		name     string
		from, to time.Duration
		reason   any
	}{
		{"ends when it begins", 70 * hour, 72 * hour, nil},
		{"begins when it ends", 74 * hour, 76 * hour, nil},
		{"the same time", 72 * hour, 74 * hour, "CLASH"},
		{"within it", 72*hour + time.Minute, 73 * hour, "CLASH"},
		{"around it", 71 * hour, 75 * hour, "CLASH"},
		{"a second before its end", 74*hour - time.Second, 75 * hour, "CLASH"},
		{"a second after its beginning", 71 * hour, 72*hour + time.Second, "CLASH"},
	} {
		shift := c.fromTo(task, base, 1, s.from, s.to)
		if told := c.volunteer.actions(shift)["SIGN_UP"]; told != s.reason {
			t.Errorf("%s: told %v; want %v", s.name, told, s.reason)
		}
		a := c.volunteer.ask(document("signUp", "signup { id state }"), vars{"in": vars{"shiftId": shift}})
		if want, _ := s.reason.(string); a.code() != want {
			t.Errorf("%s: %s", s.name, a.rawBody)
		}
		if s.reason == nil {
			c.volunteer.do("cancelSignup", vars{"id": a.str("signUp.signup.id")}, "signup { state }")
		}
	}

	// Waiting is possible at any time; taking the seat is another matter.
	rival := c.fromTo(task, base, 1, 73*hour, 75*hour)
	c.volunteer.do("cancelSignup", vars{"id": mine}, "signup { state }")
	holder, _ := c.signUp(c.other, rival)
	waiting, state := c.signUp(c.volunteer, rival)
	if state != "WAITLISTED" {
		t.Fatal(state)
	}
	mine, _ = c.signUp(c.volunteer, morning)
	c.volunteer.do("cancelSignup", vars{"id": mine}, "signup { state }")
	c.other.do("cancelSignup", vars{"id": holder}, "signup { state }")
	mine, _ = c.signUp(c.volunteer, morning)
	if told := c.volunteer.actions(waiting)["ACCEPT_OFFER"]; told != "CLASH" {
		t.Errorf("the offer: %v", told)
	}
	c.volunteer.refused("CLASH", "acceptOffer", vars{"id": waiting})
	c.volunteer.signupAs(waiting).shows("node.state", "OFFERED")
	c.volunteer.do("cancelSignup", vars{"id": mine}, "signup { state }")
	c.volunteer.do("acceptOffer", vars{"id": waiting}, "signup { state }").shows("acceptOffer.signup.state", "CONFIRMED")

	// A shift cannot be moved to a time when somebody is elsewhere; then neither its time nor anything else changes.
	fardone, _ := c.signUp(c.volunteer, far)
	before := c.shiftRow(far)
	for _, seats := range []vars{{}, {"capacity": 9, "place": "Саябақ"}} {
		seats["id"], seats["startsAt"], seats["endsAt"] = far, base.Add(74*hour).Format(time.RFC3339), base.Add(76*hour).Format(time.RFC3339)
		c.lead.refused("CLASH", "updateShift", seats)
	}
	if after := c.shiftRow(far); after != before {
		t.Errorf("the shift changed: %s; was %s", after, before)
	}
	c.lead.do("updateShift", vars{"id": far, "startsAt": base.Add(75 * hour).Format(time.RFC3339),
		"endsAt": base.Add(76 * hour).Format(time.RFC3339)}, "shift { id }")
	if n := c.count(`select count(*) from signups where id = $1 and starts_at = $2`, fardone, base.Add(75*hour)); n != 1 {
		t.Error("the sign-up did not move with its shift")
	}
	if told := c.volunteer.actions(far)["SIGN_UP"]; told != "ALREADY_SIGNED_UP" {
		t.Errorf("on the shift already: %v", told)
	}
	c.sound(t, time.Now(), task)
}

// TestAShiftIsMovedWhileSomebodySignsUp: one of the two is refused, never neither.
func TestAShiftIsMovedWhileSomebodySignsUp(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	base := time.Now().Truncate(time.Second)
	task, _ := c.task(1, 500*hour)
	for i, who := range c.crowd(10) {
		start := time.Duration(48+4*i) * hour
		shifts := []string{c.fromTo(task, base, 1, start, start+2*hour), c.fromTo(task, base, 1, start+2*hour, start+4*hour)}
		c.signUp(who, shifts[0])
		codes := make([]string, 2)
		atOnce(2, func(i int) {
			if i == 0 {
				codes[i] = who.ask(document("signUp", "signup { id }"), vars{"in": vars{"shiftId": shifts[1]}}).code()
			} else {
				codes[i] = c.lead.ask(document("updateShift", "shift { id }"), vars{"in": vars{"id": shifts[0],
					"endsAt": base.Add(start + 3*hour).Format(time.RFC3339)}}).code()
			}
		})
		if slices.Sort(codes); !slices.Equal(codes, []string{"", "CLASH"}) {
			t.Errorf("both at once: %q", codes)
		}
	}
	c.sound(t, time.Now(), task)
}

// shiftRow returns everything that is stored of a shift.
func (h *hub) shiftRow(shift string) (row string) {
	h.t.Helper()
	if err := h.db.Get(&row, `select s::text || (select string_agg(g::text, ' ' order by id) from signups g where shift_id = s.id)
		from shifts s where id = $1`, shift); err != nil {
		h.t.Fatal(err)
	}
	return row
}
