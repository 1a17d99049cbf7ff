package stories

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
)

// ownAccount are the mutations with which people manage their own account: they are allowed to anyone who has not verified the
// address, and those before the bar to anyone who has not entered a name.
const ownAccount = `register signIn signOut changeEmail requestPasswordReset resetPassword changePassword updateProfile endSession
	appeal markNoticesRead requestData eraseAccount verifyEmail | acceptInvitation`

// TestWhatABarredAccountMay tries every mutation of the schema, with an input that is otherwise accepted, on accounts that are
// not verified or have no name: all but those about the account are refused, and nothing is written.
func TestWhatABarredAccountMay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	goods := w.goods()
	nameless, unverified, _ := strings.Cut(ownAccount, "|")
	for code, c := range map[string]struct{ statement, spared string }{
		"PROFILE_INCOMPLETE": {`update people set given_name = '', family_name = ''`, nameless},
		"EMAIL_UNVERIFIED":   {`update people set email_verified_at = null`, nameless + unverified},
	} {
		w.exec(`update people set email_verified_at = now(), given_name = 'Name', family_name = 'Testova'`)
		w.exec(c.statement)
		before, spared := w.checksum(), strings.Fields(c.spared)
		for _, m := range theSchema().Mutation.Fields {
			g := goods[m.Name]
			if slices.Contains(spared, m.Name) {
				continue
			}
			a := g.who.ask(document(m.Name, selected(m.Name)), vars{"in": g.in})
			if a.code() != code || !documented(m.Name, code) {
				t.Errorf("%s: %s; want %s, and the schema to say so", m.Name, a.rawBody, code)
			}
		}
		if after := w.checksum(); after != before {
			t.Errorf("%s: it is written\n%s\nwas\n%s", code, after, before)
		}
	}
	w.exec(`update people set email_verified_at = null`)
	for _, name := range strings.Fields(nameless + unverified) {
		g := goods[name]
		if a := g.who.ask(document(name, selected(name)), vars{"in": g.in}); a.code() == "EMAIL_UNVERIFIED" {
			t.Errorf("%s: %s", name, a.rawBody)
		}
	}
}

// TestAnUnverifiedAccountHoldsNothing: it is given no role, no place in a team and no consent, no photo of it is accepted, and
// whatever it sees says why it may not.
func TestAnUnverifiedAccountHoldsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.unverified("Squatter", 15)
	w.officer.refused("EMAIL_UNVERIFIED", "giveRole", vars{"person": vars{"email": email("Squatter")}, "role": "NGO_LEAD", "ngoId": w.ngo})
	if err := w.r.Grants.GiveTo(context.Background(), email("Squatter"), grant.NgoLead, w.ngo, time.Now()); fault.CodeOf(err) != fault.EmailUnverified {
		t.Errorf("from the command line: %v", err)
	}
	w.lead.refused("EMAIL_UNVERIFIED", "inviteMember", vars{"teamId": w.team, "personId": who.id, "role": "LEAD"})
	w.coordinator.refused("EMAIL_UNVERIFIED", "recordConsent", vars{"personId": who.id, "scopes": []any{"TAKING_PART"}, "seenOn": today()})
	w.photos().refuses(who, "a photo", asPNG(picture(8, 8)), 403, "EMAIL_UNVERIFIED", "")

	proposal, _ := w.putProposal("SUBMITTED"), w.enrol(who, w.team, "LEAD") // a role from before the rule has no effect
	who.refused("EMAIL_UNVERIFIED", "supportProposal", vars{"id": proposal})
	a := who.must(`query($p: ID!, $t: ID!) { viewer { emailVerified } proposal(id: $p) { availableActions { action allowed reason } }
		team(id: $t) { availableActions { action allowed reason } } }`, vars{"p": proposal, "t": w.team}).shows("viewer.emailVerified", false)
	for _, action := range append(a.at("proposal.availableActions").([]any), a.at("team.availableActions").([]any)...) {
		if action.(vars)["reason"] != "EMAIL_UNVERIFIED" || action.(vars)["allowed"] != false {
			t.Errorf("%v", action)
		}
	}
	who.do("verifyEmail", vars{"token": w.putToken(who, "VERIFY_EMAIL")}, "email")
	who.do("supportProposal", vars{"id": proposal}, "proposal { supportedByMe }").shows("supportProposal.proposal.supportedByMe", true)
}

// squatted returns an account that a stranger began with somebody's address, as the stranger left it.
func (h *hub) squatted(name string) (stranger *caller) {
	stranger = h.unverified(name, 30)
	h.putFactor(stranger)
	h.putIdentity(stranger)
	h.exec(`insert into telegram_links (id, person_id, chat_id, linked_at) values ($1, $1, 4711, now())`, rowID(stranger.id))
	h.exec(`insert into notice_preferences (person_id, topic, email, telegram) values ($1, 'SHIFTS', 'NONE', true)`, rowID(stranger.id))
	return stranger
}

