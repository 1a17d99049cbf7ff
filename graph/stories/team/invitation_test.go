package team

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestRegisteringWithAnInvitation goes from the officer's invitation to a coordinator who has signed in.
func TestRegisteringWithAnInvitation(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	centre := hub.Vars{"centreId": c.Centre("ALMALY-1")}
	id, token := c.Invite(c.Officer, "guest@example.org", "COORDINATOR", centre)
	c.Visitor().Must(hub.OfferQuery, hub.Vars{"token": token}).Shows("invitation", hub.Vars{"email": "g…@example.org", "role": "COORDINATOR",
		"centre": hub.Vars{"code": "ALMALY-1"}, "ngo": nil, "team": nil})
	for _, bad := range []string{"", "x", token[1:], strings.Repeat("A", 43), token + "A"} {
		if got := c.Visitor().Ask(hub.OfferQuery, hub.Vars{"token": bad}).Code(); got != "NOT_FOUND" {
			t.Errorf("the token %q: %q", bad, got)
		}
	}
	for code, a := range map[string]*hub.Answer{
		"TOKEN_INVALID": c.Registers("guest@example.org", "2000-05-09", strings.Repeat("A", 43)),
		"OTHER_EMAIL":   c.Registers("another@example.org", "2000-05-09", token),
		"ADULTS_ONLY":   c.Registers("guest@example.org", c.Present().AddDate(-18, 0, 2).Format(time.DateOnly), token),
		"EMAIL_TAKEN":   c.Registers("lead@example.org", "2000-05-09", token),
	} {
		if a.Code() != code {
			t.Errorf("%s, want %s", a.RawBody, code)
		}
	}
	if n := c.Count(`select count(*) from people where email in ('guest@example.org', 'another@example.org')`); n != 0 {
		t.Errorf("%d accounts of somebody who was refused", n)
	}
	a := c.Registers("Guest@example.org", "2000-05-09", token).
		Shows("register.person.emailVerified", true).Shows("register.person.grants", []hub.Vars{{"role": "COORDINATOR"}})
	guest := &hub.Caller{Hub: c.Hub, ID: a.Str("register.person.id"), Token: a.Str("register.token")}
	if all := c.Mails(); len(all) != 0 {
		t.Errorf("an address that was shown to be theirs is asked again: %+v", all)
	}
	c.Officer.Must(`query($id: ID!) { centre(id: $id) { staff { nodes { person { id } } } } }`, hub.Vars{"id": c.Centre("ALMALY-1")}).
		Shows("centre.staff.nodes", []hub.Vars{{"person": hub.Vars{"id": guest.ID}}})
	if got := c.Visitor().Ask(hub.OfferQuery, hub.Vars{"token": token}).Code(); got != "NOT_FOUND" {
		t.Errorf("an accepted invitation: %q", got)
	}
	guest.Refused("TOKEN_INVALID", "acceptInvitation", hub.Vars{"token": token})
	c.Officer.Must(`query($id: ID!) { node(id: $id) { ... on Invitation { `+strings.TrimPrefix(hub.InvitationFields, "invitation {")+` } }`, hub.Vars{"id": id}).
		Shows("node.state", "ACCEPTED").Shows("node.email", "guest@example.org").
		Shows("node.history.nodes", []hub.Vars{
			{"verb": "INVITE_BY_EMAIL", "fromState": nil, "toState": "SENT", "actingAs": "OFFICER", "words": nil, "by": hub.Vars{"id": c.Officer.ID}},
			{"verb": "ACCEPT_INVITATION", "fromState": "SENT", "toState": "ACCEPTED", "actingAs": "PERSON", "words": nil, "by": hub.Vars{"id": guest.ID}}})
	c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": id, "action": "register"}}).Shows("auditEntries.totalCount", 4) // three were refused
}

