// Package account is how people register and sign in, what they sign in with, and what their sessions may do.
package account

import "jastarhub/internal/person"

// SessionPayload is a session that has begun.
type SessionPayload struct {
	Person *person.Person
	Token  string
}

type (
	AcceptInvitationPayload = SessionPayload
	RegisterPayload         = SessionPayload
	SignInPayload           = SessionPayload
)

// SignOutPayload is a session that has ended.
type SignOutPayload struct{ Ended int }

// VerifyEmailPayload is the address that is used from now on.
type VerifyEmailPayload struct{ Email string }

// ChangeEmailPayload is the address that a link was emailed to.
type ChangeEmailPayload struct{ Email string }

// RequestPasswordResetPayload is the same for every address.
type RequestPasswordResetPayload struct{ Accepted bool }

// ResetPasswordPayload says how many sessions were ended.
type ResetPasswordPayload struct{ Ended int }

// ChangePasswordPayload says how many other sessions were ended.
type ChangePasswordPayload struct{ Ended int }

// EndSessionPayload is the person whose session was ended.
type EndSessionPayload struct{ Person *person.Person }
