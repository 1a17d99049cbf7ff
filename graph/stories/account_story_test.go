package stories

import (
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/internal/postgres"
)

const newPassword = "a better horse battery"

// TestVerifyingAnAddress follows the email's link to the account.
func TestVerifyingAnAddress(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul := h.unverified("Aigul", 20)
	aigul.must(`{ viewer { emailVerified } }`).shows("viewer.emailVerified", false)
	token := h.letter(email("Aigul"), "Confirm your email address")
	for _, bad := range []string{"", "x", token[1:], strings.Repeat("A", 43), token + "A"} {
		aigul.refused("TOKEN_INVALID", "verifyEmail", vars{"token": bad})
	}
	h.visitor().refused("UNAUTHENTICATED", "verifyEmail", vars{"token": token})
	h.person("Other", 20).refused("NOT_YOURS", "verifyEmail", vars{"token": token})
	h.visitor().refused("TOKEN_INVALID", "resetPassword", vars{"token": token, "password": newPassword})
	aigul.do("verifyEmail", vars{"token": token}, "email").shows("verifyEmail.email", email("Aigul"))
	aigul.must(`{ viewer { emailVerified } }`).shows("viewer.emailVerified", true)
	aigul.refused("TOKEN_INVALID", "verifyEmail", vars{"token": token})

	h.mails()
	late := h.unverified("Late", 20)
	token = h.letter(email("Late"), "Confirm your email address")
	h.exec(`update account_tokens set expires_at = expires_at - interval '3 days' where person_id = $1`, late.id)
	late.refused("TOKEN_INVALID", "verifyEmail", vars{"token": token})
	late.do("changeEmail", vars{"email": email("Late"), "password": password}, "email")
	late.do("verifyEmail", vars{"token": h.letter(email("Late"), "Confirm your email address")}, "email")
}

// TestChangingTheAddress asks for the password, tells the old address, and uses the new one once it is verified.
func TestChangingTheAddress(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul, rival := h.person("Aigul", 20), h.person("Rival", 20)
	h.mails()
	h.visitor().refused("UNAUTHENTICATED", "changeEmail", vars{"email": "new@example.org", "password": password})
	aigul.refused("WRONG_CREDENTIALS", "changeEmail", vars{"email": "new@example.org", "password": newPassword})
	aigul.refused("INVALID", "changeEmail", vars{"email": "new", "password": password})
	aigul.do("changeEmail", vars{"email": " NEW@example.org", "password": password}, "email").shows("changeEmail.email", "new@example.org")
	token, told := "", ""
	for _, m := range h.mails() {
		if m.to == "new@example.org" {
			token = m.token()
		} else {
			told += m.to + " " + m.subject
		}
	}
	if told != email("Aigul")+" Somebody asked to change your email address" {
		t.Errorf("told: %s", told)
	}
	aigul.must(`{ viewer { email } }`).shows("viewer.email", email("Aigul"))

	h.visitor().do("requestPasswordReset", vars{"email": email("Aigul")}, "accepted")
	reset := h.letter(email("Aigul"), "A new password")
	aigul.do("verifyEmail", vars{"token": token}, "email").shows("verifyEmail.email", "new@example.org")
	aigul.must(`{ viewer { email emailVerified } }`).shows("viewer", vars{"email": "new@example.org", "emailVerified": true})
	h.visitor().refused("TOKEN_INVALID", "resetPassword", vars{"token": reset, "password": newPassword})
	h.letter(email("Aigul"), "Your email address was changed")
	h.signsIn("Aigul", password, "WRONG_CREDENTIALS")

	rival.do("changeEmail", vars{"email": "new@example.org", "password": password}, "email") // reveals nothing
	for _, m := range h.mails() {
		if token := m.token(); token != "" {
			rival.refused("EMAIL_TAKEN", "verifyEmail", vars{"token": token})
		}
	}
}

