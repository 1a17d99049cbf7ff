package account

import (
	"context"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
)

// TestAnUnverifiedAccountHoldsNothing: it is given no role, no place in a team and no consent, no photo of it is accepted, and
// whatever it sees says why it may not.
func TestAnUnverifiedAccountHoldsNothing(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	who := w.Unverified("Squatter", 15)
	w.Officer.Refused("EMAIL_UNVERIFIED", "giveRole", hub.Vars{"person": hub.Vars{"email": hub.Email("Squatter")}, "role": "NGO_LEAD", "ngoId": w.Ngo})
	if err := w.Resolver.Grants.GiveTo(context.Background(), hub.Email("Squatter"), grant.NgoLead, w.Ngo, w.Present()); fault.CodeOf(err) != fault.EmailUnverified {
		t.Errorf("from the command line: %v", err)
	}
	w.Lead.Refused("EMAIL_UNVERIFIED", "inviteMember", hub.Vars{"teamId": w.Team, "personId": who.ID, "role": "LEAD"})
	w.Coordinator.Refused("EMAIL_UNVERIFIED", "recordConsent", hub.Vars{"personId": who.ID, "scopes": []any{"TAKING_PART"}, "seenOn": w.Today()})
	w.Photos().Refuses(who, "a photo", hub.AsPNG(hub.Picture(8, 8)), 403, "EMAIL_UNVERIFIED", "")

	proposal, _ := w.PutProposal("SUBMITTED"), w.Enrol(who, w.Team, "LEAD") // a role from before the rule has no effect
	who.Refused("EMAIL_UNVERIFIED", "supportProposal", hub.Vars{"id": proposal})
	a := who.Must(`query($p: ID!, $t: ID!) { viewer { emailVerified } proposal(id: $p) { availableActions { action allowed reason } }
		team(id: $t) { availableActions { action allowed reason } } }`, hub.Vars{"p": proposal, "t": w.Team}).Shows("viewer.emailVerified", false)
	for _, action := range append(a.At("proposal.availableActions").([]any), a.At("team.availableActions").([]any)...) {
		if action.(hub.Vars)["reason"] != "EMAIL_UNVERIFIED" || action.(hub.Vars)["allowed"] != false {
			t.Errorf("%v", action)
		}
	}
	who.Do("verifyEmail", hub.Vars{"token": w.PutToken(who, "VERIFY_EMAIL")}, "email")
	who.Do("supportProposal", hub.Vars{"id": proposal}, "proposal { supportedByMe }").Shows("supportProposal.proposal.supportedByMe", true)
}

// squatted returns an account that a stranger began with somebody's address, as the stranger left it.
func squatted(h *hub.Hub, name string) (stranger *hub.Caller) {
	stranger = h.Unverified(name, 30)
	h.PutFactor(stranger)
	h.PutIdentity(stranger)
	h.Exec(`insert into telegram_links (id, person_id, chat_id, linked_at) values ($1, $1, 4711, now())`, hub.RowID(stranger.ID))
	h.Exec(`insert into notice_preferences (person_id, topic, email, telegram) values ($1, 'SHIFTS', 'NONE', true)`, hub.RowID(stranger.ID))
	return stranger
}

// compareLeft checks that nothing is left of the account that a stranger began with an address, nor in the stranger's hands.
func compareLeft(h *hub.Hub, stranger *hub.Caller, address string) {
	h.T.Helper()
	for _, table := range []string{"second_factors", "identities", "telegram_links", "notice_preferences"} {
		if n := h.Count(`select count(*) from `+table+` where person_id = $1`, stranger.ID); n != 0 {
			h.T.Errorf("%d rows are left in %s", n, table)
		}
	}
	if code := stranger.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
		h.T.Errorf("the stranger's session: %q", code)
	}
	in := hub.Vars{"email": address, "password": hub.Password}
	if code := h.Visitor().Ask(hub.Document("signIn", "token"), hub.Vars{"in": in}).Code(); code != "WRONG_CREDENTIALS" {
		h.T.Errorf("the stranger's password: %q", code)
	}
}

