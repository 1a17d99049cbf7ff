// Package person is the accounts: who they are, how they sign in, and which roles they hold.
package person

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/letters"
	"jastarhub/internal/rule"
)

// Person is an account. What is the person's own is asked for in the name of somebody, and is nil to everybody else.
type Person struct {
	ID      uuid.UUID `db:"id"`
	Erased  bool      `db:"erased"` // then nothing of it says who it was
	Private Private   `db:"private"`
}

// Private is what others do not see of a person. It is not embedded, so that no field of the schema binds to it by itself.
type Private struct {
	GivenName  string        `db:"given_name"`
	FamilyName string        `db:"family_name"`
	Email      string        `db:"email"`
	BirthDate  time.Time     `db:"birth_date"`
	Language   lang.Language `db:"language"`
	DistrictID uuid.NullUUID `db:"district_id"`
	Verified   bool          `db:"email_verified"`
	Hidden     bool          `db:"hidden"` // the name, by a decision
}

// Unready is why nobody can count on the person yet: the address was not shown to be theirs, or they have not said who they
// are. "" is ready.
func (p *Person) Unready() fault.Code {
	return cmp.Or(rule.Unless(p.Private.Verified, fault.EmailUnverified), rule.Unless(p.Private.GivenName != "", fault.ProfileIncomplete))
}

// Own reports whether the actor is this person.
func (p *Person) Own(a *auth.Actor) bool { return a.Is(p.ID) }

// erasedName stands for the name of who has erased the account.
var erasedName = lang.Text{KK: "Жойылған аккаунт", RU: "Удалённый аккаунт", EN: "Deleted account"}

// DisplayName is the full name; under 18, to others, the first name and an initial. A dash stands for none as yet, and for a
// hidden one to all but the person and officers. An erased account has a neutral one, in the language of who looks.
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
func (p *Person) Minor(now time.Time) bool { return auth.AgeOn(p.Private.BirthDate, now) < auth.Adult }

// GivenName is the person's own.
func (p *Person) GivenName(a *auth.Actor) *string { return own(p, a, p.Private.GivenName) }

// FamilyName is the person's own.
func (p *Person) FamilyName(a *auth.Actor) *string { return own(p, a, p.Private.FamilyName) }

// Email is the person's own.
func (p *Person) Email(a *auth.Actor) *string { return own(p, a, p.Private.Email) }

// EmailVerified tells, to the person alone, whether mails to the address arrive.
func (p *Person) EmailVerified(a *auth.Actor) *bool { return own(p, a, p.Private.Verified) }

// BirthDate is the person's own.
func (p *Person) BirthDate(a *auth.Actor) *time.Time { return own(p, a, p.Private.BirthDate) }

// Language is the person's own.
func (p *Person) Language(a *auth.Actor) *lang.Language { return own(p, a, p.Private.Language) }

// DistrictID is the person's own, and nil as well where none was given.
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

// SessionPayload is a session that has begun.
type SessionPayload struct {
	Person *Person
	Token  string
}

// SignOutPayload is a session that has ended.
type SignOutPayload struct{ Ended int }

// VerifyEmailPayload is the address that counts now.
type VerifyEmailPayload struct{ Email string }

// ChangeEmailPayload is the address that a link was mailed to.
type ChangeEmailPayload struct{ Email string }

// RequestPasswordResetPayload is the same for every address.
type RequestPasswordResetPayload struct{ Accepted bool }

// ResetPasswordPayload tells how many sessions were ended.
type ResetPasswordPayload struct{ Ended int }

// ChangePasswordPayload tells how many other sessions were ended.
type ChangePasswordPayload struct{ Ended int }

// EndSessionPayload is whose session was ended.
type EndSessionPayload struct{ Person *Person }

// UpdateProfilePayload is the person as they are now.
type UpdateProfilePayload struct{ Person *Person }