// TestForgottenPassword resets it: for an address without an account, answer and work are the same.
func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul := h.person("Aigul", 20)
	phone := *aigul
	phone.signIn(password)
	h.mails()
	known := h.visitor().do("requestPasswordReset", vars{"email": email("Aigul")}, "accepted")
	first := h.letter(email("Aigul"), "A new password")
	unknown := h.visitor().do("requestPasswordReset", vars{"email": "nobody@example.org"}, "accepted")
	if known.rawBody != unknown.rawBody || known.took() != unknown.took() {
		t.Errorf("known: %s after %d statements; unknown: %s after %d", known.rawBody, known.took(), unknown.rawBody, unknown.took())
	}
	if all := h.mails(); len(all) != 1 || all[0].to != "nobody@example.org" || all[0].token() != "" {
		t.Errorf("to an address without an account: %+v", all)
	}
	h.visitor().do("requestPasswordReset", vars{"email": email("Aigul")}, "accepted")
	second := h.letter(email("Aigul"), "A new password")
	h.visitor().refused("TOKEN_INVALID", "resetPassword", vars{"token": first, "password": newPassword})
	h.visitor().refused("INVALID", "resetPassword", vars{"token": second, "password": "Qwertyuiop"})
	h.visitor().do("resetPassword", vars{"token": second, "password": newPassword}, "ended").shows("resetPassword.ended", 2)
	h.visitor().refused("TOKEN_INVALID", "resetPassword", vars{"token": second, "password": newPassword})
	for _, c := range []*caller{aigul, &phone} {
		if code := c.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
			t.Errorf("a session after the reset: %q", code)
		}
	}
	h.letter(email("Aigul"), "Your password was changed")
	h.signsIn("Aigul", password, "WRONG_CREDENTIALS")
	aigul.signIn(newPassword).must(`{ viewer { emailVerified } }`).shows("viewer.emailVerified", true)

	h.visitor().do("requestPasswordReset", vars{"email": email("Aigul")}, "accepted")
	late := h.letter(email("Aigul"), "A new password")
	h.exec(`update account_tokens set expires_at = expires_at - interval '1 hour'`)
	h.visitor().refused("TOKEN_INVALID", "resetPassword", vars{"token": late, "password": newPassword})
}

