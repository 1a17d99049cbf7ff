// Package account has the stories of registering, signing in, second factors, providers, and one's own profile.
package account

import (
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// TestVerifyingAnAddress follows the email's link to the account.
func TestVerifyingAnAddress(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := h.Unverified("Aigul", 20)
	aigul.Must(`{ viewer { emailVerified } }`).Shows("viewer.emailVerified", false)
	token := h.Letter(hub.Email("Aigul"), "Confirm your email address")
	for _, bad := range []string{"", "x", token[1:], strings.Repeat("A", 43), token + "A"} {
		aigul.Refused("TOKEN_INVALID", "verifyEmail", hub.Vars{"token": bad})
	}
	h.Visitor().Refused("UNAUTHENTICATED", "verifyEmail", hub.Vars{"token": token})
	h.Person("Other", 20).Refused("NOT_YOURS", "verifyEmail", hub.Vars{"token": token})
	h.Visitor().Refused("TOKEN_INVALID", "resetPassword", hub.Vars{"token": token, "password": hub.NewPassword})
	aigul.Do("verifyEmail", hub.Vars{"token": token}, "email").Shows("verifyEmail.email", hub.Email("Aigul"))
	aigul.Must(`{ viewer { emailVerified } }`).Shows("viewer.emailVerified", true)
	aigul.Refused("TOKEN_INVALID", "verifyEmail", hub.Vars{"token": token})

	h.Mails()
	late := h.Unverified("Late", 20)
	token = h.Letter(hub.Email("Late"), "Confirm your email address")
	h.Pass(3 * 24 * time.Hour)
	late.Refused("TOKEN_INVALID", "verifyEmail", hub.Vars{"token": token})
	late.Do("changeEmail", hub.Vars{"email": hub.Email("Late"), "password": hub.Password}, "email")
	late.Do("verifyEmail", hub.Vars{"token": h.Letter(hub.Email("Late"), "Confirm your email address")}, "email")
}

// TestChangingTheAddress asks for the password, tells the old address, and uses the new one once it is verified.
func TestChangingTheAddress(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul, rival := h.Person("Aigul", 20), h.Person("Rival", 20)
	h.Mails()
	h.Visitor().Refused("UNAUTHENTICATED", "changeEmail", hub.Vars{"email": "new@example.org", "password": hub.Password})
	aigul.Refused("WRONG_CREDENTIALS", "changeEmail", hub.Vars{"email": "new@example.org", "password": hub.NewPassword})
	aigul.Refused("INVALID", "changeEmail", hub.Vars{"email": "new", "password": hub.Password})
	aigul.Do("changeEmail", hub.Vars{"email": " NEW@example.org", "password": hub.Password}, "email").Shows("changeEmail.email", "new@example.org")
	token, told := "", ""
	for _, m := range h.Mails() {
		if m.To == "new@example.org" {
			token = m.Token()
		} else {
			told += m.To + " " + m.Subject
		}
	}
	if told != hub.Email("Aigul")+" Somebody asked to change your email address" {
		t.Errorf("told: %s", told)
	}
	aigul.Must(`{ viewer { email } }`).Shows("viewer.email", hub.Email("Aigul"))

	h.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email("Aigul")}, "accepted")
	reset := h.Letter(hub.Email("Aigul"), "A new password")
	aigul.Do("verifyEmail", hub.Vars{"token": token}, "email").Shows("verifyEmail.email", "new@example.org")
	aigul.Must(`{ viewer { email emailVerified } }`).Shows("viewer", hub.Vars{"email": "new@example.org", "emailVerified": true})
	h.Visitor().Refused("TOKEN_INVALID", "resetPassword", hub.Vars{"token": reset, "password": hub.NewPassword})
	h.Letter(hub.Email("Aigul"), "Your email address was changed")
	h.SignsIn("Aigul", hub.Password, "WRONG_CREDENTIALS")

	rival.Do("changeEmail", hub.Vars{"email": "new@example.org", "password": hub.Password}, "email") // reveals nothing
	rival.Refused("EMAIL_TAKEN", "verifyEmail", hub.Vars{"token": h.SentTo("new@example.org")})
}

