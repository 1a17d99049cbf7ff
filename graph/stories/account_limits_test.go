package stories

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"jastarhub/internal/fault"
)

// TestGuessingSlowsDown: five failures are free; then a wrong guess has to wait, and a stranger's failures elsewhere do not slow
// down the owner.
func TestGuessingSlowsDown(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul := h.person("Aigul", 20)
	for range 5 {
		h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
		h.signsIn("Nobody", "wrong password", "WRONG_CREDENTIALS")
	}
	a := h.visitor().refused("TRY_LATER", "signIn", vars{"email": email("Aigul"), "password": "wrong password"})
	if !strings.Contains(a.rawBody, "Try again in ") || a.Errors[0].Extensions.Field != "" {
		t.Errorf("%s", a.rawBody)
	}
	h.signsIn("Nobody", "wrong password", "TRY_LATER")
	aigul.refused("TRY_LATER", "changePassword", vars{"password": "wrong password", "newPassword": newPassword})
	if err := h.from("10.0.0.7", "Aigul", password); err != nil {
		t.Errorf("the owner from another address: %v", err)
	}
	h.pass("5 seconds")
	h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
	h.pass("9 seconds")
	h.signsIn("Aigul", "wrong password", "TRY_LATER")
	h.pass("2 seconds")
	h.signsIn("Aigul", password, "")
	h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS") // and the count begins again
	h.signsIn("Aigul", password, "")
	if n := h.count(`select count(*) from attempts where count < 0`); n != 0 {
		t.Error("counts below nothing")
	}
}

// TestAGuesserNextDoor shares the owner's address and guesses in each pause, however long it has become: the right password is
// still let in, and a fast series of guesses gets no more comparisons than are counted for the pauses.
func TestAGuesserNextDoor(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Aigul", 20)
	for range 5 + 9 {
		h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
		h.exec(`update attempts set free_at = '-infinity'`)
	}
	h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS") // the pause is a quarter of an hour now
	h.signsIn("Aigul", "wrong password", "TRY_LATER")
	h.signsIn("Aigul", password, "")

	for range 5 {
		h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
	}
	h.exec(`update attempts set free_at = free_at + interval '1 hour' where isfinite(free_at)`) // however long this test takes
	for range 20 {
		h.signsIn("Aigul", "wrong password", "TRY_LATER")
	}
	h.signsIn("Aigul", password, "TRY_LATER")
	if err := h.from("10.0.0.7", "Aigul", password); err != nil {
		t.Errorf("the owner at another address: %v", err)
	}
}

// pass lets time pass for all waits.
func (h *hub) pass(interval string) {
	h.t.Helper()
	h.exec(`update attempts set free_at = free_at - $1::interval, forget_at = forget_at - $1::interval`, interval)
}

// TestAStrangerLocksNobodyOut guesses one account from many addresses: the owner's own address stays free, a new one waits half a
// minute at most.
func TestAStrangerLocksNobodyOut(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Aigul", 20)
	if err := h.from("10.1.0.1", "Aigul", password); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := h.from(fmt.Sprint("10.5.0.", i), "Aigul", "wrong password"); fault.CodeOf(err) != fault.WrongCredentials {
			t.Errorf("a stranger: %v", err)
		}
	}
	h.exec(`update attempts set count = 500, free_at = now() + interval '30 seconds' where count = 3`) // the account's limit
	if err := h.from("10.2.0.1", "Aigul", password); fault.CodeOf(err) != fault.TryLater {
		t.Errorf("a new address while the account is under attack: %v", err)
	}
	if err := h.from("10.1.0.1", "Aigul", password); err != nil {
		t.Errorf("the address that the owner was at: %v", err)
	}
	h.pass("31 seconds")
	if err := h.from("10.2.0.1", "Aigul", password); err != nil {
		t.Errorf("half a minute later: %v", err)
	}
}

