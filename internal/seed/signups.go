package seed

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/history"
)

// addSignups fills the shifts. Places on the waiting list are in the order of signing up.
func (c *city) addSignups() {
	var weights []float64
	for _, p := range c.plans {
		for range p.shifts {
			weight := 0.0
			if p.State != draftState {
				weight = 0.4 + 1.2*c.Float64()
			}
			weights = append(weights, weight)
		}
	}
	counts, roster := share(c.Signups, weights), c.newRoster()
	for _, p := range c.plans {
		for i := range p.shifts {
			c.fill(roster, p, &p.shifts[i], counts[0])
			counts = counts[1:]
		}
	}
	byID(c.rows.signups, func(r *signup) uuid.UUID { return r.ID })
	for i := range c.rows.signups {
		c.rows.signups[i].Line = i + 1
	}
}

// fill signs n people up for a shift, and sets the capacity accordingly: if somebody waits, it is full.
func (c *city) fill(roster *roster, p *plan, s *shift, n int) {
	until := earliest(s.StartsAt.Add(-3*time.Hour), c.now.Add(-10*time.Minute))
	if s.State == cancelled {
		until = s.cancelledAt
	}
	taken, full := 0, false
	states := c.lineUp(s, n)
	for i, at := range c.moments(n, p.opened, until) {
		who := roster.next(s.slot, states[i], func(who *person) bool {
			return who.CreatedAt.Before(at) && (p.MinAge == nil || almaty.AgeOn(who.BirthDate, s.StartsAt) >= *p.MinAge)
		})
		if who == nil {
			continue
		}
		r := signup{ID: c.id(at), ShiftID: s.ID, PersonID: who.ID, StartsAt: s.StartsAt, EndsAt: s.EndsAt, State: states[i],
			CreatedAt: at, UpdatedAt: at}
		c.dateSignup(s, &r, until)
		c.rows.signups = append(c.rows.signups, r)
		c.tellSignup(p, s, &r)
		full = full || r.State == waitlisted || r.State == offered || r.State == expired
		if r.State != waitlisted && r.State != expired && r.State != cancelled {
			taken++
		}
	}
	if taken > 0 {
		s.Capacity = taken
		if !full {
			s.Capacity += c.within(1, 5)
		}
	}
}

// lineUp returns the states of n people in the order in which they signed up.
func (c *city) lineUp(s *shift, n int) []string {
	switch {
	case s.State == cancelled:
		return deal(n, []part[string]{{cancelled, 1}})
	case s.BegunAt != nil:
		return c.lineUpPast(s, n)
	}
	states := make([]string, n)
	for i := range states {
		states[i] = draw(c.dice, []part[string]{{confirmed, 93}, {cancelled, 7}})
	}
	if n < 6 || c.chance(0.65) {
		return states
	}
	// A shift that everybody wants to join: a seat was freed and is offered to the first person on the waiting list.
	waiting := states[n-n/3:]
	for i := range waiting {
		waiting[i] = waitlisted
	}
	if s.StartsAt.After(c.now.Add(27 * time.Hour)) {
		states[c.IntN(n/2)], waiting[0] = cancelled, offered
	}
	return states
}

func (c *city) lineUpPast(s *shift, n int) []string {
	came := []part[string]{{completed, 82}, {noShow, 8}, {cancelled, 7}, {confirmed, 3}}
	if s.slot == c.latest {
		came = []part[string]{{completed, 40}, {checkedIn, 40}, {confirmed, 15}, {noShow, 5}}
	}
	states := make([]string, n)
	for i := range states {
		states[i] = draw(c.dice, came)
		if states[i] == completed && s.EndsAt.After(c.now) {
			states[i] = checkedIn
		}
	}
	if n >= 6 && c.chance(0.15) {
		states[n-2], states[n-1] = expired, expired
	}
	return states
}

// dateSignup sets the times that a state has; until is when nobody could sign up, or cancel, any more.
func (c *city) dateSignup(s *shift, r *signup, until time.Time) {
	switch r.State {
	case offered:
		r.UpdatedAt = c.between(later(r.CreatedAt, c.now.Add(-20*time.Hour)), c.now.Add(-time.Minute))
		r.OfferExpiresAt = new(r.UpdatedAt.Add(24 * time.Hour))
	case cancelled:
		r.UpdatedAt, r.EndReason = c.between(r.CreatedAt, until), s.CancelReason
		if s.State == cancelled {
			r.UpdatedAt = until
		}
	case expired:
		r.UpdatedAt = *s.BegunAt
	case noShow:
		r.UpdatedAt = s.StartsAt.Add(c.lasting(20*time.Minute, 30*time.Minute))
	case checkedIn, completed:
		r.UpdatedAt = s.StartsAt.Add(c.lasting(time.Minute, 15*time.Minute))
		r.CheckedInAt = new(r.UpdatedAt)
		if r.State == completed {
			r.UpdatedAt = s.EndsAt.Add(-c.lasting(0, 10*time.Minute))
			r.CheckedOutAt = new(r.UpdatedAt)
		}
	}
}

// tellSignup adds the history of a sign-up. What a lead does is done by the lead who created the task.
func (c *city) tellSignup(p *plan, s *shift, r *signup) {
	if !c.trails {
		return
	}
	trail, first := c.trail(r.ID), confirmed
	if r.State == offered || r.State == waitlisted || r.State == expired {
		first = waitlisted
	}
	trail.step(r.CreatedAt, "SIGN_UP", first, history.Person, r.PersonID)
	if r.CheckedInAt != nil {
		trail.step(*r.CheckedInAt, "CHECK_IN", checkedIn, history.Lead, p.CreatedBy)
	}
	switch r.State {
	case offered:
		trail.step(r.UpdatedAt, history.OfferSeat, offered, history.Hub, uuid.Nil)
	case expired:
		trail.step(r.UpdatedAt, history.Expire, expired, history.Hub, uuid.Nil)
	case noShow:
		trail.step(r.UpdatedAt, "MARK_NO_SHOW", noShow, history.Lead, p.CreatedBy)
	case completed:
		trail.step(r.UpdatedAt, "CHECK_OUT", completed, history.Lead, p.CreatedBy)
	case cancelled:
		c.tellCancelled(trail, p, s, r)
	}
}

func (c *city) tellCancelled(trail *trail, p *plan, s *shift, r *signup) {
	switch {
	case p.State == cancelled:
		trail.step(r.UpdatedAt, "CANCEL_TASK", cancelled, history.Lead, p.CreatedBy)
	case s.State == cancelled:
		trail.step(r.UpdatedAt, "CANCEL_SHIFT", cancelled, history.Lead, p.CreatedBy)
	default:
		trail.step(r.UpdatedAt, "CANCEL_SIGNUP", cancelled, history.Person, r.PersonID)
		return
	}
	trail.because(*s.CancelReason)
}
