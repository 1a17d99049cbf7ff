package moderation

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

// TestASuspensionOutlivesTheAccount: somebody who erases a suspended account and registers with its address is suspended, until
// that ends.
func TestASuspensionOutlivesTheAccount(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	who := w.Person("Rude", 20)
	decision := w.Suspension(who, 10)
	who.SignIn(hub.Password).Erase()
	if n := w.Count(`select count(*) from suspended_addresses a where to_jsonb(a)::text ilike '%rude%'`); n != 0 {
		t.Error("the address is kept")
	}
	again := proven(w, "Rude")
	again.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	again.Erase()
	third := proven(w, "Rude")
	third.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	w.Officer.Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	third.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
	if n := w.Count(`select count(*) from suspended_addresses`); n != 0 {
		t.Error("the hash is kept after the suspension")
	}
	fourth := w.Person("Quiet", 20)
	fourth.Erase()
	proven(w, "Quiet").Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
}

// proven makes an account and verifies its address with the emailed link.
func proven(w *hub.World, name string) *hub.Caller {
	w.T.Helper()
	who := w.Unverified(name, 20)
	who.Do("verifyEmail", hub.Vars{"token": w.PutToken(who, "VERIFY_EMAIL")}, "email")
	return who.SignIn(hub.Password)
}

// TestWhoMovesToASuspendedAddressIsKeptOut, like anyone who is suspended: what the account held passes to others.
func TestWhoMovesToASuspendedAddressIsKeptOut(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	gone := w.Person("Gone", 20)
	w.Suspension(gone, 10)
	gone.SignIn(hub.Password).Erase()
	mover, next := w.Person("Mover", 20), w.Person("Next", 20)
	w.Join(mover, "LEAD")
	task, soon := w.Task(1, 48*time.Hour)
	_, late := w.Task(1, 24*30*time.Hour)
	w.SignUp(mover, soon)
	w.SignUp(next, soon)
	first, _ := w.SignUp(w.Roles["stranger"], late)
	w.SignUp(mover, late)
	w.SignUp(next, late)
	w.Roles["stranger"].Do("cancelSignup", hub.Vars{"id": first}, "signup { state }")
	w.SignedUp(t, late, "CANCELLED", "OFFERED", "WAITLISTED")

	mover.Do("verifyEmail", w.LinkTo(mover, hub.Email("Gone")), "email")
	w.SignedUp(t, soon, "CANCELLED", "OFFERED")
	w.SignedUp(t, late, "CANCELLED", "WAITLISTED", "OFFERED")
	w.Sound(t, w.Present(), task)
	if code := mover.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
		t.Errorf("the session: %q", code)
	}
	if n := w.Count(`select count(*) from notices where person_id = $1 and kind = 'SHIFT_CHANGED'`, next.ID); n == 0 {
		t.Error("who comes to the shift is not told that it has another lead")
	}
	if n := w.Count(`select count(*) from outbox where address = 'lead@example.org' and kind = 'SIGNUPS_CANCELLED'`); n != 1 {
		t.Errorf("the leads are told %d times", n)
	}
}

// TestTheOnlyOfficerMovesToNoSuspendedAddress: the city keeps one who can act.
func TestTheOnlyOfficerMovesToNoSuspendedAddress(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	gone := w.Person("Gone", 20)
	w.Suspension(gone, 10)
	gone.SignIn(hub.Password).Erase()
	link := w.LinkTo(w.Officer, hub.Email("Gone"))
	w.Officer.Refused("LAST_OFFICER", "verifyEmail", link)
	w.Officer.Must(`{ viewer { email } }`).Shows("viewer.email", hub.Email("Officer"))
	w.Grant(w.Crowd(1)[0], grant.CityOfficer, "")
	w.Officer.Do("verifyEmail", link, "email")
	w.Officer.SignIn(hub.Password).Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
}