// TestASchoolSignsIn: 60 people behind one address each mistype twice.
func TestASchoolSignsIn(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Pupil", 15)
	for i, pupil := range h.crowd(60) {
		h.exec(`update people set email = $2, password_hash = (select password_hash from people where email = $3) where id = $1`,
			pupil.id, email(fmt.Sprint("pupil", i)), email("Pupil"))
	}
	var school sync.WaitGroup
	for from := range 6 {
		school.Go(func() {
			for i := from; i < 60; i += 6 {
				who := fmt.Sprint("pupil", i)
				for range 2 {
					if err := h.from("10.9.0.1", who, "mistyped"); fault.CodeOf(err) != fault.WrongCredentials {
						t.Errorf("%s: %v", who, err)
					}
				}
				if err := h.from("10.9.0.1", who, password); err != nil {
					t.Errorf("%s: %v", who, err)
				}
			}
		})
	}
	school.Wait()
}

// TestKnownAndUnknownDoTheSameWork counts statements and hashes: an account that does not exist is refused like one that does.
func TestKnownAndUnknownDoTheSameWork(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Aigul", 20)
	h.exec(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at)
		values (gen_random_uuid(), $1, '!', 'No', 'Password', '2000-01-01', 'KK', now())`, email("Seeded"))
	device := h.person("Bolat", 20).onDevice(password).device
	for round := range 7 { // until it has to wait
		asker := h.visitor()
		if round%2 == 1 {
			asker.device = device
		}
		var took []int
		var bodies []string
		for _, who := range []string{"Aigul", "Nobody", "Seeded"} {
			a := asker.ask(document("signIn", "token"), vars{"in": vars{"email": email(who), "password": "wrong password"}})
			took, bodies = append(took, a.took()), append(bodies, a.code())
		}
		if took[0] != took[1] || took[1] != took[2] || bodies[0] != bodies[1] || bodies[1] != bodies[2] {
			t.Errorf("round %d: %v statements, %s", round, took, bodies)
		}
	}
}

// TestRivalGuessesAreCounted sends many guesses at the same moment: they cannot all count as the first.
func TestRivalGuessesAreCounted(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Aigul", 20)
	codes := make([]fault.Code, 20)
	var rivals sync.WaitGroup
	for i := range codes {
		rivals.Go(func() { codes[i] = fault.CodeOf(h.from("10.3.0.1", "Aigul", "wrong password")) })
	}
	rivals.Wait()
	tried := 0
	for _, code := range codes {
		switch code {
		case fault.WrongCredentials:
			tried++
		case fault.TryLater:
		default:
			t.Errorf("%s", code)
		}
	}
	if tried != 5 {
		t.Errorf("%d guesses were tried, 5 are free", tried)
	}
}

// TestAMailboxIsNotFilled asks for links again and again, from one address and from many.
func TestAMailboxIsNotFilled(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	h.person("Aigul", 20)
	h.mails()
	h.pass("1 hour")
	for _, who := range []string{email("Aigul"), "nobody@example.org"} {
		for range 5 {
			h.visitor().do("requestPasswordReset", vars{"email": who}, "accepted")
		}
		h.visitor().refused("TRY_LATER", "requestPasswordReset", vars{"email": who})
		h.pass("10 seconds")
		h.visitor().do("requestPasswordReset", vars{"email": who}, "accepted").shows("requestPasswordReset.accepted", true)
		if all := h.mails(); len(all) != 5 {
			t.Errorf("%d mails to %s", len(all), who)
		}
	}
	h.pass("1 hour")
	h.visitor().do("requestPasswordReset", vars{"email": email("Aigul")}, "accepted")
	h.visitor().do("resetPassword", vars{"token": h.letter(email("Aigul"), "A new password"), "password": newPassword}, "ended")
}

// TestNoSecretIsKept looks for tokens and passwords in the database and the log.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	aigul := h.unverified("Aigul", 20)
	token := h.letter(email("Aigul"), "Confirm your email address")
	aigul.do("changePassword", vars{"password": password, "newPassword": newPassword}, "ended")
	h.mails()
	h.signsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
	for _, table := range []string{"people", "sessions", "account_tokens", "attempts", "outbox", "idempotency_keys"} {
		text := h.text(`select coalesce(string_agg(t::text, ' '), '') from ` + table + ` t`)
		for _, secret := range []string{token, password, newPassword, aigul.token, "wrong password"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s keeps %q", table, secret)
			}
		}
	}
	for _, secret := range []string{token, password, newPassword, aigul.token} {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}
