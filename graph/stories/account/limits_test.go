package account

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/fault"
)

// TestGuessingSlowsDown: five failures are free; then a wrong guess has to wait, and a stranger's failures elsewhere do not slow
// down the owner.
func TestGuessingSlowsDown(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := h.Person("Aigul", 20)
	for range 5 {
		h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
		h.SignsIn("Nobody", "wrong password", "WRONG_CREDENTIALS")
	}
	a := h.Visitor().Refused("TRY_LATER", "signIn", hub.Vars{"email": hub.Email("Aigul"), "password": "wrong password"})
	if !strings.Contains(a.RawBody, "Try again in ") || a.Errors[0].Extensions.Field != "" {
		t.Errorf("%s", a.RawBody)
	}
	h.SignsIn("Nobody", "wrong password", "TRY_LATER")
	aigul.Refused("TRY_LATER", "changePassword", hub.Vars{"password": "wrong password", "newPassword": hub.NewPassword})
	if err := signInFrom(h, "10.0.0.7", "Aigul", hub.Password); err != nil {
		t.Errorf("the owner from another address: %v", err)
	}
	h.Pass(5 * time.Second)
	h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
	h.Pass(9 * time.Second)
	h.SignsIn("Aigul", "wrong password", "TRY_LATER")
	h.Pass(2 * time.Second)
	h.SignsIn("Aigul", hub.Password, "")
	h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS") // and the count begins again
	h.SignsIn("Aigul", hub.Password, "")
	if n := h.Count(`select count(*) from attempts where count < 0`); n != 0 {
		t.Error("counts below nothing")
	}
}

// TestAGuesserNextDoor shares the owner's address and guesses in each pause, however long it has become: the right password is
// still let in, and a fast series of guesses gets no more comparisons than are counted for the pauses.
func TestAGuesserNextDoor(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Person("Aigul", 20)
	for range 5 + 9 {
		h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
		h.Pass(15 * time.Minute)
	}
	h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS") // the pause is a quarter of an hour now
	h.SignsIn("Aigul", "wrong password", "TRY_LATER")
	h.SignsIn("Aigul", hub.Password, "")

	for range 5 {
		h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
	}
	h.Still(h.Present()) // however long this test takes
	for range 20 {
		h.SignsIn("Aigul", "wrong password", "TRY_LATER")
	}
	h.SignsIn("Aigul", hub.Password, "TRY_LATER")
	if err := signInFrom(h, "10.0.0.7", "Aigul", hub.Password); err != nil {
		t.Errorf("the owner at another address: %v", err)
	}
}

// TestAStrangerLocksNobodyOut guesses one account from many addresses: the owner's own address stays free, a new one waits half a
// minute at most.
func TestAStrangerLocksNobodyOut(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Person("Aigul", 20)
	if err := signInFrom(h, "10.1.0.1", "Aigul", hub.Password); err != nil {
		t.Fatal(err)
	}
	for i := range 3 {
		if err := signInFrom(h, fmt.Sprint("10.5.0.", i), "Aigul", "wrong password"); fault.CodeOf(err) != fault.WrongCredentials {
			t.Errorf("a stranger: %v", err)
		}
	}
	h.Exec(`update attempts set count = 500, free_at = now() + interval '30 seconds' where count = 3`) // the account's limit
	if err := signInFrom(h, "10.2.0.1", "Aigul", hub.Password); fault.CodeOf(err) != fault.TryLater {
		t.Errorf("a new address while the account is under attack: %v", err)
	}
	if err := signInFrom(h, "10.1.0.1", "Aigul", hub.Password); err != nil {
		t.Errorf("the address that the owner was at: %v", err)
	}
	h.Pass(31 * time.Second)
	if err := signInFrom(h, "10.2.0.1", "Aigul", hub.Password); err != nil {
		t.Errorf("half a minute later: %v", err)
	}
}

