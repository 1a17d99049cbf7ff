package certificate

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

// IssueCertificateInput selects the hours that a certificate is to state.
type IssueCertificateInput struct {
	From, To time.Time // days
	Language lang.Language
	TeamID   *uuid.UUID
}

const mostYears = 10

func (in *IssueCertificateInput) validate(now time.Time) error {
	var c fault.Check
	today := almaty.Day(now)
	c.That(in.From.Format(time.DateOnly) <= today, "from", "must not be in the future")
	c.That(in.To.Format(time.DateOnly) <= today, "to", "must not be in the future")
	c.That(!in.To.Before(in.From), "to", "must not be before from")
	c.That(in.To.Before(in.From.AddDate(mostYears, 0, 0)), "to", "must be within ten years of from")
	return c.Err()
}

// between returns the moments between which the shifts began.
func (in *IssueCertificateInput) between() (from, before time.Time) {
	return almaty.Midnight(in.From), almaty.Midnight(in.To.AddDate(0, 0, 1))
}

// RevokeCertificateInput names the certificate to revoke, and the reason.
type RevokeCertificateInput struct {
	Number string
	Reason string
}

func (in *RevokeCertificateInput) validate() error {
	var c fault.Check
	in.Number = checkNumber(&c, in.Number)
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// checkNumber returns the number in its stored form.
func checkNumber(c *fault.Check, text string) string {
	number, ok := ParseNumber(text)
	c.That(ok, "number", "is not a certificate number: a character is wrong or missing")
	return number
}