// TestAcceptingWithAnAccount works only for the account with the address, verifies it, and continues in a new session.
func TestAcceptingWithAnAccount(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Exec(`update people set email_verified_at = null where id = $1`, c.Other.ID)
	phone := *c.Other
	phone.SignIn(hub.Password)
	_, token := c.Invite(c.NgoLead, hub.Email("Other"), "NGO_LEAD", hub.Vars{"ngoId": c.Ngo})
	c.Visitor().Refused("UNAUTHENTICATED", "acceptInvitation", hub.Vars{"token": token})
	c.Volunteer.Refused("OTHER_EMAIL", "acceptInvitation", hub.Vars{"token": token})
	c.Other.Must(`{ viewer { emailVerified } }`).Shows("viewer.emailVerified", false)
	elder := c.Other.Token
	a := c.Other.Do("acceptInvitation", hub.Vars{"token": token}, "token person { emailVerified grants { role ngo { id } } }").
		Shows("acceptInvitation.person", hub.Vars{"emailVerified": true, "grants": []hub.Vars{{"role": "NGO_LEAD", "ngo": hub.Vars{"id": c.Ngo}}}})
	for name, token := range map[string]string{"the accepting": elder, "another": phone.Token} {
		if got := (&hub.Caller{Hub: c.Hub, Token: token}).Ask(`{ viewer { id } }`).Code(); got != "UNAUTHENTICATED" {
			t.Errorf("%s session goes on: %q", name, got)
		}
	}
	c.Other.Token = a.Str("acceptInvitation.token")
	c.Other.Must(`query($id: ID!) { ngo(id: $id) { invitations { totalCount } } }`, hub.Vars{"id": c.Ngo}).Shows("ngo.invitations.totalCount", 0)
	grant := c.Text(`select id from grants where person_id = $1`, c.Other.ID)
	c.Other.Must(`query($id: ID!) { node(id: $id) { ... on Grant { history { nodes { verb actingAs by { id } } } } } }`, hub.Vars{"id": grant}).
		Shows("node.history.nodes", []hub.Vars{{"verb": "GIVE_ROLE", "actingAs": "LEAD", "by": hub.Vars{"id": c.NgoLead.ID}}})
	_, again := c.Invite(c.Officer, hub.Email("Other"), "NGO_LEAD", hub.Vars{"ngoId": c.Ngo}) // held already: kept as it is
	c.Other.Token = c.Other.Do("acceptInvitation", hub.Vars{"token": again}, "token").Str("acceptInvitation.token")
	if n := c.Count(`select count(*) from grants where person_id = $1`, c.Other.ID); n != 1 {
		t.Errorf("%d grants", n)
	}

	_, token = c.Invite(c.Officer, hub.Email("Coordinator"), "NGO_LEAD", hub.Vars{"ngoId": c.Ngo})
	c.Coordinator.Token = c.Coordinator.Do("acceptInvitation", hub.Vars{"token": token}, "token").Str("acceptInvitation.token")
	// The new session has the second factor of the one before.
	c.Coordinator.Must(`query($id: ID!) { centre(id: $id) { staff { totalCount } } }`, hub.Vars{"id": c.Centre("AUEZOV-1")}).
		Shows("centre.staff.totalCount", 1)
}

// TestInvitingTellsNothing answers alike, after the same statements, whether or not the address has an account.
func TestInvitingTellsNothing(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	answers := map[string]string{}
	var took []int
	for _, address := range []string{hub.Email("Other"), "nobody@example.org"} {
		a := c.Officer.Do("inviteByEmail", hub.Vars{"email": address, "role": "CITY_OFFICER"},
			"invitation { role state email centre { id } history { nodes { verb } } availableActions { action allowed } }")
		answers[strings.ReplaceAll(a.RawBody, address, "")] = address
		took = append(took, a.Took())
	}
	if len(answers) != 1 || took[0] != took[1] {
		t.Errorf("%v after %v statements", answers, took)
	}
	if all := c.Mails(); len(all) < 2 {
		t.Errorf("%+v", all)
	}
}