// TestNobodyIsSuspendedByAReset of the password of an account whose address was already verified.
func TestNobodyIsSuspendedByAReset(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	gone, same := w.Person("Own+gone", 20), w.Person("Own", 20)
	w.Suspension(gone, 10)
	gone.SignIn(hub.Password).Erase()
	w.Visitor().Do("resetPassword", hub.Vars{"token": w.PutToken(same, "RESET_PASSWORD"), "password": hub.NewPassword}, "ended")
	same.SignIn(hub.NewPassword).Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
}

// TestASuspendedAddressIsToldToItsOwnerAlone: somebody who registers with it learns nothing about the suspension before the
// address is verified, in whatever way, and is suspended from then on.
func TestASuspendedAddressIsToldToItsOwnerAlone(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	register := func(more hub.Vars) string {
		in := hub.Vars{"email": hub.Email("New"), "givenName": "New", "familyName": "Testova", "birthDate": "2000-05-09"}
		for name, value := range more {
			in[name] = value
		}
		return w.Visitor().Do("register", in, "token").Str("register.token")
	}
	invited := func() string {
		_, token := w.Invite(w.NgoLead, hub.Email("New"), "TEAM_MEMBER", hub.Vars{"teamId": w.Team})
		return token
	}
	for way, prove := range map[string]func(*hub.Caller) (token string){
		"the mailed link": func(who *hub.Caller) string {
			who.Do("verifyEmail", hub.Vars{"token": w.PutToken(who, "VERIFY_EMAIL")}, "email")
			return who.SignIn(hub.Password).Token
		},
		"a reset": func(who *hub.Caller) string {
			who.Do("resetPassword", hub.Vars{"token": w.PutToken(who, "RESET_PASSWORD"), "password": hub.Password}, "ended")
			return w.Visitor().Do("signIn", hub.Vars{"email": hub.Email("New"), "password": hub.Password}, "token").Str("signIn.token")
		},
		"an invitation": func(who *hub.Caller) string {
			return who.Do("acceptInvitation", hub.Vars{"token": invited()}, "token").Str("acceptInvitation.token")
		},
		"registering with an invitation": func(*hub.Caller) string {
			return register(hub.Vars{"password": hub.Password, "invitationToken": invited()})
		},
		"registering with a provider": func(*hub.Caller) string { return register(hub.Vars{"identityToken": w.PutVouched()}) },
		"moving another account there": func(who *hub.Caller) string {
			who.Erase()
			mover := w.Person("Mover", 20)
			mover.Do("verifyEmail", w.LinkTo(mover, hub.Email("New")), "email")
			return mover.SignIn(hub.Password).Token
		},
	} {
		w.Pass(time.Hour)
		first := w.Person("New", 20)
		decision := w.Suspension(first, 10)
		first.SignIn(hub.Password).Erase()
		again := w.Unverified("New", 20)
		again.Refused("EMAIL_UNVERIFIED", "requestMembership", hub.Vars{"teamId": w.Team})
		a := again.Must(`query($t: ID!) { team(id: $t) { availableActions { allowed reason } } }`, hub.Vars{"t": w.Team})
		for _, action := range a.At("team.availableActions").([]any) {
			if action.(hub.Vars)["reason"] != "EMAIL_UNVERIFIED" {
				t.Errorf("before %s: %v", way, action)
			}
		}
		again.Token = prove(again)
		again.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
		w.Officer.Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
		again.Ask(`{ viewer { id } }`).Shows("viewer.id", w.Text(`select id from people where email = $1`, hub.Email("New")))
		w.Exec(`update people set email = id || '@example.org' where email = $1`, hub.Email("New"))
	}
}

// TestNobodyHasAStrangersAddressSuspended: an account that never verified its address leaves nothing of its suspension behind.
func TestNobodyHasAStrangersAddressSuspended(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	squatter := w.Unverified("Victim", 20)
	w.Suspension(squatter, 10)
	squatter.SignIn(hub.Password).Erase()
	proven(w, "Victim").Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
}

