package stories

import (
	"net/http"
	"strings"
	"testing"
)

// onDevice begins a session in a browser of the person's own, and keeps the cookie that identifies the device.
func (c *caller) onDevice(password string) *caller {
	c.h.t.Helper()
	at := c.h.text(`select email from people where id = $1`, c.id)
	c.device = c.do("signIn", vars{"email": at, "password": password}, "token").device()
	return c
}

// device returns the device cookie that an answer sets.
func (a *answer) device() string {
	a.t.Helper()
	for _, cookie := range (&http.Response{Header: a.Header}).Cookies() {
		if cookie.Name == "jastar-device" {
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
				a.t.Errorf("%s", cookie)
			}
			return cookie.Value
		}
	}
	a.t.Fatalf("no cookie of the device in %v", a.Header)
	return ""
}

// signsInWith checks the code of the caller's attempt to sign in to an account.
func (c *caller) signsInWith(name, password, code string) {
	c.h.t.Helper()
	a := c.ask(document("signIn", "token"), vars{"in": vars{"email": email(name), "password": password}})
	if a.code() != code {
		c.h.t.Errorf("%s signs in with %s: %q; want %q", name, password, a.code(), code)
	}
}

// keptOut lets somebody at the owner's address guess at each end of a pause, until not even the right password is let in.
func (h *hub) keptOut(name, right string) {
	h.t.Helper()
	for range 5 + 9 {
		h.signsIn(name, "wrong password", "WRONG_CREDENTIALS")
		h.pass("15 minutes")
	}
	h.signsIn(name, "wrong password", "WRONG_CREDENTIALS")
	h.exec(`update attempts set free_at = free_at + interval '1 hour' where isfinite(free_at)`) // however long this test takes
	for range 20 {
		h.signsIn(name, "wrong password", "TRY_LATER")
	}
	h.signsIn(name, right, "TRY_LATER")
}

// TestAKnownDevice: guesses at the owner's own address do not lock out an owner who has signed in on the device before.
func TestAKnownDevice(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Aigul", 20)
	owner, other := h.visitor(), h.visitor()
	owner.device = owner.do("signIn", vars{"email": email("Aigul"), "password": password}, "token").device()
	h.person("Bolat", 20)
	other.device = other.do("signIn", vars{"email": email("Bolat"), "password": password}, "token").device()

	h.keptOut("Aigul", password)
	other.signsInWith("Aigul", password, "TRY_LATER") // known for another account
	torn := &caller{h: h, device: owner.device[:len(owner.device)-4] + "AAAA"}
	torn.signsInWith("Aigul", password, "TRY_LATER")
	owner.signsInWith("Aigul", "wrong password", "WRONG_CREDENTIALS")
	owner.signsInWith("Aigul", password, "")
	h.signsIn("Aigul", password, "") // a new browser: the owner was there, and failures are forgiven

	h.keptOut("Aigul", password)
	for range 5 { // with a stolen cookie
		owner.signsInWith("Aigul", "wrong password", "WRONG_CREDENTIALS")
	}
	owner.signsInWith("Aigul", "wrong password", "TRY_LATER")
	owner.signsInWith("Aigul", password, "TRY_LATER")
	if err := h.from("10.0.0.7", "Aigul", password); err != nil {
		t.Errorf("the owner elsewhere while a stolen cookie is tried: %v", err)
	}
	h.pass("5 seconds")
	owner.signsInWith("Aigul", password, "")
}

// TestADeviceOfMany is a computer at school: everybody who has signed in on it is known there, and nobody can find out who did.
func TestADeviceOfMany(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	shared := h.visitor()
	for _, name := range []string{"Aigul", "Bolat"} {
		h.person(name, 16)
		shared.device = shared.do("signIn", vars{"email": email(name), "password": password}, "token").device()
		if strings.Contains(shared.device, name) {
			t.Error(shared.device)
		}
	}
	for _, name := range []string{"Aigul", "Bolat"} {
		h.keptOut(name, password)
		shared.signsInWith(name, password, "")
	}
}

// TestADeviceIsKnownAnew if the account's owner makes the change that ended its mark.
func TestADeviceIsKnownAnew(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul := h.person("Aigul", 20).onDevice(password)
	before := &caller{h: h, device: aigul.device}
	aigul.device = aigul.do("changePassword", vars{"password": password, "newPassword": newPassword}, "ended").device()
	h.keptOut("Aigul", newPassword)
	before.signsInWith("Aigul", newPassword, "TRY_LATER")
	aigul.signsInWith("Aigul", newPassword, "")

	h.mails()
	visitor := h.visitor()
	visitor.do("requestPasswordReset", vars{"email": email("Aigul")}, "accepted")
	visitor.device = visitor.do("resetPassword", vars{"token": h.letter(email("Aigul"), "A new password"), "password": password}, "ended").device()
	h.keptOut("Aigul", password)
	before.device = aigul.device
	before.signsInWith("Aigul", password, "TRY_LATER")
	visitor.signsInWith("Aigul", password, "")
}
