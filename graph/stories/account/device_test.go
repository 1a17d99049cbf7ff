package account

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// onDevice begins a session in a browser of the person's own, and keeps the cookie that identifies the device.
func onDevice(c *hub.Caller, password string) *hub.Caller {
	c.Hub.T.Helper()
	at := c.Hub.Text(`select email from people where id = $1`, c.ID)
	c.Device = device(c.Do("signIn", hub.Vars{"email": at, "password": password}, "token"))
	return c
}

// device returns the device cookie that an answer sets.
func device(a *hub.Answer) string {
	a.T.Helper()
	for _, cookie := range (&http.Response{Header: a.Header}).Cookies() {
		if cookie.Name == "jastar-device" {
			if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/" {
				a.T.Errorf("%s", cookie)
			}
			return cookie.Value
		}
	}
	a.T.Fatalf("no cookie of the device in %v", a.Header)
	return ""
}

// signsInWith checks the code of the caller's attempt to sign in to an account.
func signsInWith(c *hub.Caller, name, password, code string) {
	c.Hub.T.Helper()
	a := c.Ask(hub.Document("signIn", "token"), hub.Vars{"in": hub.Vars{"email": hub.Email(name), "password": password}})
	if a.Code() != code {
		c.Hub.T.Errorf("%s signs in with %s: %q; want %q", name, password, a.Code(), code)
	}
}

// keptOut lets somebody at the owner's address guess at each end of a pause, until not even the right password is let in.
func keptOut(h *hub.Hub, name, right string) {
	h.T.Helper()
	for range 5 + 9 {
		h.SignsIn(name, "wrong password", "WRONG_CREDENTIALS")
		h.Pass(15 * time.Minute)
	}
	h.SignsIn(name, "wrong password", "WRONG_CREDENTIALS")
	h.Still(h.Present()) // however long this test takes
	for range 20 {
		h.SignsIn(name, "wrong password", "TRY_LATER")
	}
	h.SignsIn(name, right, "TRY_LATER")
}

// TestAKnownDevice: guesses at the owner's own address do not lock out an owner who has signed in on the device before.
func TestAKnownDevice(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Person("Aigul", 20)
	owner, other := h.Visitor(), h.Visitor()
	owner.Device = device(owner.Do("signIn", hub.Vars{"email": hub.Email("Aigul"), "password": hub.Password}, "token"))
	h.Person("Bolat", 20)
	other.Device = device(other.Do("signIn", hub.Vars{"email": hub.Email("Bolat"), "password": hub.Password}, "token"))

	keptOut(h, "Aigul", hub.Password)
	signsInWith(other, "Aigul", hub.Password, "TRY_LATER") // known for another account
	torn := &hub.Caller{Hub: h, Device: owner.Device[:len(owner.Device)-4] + "AAAA"}
	signsInWith(torn, "Aigul", hub.Password, "TRY_LATER")
	signsInWith(owner, "Aigul", "wrong password", "WRONG_CREDENTIALS")
	signsInWith(owner, "Aigul", hub.Password, "")
	h.SignsIn("Aigul", hub.Password, "") // a new browser: the owner was there, and failures are forgiven

	keptOut(h, "Aigul", hub.Password)
	for range 5 { // with a stolen cookie
		signsInWith(owner, "Aigul", "wrong password", "WRONG_CREDENTIALS")
	}
	signsInWith(owner, "Aigul", "wrong password", "TRY_LATER")
	signsInWith(owner, "Aigul", hub.Password, "TRY_LATER")
	if err := signInFrom(h, "10.0.0.7", "Aigul", hub.Password); err != nil {
		t.Errorf("the owner elsewhere while a stolen cookie is tried: %v", err)
	}
	h.Pass(5 * time.Second)
	signsInWith(owner, "Aigul", hub.Password, "")
}

// TestADeviceOfMany is a computer at school: everybody who has signed in on it is known there, and nobody can find out who did.
func TestADeviceOfMany(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	shared := h.Visitor()
	for _, name := range []string{"Aigul", "Bolat"} {
		h.Person(name, 16)
		shared.Device = device(shared.Do("signIn", hub.Vars{"email": hub.Email(name), "password": hub.Password}, "token"))
		if strings.Contains(shared.Device, name) {
			t.Error(shared.Device)
		}
	}
	for _, name := range []string{"Aigul", "Bolat"} {
		keptOut(h, name, hub.Password)
		signsInWith(shared, name, hub.Password, "")
	}
}

// TestADeviceIsKnownAnew if the account's owner makes the change that ended its mark.
func TestADeviceIsKnownAnew(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := onDevice(h.Person("Aigul", 20), hub.Password)
	before := &hub.Caller{Hub: h, Device: aigul.Device}
	aigul.Device = device(aigul.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword}, "ended"))
	keptOut(h, "Aigul", hub.NewPassword)
	signsInWith(before, "Aigul", hub.NewPassword, "TRY_LATER")
	signsInWith(aigul, "Aigul", hub.NewPassword, "")

	h.Mails()
	visitor := h.Visitor()
	visitor.Do("requestPasswordReset", hub.Vars{"email": hub.Email("Aigul")}, "accepted")
	visitor.Device = device(visitor.Do("resetPassword", hub.Vars{"token": h.Letter(hub.Email("Aigul"), "A new password"), "password": hub.Password}, "ended"))
	keptOut(h, "Aigul", hub.Password)
	before.Device = aigul.Device
	signsInWith(before, "Aigul", hub.Password, "TRY_LATER")
	signsInWith(visitor, "Aigul", hub.Password, "")
}
