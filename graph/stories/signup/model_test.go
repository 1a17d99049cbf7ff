package signup

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// model is the table of sign-ups in domain.md, its rules 1 and 2, and nothing else: every move returns its code, "" if it is
// done.
type model struct {
	now    time.Time
	shifts []*modelShift
	barred map[int]bool // suspended people
}

type modelShift struct {
	id               uuid.UUID
	starts, ends     time.Time
	seats            int
	cancelled, begun bool
	line             []*modelSignup // in the order of signing up
}

type modelSignup struct {
	id    uuid.UUID
	who   int
	state string
	until time.Time // of the offer
}

func (g *modelSignup) is(states ...string) bool { return slices.Contains(states, g.state) }

func (s *modelShift) count(states ...string) (n int) {
	for _, g := range s.line {
		if g.is(states...) {
			n++
		}
	}
	return n
}

func (s *modelShift) taken() int {
	return s.count("OFFERED", "CONFIRMED", "CHECKED_IN", "COMPLETED", "NO_SHOW")
}

func (s *modelShift) live(who int) *modelSignup {
	for _, g := range s.line {
		if g.who == who && !g.is("CANCELLED", "EXPIRED") {
			return g
		}
	}
	return nil
}

// there reports whether the person is at the shift, as far as clashes are concerned.
func (s *modelShift) there(who int) bool {
	g := s.live(who)
	return g != nil && g.is("CONFIRMED", "CHECKED_IN", "COMPLETED")
}

func (m *model) over(s *modelShift) bool { return !m.now.Before(s.starts) }

func (m *model) offering(s *modelShift) bool {
	return !s.cancelled && m.now.Before(s.starts.Add(-2*time.Hour))
}

func (m *model) clash(s *modelShift, who int, starts, ends time.Time) bool {
	return slices.ContainsFunc(m.shifts, func(o *modelShift) bool {
		return o != s && o.there(who) && o.starts.Before(ends) && starts.Before(o.ends)
	})
}

// next reports whether the person waits and could take a seat now. The others are passed over and keep their place.
func (m *model) next(s *modelShift, g *modelSignup) bool {
	return g.is("WAITLISTED") && !m.barred[g.who] && !m.clash(s, g.who, s.starts, s.ends)
}

func (m *model) expire(s *modelShift) {
	for _, g := range s.line {
		if g.is("OFFERED") && !m.now.Before(g.until) {
			g.state = "EXPIRED"
		}
	}
}

// settle: offers expire, and free seats are offered in the order of the waiting list.
func (m *model) settle(s *modelShift) {
	m.expire(s)
	for _, g := range s.line {
		if m.next(s, g) && m.offering(s) && s.taken() < s.seats {
			g.state, g.until = "OFFERED", m.now.Add(24*time.Hour)
			if last := s.starts.Add(-2 * time.Hour); last.Before(g.until) {
				g.until = last
			}
		}
	}
}

func (m *model) signUp(s *modelShift, who int) (code string) {
	switch {
	case m.barred[who]:
		return "SUSPENDED"
	case s.live(who) != nil:
		return ""
	case s.cancelled || m.over(s):
		return "SIGNUP_CLOSED"
	case m.clash(s, who, s.starts, s.ends):
		return "CLASH"
	}
	g := &modelSignup{who: who, state: "WAITLISTED"}
	if s.taken() < s.seats && !slices.ContainsFunc(s.line, func(g *modelSignup) bool { return m.next(s, g) }) {
		g.state = "CONFIRMED"
	}
	if s.line = append(s.line, g); g.state == "WAITLISTED" {
		m.settle(s)
	}
	return ""
}

