package seed

import (
	"time"

	"jastarhub/internal/history"
)

// shift returns a shift within its slot, of which it leaves at most an hour unused.
func (c *city) shift(slot int) shift {
	from, to := c.window(slot)
	return shift{slot: slot, State: planned, Capacity: c.within(8, 15),
		StartsAt: from.Add(time.Duration(c.IntN(2)) * 30 * time.Minute).UTC(),
		EndsAt:   to.Add(-time.Duration(c.IntN(2)) * 30 * time.Minute).UTC()}
}

// dateShift fills in the task's i-th shift from the task and the clock. A second shift may have been cancelled; the first never
// is, so that the task takes place.
func (c *city) dateShift(p *plan, i int) {
	s, words := &p.shifts[i], c.words(p.Language)
	s.TaskID, s.CreatedAt = p.ID, p.CreatedAt.Add(time.Duration(i+1)*time.Minute)
	s.ID = c.id(s.CreatedAt)
	if c.chance(0.4) {
		s.Place = new(p.Place + ", " + pick(c.dice, words.Meeting))
	}
	switch {
	case p.State == cancelled:
		s.State, s.CancelReason, s.cancelledAt = cancelled, p.CancelReason, p.ended
	case i == 1 && p.State != draftState && c.chance(0.1):
		s.State, s.CancelReason = cancelled, new(pick(c.dice, words.ShiftCancelled))
		s.cancelledAt = c.between(p.opened.Add(day), earliest(s.StartsAt.Add(-3*time.Hour), c.now))
		c.tellShift(p, s)
	case !s.StartsAt.After(c.now):
		s.BegunAt = new(s.StartsAt.Add(c.lasting(time.Second, 50*time.Second)))
	}
}

func (c *city) tellShift(p *plan, s *shift) {
	if !c.trails {
		return
	}
	trail := c.trail(s.ID)
	trail.state = planned
	trail.step(s.cancelledAt, "CANCEL_SHIFT", cancelled, history.Lead, p.CreatedBy)
	trail.because(*s.CancelReason)
}
