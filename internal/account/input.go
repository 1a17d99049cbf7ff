package account

import (
	"fmt"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jastarhub/internal/email"
	"jastarhub/internal/factor"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
)

const leastPassword, mostPassword = 10, 128

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
	c.Name("givenName", &in.GivenName, 1, person.MostName)
	c.Name("familyName", &in.FamilyName, 0, person.MostName)
	person.CheckBirthDate(&c.Check, in.BirthDate, now)
	return c.Err()
}

// check adds checks for the fields of accounts.
type check struct{ fault.Check }

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
