package consent

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
)

// RequestConsentInput asks a guardian.
type RequestConsentInput struct {
	GuardianEmail string
	Scopes        []ConsentScope
}

func (in *RequestConsentInput) validate() error {
	var c fault.Check
	email.Check(&c, "guardianEmail", &in.GuardianEmail)
	checkScopes(&c, &in.Scopes)
	return c.Err()
}

// RecordConsentInput is a signed paper.
type RecordConsentInput struct {
	PersonID uuid.UUID
	Scopes   []ConsentScope
	SeenOn   time.Time
	Note     *string
}

func (in *RecordConsentInput) validate(now time.Time) error {
	var c fault.Check
	checkScopes(&c, &in.Scopes)
	today := almaty.Day(now)
	c.That(in.SeenOn.Format(time.DateOnly) <= today, "seenOn", "must not be in the future")
	c.That(in.SeenOn.After(now.AddDate(-1, 0, 0)), "seenOn", "must be within the last year")
	c.OptionalText("note", &in.Note, 500)
	return c.Err()
}

// checkScopes requires at least one scope, and drops repetitions.
func checkScopes(c *fault.Check, scopes *[]ConsentScope) {
	slices.Sort(*scopes)
	*scopes = slices.Compact(*scopes)
	c.That(len(*scopes) > 0, "scopes", "must name at least one scope")
}

// WithdrawConsentInput withdraws a consent, or the request for it.
type WithdrawConsentInput struct {
	ID     uuid.UUID
	Reason string
}

func (in *WithdrawConsentInput) validate() error {
	var c fault.Check
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}
