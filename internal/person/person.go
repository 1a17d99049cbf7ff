// Package person is who people are: their names and profiles, what others are told of them, and whether they are suspended.
package person

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/letters"
)

// Person is an account. Private fields take the viewer as an argument, and are nil for everybody but the person.
type Person struct {
	ID      uuid.UUID `db:"id"`
	Erased  bool      `db:"erased"` // if so, nothing in it says who it was
	Private Private   `db:"private"`
}

// Private is what others do not see of a person. It is not embedded, so that no field of the schema can bind to it by accident.
type Private struct {
	GivenName  string        `db:"given_name"`
	FamilyName string        `db:"family_name"`
	Email      string        `db:"email"`
	BirthDate  time.Time     `db:"birth_date"`
	Language   lang.Language `db:"language"`
	DistrictID uuid.NullUUID `db:"district_id"`
	Verified   bool          `db:"email_verified"`
	Hidden     bool          `db:"hidden"` // the name is hidden by a decision
}

// Unready returns why nobody can rely on the person yet: the address is not verified, or the name is missing. "" is ready.
func (p *Person) Unready() fault.Code {
	return cmp.Or(fault.When(!p.Private.Verified, fault.EmailUnverified), fault.When(p.Private.GivenName == "", fault.ProfileIncomplete))
}

// Own reports whether the actor is this person.
func (p *Person) Own(a *auth.Actor) bool { return a.Is(p.ID) }

// erasedName replaces the name of a person who has erased the account.
var erasedName = lang.Text{KK: "Жойылған тіркелгі", RU: "Удалённый аккаунт", EN: "Deleted account"}

// DisplayName returns the full name; to others, for a person under 18, the first name and an initial. A dash stands for a name
// that is not entered yet and, to all but the person and officers, for a hidden one. An erased account has a neutral name, in the
// viewer's language.
func (p *Person) DisplayName(a *auth.Actor, now time.Time) string {
	if p.Erased {
		return erasedName.In(a.Speaks())
	}
	if p.Private.GivenName == "" || p.Private.Hidden && !p.Own(a) && !a.IsOfficer() {
		return "—"
	}
	family := p.Private.FamilyName
	if !p.Own(a) && p.Minor(now) {
		family = letters.Initial(family)
	}
	return letters.Spaced(p.Private.GivenName + " " + family)
}

// Minor reports whether the person is under 18 on the day.
func (p *Person) Minor(now time.Time) bool {
	return almaty.AgeOn(p.Private.BirthDate, now) < almaty.Adult
}

// GivenName returns the given name, to the person only.
func (p *Person) GivenName(a *auth.Actor) *string { return own(p, a, p.Private.GivenName) }

// FamilyName returns the family name, to the person only.
func (p *Person) FamilyName(a *auth.Actor) *string { return own(p, a, p.Private.FamilyName) }

// Email returns the address, to the person only.
func (p *Person) Email(a *auth.Actor) *string { return own(p, a, p.Private.Email) }

// EmailVerified returns, to the person only, whether the address is verified.
func (p *Person) EmailVerified(a *auth.Actor) *bool { return own(p, a, p.Private.Verified) }

// BirthDate returns the birth date, to the person only.
func (p *Person) BirthDate(a *auth.Actor) *time.Time { return own(p, a, p.Private.BirthDate) }

// Language returns the language, to the person only.
func (p *Person) Language(a *auth.Actor) *lang.Language { return own(p, a, p.Private.Language) }

// DistrictID returns the district, to the person only; nil also where none is set.
func (p *Person) DistrictID(a *auth.Actor) *uuid.UUID {
	if !p.Private.DistrictID.Valid {
		return nil
	}
	return own(p, a, p.Private.DistrictID.UUID)
}

func own[T any](p *Person, a *auth.Actor, value T) *T {
	if !p.Own(a) {
		return nil
	}
	return &value
}

// UpdateProfilePayload is the person as they are now.
type UpdateProfilePayload struct{ Person *Person }
