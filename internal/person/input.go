package person

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/email"
	"jastarhub/internal/factor"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

const (
	leastPassword, mostPassword = 10, 128
	MostName                    = 80
	youngest, oldest            = 6, 120
)

// RegisterInput is a new account: with a password, or with the token of an identity, whose provider has verified the address.
type RegisterInput struct {
	Email      string
	Password   *string
	GivenName  string
	FamilyName string
	BirthDate  time.Time
	Language   lang.Language
	DistrictID *uuid.UUID

	InvitationToken *string
	IdentityToken   *string
}

func (in *RegisterInput) validate(now time.Time) error {
	var c check
	email.Check(&c.Check, "email", &in.Email)
	c.That((in.Password == nil) == (in.IdentityToken != nil), "password", "must be given, or identityToken instead, but not both")
	if in.Password != nil {
		c.password("password", *in.Password, in.Email, in.GivenName, in.FamilyName)
	}
	c.Name("givenName", &in.GivenName, 1, MostName)
	c.Name("familyName", &in.FamilyName, 0, MostName)
	c.birthDate(in.BirthDate, now)
	return c.Err()
}

// check adds checks for the fields of accounts.
type check struct{ fault.Check }

func (c *check) birthDate(birth, now time.Time) {
	if age := almaty.AgeOn(birth, now); age < youngest || age > oldest {
		c.Refuse(fault.Field("birthDate", fmt.Sprintf("must be %d to %d years ago", youngest, oldest)).
			With(fault.Min, now.AddDate(-oldest-1, 0, 1).Format(time.DateOnly)).With(fault.Max, now.AddDate(-youngest, 0, 0).Format(time.DateOnly)))
	}
}

// password checks a new password; own are the person's address and names, as far as they are known.
func (c *check) password(field, password string, own ...string) {
	if n := utf8.RuneCountInString(password); n < leastPassword || n > mostPassword {
		c.Refuse(fault.Field(field, fmt.Sprintf("must have %d to %d characters", leastPassword, mostPassword)).
			With(fault.Min, leastPassword).With(fault.Max, mostPassword))
		return
	}
	wrong := weakness(password, own)
	c.That(wrong == "", field, wrong)
}

// PersonReference names a person, by id or by the account's email address: one of them is given.
type PersonReference struct {
	ID    *uuid.UUID
	Email *string
}

// Check checks the address, if that is what is given.
func (r *PersonReference) Check(c *fault.Check) {
	if r.Email != nil {
		email.Check(c, "person.email", r.Email)
	}
}

// code checks the length of a second factor's code.
func (c *check) code(code *string) { c.Text("code", code, 1, factor.MostCode) }

// optionalCode is code for a code that may be left out; an empty one counts as left out.
func (c *check) optionalCode(code **string) { c.OptionalText("code", code, factor.MostCode) }

// SignInInput is an email, a password and, where a second factor is on, its code.
type SignInInput struct {
	Email    string
	Password string
	Code     *string
}

// SignOutInput ends the present session, or all of the person's.
type SignOutInput struct{ Everywhere bool }

// VerifyEmailInput is the token of an emailed link.
type VerifyEmailInput struct{ Token string }

// ChangeEmailInput is another address, and the present password.
type ChangeEmailInput struct {
	Email    string
	Password string
}

// RequestPasswordResetInput is the address of an account.
type RequestPasswordResetInput struct{ Email string }

// ResetPasswordInput is the token of an emailed link, and the new password.
type ResetPasswordInput struct {
	Token    string
	Password string
}

// ChangePasswordInput is the present password, and the new one.
type ChangePasswordInput struct {
	Password    string
	NewPassword string
}

func (in *ChangePasswordInput) validate(own ...string) error {
	var c check
	c.password("newPassword", in.NewPassword, own...)
	return c.Err()
}

// EndSessionInput is one of the actor's own sessions.
type EndSessionInput struct{ ID uuid.UUID }

// UpdateProfileInput has the changes to a profile; fields that are left out keep their values, and a null district removes the
// present one.
type UpdateProfileInput struct {
	GivenName  *string
	FamilyName *string
	Language   *lang.Language
	DistrictID graphql.Omittable[*uuid.UUID]
	BirthDate  *time.Time
}

func (in *UpdateProfileInput) validate(now time.Time) error {
	var c check
	if in.BirthDate != nil {
		c.birthDate(*in.BirthDate, now)
	}
	if in.GivenName != nil {
		c.Name("givenName", in.GivenName, 1, MostName)
	}
	if in.FamilyName != nil {
		c.Name("familyName", in.FamilyName, 0, MostName)
	}
	return c.Err()
}

// completes requires everything that says who the person is if the account does not have it yet, and otherwise allows no birth
// date: what the person may do, and who answers for a minor, depend on it.
func (in *UpdateProfileInput) completes(p *Private) error {
	var c check
	if p.GivenName != "" {
		c.That(in.BirthDate == nil, "birthDate", "cannot be changed")
		return c.Err()
	}
	c.That(in.GivenName != nil, "givenName", "must be given")
	c.That(in.BirthDate != nil, "birthDate", "must be given")
	return c.Err()
}

func (in *UpdateProfileInput) apply(p *Private) {
	if in.BirthDate != nil {
		p.BirthDate = *in.BirthDate
	}
	if in.GivenName != nil {
		p.GivenName = *in.GivenName
	}
	if in.FamilyName != nil {
		p.FamilyName = *in.FamilyName
	}
	if in.Language != nil {
		p.Language = *in.Language
	}
	if district, given := in.DistrictID.ValueOK(); given {
		p.DistrictID = uuid.NullUUID{}
		if district != nil {
			p.DistrictID = uuid.NullUUID{UUID: *district, Valid: true}
		}
	}
}