// TestASuspensionIsOfTheMailbox: another spelling of the address leads to it too.
func TestASuspensionIsOfTheMailbox(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	for gone, anew := range map[string]string{"Own": "Own+x", "Other+1": "Other+2", "Plus+1": "Plus"} {
		who := w.Person(gone, 20)
		w.Suspension(who, 10)
		who.SignIn(hub.Password).Erase()
		proven(w, anew).Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	}
	proven(w, "O.wn").Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }") // may be somebody else's
}

// TestASuspensionStaysWithAMailboxThatIsLeft: somebody who moves a suspended account to another address, and erases it, is
// suspended with either one, until the suspension ends.
func TestASuspensionStaysWithAMailboxThatIsLeft(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	who := w.Person("Old", 20)
	decision := w.Suspension(who, 10)
	who = who.SignIn(hub.Password)
	who.Do("verifyEmail", w.LinkTo(who, hub.Email("Fresh")), "email")
	again := proven(w, "Old+x")
	again.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	if n := w.Count(`select count(*) from suspended_addresses`); n != 1 {
		t.Errorf("%d hashes, of one address that was left", n)
	}
	who.Erase()
	anew := proven(w, "Fresh")
	anew.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	w.Officer.Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	for _, free := range []*hub.Caller{again, anew, proven(w, "Old")} {
		free.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
	}
}

// TestASecondAccountOfASuspendedMailbox is suspended from when it is verified, and no longer than the first, whose address has to
// be verified too.
func TestASecondAccountOfASuspendedMailbox(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	first, squatter := w.Person("First", 20), w.Unverified("Victim", 20)
	decision := w.Suspension(first, 10)
	w.Suspension(squatter, 10)
	second := proven(w, "First+2")
	second.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	w.Officer.Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	second.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
	proven(w, "Victim+2").Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
}

// TestAnAddressIsFoundAsItWasKept before hashes were made of mailboxes.
func TestAnAddressIsFoundAsItWasKept(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	who := w.Person("Own+x", 20)
	w.Suspension(who, 10)
	who.SignIn(hub.Password).Erase()
	w.Exec(`update suspended_addresses set hash = $1`, hub.Key.Sign("suspended address", []byte(hub.Email("Own+x"))))
	proven(w, "Own+x").Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
}

// TestTheLongerSuspensionCounts, if a suspended account verifies an address that is suspended too.
func TestTheLongerSuspensionCounts(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	for i, days := range [][3]int{{2, 9, 9}, {9, 2, 9}} {
		gone, mover := w.Person(fmt.Sprintf("Gone%d", i), 20), w.Person(fmt.Sprintf("Mover%d", i), 20)
		w.Suspension(gone, days[0])
		address := w.AddressOf(gone)
		gone.SignIn(hub.Password).Erase()
		w.Suspension(mover, days[1])
		mover = mover.SignIn(hub.Password)
		mover.Do("verifyEmail", w.LinkTo(mover, address), "email")
		if n := w.Count(`select round(extract(epoch from until - now()) / 86400) from people p join decisions d on d.id = p.suspended_id
			where p.id = $1`, mover.ID); n != days[2] {
			t.Errorf("%d and %d days: suspended for %d", days[0], days[1], n)
		}
	}
}

// TestStreamsEndWithTheAccount: an erasure and a suspension end all streams at once, as signing out does.
func TestStreamsEndWithTheAccount(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Listen()
	for _, end := range []func(who *hub.Caller){
		func(who *hub.Caller) { who.Erase() },
		func(who *hub.Caller) { w.Suspension(who, 3) },
		func(who *hub.Caller) { who.Do("signOut", hub.Vars{"everywhere": true}, "ended") },
	} {
		who := w.Known(1)[0]
		s := who.Watch(t, hub.WatchSignups, nil)
		s.Until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
		end(who)
		if last := s.Ended(); !strings.Contains(last, "UNAUTHENTICATED") {
			t.Errorf("the stream ended with %s", last)
		}
	}
}
