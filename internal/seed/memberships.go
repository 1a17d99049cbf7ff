package seed

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/history"
	"jastarhub/internal/rule"
)

// otherMemberships are the states of memberships that are not active yet, or no longer.
var otherMemberships = []string{requested, invited, declined, withdrawn, expired, left, removed}

// asking is how long a request or an invitation waits for its answer.
const asking = 14 * day

func (c *city) addMemberships() {
	settled, next := c.joined(c.now.Add(-20*day)), 0
	most := min(60, max(28, len(settled)/20))
	for _, k := range c.crews {
		for _, lead := range k.leads {
			c.addLead(k, lead)
		}
		members, others := c.within(20, most), c.within(len(otherMemberships), 2*len(otherMemberships))
		for i := range members + others {
			state := active
			if i >= members {
				state = otherMemberships[(i-members)%len(otherMemberships)]
			}
			// One person after the other, so that nobody is in a team twice.
			c.addMember(k, &settled[next%len(settled)], state)
			next++
		}
	}
}

// addLead adds a lead as the head of the NGO would: invited, and made a lead afterwards.
func (c *city) addLead(k *crew, lead uuid.UUID) {
	joined := k.CreatedAt.Add(c.lasting(time.Hour, 10*time.Hour))
	m := membership{ID: c.id(k.CreatedAt), TeamID: k.ID, PersonID: lead, Role: "LEAD", State: active,
		CreatedAt: k.CreatedAt, JoinedAt: &joined}
	c.rows.memberships = append(c.rows.memberships, m)
	if c.trails {
		trail := c.trail(m.ID)
		trail.step(m.CreatedAt, "INVITE_MEMBER", invited, history.Lead, k.head)
		trail.step(joined, "ANSWER_MEMBERSHIP", active, history.Person, lead)
		trail.step(joined.Add(time.Hour), "SET_MEMBER_ROLE", active, history.Lead, k.head)
	}
}

func (c *city) addMember(k *crew, p *person, state string) {
	m := membership{TeamID: k.ID, PersonID: p.ID, Role: "MEMBER", State: state}
	from := later(k.CreatedAt.Add(day), p.CreatedAt)
	m.CreatedAt = c.between(from, c.now.Add(-20*day))
	if state == requested || state == invited {
		m.CreatedAt = c.now.Add(-c.lasting(day, 10*day))
		m.ExpiresAt = new(m.CreatedAt.Add(asking))
	}
	m.ID = c.id(m.CreatedAt)
	asked := requested
	if state == invited || state != requested && c.chance(0.4) {
		asked = invited
	}
	words := c.words(p.Language)
	m.Message = new(pick(c.dice, map[string][]string{requested: words.Join, invited: words.Invite}[asked]))

	answered := m.CreatedAt.Add(c.lasting(time.Hour, 2*day))
	switch state {
	case active:
		m.JoinedAt = &answered
	case left, removed:
		m.JoinedAt, m.EndedAt = &answered, new(c.between(answered.Add(day), c.now.Add(-time.Hour)))
	case declined, withdrawn:
		m.EndedAt = &answered
	case expired:
		m.EndedAt = new(m.CreatedAt.Add(asking))
	}
	c.rows.memberships = append(c.rows.memberships, m)
	if c.trails {
		c.tellMembership(k, &m, asked)
	}
}

func (c *city) tellMembership(k *crew, m *membership, asked string) {
	trail, lead := c.trail(m.ID), pick(c.dice, k.leads)
	asker, answerer := history.Person, history.Lead
	verb := "REQUEST_MEMBERSHIP"
	if asked == invited {
		asker, answerer, verb = answerer, asker, "INVITE_MEMBER"
	}
	by := map[history.ActingAs]uuid.UUID{history.Person: m.PersonID, history.Lead: lead}
	trail.step(m.CreatedAt, rule.Verb(verb), asked, asker, by[asker])
	if m.JoinedAt != nil {
		trail.step(*m.JoinedAt, "ANSWER_MEMBERSHIP", active, answerer, by[answerer])
	}
	switch m.State {
	case declined:
		trail.step(*m.EndedAt, "ANSWER_MEMBERSHIP", declined, answerer, by[answerer])
	case withdrawn:
		trail.step(*m.EndedAt, "WITHDRAW_MEMBERSHIP", withdrawn, asker, by[asker])
	case expired:
		trail.step(*m.EndedAt, history.Expire, expired, history.Hub, uuid.Nil)
	case left:
		trail.step(*m.EndedAt, "LEAVE_TEAM", left, history.Person, m.PersonID)
	case removed:
		trail.step(*m.EndedAt, "REMOVE_MEMBER", removed, history.Lead, lead)
		trail.because(pick(c.dice, c.words(k.Language).Removed))
	}
}