// TestWhoResetsGetsAnEmptyAccount, and enters a name before anything else.
func TestWhoResetsGetsAnEmptyAccount(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	stranger := squatted(c.Hub, "Victim")
	c.Mails()
	c.Visitor().Do("requestPasswordReset", hub.Vars{"email": hub.Email("Victim")}, "accepted")
	reset := c.Letter(hub.Email("Victim"), "A new password")
	c.Visitor().Do("resetPassword", hub.Vars{"token": reset, "password": hub.NewPassword}, "ended")
	compareLeft(c.Hub, stranger, hub.Email("Victim"))

	owner := &hub.Caller{Hub: c.Hub, ID: c.Text(`select id from people where email = $1`, hub.Email("Victim"))}
	owner.Token = c.Visitor().Do("signIn", hub.Vars{"email": hub.Email("Victim"), "password": hub.NewPassword}, "token").Str("signIn.token")
	owner.Must(`{ viewer { displayName givenName familyName emailVerified district { id } sessions { current } } }`).Shows("viewer",
		hub.Vars{"displayName": "—", "givenName": "", "familyName": "", "emailVerified": true, "district": nil, "sessions": []hub.Vars{{"current": true}}})
	owner.Refused("PROFILE_INCOMPLETE", "requestMembership", hub.Vars{"teamId": c.Team})
	c.Lead.Refused("PROFILE_INCOMPLETE", "inviteMember", hub.Vars{"teamId": c.Team, "personId": owner.ID, "role": "MEMBER"})
	c.Officer.Refused("PROFILE_INCOMPLETE", "giveRole", hub.Vars{"person": hub.Vars{"id": owner.ID}, "role": "NGO_LEAD", "ngoId": c.Ngo})
	owner.Refused("INVALID", "updateProfile", hub.Vars{"givenName": "Айгүл", "familyName": "Сынақова"})
	owner.Refused("INVALID", "updateProfile", hub.Vars{"givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2100-01-01"})
	owner.Do("updateProfile", hub.Vars{"givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2000-05-09"}, "person { displayName birthDate }").
		Shows("updateProfile.person", hub.Vars{"displayName": "Айгүл Сынақова", "birthDate": "2000-05-09"})
	owner.Refused("INVALID", "updateProfile", hub.Vars{"birthDate": "2001-05-09"})
	owner.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { state }")

	own := c.Person("Known", 20) // somebody who has verified the address keeps what is in the account
	c.PutFactor(own)
	c.Visitor().Do("resetPassword", hub.Vars{"token": c.PutToken(own, "RESET_PASSWORD"), "password": hub.NewPassword}, "ended")
	if n := c.Count(`select count(*) from second_factors f join people p on p.id = f.person_id where p.given_name = 'Known'`); n != 1 {
		t.Error("the second factor of an account that was verified is gone")
	}
}

// TestWhoIsInvitedTakesTheAccountOver that a stranger began with the address.
func TestWhoIsInvitedTakesTheAccountOver(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	stranger := squatted(c.Hub, "Guest")
	_, token := c.Invite(c.Officer, hub.Email("Guest"), "COORDINATOR", hub.Vars{"centreId": c.Centre("ALMALY-1")})
	in := hub.Vars{"email": hub.Email("Guest"), "password": hub.NewPassword, "givenName": "Айгүл", "familyName": "Сынақова", "birthDate": "2000-05-09"}
	if got := c.Visitor().Ask(hub.Document("register", "token"), hub.Vars{"in": in}).Code(); got != "EMAIL_TAKEN" {
		t.Errorf("without a proof: %q", got)
	}
	if got := c.Registers("lead@example.org", "2000-05-09", token).Code(); got != "EMAIL_TAKEN" {
		t.Errorf("over an account that was verified: %q", got)
	}
	in["invitationToken"] = token
	c.Visitor().Do("register", in, "person { displayName emailVerified grants { role } }").Shows("register.person",
		hub.Vars{"displayName": "Айгүл Сынақова", "emailVerified": true, "grants": []hub.Vars{{"role": "COORDINATOR"}}})
	compareLeft(c.Hub, stranger, hub.Email("Guest"))
}

// TestWhomAProviderKnowsTakesTheAccountOver that a stranger began with the address.
func TestWhomAProviderKnowsTakesTheAccountOver(t *testing.T) {
	t.Parallel()
	e := newEntrance(t)
	stranger := squatted(e.Hub, "Aigul")
	e.provider.knows("aigul", hub.Email("Aigul"), true)
	b := e.browser()
	token, pending := strings.CutPrefix(b.enter("?return_to=/tasks"), "/register#oidc=")
	if !pending {
		t.Fatalf("led to %q", token)
	}
	owner := b.ask(hub.Document("register", "person { id displayName emailVerified }"), hub.Vars{"in": hub.Vars{"email": hub.Email("Aigul"), "givenName": "Айгүл",
		"familyName": "Сынақова", "birthDate": "2005-05-09", "identityToken": token}}).
		Shows("register.person.displayName", "Айгүл Сынақова").Shows("register.person.emailVerified", true).Str("register.person.id")
	if issuer := e.Text(`select issuer from identities where person_id = $1`, owner); issuer != e.provider.url {
		t.Errorf("the stranger's provider opens it: %s", issuer)
	}
	compareLeft(e.Hub, stranger, hub.Email("Aigul"))
}