// TestALinkWorksOnce uses one link several times at the same moment.
func TestALinkWorksOnce(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	who := h.crowd(1)[0]
	token := h.putToken(who, "VERIFY_EMAIL")
	codes := make([]string, 12)
	var rivals sync.WaitGroup
	for i := range codes {
		rivals.Go(func() {
			codes[i] = who.ask(document("verifyEmail", "email"), vars{"in": vars{"token": token}}).code()
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
	h := newHub(t)
	aigul := h.person("Aigul", 20)
	phone := *aigul
	phone.signIn(password)
	h.mails()
	h.visitor().refused("UNAUTHENTICATED", "changePassword", vars{"password": password, "newPassword": newPassword})
	aigul.refused("WRONG_CREDENTIALS", "changePassword", vars{"password": newPassword, "newPassword": newPassword})
	for _, weak := range []string{"short", "ЙЦУКЕНГШЩЗ", "Алматы2026", "password123", "          ", "abcdefghij", "aaaaaaaaab",
		"12345678910", email("Aigul"), "Aigul-Testova"} {
		aigul.refused("INVALID", "changePassword", vars{"password": password, "newPassword": weak})
	}
	aigul.key = "kept" // an input with a password leaves no hash behind
	aigul.refused("IDEMPOTENCY_KEY_NOT_SUPPORTED", "changePassword", vars{"password": password, "newPassword": newPassword})
	aigul.key = ""
	aigul.do("changePassword", vars{"password": password, "newPassword": newPassword}, "ended").shows("changePassword.ended", 1)
	aigul.must(`{ viewer { id } }`)
	if code := phone.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
		t.Errorf("the other session: %q", code)
	}
	h.letter(email("Aigul"), "Your password was changed")
	h.signsIn("Aigul", password, "WRONG_CREDENTIALS")
	h.signsIn("Aigul", newPassword, "")
}

// TestOwnSessions lists and ends them; a new role ends them all.
func TestOwnSessions(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul, other := h.person("Aigul", 20), h.person("Other", 20)
	phone := *aigul
	phone.signIn(password)
	h.exec(`update sessions set last_seen_at = created_at - interval '1 minute' where id = (select min(id::text)::uuid from sessions where person_id = $1)`, aigul.id)
	a := phone.must(`{ viewer { sessions { id createdAt lastSeenAt current } } }`).
		shows("viewer.sessions.0.current", true).shows("viewer.sessions.1.current", false)
	elder, newer := a.str("viewer.sessions.1.id"), a.str("viewer.sessions.0.id")
	h.visitor().refused("UNAUTHENTICATED", "endSession", vars{"id": elder})
	other.refused("NOT_FOUND", "endSession", vars{"id": elder})
	phone.key = "once"
	for range 2 {
		phone.do("endSession", vars{"id": elder}, "person { sessions { id } }").shows("endSession.person.sessions", []vars{{"id": newer}})
	}
	phone.key = ""
	phone.refused("NOT_FOUND", "endSession", vars{"id": elder})
	if code := aigul.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
		t.Errorf("the session that was ended: %q", code)
	}
	h.exec(`update people set birth_date = '2000-01-01'`)
	proposal := other.do("submitProposal", vars{"districtId": h.district("AUEZOV"), "title": "Жаңа орындық", "text": "Саябаққа орындық керек."},
		"proposal { id }").str("submitProposal.proposal.id")
	phone.must(`query($id: ID!) { proposal(id: $id) { author { emailVerified sessions { id } } } }`, vars{"id": proposal}).
		shows("proposal.author", vars{"emailVerified": nil, "sessions": nil})

	for i, want := range []string{"UNAUTHENTICATED", ""} { // a role that is held already changes nothing
		if err := h.r.Grants.GiveTo(t.Context(), email("Aigul"), "COORDINATOR", "AUEZOV-1", time.Now()); err != nil {
			t.Fatal(err)
		}
		if code := phone.ask(`{ viewer { id } }`).code(); code != want {
			t.Errorf("after grant %d: %q, want %q", i+1, code, want)
		}
		phone.signIn(password)
	}
}

// TestOwnProfile changes what a person may change: emails come in the new language.
func TestOwnProfile(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul := h.person("Aigul", 20)
	h.mails()
	own := "person { givenName familyName language district { code } }"
	h.visitor().refused("UNAUTHENTICATED", "updateProfile", vars{"language": "KK"})
	a := aigul.ask(document("updateProfile", own), vars{"in": vars{"givenName": " ", "familyName": strings.Repeat("я", 81)}})
	if a.code() != "INVALID" || len(a.Errors) != 2 {
		t.Errorf("a name of nothing: %s", a.rawBody)
	}
	aigul.refused("NOT_FOUND", "updateProfile", vars{"districtId": postgres.NewID()})

	aigul.key = "once"
	for range 2 {
		aigul.do("updateProfile", vars{"familyName": "Серік", "language": "RU", "districtId": h.district("AUEZOV")}, own).
			shows("updateProfile.person", vars{"givenName": "Aigul", "familyName": "Серік", "language": "RU", "district": vars{"code": "AUEZOV"}})
	}
	aigul.key = ""
	aigul.do("updateProfile", vars{"givenName": "Айгүл"}, own).
		shows("updateProfile.person", vars{"givenName": "Айгүл", "familyName": "Серік", "language": "RU", "district": vars{"code": "AUEZOV"}})
	aigul.do("updateProfile", vars{"districtId": nil}, own).shows("updateProfile.person.district", nil)
	aigul.do("changePassword", vars{"password": password, "newPassword": "another good one"}, "ended")
	h.letter(email("Aigul"), "Ваш пароль изменён")
}

// TestAResetTakesNoName as a password: the link stays valid. The names that a stranger entered are not checked, because they are
// not the owner's.
func TestAResetTakesNoName(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	own, stranger := h.person("Aigul", 20), h.unverified("Victim", 20)
	token := h.putToken(own, "RESET_PASSWORD")
	h.visitor().refused("INVALID", "resetPassword", vars{"token": token, "password": "Testova-Q7!"})
	h.visitor().do("resetPassword", vars{"token": token, "password": newPassword}, "ended")
	h.visitor().do("resetPassword", vars{"token": h.putToken(stranger, "RESET_PASSWORD"), "password": "Testova-Q7!"}, "ended")
}
