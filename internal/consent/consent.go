// Package consent is what guardians allow minors: asked for by email or recorded from a signed paper, and withdrawn.
package consent

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/rule"
)

// ConsentScope is what a guardian consents to.
type ConsentScope string

// The scopes.
const (
	TakingPart ConsentScope = "TAKING_PART"
	Photo      ConsentScope = "PHOTO"
	Name       ConsentScope = "NAME"
)

// ConsentState is the state of a consent.
type ConsentState string

// The states.
const (
	Asked     ConsentState = "ASKED"
	Given     ConsentState = "GIVEN"
	Declined  ConsentState = "DECLINED"
	Expired   ConsentState = "EXPIRED"
	Withdrawn ConsentState = "WITHDRAWN"
)

// Consent is a guardian's consent to one scope, or the request for it.
type Consent struct {
	ID            uuid.UUID     `db:"id"`
	RequestID     uuid.UUID     `db:"request_id"` // shared by the consents that were requested or recorded together
	PersonID      uuid.UUID     `db:"person_id"`
	Scope         ConsentScope  `db:"scope"`
	State         ConsentState  `db:"state"`
	TextVersion   string        `db:"text_version"`
	Language      lang.Language `db:"language"`
	GuardianEmail *string       `db:"guardian_email"`
	ExpiresAt     *time.Time    `db:"expires_at"`
	RecordedBy    uuid.NullUUID `db:"recorded_by"`
	SeenOn        *time.Time    `db:"seen_on"`
	Note          *string       `db:"note"`
	AskedAt       time.Time     `db:"asked_at"`
	GivenAt       *time.Time    `db:"given_at"`
	RevokedAt     *time.Time    `db:"revoked_at"`
	RevokedBy     uuid.NullUUID `db:"revoked_by"`
	Reason        *string       `db:"reason"`
}

// ConsentPayload is what a mutation changed.
type ConsentPayload struct{ Consents []*Consent }

type (
	RecordConsentPayload   = ConsentPayload
	RequestConsentPayload  = ConsentPayload
	WithdrawConsentPayload = ConsentPayload
)

// The verbs. A guardian, who has no account, gives and declines consent on the page.
const (
	RequestConsent  rule.Verb = "REQUEST_CONSENT"
	RecordConsent   rule.Verb = "RECORD_CONSENT"
	GiveConsent     rule.Verb = "GIVE_CONSENT"     // A guardian gave consent on the page behind the emailed link.
	DeclineConsent  rule.Verb = "DECLINE_CONSENT"  // A guardian declined consent on the page behind the emailed link.
	WithdrawConsent rule.Verb = "WITHDRAW_CONSENT" // The mutation withdrawConsent, or a guardian's withdrawal on the page behind the emailed link.
)

var states = rule.States[ConsentState]{
	GiveConsent:     {Asked},
	DeclineConsent:  {Asked},
	WithdrawConsent: {Asked, Given},
}

const (
	answerIn    = 14 * 24 * time.Hour // how long an emailed link waits for an answer
	textVersion = "2"                 // of the texts that new requests and papers refer to
)

// MaySee reports whether the actor sees what guardians allowed the person.
func MaySee(a *auth.Actor, person uuid.UUID) bool { return a.Is(person) || coordinates(a) }

// coordinates reports whether the actor acts for any centre: a guardian may bring the paper to the nearest one.
func coordinates(a *auth.Actor) bool { return len(a.CoordinatedCentres()) > 0 }

// Visible reports whether the actor may see the consent.
func (c *Consent) Visible(a *auth.Actor) bool { return MaySee(a, c.PersonID) }

// Open reports whether the guardian may still answer.
func (c *Consent) Open(now time.Time) bool {
	return c.State == Asked && c.ExpiresAt != nil && now.Before(*c.ExpiresAt)
}

// refuse returns why the actor may not do this now.
func (c *Consent) refuse(verb rule.Verb, a *auth.Actor) fault.Code {
	return rule.SignedIn(a != nil, cmp.Or(rule.OnlyFor(a, c.Visible, fault.NotYours), states.Refuse(verb, c.State)))
}

// refuseRecord returns why the actor may not record a paper for the person: nobody may vouch for their own.
func refuseRecord(a *auth.Actor, person uuid.UUID) fault.Code {
	return rule.OnlyFor(a, func(a *auth.Actor) bool { return coordinates(a) && !a.Is(person) }, fault.Forbidden)
}

// Actions returns what the actor may do to the consent.
func (c *Consent) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(WithdrawConsent, c.refuse(WithdrawConsent, a))}
}

// actingAs returns the role in which the actor withdraws.
func (c *Consent) actingAs(a *auth.Actor) history.ActingAs {
	if a.Is(c.PersonID) {
		return history.Person
	}
	return history.Coordinator
}
