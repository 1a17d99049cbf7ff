// Package certificate is a person's approved hours over a period, with a number that anyone can verify.
package certificate

import (
	"cmp"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/humancode"
	"jastarhub/internal/lang"
	"jastarhub/internal/letters"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// CertificateRevocation is why a certificate is no longer valid.
type CertificateRevocation string

// The reasons.
const (
	HoursChanged   CertificateRevocation = "HOURS_CHANGED"
	TakenBack      CertificateRevocation = "TAKEN_BACK"
	AccountDeleted CertificateRevocation = "ACCOUNT_DELETED"
)

// Certificate states hours as they were when it was issued.
type Certificate struct {
	ID         uuid.UUID              `db:"id"`
	Number     string                 `db:"number"`
	PersonID   uuid.UUID              `db:"person_id"`
	GivenName  string                 `db:"given_name"`
	FamilyName string                 `db:"family_name"`
	Language   lang.Language          `db:"language"`
	From       time.Time              `db:"from_on"`
	To         time.Time              `db:"to_on"`
	FirstOn    time.Time              `db:"first_on"`
	LastOn     time.Time              `db:"last_on"`
	Minutes    int                    `db:"minutes"`
	Shifts     int                    `db:"shifts"`
	CentreID   uuid.NullUUID          `db:"centre_id"` // the centre that all hours are from; null where there are several
	IssuedAt   time.Time              `db:"issued_at"`
	RevokedAt  *time.Time             `db:"revoked_at"`
	Revocation *CertificateRevocation `db:"revocation"`
}

// CertificatePart is what a certificate states about the work for one team. The names of the team and its NGO are empty while the
// team is hidden.
type CertificatePart struct {
	CertificateID uuid.UUID `db:"certificate_id"`
	Team          lang.Text `db:"team"`
	Ngo           lang.Text `db:"ngo"`
	Minutes       int       `db:"minutes"`
	Shifts        int       `db:"shifts"`
	FirstOn       time.Time `db:"first_on"`
	LastOn        time.Time `db:"last_on"`
}

// CertificateConnection is a page of certificates.
type CertificateConnection = paging.Connection[Certificate]

// CertificateEdge is a certificate with its place in a list.
type CertificateEdge = paging.Edge[Certificate]

// CertificatePayload is what a mutation changed.
type CertificatePayload struct{ Certificate *Certificate }

type (
	IssueCertificatePayload  = CertificatePayload
	RevokeCertificatePayload = CertificatePayload
)

// The verbs.
const (
	IssueCertificate  rule.Verb = "ISSUE_CERTIFICATE"
	RevokeCertificate rule.Verb = "REVOKE_CERTIFICATE"
)

// The states, as the history names them.
const good, revoked = "GOOD", "REVOKED"

// Initials returns the initials of the name, nil once the account has been deleted.
func (c *Certificate) Initials() *string {
	if c.GivenName == "" {
		return nil
	}
	return new(strings.TrimSpace(letters.Initial(c.GivenName) + " " + letters.Initial(c.FamilyName)))
}

// Holder returns the full name, to the certificate's owner only.
func (c *Certificate) Holder(a *auth.Actor) *string {
	if !a.Is(c.PersonID) || c.GivenName == "" {
		return nil
	}
	return new(c.name())
}

// name returns the full name.
func (c *Certificate) name() string {
	return letters.Spaced(c.GivenName + " " + c.FamilyName)
}

// PDFPath returns where the owner downloads the certificate while it is valid.
func (c *Certificate) PDFPath(a *auth.Actor) *string {
	if !a.Is(c.PersonID) || c.RevokedAt != nil {
		return nil
	}
	return new("/certificates/" + c.Number + ".pdf")
}

// Visible reports whether the actor may see the certificate by its id, and who did what to it. Anyone may see it by its number.
func (c *Certificate) Visible(a *auth.Actor) bool { return a.Is(c.PersonID) || c.revokedBy(a) }

// revokedBy reports whether the actor may revoke it: for the city, or for the centre that all of the hours are from.
func (c *Certificate) revokedBy(a *auth.Actor) bool {
	return a.IsOfficer() || c.CentreID.Valid && a.Coordinates(c.CentreID.UUID)
}

// refuse returns why the actor may not revoke it now.
func (c *Certificate) refuse(a *auth.Actor) fault.Code {
	if a == nil {
		return fault.Unauthenticated
	}
	return cmp.Or(rule.OnlyFor(a, c.revokedBy, fault.NotYourCentre), fault.When(c.RevokedAt != nil, fault.WrongState))
}

// Actions returns what the actor may do now.
func (c *Certificate) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(RevokeCertificate, c.refuse(a))}
}

const randomCharacters = 11 // of an alphabet of 31: 54 bits

// newNumber returns a number that nobody can guess: JH, the year, and three groups of four characters, the last of which is a
// check character.
func newNumber(year int) string {
	random := make([]byte, 8)
	rand.Read(random) // never fails
	return NumberOf(year, random)
}

// NumberOf returns the number that 8 bytes stand for.
func NumberOf(year int, random []byte) string {
	body := fmt.Sprintf("%04d", year) + humancode.Code(random, randomCharacters)
	return grouped(body + string(humancode.Check(body)))
}

func grouped(body string) string {
	return "JH-" + strings.Join([]string{body[:4], body[4:8], body[8:12], body[12:]}, "-")
}

// ParseNumber returns a number in its stored form, however it was typed; ok reports whether it has the form of a number.
func ParseNumber(text string) (number string, ok bool) {
	body, ok := strings.CutPrefix(humancode.Clean(text), "JH")
	if !ok || len(body) != 4+randomCharacters+1 || strings.Trim(body[:4], "0123456789") != "" || !humancode.Are(body[4:]) {
		return "", false
	}
	last := len(body) - 1
	return grouped(body), humancode.Check(body[:last]) == body[last]
}