// TestForgottenPassword resets it: for an address without an account, answer and work are the same.
func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := h.Person("Aigul", 20)
	phone := *aigul
	phone.SignIn(hub.Password)
	h.Mails()
	known := h.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email("Aigul")}, "accepted")
	first := h.Letter(hub.Email("Aigul"), "A new password")
	unknown := h.Visitor().Do("requestPasswordReset", hub.Vars{"email": "nobody@example.org"}, "accepted")
	if known.RawBody != unknown.RawBody || known.Took() != unknown.Took() {
		t.Errorf("known: %s after %d statements; unknown: %s after %d", known.RawBody, known.Took(), unknown.RawBody, unknown.Took())
	}
	if all := h.Mails(); len(all) != 1 || all[0].To != "nobody@example.org" || all[0].Token() != "" {
		t.Errorf("to an address without an account: %+v", all)
	}
	h.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email("Aigul")}, "accepted")
	second := h.Letter(hub.Email("Aigul"), "A new password")
	h.Visitor().Refused("TOKEN_INVALID", "resetPassword", hub.Vars{"token": first, "password": hub.NewPassword})
	h.Visitor().Refused("INVALID", "resetPassword", hub.Vars{"token": second, "password": "Qwertyuiop"})
	h.Visitor().Do("resetPassword", hub.Vars{"token": second, "password": hub.NewPassword}, "ended").Shows("resetPassword.ended", 2)
	h.Visitor().Refused("TOKEN_INVALID", "resetPassword", hub.Vars{"token": second, "password": hub.NewPassword})
	for _, c := range []*hub.Caller{aigul, &phone} {
		if code := c.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
			t.Errorf("a session after the reset: %q", code)
		}
	}
	h.Letter(hub.Email("Aigul"), "Your password was changed")
	h.SignsIn("Aigul", hub.Password, "WRONG_CREDENTIALS")
	aigul.SignIn(hub.NewPassword).Must(`{ viewer { emailVerified } }`).Shows("viewer.emailVerified", true)

	h.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email("Aigul")}, "accepted")
	late := h.Letter(hub.Email("Aigul"), "A new password")
	h.Pass(time.Hour)
	h.Visitor().Refused("TOKEN_INVALID", "resetPassword", hub.Vars{"token": late, "password": hub.NewPassword})
}

// TestALinkWorksOnce uses one link several times at the same moment.
func TestALinkWorksOnce(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	who := h.Crowd(1)[0]
	token := h.PutToken(who, "VERIFY_EMAIL")
	codes := make([]string, 12)
	var rivals sync.WaitGroup
	for i := range codes {
		rivals.Go(func() {
			codes[i] = who.Ask(hub.Document("verifyEmail", "email"), hub.Vars{"in": hub.Vars{"token": token}}).Code()
		})
	}
	rivals.Wait()
	if got := strings.Join(codes, " "); strings.Count(got, "TOKEN_INVALID") != len(codes)-1 {
		t.Errorf("%q", got)
	}
}

// TestChangingThePassword asks for the present one and ends the other sessions.
func TestChangingThePassword(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := h.Person("Aigul", 20)
	phone := *aigul
	phone.SignIn(hub.Password)
	h.Mails()
	h.Visitor().Refused("UNAUTHENTICATED", "changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword})
	aigul.Refused("WRONG_CREDENTIALS", "changePassword", hub.Vars{"password": hub.NewPassword, "newPassword": hub.NewPassword})
	for _, weak := range []string{"short", "ЙЦУКЕНГШЩЗ", "Алматы2026", "password123", "          ", "abcdefghij", "aaaaaaaaab",
		"12345678910", hub.Email("Aigul"), "Aigul-Testova"} {
		aigul.Refused("INVALID", "changePassword", hub.Vars{"password": hub.Password, "newPassword": weak})
	}
	aigul.Key = "kept" // an input with a password leaves no hash behind
	aigul.Refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword})
	aigul.Key = ""
	aigul.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword}, "ended").Shows("changePassword.ended", 1)
	aigul.Must(`{ viewer { id } }`)
	if code := phone.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
		t.Errorf("the other session: %q", code)
	}
	h.Letter(hub.Email("Aigul"), "Your password was changed")
	h.SignsIn("Aigul", hub.Password, "WRONG_CREDENTIALS")
	h.SignsIn("Aigul", hub.NewPassword, "")
}

