package stories

import (
	"fmt"
	"strings"
	"testing"

	"jastarhub/internal/grant"
)

// TestASuspensionOutlivesTheAccount: somebody who erases a suspended account and registers with its address is suspended, until
// that ends.
func TestASuspensionOutlivesTheAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.person("Rude", 20)
	decision := w.suspension(who, 10)
	who.signIn(password).erase()
	if n := w.count(`select count(*) from suspended_addresses a where to_jsonb(a)::text ilike '%rude%'`); n != 0 {
		t.Error("the address is kept")
	}
	again := w.proven("Rude")
	again.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	again.erase()
	third := w.proven("Rude")
	third.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	w.officer.do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	third.do("requestMembership", vars{"teamId": w.team}, "membership { id }")
	if n := w.count(`select count(*) from suspended_addresses`); n != 0 {
		t.Error("the hash is kept after the suspension")
	}
	fourth := w.person("Quiet", 20)
	fourth.erase()
	w.proven("Quiet").do("requestMembership", vars{"teamId": w.team}, "membership { id }")
}

// proven makes an account and verifies its address with the emailed link.
func (w *world) proven(name string) *caller {
	w.t.Helper()
	who := w.unverified(name, 20)
	who.do("verifyEmail", vars{"token": w.putToken(who, "VERIFY_EMAIL")}, "email")
	return who.signIn(password)
}

// linkTo returns the emailed link with which somebody verifies another address.
func (w *world) linkTo(who *caller, address string) vars {
	w.t.Helper()
	token := w.putToken(who, "VERIFY_EMAIL")
	w.exec(`update account_tokens set email = $2 where person_id = $1 and used_at is null`, rowID(who.id), address)
	return vars{"token": token}
}

// TestWhoMovesToASuspendedAddressIsKeptOut, like anyone who is suspended: what the account held passes to others.
func TestWhoMovesToASuspendedAddressIsKeptOut(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	gone := w.person("Gone", 20)
	w.suspension(gone, 10)
	gone.signIn(password).erase()
	mover, next := w.person("Mover", 20), w.person("Next", 20)
	w.join(mover, "LEAD")
	task, soon := w.task(1, 48*hour)
	_, late := w.task(1, 24*30*hour)
	w.signUp(mover, soon)
	w.signUp(next, soon)
	first, _ := w.signUp(w.roles["stranger"], late)
	w.signUp(mover, late)
	w.signUp(next, late)
	w.roles["stranger"].do("cancelSignup", vars{"id": first}, "signup { state }")
	w.signedUp(t, late, "CANCELLED", "OFFERED", "WAITLISTED")

	mover.do("verifyEmail", w.linkTo(mover, email("Gone")), "email")
	w.signedUp(t, soon, "CANCELLED", "OFFERED")
	w.signedUp(t, late, "CANCELLED", "WAITLISTED", "OFFERED")
	w.sound(t, w.present(), task)
	if code := mover.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
		t.Errorf("the session: %q", code)
	}
	if n := w.count(`select count(*) from notices where person_id = $1 and kind = 'SHIFT_CHANGED'`, next.id); n == 0 {
		t.Error("who comes to the shift is not told that it has another lead")
	}
	if n := w.count(`select count(*) from outbox where address = 'lead@example.org' and kind = 'SIGNUPS_CANCELLED'`); n != 1 {
		t.Errorf("the leads are told %d times", n)
	}
}

// TestTheOnlyOfficerMovesToNoSuspendedAddress: the city keeps one who can act.
func TestTheOnlyOfficerMovesToNoSuspendedAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	gone := w.person("Gone", 20)
	w.suspension(gone, 10)
	gone.signIn(password).erase()
	link := w.linkTo(w.officer, email("Gone"))
	w.officer.refused("LAST_OFFICER", "verifyEmail", link)
	w.officer.must(`{ viewer { email } }`).shows("viewer.email", email("Officer"))
	w.grant(w.crowd(1)[0], grant.CityOfficer, "")
	w.officer.do("verifyEmail", link, "email")
	w.officer.signIn(password).refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
}

