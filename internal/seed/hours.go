package seed

import (
	"encoding/binary"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/certificate"
	"jastarhub/internal/history"
	"jastarhub/internal/rule"
)

// The words for states of hours.
const pending, approved, adjusted, rejected = "PENDING", "APPROVED", "ADJUSTED", "REJECTED"

// addHours adds the hours of people who completed a shift. Most hours that are some days old have a verdict from a lead of the
// team.
func (c *city) addHours() {
	of := map[uuid.UUID]*plan{}
	for _, p := range c.plans {
		for i := range p.shifts {
			of[p.shifts[i].ID] = p
		}
	}
	for i := range c.rows.signups {
		if g := &c.rows.signups[i]; g.State == completed {
			c.addHoursOf(of[g.ShiftID], g)
		}
	}
	for _, who := range []*person{&c.volunteers[0], c.adult} {
		c.certify(who)
	}
}

func (c *city) addHoursOf(p *plan, g *signup) {
	worked := minutesWorked(g)
	h := hours{ID: c.id(g.UpdatedAt), SignupID: g.ID, ShiftID: g.ShiftID, TaskID: p.ID, TeamID: p.TeamID, NgoID: p.NgoID, CentreID: p.CentreID,
		PersonID: g.PersonID, StartsAt: g.StartsAt, EndsAt: g.EndsAt, CameAt: *g.CheckedInAt, WentAt: *g.CheckedOutAt,
		WorkedMinutes: worked, Minutes: worked, State: pending, CreatedAt: g.UpdatedAt, UpdatedAt: g.UpdatedAt}
	parts := []part[string]{{pending, 60}, {approved, 40}}
	if g.EndsAt.Before(c.now.AddDate(0, 0, -3)) {
		parts = []part[string]{{approved, 84}, {adjusted, 6}, {rejected, 3}, {pending, 7}}
	}
	by := slices.DeleteFunc(slices.Clone(p.crew.leads), func(lead uuid.UUID) bool { return lead == g.PersonID })
	if state := draw(c.dice, parts); len(by) > 0 && worked > 30 && g.EndsAt.Before(c.now) {
		c.answer(&h, state, pick(c.dice, by))
	}
	c.rows.hours = append(c.rows.hours, h)
	c.tellHours(p, &h)
}

// answer gives a verdict, some time within three days after the shift's end.
func (c *city) answer(h *hours, state string, by uuid.UUID) {
	if h.State = state; state == pending {
		return
	}
	over := later(h.CreatedAt, h.EndsAt)
	h.UpdatedAt = c.between(over, earliest(over.AddDate(0, 0, 3), c.now))
	h.AnsweredAt, h.AnsweredBy = new(h.UpdatedAt), some(by)
	switch state {
	case adjusted:
		h.Minutes, h.Reason = h.WorkedMinutes-c.within(1, 5)*5, new("Келген уақыты тізіммен салыстырылды.")
	case rejected:
		h.Minutes, h.Reason = 0, new("Ауысымда болғаны расталмады.")
	}
}

// minutesWorked computes the same as the database's function.
func minutesWorked(g *signup) int {
	came, went := later(*g.CheckedInAt, g.StartsAt), earliest(*g.CheckedOutAt, g.EndsAt)
	const step = 5 * time.Minute
	return 5 * int(min(max(went.Sub(came), 0).Round(step), g.EndsAt.Sub(g.StartsAt).Truncate(step))/step)
}

func (c *city) tellHours(p *plan, h *hours) {
	if !c.trails {
		return
	}
	trail := c.trail(h.ID)
	trail.step(h.CreatedAt, "CHECK_OUT", pending, history.Lead, p.CreatedBy)
	verb := map[string]string{approved: "APPROVE_HOURS", adjusted: "ADJUST_HOURS", rejected: "REJECT_HOURS"}[h.State]
	if verb == "" {
		return
	}
	trail.step(h.UpdatedAt, rule.Verb(verb), h.State, history.Lead, h.AnsweredBy.UUID)
	if h.Reason != nil {
		trail.because(*h.Reason)
	}
}

// certify issues a certificate for all of a person's work that counts.
func (c *city) certify(who *person) {
	made := certified{PersonID: who.ID, GivenName: who.GivenName, FamilyName: who.FamilyName, Language: who.Language, IssuedAt: c.now.Add(-time.Hour)}
	made.ID = c.id(made.IssuedAt)
	parts := map[uuid.UUID]*certifiedPart{}
	for i := range c.rows.hours {
		h := &c.rows.hours[i]
		if h.PersonID == who.ID && (h.State == approved || h.State == adjusted) && h.UpdatedAt.Before(made.IssuedAt) {
			c.count(&made, parts, h)
		}
	}
	if made.Shifts == 0 {
		return
	}
	made.FromOn, made.ToOn = made.FirstOn, dayOf(made.IssuedAt)
	random := binary.BigEndian.AppendUint64(nil, c.Uint64())
	made.Number = certificate.NumberOf(made.IssuedAt.In(almaty.Zone).Year(), random)
	c.rows.certificates = append(c.rows.certificates, made)
	for _, k := range c.crews {
		if p := parts[k.ID]; p != nil {
			c.rows.parts = append(c.rows.parts, *p)
		}
	}
	if c.trails {
		c.trail(made.ID).step(made.IssuedAt, certificate.IssueCertificate, "GOOD", history.Person, who.ID)
	}
}

// count adds hours to a certificate.
func (c *city) count(to *certified, parts map[uuid.UUID]*certifiedPart, h *hours) {
	on := dayOf(h.StartsAt)
	if to.Shifts == 0 {
		to.FirstOn, to.LastOn, to.CentreID = on, on, some(h.CentreID)
	}
	if to.CentreID.UUID != h.CentreID {
		to.CentreID = uuid.NullUUID{}
	}
	to.Minutes, to.Shifts, to.FirstOn, to.LastOn = to.Minutes+h.Minutes, to.Shifts+1, earliest(to.FirstOn, on), later(to.LastOn, on)
	p := parts[h.TeamID]
	if p == nil {
		k := c.crews[slices.IndexFunc(c.crews, func(k *crew) bool { return k.ID == h.TeamID })]
		n := c.rows.ngos[slices.IndexFunc(c.rows.ngos, func(n ngo) bool { return n.ID == h.NgoID })]
		p = &certifiedPart{CertificateID: to.ID, TeamID: k.ID, TeamNameKK: k.NameKK, TeamNameRU: k.NameRU, TeamNameEN: k.NameEN,
			NgoNameKK: n.NameKK, NgoNameRU: n.NameRU, NgoNameEN: n.NameEN, FirstOn: on, LastOn: on}
		parts[h.TeamID] = p
	}
	p.Minutes, p.Shifts, p.FirstOn, p.LastOn = p.Minutes+h.Minutes, p.Shifts+1, earliest(p.FirstOn, on), later(p.LastOn, on)
	c.rows.counted = append(c.rows.counted, counted{to.ID, h.ID, h.Minutes})
}

// dayOf returns the calendar day of a moment in Almaty.
func dayOf(at time.Time) time.Time {
	at = at.In(almaty.Zone)
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}
