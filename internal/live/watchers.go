package live

import (
	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// How many may watch at once: for one person, from one address (a whole school may share one), and in all.
const (
	mostOfPerson  = 20
	mostOfAddress = 500
	mostOfAll     = 10_000
)

// watchers counts those who watch.
type watchers struct {
	persons   map[uuid.UUID]int
	addresses map[string]int
	all       int
}

// enter admits one more watcher. Codes: RATE_LIMITED, BUSY.
func (c *watchers) enter(actor *auth.Actor, from string) error {
	switch {
	case c.persons[actor.ID()] >= mostOfPerson && actor != nil, c.addresses[from] >= mostOfAddress:
		return fault.Because(fault.RateLimited, "Too many streams are open. Close some of them.")
	case c.all >= mostOfAll:
		return fault.New(fault.Busy)
	}
	c.count(actor, from, 1)
	return nil
}

func (c *watchers) leave(actor *auth.Actor, from string) { c.count(actor, from, -1) }

func (c *watchers) count(actor *auth.Actor, from string, by int) {
	c.all += by
	if c.addresses[from] += by; c.addresses[from] == 0 {
		delete(c.addresses, from)
	}
	if actor == nil {
		return
	}
	if c.persons[actor.PersonID] += by; c.persons[actor.PersonID] == 0 {
		delete(c.persons, actor.PersonID)
	}
}