// TestNobodyIsSuspendedByAReset of the password of an account whose address was already verified.
func TestNobodyIsSuspendedByAReset(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	gone, same := w.person("Own+gone", 20), w.person("Own", 20)
	w.suspension(gone, 10)
	gone.signIn(password).erase()
	w.visitor().do("resetPassword", vars{"token": w.putToken(same, "RESET_PASSWORD"), "password": newPassword}, "ended")
	same.signIn(newPassword).do("requestMembership", vars{"teamId": w.team}, "membership { id }")
}

// TestASuspendedAddressIsToldToItsOwnerAlone: somebody who registers with it learns nothing about the suspension before the
// address is verified, in whatever way, and is suspended from then on.
func TestASuspendedAddressIsToldToItsOwnerAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	register := func(more vars) string {
		in := vars{"email": email("New"), "givenName": "New", "familyName": "Testova", "birthDate": "2000-05-09"}
		for name, value := range more {
			in[name] = value
		}
		return w.visitor().do("register", in, "token").str("register.token")
	}
	invited := func() string {
		_, token := w.invite(w.ngoLead, email("New"), "TEAM_MEMBER", vars{"teamId": w.team})
		return token
	}
	for way, prove := range map[string]func(*caller) (token string){
		"the mailed link": func(who *caller) string {
			who.do("verifyEmail", vars{"token": w.putToken(who, "VERIFY_EMAIL")}, "email")
			return who.signIn(password).token
		},
		"a reset": func(who *caller) string {
			who.do("resetPassword", vars{"token": w.putToken(who, "RESET_PASSWORD"), "password": password}, "ended")
			return w.visitor().do("signIn", vars{"email": email("New"), "password": password}, "token").str("signIn.token")
		},
		"an invitation": func(who *caller) string {
			return who.do("acceptInvitation", vars{"token": invited()}, "token").str("acceptInvitation.token")
		},
		"registering with an invitation": func(*caller) string { return register(vars{"password": password, "invitationToken": invited()}) },
		"registering with a provider":    func(*caller) string { return register(vars{"identityToken": w.putVouched()}) },
		"moving another account there": func(who *caller) string {
			who.erase()
			mover := w.person("Mover", 20)
			mover.do("verifyEmail", w.linkTo(mover, email("New")), "email")
			return mover.signIn(password).token
		},
	} {
		w.pass("1 hour")
		first := w.person("New", 20)
		decision := w.suspension(first, 10)
		first.signIn(password).erase()
		again := w.unverified("New", 20)
		again.refused("EMAIL_UNVERIFIED", "requestMembership", vars{"teamId": w.team})
		a := again.must(`query($t: ID!) { team(id: $t) { availableActions { allowed reason } } }`, vars{"t": w.team})
		for _, action := range a.at("team.availableActions").([]any) {
			if action.(vars)["reason"] != "EMAIL_UNVERIFIED" {
				t.Errorf("before %s: %v", way, action)
			}
		}
		again.token = prove(again)
		again.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
		w.officer.do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
		again.ask(`{ viewer { id } }`).shows("viewer.id", w.text(`select id from people where email = $1`, email("New")))
		w.exec(`update people set email = id || '@example.org' where email = $1`, email("New"))
	}
}

// TestNobodyHasAStrangersAddressSuspended: an account that never verified its address leaves nothing of its suspension behind.
func TestNobodyHasAStrangersAddressSuspended(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	squatter := w.unverified("Victim", 20)
	w.suspension(squatter, 10)
	squatter.signIn(password).erase()
	w.proven("Victim").do("requestMembership", vars{"teamId": w.team}, "membership { id }")
}

