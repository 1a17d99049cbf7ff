package seed

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	rules "jastarhub/internal/consent/given"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
)

type consent struct {
	ID            uuid.UUID     `db:"id"`
	RequestID     uuid.UUID     `db:"request_id"`
	PersonID      uuid.UUID     `db:"person_id"`
	Scope         string        `db:"scope"`
	State         string        `db:"state"`
	TextVersion   string        `db:"text_version"`
	Language      lang.Language `db:"language"`
	GuardianEmail *string       `db:"guardian_email"`
	TokenHash     *[]byte       `db:"token_hash"`
	ExpiresAt     *time.Time    `db:"expires_at"`
	RecordedBy    uuid.NullUUID `db:"recorded_by"`
	SeenOn        *time.Time    `db:"seen_on"`
	Note          *string       `db:"note"`
	AskedAt       time.Time     `db:"asked_at"`
	GivenAt       *time.Time    `db:"given_at"`
	RevokedAt     *time.Time    `db:"revoked_at"`
	RevokedBy     uuid.NullUUID `db:"revoked_by"`
}

// addConsents gives a guardian's consent to everybody who signed up for a shift on whose day one was needed, from before their
// first such sign-up. Every fourth is a signed paper.
func (c *city) addConsents() {
	people := make(map[uuid.UUID]*person, len(c.rows.people))
	for i := range c.rows.people {
		people[c.rows.people[i].ID] = &c.rows.people[i]
	}
	done := map[uuid.UUID]bool{}
	for i := range c.rows.signups { // ordered by time
		r := &c.rows.signups[i]
		p := people[r.PersonID]
		if done[p.ID] || almaty.AgeOn(p.BirthDate, r.StartsAt) >= rules.Age {
			continue
		}
		done[p.ID] = true
		c.consent(p, r.CreatedAt, len(done))
	}
}

// consent lets the guardian of the n-th person answer between the time when the person joined and a moment.
func (c *city) consent(p *person, by time.Time, n int) {
	at := c.between(p.CreatedAt, by.Add(-time.Second))
	like := consent{RequestID: c.id(at), PersonID: p.ID, TextVersion: "1", Language: p.Language, AskedAt: at}
	if n%4 == 0 {
		like.RecordedBy, like.SeenOn = some(pick(c.dice, c.openedCentres()).coordinator.ID), new(at.In(almaty.Zone))
	} else {
		like.GuardianEmail, like.ExpiresAt = new(fmt.Sprintf("guardian-%d@example.org", n)), new(at.Add(14*day))
		like.TokenHash = c.noToken(at)
	}
	c.addConsent(like, "TAKING_PART", given, c.between(at, by.Add(-time.Second)))
	if like.SeenOn != nil {
		c.addConsent(like, "PHOTO", given, at)
		return
	}
	switch answered := c.between(at, c.now.Add(-time.Minute)); n % 7 {
	case 1:
		c.addConsent(like, "PHOTO", declined, answered)
	case 2:
		c.addConsent(like, "PHOTO", withdrawn, answered)
	case 3:
		like.AskedAt = c.now.Add(-c.lasting(time.Hour, 3*day))
		like.RequestID, like.ExpiresAt = c.id(like.AskedAt), new(like.AskedAt.Add(14*day))
		like.TokenHash = c.noToken(at)
		c.addConsent(like, "NAME", asked, like.AskedAt)
	case 4:
		if like.ExpiresAt.Before(c.now) {
			c.addConsent(like, "NAME", expired, *like.ExpiresAt)
		}
	default:
		c.addConsent(like, "PHOTO", given, c.between(at, by.Add(-time.Second)))
	}
}

// noToken returns the hash of a token that nobody has.
func (c *city) noToken(at time.Time) *[]byte {
	id := c.id(at)
	return new(id[:])
}

// addConsent adds one scope, and its history.
func (c *city) addConsent(r consent, scope, state string, at time.Time) {
	r.ID, r.Scope, r.State = c.id(r.AskedAt), scope, state
	trail := c.trail(r.ID)
	if r.SeenOn != nil {
		r.GivenAt = &r.AskedAt
		c.rows.consents = append(c.rows.consents, r)
		if c.trails {
			trail.step(r.AskedAt, "RECORD_CONSENT", given, history.Coordinator, r.RecordedBy.UUID)
		}
		return
	}
	switch state {
	case given:
		r.GivenAt = &at
	case withdrawn:
		r.GivenAt, r.RevokedAt = new(c.between(r.AskedAt, at)), &at
	}
	c.rows.consents = append(c.rows.consents, r)
	if !c.trails {
		return
	}
	trail.step(r.AskedAt, "REQUEST_CONSENT", asked, history.Person, r.PersonID)
	switch state {
	case given, withdrawn:
		trail.step(*r.GivenAt, "GIVE_CONSENT", given, history.Guardian, uuid.Nil)
	case declined:
		trail.step(at, "DECLINE_CONSENT", declined, history.Guardian, uuid.Nil)
	case expired:
		trail.step(at, history.Expire, expired, history.Hub, uuid.Nil)
	}
	if state == withdrawn {
		trail.step(at, "WITHDRAW_CONSENT", withdrawn, history.Guardian, uuid.Nil)
	}
}