// TestInvitationsEnd by a newer one, by being withdrawn, by time, and when the inviter loses the right.
func TestInvitationsEnd(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	ofNgo := hub.Vars{"ngoId": c.Ngo}
	first, elder := c.Invite(c.NgoLead, hub.Email("Other"), "NGO_LEAD", ofNgo)
	second, newer := c.Invite(c.Officer, hub.Email("Other"), "NGO_LEAD", ofNgo)
	c.Other.Refused("TOKEN_INVALID", "acceptInvitation", hub.Vars{"token": elder})
	c.NgoLead.Must(`query($id: ID!) { node(id: $id) { ... on Invitation { state history { nodes { verb toState by { id } } } } } }`, hub.Vars{"id": first}).
		Shows("node.state", "WITHDRAWN").
		Shows("node.history.nodes.1", hub.Vars{"verb": "INVITE_BY_EMAIL", "toState": "WITHDRAWN", "by": hub.Vars{"id": c.Officer.ID}})
	c.Officer.Must(`{ invitations { totalCount nodes { id } } }`).Shows("invitations", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": second}}})
	c.Lead.Refused("NOT_FOUND", "withdrawInvitation", hub.Vars{"id": second})
	c.NgoLead.Do("withdrawInvitation", hub.Vars{"id": second, "reason": "A mistake."}, hub.InvitationFields).
		Shows("withdrawInvitation.invitation.history.nodes.1.words", "A mistake.").
		Shows("withdrawInvitation.invitation.availableActions", []hub.Vars{{"action": "WITHDRAW_INVITATION", "allowed": false, "reason": "WRONG_STATE"}})
	c.Other.Refused("TOKEN_INVALID", "acceptInvitation", hub.Vars{"token": newer})
	c.Officer.Must(`{ invitations { totalCount } }`).Shows("invitations.totalCount", 0)

	late, token := c.Invite(c.NgoLead, hub.Email("Other"), "NGO_LEAD", ofNgo)
	c.Pass(7 * 24 * time.Hour)
	c.Other.Refused("TOKEN_INVALID", "acceptInvitation", hub.Vars{"token": token})
	c.NgoLead.Refused("WRONG_STATE", "withdrawInvitation", hub.Vars{"id": late})
	tidyInvitations(c, c.Present())
	state := `query($id: ID!) { node(id: $id) { ... on Invitation { state email history { nodes { verb toState actingAs } } } } }`
	c.NgoLead.Must(state, hub.Vars{"id": late}).Shows("node.history.nodes.1", hub.Vars{"verb": "EXPIRE", "toState": "EXPIRED", "actingAs": "HUB"})
	tidyInvitations(c, c.Present().Add(6*24*time.Hour))
	c.NgoLead.Must(state, hub.Vars{"id": late}).Shows("node.email", hub.Email("Other"))
	tidyInvitations(c, c.Present().Add(8*24*time.Hour))
	c.NgoLead.Must(state, hub.Vars{"id": late}).Shows("node.state", "EXPIRED").Shows("node.email", nil)

	_, token = c.Invite(c.NgoLead, hub.Email("Other"), "NGO_LEAD", ofNgo)
	c.Officer.Do("endRole", hub.Vars{"id": c.Text(`select id from grants where ngo_id = $1`, c.Ngo), "reason": "Moved away."}, "grant { id }")
	if a := c.Other.Refused("TOKEN_INVALID", "acceptInvitation", hub.Vars{"token": token}); !strings.Contains(a.RawBody, "no longer has the right") {
		t.Errorf("%s", a.RawBody)
	}
}

func tidyInvitations(c *hub.City, now time.Time) {
	c.T.Helper()
	if err := c.Resolver.Invitations.Tidy(context.Background(), now); err != nil {
		c.T.Fatal(err)
	}
}

// TestInvitingIntoATeam makes memberships by their own rules: it answers a request.
func TestInvitingIntoATeam(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	ofTeam := hub.Vars{"teamId": c.Team}
	_, token := c.Invite(c.Lead, "guest@example.org", "TEAM_MEMBER", ofTeam)
	a := c.Registers("guest@example.org", "2010-05-09", token).Shows("register.person.memberships.totalCount", 1) // not a role of the city
	moves := `query($id: ID!) { team(id: $id) { memberships(first: 1) { nodes { role state person { id } history { nodes { verb toState actingAs by { id } } } } } } }`
	guest := a.Str("register.person.id")
	c.Lead.Must(moves, hub.Vars{"id": c.Team}).Shows("team.memberships.nodes", []hub.Vars{{"role": "MEMBER", "state": "ACTIVE", "person": hub.Vars{"id": guest},
		"history": hub.Vars{"nodes": []hub.Vars{
			{"verb": "INVITE_MEMBER", "toState": "INVITED", "actingAs": "LEAD", "by": hub.Vars{"id": c.Lead.ID}},
			{"verb": "ANSWER_MEMBERSHIP", "toState": "ACTIVE", "actingAs": "PERSON", "by": hub.Vars{"id": guest}}}}}})

	c.Volunteer.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { id }")
	_, token = c.Invite(c.Lead, hub.Email("Volunteer"), "TEAM_LEAD", ofTeam)
	c.Volunteer.Token = c.Volunteer.Do("acceptInvitation", hub.Vars{"token": token}, "token").Str("acceptInvitation.token")
	c.Lead.Must(moves, hub.Vars{"id": c.Team}).Shows("team.memberships.nodes", []hub.Vars{{"role": "LEAD", "state": "ACTIVE", "person": hub.Vars{"id": c.Volunteer.ID},
		"history": hub.Vars{"nodes": []hub.Vars{
			{"verb": "REQUEST_MEMBERSHIP", "toState": "REQUESTED", "actingAs": "PERSON", "by": hub.Vars{"id": c.Volunteer.ID}},
			{"verb": "ANSWER_MEMBERSHIP", "toState": "ACTIVE", "actingAs": "LEAD", "by": hub.Vars{"id": c.Lead.ID}}}}}})

	_, token = c.Invite(c.Lead, hub.Email("Volunteer"), "TEAM_MEMBER", ofTeam)
	c.Volunteer.Refused("ALREADY_MEMBER", "acceptInvitation", hub.Vars{"token": token})
	_, token = c.Invite(c.Lead, hub.Email("Other"), "TEAM_MEMBER", ofTeam)
	c.Officer.Do("setNgoState", hub.Vars{"id": c.Ngo, "state": "SUSPENDED", "reason": "No reports."}, "ngo { state }")
	c.Other.Refused("NGO_NOT_WORKING", "acceptInvitation", hub.Vars{"token": token})
	c.Lead.Refused("NGO_NOT_WORKING", "inviteByEmail", hub.Vars{"email": "late@example.org", "role": "TEAM_MEMBER", "teamId": c.Team})
}

// TestStaffAreOfAge: there is no way for a minor to get a role of the city or a centre.
func TestStaffAreOfAge(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for _, in := range []hub.Vars{{"role": "CITY_OFFICER"}, {"role": "COORDINATOR", "centreId": c.Centre("AUEZOV-1")}, {"role": "CONSULTANT", "centreId": c.Centre("AUEZOV-1")}} {
		in["person"] = hub.Vars{"id": c.Volunteer.ID}
		c.Officer.Refused("ADULTS_ONLY", "giveRole", in)
	}
	_, token := c.Invite(c.Officer, hub.Email("Volunteer"), "CITY_OFFICER", nil)
	c.Volunteer.Refused("ADULTS_ONLY", "acceptInvitation", hub.Vars{"token": token})
	if err := c.Resolver.Grants.GiveTo(context.Background(), hub.Email("Volunteer"), "CITY_OFFICER", "", c.Present()); err == nil {
		t.Error("the command line makes a minor an officer")
	}
	c.Officer.Do("giveRole", hub.Vars{"person": hub.Vars{"id": c.Volunteer.ID}, "role": "NGO_LEAD", "ngoId": c.Ngo}, "grant { id }")
}

// TestInvitationsAreBounded by address and by inviter.
func TestInvitationsAreBounded(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	in := hub.Vars{"email": "often@example.org", "role": "CITY_OFFICER"}
	for range 5 {
		c.Officer.Do("inviteByEmail", in, "invitation { id }")
	}
	c.Officer.Refused("TRY_LATER", "inviteByEmail", in)
	c.Pass(time.Hour)
	c.Officer.Do("inviteByEmail", in, "invitation { id }")
	for i := range 95 { // 101 with the earlier ones
		in["email"] = string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@example.org"
		if code := c.Officer.Ask(hub.Document("inviteByEmail", "invitation { id }"), hub.Vars{"in": in}).Code(); (code == "TRY_LATER") != (i == 94) {
			t.Errorf("invitation %d: %q", i+7, code)
		}
	}
	c.NgoLead.Do("inviteByEmail", hub.Vars{"email": "other@example.org", "role": "NGO_LEAD", "ngoId": c.Ngo}, "invitation { id }")
}

// TestOneInvitationGivesOneRole uses one link several times at the same moment, in sessions of one account.
func TestOneInvitationGivesOneRole(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, token := c.Invite(c.NgoLead, hub.Email("Other"), "NGO_LEAD", hub.Vars{"ngoId": c.Ngo})
	codes := make([]string, 8)
	hub.AtOnce(len(codes), func(i int) {
		codes[i] = c.Other.Ask(hub.Document("acceptInvitation", "token"), hub.Vars{"in": hub.Vars{"token": token}}).Code()
	})
	done := 0
	for _, code := range codes {
		if code == "" {
			done++
		} else if code != "TOKEN_INVALID" && code != "UNAUTHENTICATED" {
			t.Errorf("%v", codes)
		}
	}
	if n := c.Count(`select count(*) from grants where person_id = $1`, c.Other.ID); done != 1 || n != 1 {
		t.Errorf("%v, %d grants", codes, n)
	}
	if n := c.Count(`select count(*) from outbox where data <> '{}'`) + c.Count(`select count(*) from invitations i where i::text like '%' || $1 || '%'`, token); n != 0 {
		t.Errorf("%d rows keep the token", n)
	}
}

// TestSuspendedPeopleAcceptNothing: the invitation waits.
func TestSuspendedPeopleAcceptNothing(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, token := c.Invite(c.NgoLead, hub.Email("Other"), "NGO_LEAD", hub.Vars{"ngoId": c.Ngo})
	c.Officer.Do("suspendPerson", hub.Vars{"person": hub.Vars{"id": c.Other.ID}, "reason": "INSULT", "words": "Shouted at people."}, "decision { id }")
	c.Other.SignIn(hub.Password)
	c.Other.Refused("SUSPENDED", "acceptInvitation", hub.Vars{"token": token})
	if n := c.Count(`select count(*) from grants where person_id = $1`, hub.RowID(c.Other.ID)); n != 0 {
		t.Error("a suspended person was given a role")
	}
}
