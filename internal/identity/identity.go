// Package identity is the accounts at an OpenID provider that open people's accounts here.
package identity

import (
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/person"
)

// Identity is an account at an OpenID provider that opens the person's account.
type Identity struct {
	ID        uuid.UUID `db:"id"`
	PersonID  uuid.UUID `db:"person_id"`
	Issuer    string    `db:"issuer"`
	Subject   string    `db:"subject"`
	CreatedAt time.Time `db:"created_at"`
}

// Claims are what a provider vouches for.
type Claims struct {
	Issuer, Subject       string
	Email                 string
	EmailVerified         bool
	GivenName, FamilyName string
}

// PendingIdentity is a person whom a provider vouches for and who has no account yet. The names are the provider's guess.
type PendingIdentity struct {
	Issuer     string    `db:"issuer"`
	Subject    string    `db:"subject"`
	Email      string    `db:"email"`
	GivenName  string    `db:"given_name"`
	FamilyName string    `db:"family_name"`
	ExpiresAt  time.Time `db:"expires_at"`
}

// Entry is the result of a sign-in with a provider: a session, or a token to register with.
type Entry struct {
	Session  string
	Register string
}

// UnlinkIdentityInput names one of the actor's own identities.
type UnlinkIdentityInput struct{ ID uuid.UUID }

// UnlinkIdentityPayload is the person whose identity was unlinked.
type UnlinkIdentityPayload struct{ Person *person.Person }

const (
	pendingFor = 30 * time.Minute
	// freshFor is how long after a sign-in another way to sign in may be added.
	freshFor       = 15 * time.Minute
	mostIdentities = 20
)

// pending returns what is stored of the claims until the person registers.
func (c Claims) pending(now time.Time) *PendingIdentity {
	return &PendingIdentity{Issuer: c.Issuer, Subject: c.Subject, Email: email.Sought(c.Email), GivenName: proposed(c.GivenName),
		FamilyName: proposed(c.FamilyName), ExpiresAt: now.Add(pendingFor)}
}

// proposed returns a provider's name if it is valid as the initial value of the form.
func proposed(name string) string {
	var c fault.Check
	name = norm.NFC.String(name)
	if c.Name("", &name, 0, person.MostName); c.Err() != nil {
		return ""
	}
	return name
}
