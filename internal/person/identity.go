package person

import (
	"time"

	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"jastarhub/internal/email"
	"jastarhub/internal/fault"
)

// Identity is an account at an OpenID provider that opens the person's.
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

// PendingIdentity is somebody whom a provider vouches for and who has no account yet. The names are the provider's guess.
type PendingIdentity struct {
	Issuer     string    `db:"issuer"`
	Subject    string    `db:"subject"`
	Email      string    `db:"email"`
	GivenName  string    `db:"given_name"`
	FamilyName string    `db:"family_name"`
	ExpiresAt  time.Time `db:"expires_at"`
}

// Entry is where a sign-in with a provider leads: into a session, or to registering with a token.
type Entry struct {
	Session  string
	Register string
}

// UnlinkIdentityInput is one of the actor's own identities.
type UnlinkIdentityInput struct{ ID uuid.UUID }

// UnlinkIdentityPayload is whose identity was unlinked.
type UnlinkIdentityPayload struct{ Person *Person }

const (
	pendingFor = 30 * time.Minute
	// freshFor is how long after a sign-in another way in may be added.
	freshFor       = 15 * time.Minute
	mostIdentities = 20
)

// pending is what is kept of the claims until the person registers.
func (c Claims) pending(now time.Time) *PendingIdentity {
	return &PendingIdentity{Issuer: c.Issuer, Subject: c.Subject, Email: email.Sought(c.Email), GivenName: proposed(c.GivenName),
		FamilyName: proposed(c.FamilyName), ExpiresAt: now.Add(pendingFor)}
}

// proposed is a provider's name where the form may begin with it, as it would be taken from the form.
func proposed(name string) string {
	var c fault.Check
	name = norm.NFC.String(name)
	if c.Name("", &name, 0, mostName); c.Err() != nil {
		return ""
	}
	return name
}