// TestASchoolSignsIn: 60 people behind one address each mistype twice.
func TestASchoolSignsIn(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Person("Pupil", 15)
	for i, pupil := range h.Crowd(60) {
		h.Exec(`update people set email = $2, password_hash = (select password_hash from people where email = $3) where id = $1`,
			pupil.ID, hub.Email(fmt.Sprint("pupil", i)), hub.Email("Pupil"))
	}
	var school sync.WaitGroup
	for from := range 6 {
		school.Go(func() {
			for i := from; i < 60; i += 6 {
				who := fmt.Sprint("pupil", i)
				for range 2 {
					if err := signInFrom(h, "10.9.0.1", who, "mistyped"); fault.CodeOf(err) != fault.WrongCredentials {
						t.Errorf("%s: %v", who, err)
					}
				}
				if err := signInFrom(h, "10.9.0.1", who, hub.Password); err != nil {
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
	h := hub.New(t)
	h.Person("Aigul", 20)
	h.Exec(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at)
		values (gen_random_uuid(), $1, '!', 'No', 'Password', '2000-01-01', 'KK', now())`, hub.Email("Seeded"))
	device := onDevice(h.Person("Bolat", 20), hub.Password).Device
	for round := range 7 { // until it has to wait
		asker := h.Visitor()
		if round%2 == 1 {
			asker.Device = device
		}
		var took []int
		var bodies []string
		for _, who := range []string{"Aigul", "Nobody", "Seeded"} {
			a := asker.Ask(hub.Document("signIn", "token"), hub.Vars{"in": hub.Vars{"email": hub.Email(who), "password": "wrong password"}})
			took, bodies = append(took, a.Took()), append(bodies, a.Code())
		}
		if took[0] != took[1] || took[1] != took[2] || bodies[0] != bodies[1] || bodies[1] != bodies[2] {
			t.Errorf("round %d: %v statements, %s", round, took, bodies)
		}
	}
}

// TestRivalGuessesAreCounted sends many guesses at the same moment: they cannot all count as the first.
func TestRivalGuessesAreCounted(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	h.Person("Aigul", 20)
	codes := make([]fault.Code, 20)
	var rivals sync.WaitGroup
	for i := range codes {
		rivals.Go(func() { codes[i] = fault.CodeOf(signInFrom(h, "10.3.0.1", "Aigul", "wrong password")) })
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
	h := hub.New(t)
	h.Person("Aigul", 20)
	h.Mails()
	h.Pass(time.Hour)
	for _, who := range []string{hub.Email("Aigul"), "nobody@example.org"} {
		for range 5 {
			h.Visitor().Do("requestPasswordReset", hub.Vars{"email": who}, "accepted")
		}
		h.Visitor().Refused("TRY_LATER", "requestPasswordReset", hub.Vars{"email": who})
		h.Pass(10 * time.Second)
		h.Visitor().Do("requestPasswordReset", hub.Vars{"email": who}, "accepted").Shows("requestPasswordReset.accepted", true)
		if all := h.Mails(); len(all) != 5 {
			t.Errorf("%d mails to %s", len(all), who)
		}
	}
	h.Pass(time.Hour)
	h.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email("Aigul")}, "accepted")
	h.Visitor().Do("resetPassword", hub.Vars{"token": h.Letter(hub.Email("Aigul"), "A new password"), "password": hub.NewPassword}, "ended")
}

// TestNoSecretIsKept looks for tokens and passwords in the database and the log.
func TestNoSecretIsKept(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	aigul := h.Unverified("Aigul", 20)
	token := h.Letter(hub.Email("Aigul"), "Confirm your email address")
	aigul.Do("changePassword", hub.Vars{"password": hub.Password, "newPassword": hub.NewPassword}, "ended")
	h.Mails()
	h.SignsIn("Aigul", "wrong password", "WRONG_CREDENTIALS")
	for _, table := range []string{"people", "sessions", "account_tokens", "attempts", "outbox", "idempotency_keys"} {
		text := h.Text(`select coalesce(string_agg(t::text, ' '), '') from ` + table + ` t`)
		for _, secret := range []string{token, hub.Password, hub.NewPassword, aigul.Token, "wrong password"} {
			if strings.Contains(text, secret) {
				t.Errorf("%s keeps %q", table, secret)
			}
		}
	}
	for _, secret := range []string{token, hub.Password, hub.NewPassword, aigul.Token} {
		if strings.Contains(h.Log.String(), secret) {
			t.Errorf("the log tells %q", secret)
		}
	}
}