// compareLeft checks that nothing is left of the account that a stranger began with an address, nor in the stranger's hands.
func (h *hub) compareLeft(stranger *caller, address string) {
	h.t.Helper()
	for _, table := range []string{"second_factors", "identities", "telegram_links", "notice_preferences"} {
		if n := h.count(`select count(*) from `+table+` where person_id = $1`, stranger.id); n != 0 {
			h.t.Errorf("%d rows are left in %s", n, table)
		}
	}
	if code := stranger.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
		h.t.Errorf("the stranger's session: %q", code)
	}
	in := vars{"email": address, "password": password}
	if code := h.visitor().ask(document("signIn", "token"), vars{"in": in}).code(); code != "WRONG_CREDENTIALS" {
		h.t.Errorf("the stranger's password: %q", code)
	}
}

// TestWhoResetsGetsAnEmptyAccount, and enters a name before anything else.
func TestWhoResetsGetsAnEmptyAccount(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	stranger := c.squatted("Victim")
	c.mails()
	c.visitor().do("requestPasswordReset", vars{"email": email("Victim")}, "accepted")
	reset := c.letter(email("Victim"), "A new password")
	c.visitor().do("resetPassword", vars{"token": reset, "password": newPassword}, "ended")
	c.compareLeft(stranger, email("Victim"))

	owner := &caller{h: c.hub, id: c.text(`select id from people where email = $1`, email("Victim"))}
	owner.token = c.visitor().do("signIn", vars{"email": email("Victim"), "password": newPassword}, "token").str("signIn.token")
	owner.must(`{ viewer { displayName givenName familyName emailVerified district { id } sessions { current } } }`).shows("viewer",
		vars{"displayName": "—", "givenName": "", "familyName": "", "emailVerified": true, "district": nil, "sessions": []vars{{"current": true}}})
	owner.refused("PROFILE_INCOMPLETE", "requestMembership", vars{"teamId": c.team})
	c.lead.refused("PROFILE_INCOMPLETE", "inviteMember", vars{"teamId": c.team, "personId": owner.id, "role": "MEMBER"})
	c.officer.refused("PROFILE_INCOMPLETE", "giveRole", vars{"person": vars{"id": owner.id}, "role": "NGO_LEAD", "ngoId": c.ngo})
	owner.refused("INVALID", "updateProfile", vars{"givenName": "Айгүл", "familyName": "Сынақова"})
	owner.refused("INVALID", "updateProfile", vars{"givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2100-01-01"})
	owner.do("updateProfile", vars{"givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2000-05-09"}, "person { displayName birthDate }").
		shows("updateProfile.person", vars{"displayName": "Айгүл Сынақова", "birthDate": "2000-05-09"})
	owner.refused("INVALID", "updateProfile", vars{"birthDate": "2001-05-09"})
	owner.do("requestMembership", vars{"teamId": c.team}, "membership { state }")

	own := c.person("Known", 20) // somebody who has verified the address keeps what is in the account
	c.putFactor(own)
	c.visitor().do("resetPassword", vars{"token": c.putToken(own, "RESET_PASSWORD"), "password": newPassword}, "ended")
	if n := c.count(`select count(*) from second_factors f join people p on p.id = f.person_id where p.given_name = 'Known'`); n != 1 {
		t.Error("the second factor of an account that was verified is gone")
	}
}

// TestWhoIsInvitedTakesTheAccountOver that a stranger began with the address.
func TestWhoIsInvitedTakesTheAccountOver(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	stranger := c.squatted("Guest")
	_, token := c.invite(c.officer, email("Guest"), "COORDINATOR", vars{"centreId": c.centre("ALMALY-1")})
	in := vars{"email": email("Guest"), "password": newPassword, "givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2000-05-09"}
	if got := c.visitor().ask(document("register", "token"), vars{"in": in}).code(); got != "EMAIL_TAKEN" {
		t.Errorf("without a proof: %q", got)
	}
	if got := c.registers("lead@example.org", "2000-05-09", token).code(); got != "EMAIL_TAKEN" {
		t.Errorf("over an account that was verified: %q", got)
	}
	in["invitationToken"] = token
	c.visitor().do("register", in, "person { displayName emailVerified grants { role } }").shows("register.person",
		vars{"displayName": "Айгүл Сынақова", "emailVerified": true, "grants": []vars{{"role": "COORDINATOR"}}})
	c.compareLeft(stranger, email("Guest"))
}

// TestWhomAProviderKnowsTakesTheAccountOver that a stranger began with the address.
func TestWhomAProviderKnowsTakesTheAccountOver(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	stranger := e.squatted("Aigul")
	e.provider.knows("aigul", email("Aigul"), true)
	b := e.browser()
	token, pending := strings.CutPrefix(b.enter("?return_to=/tasks"), "/register#oidc=")
	if !pending {
		t.Fatalf("led to %q", token)
	}
	owner := b.ask(document("register", "person { id displayName emailVerified }"), vars{"in": vars{"email": email("Aigul"), "givenName": "Айгүл",
		"familyName": "Сынақова", "birthDate": "2005-05-09", "identityToken": token}}).
		shows("register.person.displayName", "Айгүл Сынақова").shows("register.person.emailVerified", true).str("register.person.id")
	if issuer := e.text(`select issuer from identities where person_id = $1`, owner); issuer != e.provider.url {
		t.Errorf("the stranger's provider opens it: %s", issuer)
	}
	e.compareLeft(stranger, email("Aigul"))
}