// TestASuspensionIsOfTheMailbox: another spelling of the address leads to it too.
func TestASuspensionIsOfTheMailbox(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for gone, anew := range map[string]string{"Own": "Own+x", "Other+1": "Other+2", "Plus+1": "Plus"} {
		who := w.person(gone, 20)
		w.suspension(who, 10)
		who.signIn(password).erase()
		w.proven(anew).refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	}
	w.proven("O.wn").do("requestMembership", vars{"teamId": w.team}, "membership { id }") // may be somebody else's
}

// TestASuspensionStaysWithAMailboxThatIsLeft: somebody who moves a suspended account to another address, and erases it, is
// suspended with either one, until the suspension ends.
func TestASuspensionStaysWithAMailboxThatIsLeft(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.person("Old", 20)
	decision := w.suspension(who, 10)
	who = who.signIn(password)
	who.do("verifyEmail", w.linkTo(who, email("Fresh")), "email")
	again := w.proven("Old+x")
	again.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	if n := w.count(`select count(*) from suspended_addresses`); n != 1 {
		t.Errorf("%d hashes, of one address that was left", n)
	}
	who.erase()
	anew := w.proven("Fresh")
	anew.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	w.officer.do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	for _, free := range []*caller{again, anew, w.proven("Old")} {
		free.do("requestMembership", vars{"teamId": w.team}, "membership { id }")
	}
}

// TestASecondAccountOfASuspendedMailbox is suspended from when it is verified, and no longer than the first, whose address has to
// be verified too.
func TestASecondAccountOfASuspendedMailbox(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first, squatter := w.person("First", 20), w.unverified("Victim", 20)
	decision := w.suspension(first, 10)
	w.suspension(squatter, 10)
	second := w.proven("First+2")
	second.refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	w.officer.do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	second.do("requestMembership", vars{"teamId": w.team}, "membership { id }")
	w.proven("Victim+2").do("requestMembership", vars{"teamId": w.team}, "membership { id }")
}

// TestAnAddressIsFoundAsItWasKept before hashes were made of mailboxes.
func TestAnAddressIsFoundAsItWasKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.person("Own+x", 20)
	w.suspension(who, 10)
	who.signIn(password).erase()
	w.exec(`update suspended_addresses set hash = $1`, key.Sign("suspended address", []byte(email("Own+x"))))
	w.proven("Own+x").refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
}

// TestTheLongerSuspensionCounts, if a suspended account verifies an address that is suspended too.
func TestTheLongerSuspensionCounts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, days := range [][3]int{{2, 9, 9}, {9, 2, 9}} {
		gone, mover := w.person(fmt.Sprintf("Gone%d", i), 20), w.person(fmt.Sprintf("Mover%d", i), 20)
		w.suspension(gone, days[0])
		address := w.addressOf(gone)
		gone.signIn(password).erase()
		w.suspension(mover, days[1])
		mover = mover.signIn(password)
		mover.do("verifyEmail", w.linkTo(mover, address), "email")
		if n := w.count(`select round(extract(epoch from until - now()) / 86400) from people p join decisions d on d.id = p.suspended_id
			where p.id = $1`, mover.id); n != days[2] {
			t.Errorf("%d and %d days: suspended for %d", days[0], days[1], n)
		}
	}
}

// TestStreamsEndWithTheAccount: an erasure and a suspension end all streams at once, as signing out does.
func TestStreamsEndWithTheAccount(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.listen()
	for _, end := range []func(who *caller){
		func(who *caller) { who.erase() },
		func(who *caller) { w.suspension(who, 3) },
		func(who *caller) { who.do("signOut", vars{"everywhere": true}, "ended") },
	} {
		who := w.known(1)[0]
		s := who.watch(t, watchSignups, nil)
		s.until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
		end(who)
		if last := s.ended(); !strings.Contains(last, "UNAUTHENTICATED") {
			t.Errorf("the stream ended with %s", last)
		}
	}
}