// TestOwnSessions lists and ends them; a new role ends them all.
func TestOwnSessions(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul, other := h.Person("Aigul", 20), h.Person("Other", 20)
	phone := *aigul
	h.Sleep(time.Minute)
	phone.SignIn(hub.Password)
	a := phone.Must(`{ viewer { sessions { id createdAt lastSeenAt current } } }`).
		Shows("viewer.sessions.0.current", true).Shows("viewer.sessions.1.current", false)
	elder, newer := a.Str("viewer.sessions.1.id"), a.Str("viewer.sessions.0.id")
	h.Visitor().Refused("UNAUTHENTICATED", "endSession", hub.Vars{"id": elder})
	other.Refused("NOT_FOUND", "endSession", hub.Vars{"id": elder})
	phone.Key = "once"
	for range 2 {
		phone.Do("endSession", hub.Vars{"id": elder}, "person { sessions { id } }").Shows("endSession.person.sessions", []hub.Vars{{"id": newer}})
	}
	phone.Key = ""
	phone.Refused("NOT_FOUND", "endSession", hub.Vars{"id": elder})
	if code := aigul.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
		t.Errorf("the session that was ended: %q", code)
	}
	h.Exec(`update people set birth_date = '2000-01-01'`)
	proposal := other.Do("submitProposal", hub.Vars{"districtId": h.District("AUEZOV"), "title": "Жаңа орындық", "text": "Саябаққа орындық керек."},
		"proposal { id }").Str("submitProposal.proposal.id")
	phone.Must(`query($id: ID!) { proposal(id: $id) { author { emailVerified sessions { id } } } }`, hub.Vars{"id": proposal}).
		Shows("proposal.author", hub.Vars{"emailVerified": nil, "sessions": nil})

	for i, want := range []string{"UNAUTHENTICATED", ""} { // a role that is held already changes nothing
		if err := h.Resolver.Grants.GiveTo(t.Context(), hub.Email("Aigul"), "COORDINATOR", "AUEZOV-1", h.Present()); err != nil {
			t.Fatal(err)
		}
		if code := phone.Ask(`{ viewer { id } }`).Code(); code != want {
			t.Errorf("after grant %d: %q, want %q", i+1, code, want)
		}
		phone.SignIn(hub.Password)
	}
}

// TestOwnProfile changes what a person may change: emails come in the new language.
func TestOwnProfile(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := h.Person("Aigul", 20)
	h.Mails()
	own := "person { givenName familyName language district { code } }"
	h.Visitor().Refused("UNAUTHENTICATED", "updateProfile", hub.Vars{"language": "KK"})
	a := aigul.Ask(hub.Document("updateProfile", own), hub.Vars{"in": hub.Vars{"givenName": " ", "familyName": strings.Repeat("я", 81)}})
	if a.Code() != "INVALID" || len(a.Errors) != 2 {
		t.Errorf("a name of nothing: %s", a.RawBody)
	}
	aigul.Refused("NOT_FOUND", "updateProfile", hub.Vars{"districtId": postgres.NewID()})

	aigul.Key = "once"
	for range 2 {
		aigul.Do("updateProfile", hub.Vars{"familyName": "Серік", "language": "RU", "districtId": h.District("AUEZOV")}, own).
			Shows("updateProfile.person", hub.Vars{"givenName": "Aigul", "familyName": "Серік", "language": "RU", "district": hub.Vars{"code": "AUEZOV"}})
	}
	aigul.Key = ""
	aigul.Do("updateProfile", hub.Vars{"givenName": "Айгүл"}, own).
		Shows("updateProfile.person", hub.Vars{"givenName": "Айгүл", "familyName": "Серік", "language": "RU", "district": hub.Vars{"code": "AUEZOV"}})
	aigul.Do("updateProfile", hub.Vars{"districtId": nil}, own).Shows("updateProfile.person.district", nil)
	aigul.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": "another good one"}, "ended")
	h.Letter(hub.Email("Aigul"), "Ваш пароль изменён")
}

// TestAResetTakesNoName as a password: the link stays valid. The names that a stranger entered are not checked, because they are
// not the owner's.
func TestAResetTakesNoName(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	own, stranger := h.Person("Aigul", 20), h.Unverified("Victim", 20)
	token := h.PutToken(own, "RESET_PASSWORD")
	h.Visitor().Refused("INVALID", "resetPassword", hub.Vars{"token": token, "password": "Testova-Q7!"})
	h.Visitor().Do("resetPassword", hub.Vars{"token": token, "password": hub.NewPassword}, "ended")
	h.Visitor().Do("resetPassword", hub.Vars{"token": h.PutToken(stranger, "RESET_PASSWORD"), "password": "Testova-Q7!"}, "ended")
}