// refuse returns why a sign-up does not move; to is where correctAttendance would bring it.
func (m *model) refuse(s *modelShift, g *modelSignup, verb, to string) string {
	clash := m.clash(s, g.who, s.starts, s.ends)
	first := func(code string, when bool, otherwise string) string {
		if when {
			return code
		}
		return otherwise
	}
	switch {
	case m.barred[g.who] && (verb == "ACCEPT_OFFER" || verb == "DECLINE_OFFER" || verb == "CANCEL_SIGNUP"):
		return "SUSPENDED"
	case verb == "ACCEPT_OFFER" && g.is("WAITLISTED") && !m.offering(s):
		return first("SIGNUP_CLOSED", m.over(s), first("SHIFT_FULL", s.taken() >= s.seats, first("CLASH", clash, "")))
	case verb == "ACCEPT_OFFER" && g.is("OFFERED"):
		return first("OFFER_EXPIRED", !m.now.Before(g.until), first("SIGNUP_CLOSED", m.over(s), first("CLASH", clash, "")))
	case verb == "DECLINE_OFFER" && g.is("OFFERED"):
		return first("OFFER_EXPIRED", !m.now.Before(g.until), "")
	case verb == "CANCEL_SIGNUP" && g.is("WAITLISTED", "OFFERED", "CONFIRMED"):
		return first("SIGNUP_CLOSED", m.over(s), "")
	case verb == "CHECK_IN" && g.is("CONFIRMED"):
		return first("TOO_EARLY", m.now.Before(s.starts.Add(-2*time.Hour)), first("TOO_LATE", !m.now.Before(s.ends.Add(24*time.Hour)), ""))
	case verb == "CHECK_OUT" && g.is("CHECKED_IN"):
		return first("TOO_EARLY", !m.over(s), "")
	case verb == "MARK_NO_SHOW" && g.is("CONFIRMED"):
		return first("TOO_EARLY", !m.over(s), "")
	case verb == "CORRECT_ATTENDANCE" && g.is("CHECKED_IN", "COMPLETED", "NO_SHOW"):
		early := to == "NO_SHOW" && !m.over(s) || to == "COMPLETED" && m.now.Before(s.ends)
		return first("TOO_LATE", !m.now.Before(s.ends.Add(7*24*time.Hour)), first("TOO_EARLY", early, first("CLASH", to != "NO_SHOW" && clash, "")))
	}
	return "WRONG_STATE"
}

func (m *model) move(s *modelShift, g *modelSignup, verb, to string) (code string) {
	if code := m.refuse(s, g, verb, to); code != "" {
		return code
	}
	g.state = map[string]string{"ACCEPT_OFFER": "CONFIRMED", "DECLINE_OFFER": "CANCELLED", "CANCEL_SIGNUP": "CANCELLED",
		"CHECK_IN": "CHECKED_IN", "CHECK_OUT": "COMPLETED", "MARK_NO_SHOW": "NO_SHOW", "CORRECT_ATTENDANCE": to}[verb]
	m.settle(s)
	return ""
}

func (m *model) resize(s *modelShift, seats int) (code string) {
	switch {
	case s.cancelled || m.over(s):
		return "WRONG_STATE"
	case seats < s.taken()-s.count("OFFERED"):
		return "CAPACITY_TAKEN"
	}
	m.expire(s)
	for _, g := range slices.Backward(s.line) {
		if g.is("OFFERED") && s.taken() > seats {
			g.state = "WAITLISTED"
		}
	}
	s.seats = seats
	m.settle(s)
	return ""
}

// suspend takes somebody off the shifts that begin before it ends; for later ones an offer goes back to the waiting list.
func (m *model) suspend(who int, until time.Time) {
	m.barred[who] = true
	for _, s := range m.shifts {
		g := s.live(who)
		switch {
		case g == nil || m.over(s):
			continue
		case g.is("WAITLISTED", "OFFERED", "CONFIRMED") && s.starts.Before(until):
			g.state = "CANCELLED"
		case g.is("OFFERED"):
			g.state = "WAITLISTED"
		default:
			continue
		}
		m.settle(s)
	}
}

func (m *model) shift(s *modelShift, starts, ends time.Time) (code string) {
	if s.cancelled || m.over(s) {
		return "WRONG_STATE"
	}
	for _, g := range s.line {
		if s.there(g.who) && m.clash(s, g.who, starts, ends) {
			return "CLASH"
		}
	}
	s.starts, s.ends = starts, ends
	for _, g := range s.line {
		claim := starts.Add(-2 * time.Hour)
		if half := m.now.Add(starts.Sub(m.now) / 2); claim.Before(half) {
			claim = half
		}
		if g.is("OFFERED") && claim.Before(g.until) {
			g.until = claim
		}
		if g.is("CHECKED_IN") && m.now.Before(starts.Add(-2*time.Hour)) {
			g.state = "CONFIRMED"
		}
	}
	m.settle(s)
	return ""
}

func (m *model) cancel(s *modelShift) (code string) {
	others := slices.ContainsFunc(m.shifts, func(o *modelShift) bool { return o != s && !o.cancelled })
	switch {
	case s.cancelled || m.over(s):
		return "WRONG_STATE"
	case !others:
		return "LAST_SHIFT"
	}
	s.cancelled = true
	for _, g := range s.line {
		if g.is("WAITLISTED", "OFFERED", "CONFIRMED", "CHECKED_IN") {
			g.state = "CANCELLED"
		}
	}
	return ""
}

// round is what the worker does.
func (m *model) round() {
	for _, s := range m.shifts {
		m.settle(s)
		if s.begun = s.begun || !s.cancelled && m.over(s); !s.begun {
			continue
		}
		for _, g := range s.line {
			if g.is("WAITLISTED", "OFFERED") {
				g.state = "EXPIRED"
			}
			if g.is("CHECKED_IN") && !m.now.Before(s.ends.Add(24*time.Hour)) {
				g.state = "COMPLETED"
			}
		}
	}
}
