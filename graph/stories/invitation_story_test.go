package stories

import (
	"context"
	"strings"
	"testing"
	"time"
)

const (
	invitationFields = `invitation { id email role state centre { code } ngo { id } team { id } by { id } endedAt
		history { nodes { verb fromState toState actingAs words by { id } } } availableActions { action allowed reason } }`
	offerQuery = `query($token: String!) { invitation(token: $token) { email role centre { code } ngo { id } team { id } } }`
	invitedTo  = "You are invited to Jastar Hub"
)

// invite lets somebody invite an address, and reads the link's token in the email.
func (c *city) invite(who *caller, address, role string, more vars) (id, token string) {
	c.t.Helper()
	c.mails()
	in := vars{"email": address, "role": role, "language": "EN"}
	for name, value := range more {
		in[name] = value
	}
	id = who.do("inviteByEmail", in, "invitation { id }").str("inviteByEmail.invitation.id")
	return id, c.letter(address, invitedTo)
}

// registers makes an account with an invitation's token, and returns the answer.
func (h *hub) registers(address, born, token string) *answer {
	h.t.Helper()
	return h.visitor().ask(document("register", "token person { id emailVerified grants { role } memberships { totalCount } }"), vars{"in": vars{
		"email": address, "password": password, "givenName": "Guest", "familyName": "Testova", "birthDate": born, "invitationToken": token}})
}

// TestRegisteringWithAnInvitation goes from the officer's invitation to a coordinator who has signed in.
func TestRegisteringWithAnInvitation(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	centre := vars{"centreId": c.centre("ALMALY-1")}
	id, token := c.invite(c.officer, "guest@example.org", "COORDINATOR", centre)
	c.visitor().must(offerQuery, vars{"token": token}).shows("invitation", vars{"email": "g…@example.org", "role": "COORDINATOR",
		"centre": vars{"code": "ALMALY-1"}, "ngo": nil, "team": nil})
	for _, bad := range []string{"", "x", token[1:], strings.Repeat("A", 43), token + "A"} {
		if got := c.visitor().ask(offerQuery, vars{"token": bad}).code(); got != "NOT_FOUND" {
			t.Errorf("the token %q: %q", bad, got)
		}
	}
	for code, a := range map[string]*answer{
		"TOKEN_INVALID": c.registers("guest@example.org", "2000-05-09", strings.Repeat("A", 43)),
		"OTHER_EMAIL":   c.registers("another@example.org", "2000-05-09", token),
		"ADULTS_ONLY":   c.registers("guest@example.org", time.Now().AddDate(-18, 0, 2).Format(time.DateOnly), token),
		"EMAIL_TAKEN":   c.registers("lead@example.org", "2000-05-09", token),
	} {
		if a.code() != code {
			t.Errorf("%s, want %s", a.rawBody, code)
		}
	}
	if n := c.count(`select count(*) from people where email in ('guest@example.org', 'another@example.org')`); n != 0 {
		t.Errorf("%d accounts of somebody who was refused", n)
	}
	a := c.registers("Guest@example.org", "2000-05-09", token).
		shows("register.person.emailVerified", true).shows("register.person.grants", []vars{{"role": "COORDINATOR"}})
	guest := &caller{h: c.hub, id: a.str("register.person.id"), token: a.str("register.token")}
	if all := c.mails(); len(all) != 0 {
		t.Errorf("an address that was shown to be theirs is asked again: %+v", all)
	}
	c.officer.must(`query($id: ID!) { centre(id: $id) { staff { nodes { person { id } } } } }`, vars{"id": c.centre("ALMALY-1")}).
		shows("centre.staff.nodes", []vars{{"person": vars{"id": guest.id}}})
	if got := c.visitor().ask(offerQuery, vars{"token": token}).code(); got != "NOT_FOUND" {
		t.Errorf("an accepted invitation: %q", got)
	}
	guest.refused("TOKEN_INVALID", "acceptInvitation", vars{"token": token})
	c.officer.must(`query($id: ID!) { node(id: $id) { ... on Invitation { `+strings.TrimPrefix(invitationFields, "invitation {")+` } }`, vars{"id": id}).
		shows("node.state", "ACCEPTED").shows("node.email", "guest@example.org").
		shows("node.history.nodes", []vars{
			{"verb": "INVITE_BY_EMAIL", "fromState": nil, "toState": "SENT", "actingAs": "OFFICER", "words": nil, "by": vars{"id": c.officer.id}},
			{"verb": "ACCEPT_INVITATION", "fromState": "SENT", "toState": "ACCEPTED", "actingAs": "PERSON", "words": nil, "by": vars{"id": guest.id}}})
	c.officer.must(auditQuery, vars{"f": vars{"subjectId": id, "action": "register"}}).shows("auditEntries.totalCount", 4) // three were refused
}

// TestAcceptingWithAnAccount works only for the account with the address, verifies it, and continues in a new session.
func TestAcceptingWithAnAccount(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.exec(`update people set email_verified_at = null where id = $1`, c.other.id)
	phone := *c.other
	phone.signIn(password)
	_, token := c.invite(c.ngoLead, email("Other"), "NGO_LEAD", vars{"ngoId": c.ngo})
	c.visitor().refused("UNAUTHENTICATED", "acceptInvitation", vars{"token": token})
	c.volunteer.refused("OTHER_EMAIL", "acceptInvitation", vars{"token": token})
	c.other.must(`{ viewer { emailVerified } }`).shows("viewer.emailVerified", false)
	elder := c.other.token
	a := c.other.do("acceptInvitation", vars{"token": token}, "token person { emailVerified grants { role ngo { id } } }").
		shows("acceptInvitation.person", vars{"emailVerified": true, "grants": []vars{{"role": "NGO_LEAD", "ngo": vars{"id": c.ngo}}}})
	for name, token := range map[string]string{"the accepting": elder, "another": phone.token} {
		if got := (&caller{h: c.hub, token: token}).ask(`{ viewer { id } }`).code(); got != "UNAUTHENTICATED" {
			t.Errorf("%s session goes on: %q", name, got)
		}
	}
	c.other.token = a.str("acceptInvitation.token")
	c.other.must(`query($id: ID!) { ngo(id: $id) { invitations { totalCount } } }`, vars{"id": c.ngo}).shows("ngo.invitations.totalCount", 0)
	grant := c.text(`select id from grants where person_id = $1`, c.other.id)
	c.other.must(`query($id: ID!) { node(id: $id) { ... on Grant { history { nodes { verb actingAs by { id } } } } } }`, vars{"id": grant}).
		shows("node.history.nodes", []vars{{"verb": "GIVE_ROLE", "actingAs": "LEAD", "by": vars{"id": c.ngoLead.id}}})
	_, again := c.invite(c.officer, email("Other"), "NGO_LEAD", vars{"ngoId": c.ngo}) // held already: kept as it is
	c.other.token = c.other.do("acceptInvitation", vars{"token": again}, "token").str("acceptInvitation.token")
	if n := c.count(`select count(*) from grants where person_id = $1`, c.other.id); n != 1 {
		t.Errorf("%d grants", n)
	}

	_, token = c.invite(c.officer, email("Coordinator"), "NGO_LEAD", vars{"ngoId": c.ngo})
	c.coordinator.token = c.coordinator.do("acceptInvitation", vars{"token": token}, "token").str("acceptInvitation.token")
	// The new session has the second factor of the one before.
	c.coordinator.must(`query($id: ID!) { centre(id: $id) { staff { totalCount } } }`, vars{"id": c.centre("AUEZOV-1")}).
		shows("centre.staff.totalCount", 1)
}

// TestInvitingTellsNothing answers alike, after the same statements, whether or not the address has an account.
func TestInvitingTellsNothing(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	answers := map[string]string{}
	var took []int
	for _, address := range []string{email("Other"), "nobody@example.org"} {
		a := c.officer.do("inviteByEmail", vars{"email": address, "role": "CITY_OFFICER"},
			"invitation { role state email centre { id } history { nodes { verb } } availableActions { action allowed } }")
		answers[strings.ReplaceAll(a.rawBody, address, "")] = address
		took = append(took, a.took())
	}
	if len(answers) != 1 || took[0] != took[1] {
		t.Errorf("%v after %v statements", answers, took)
	}
	if all := c.mails(); len(all) < 2 {
		t.Errorf("%+v", all)
	}
}

// TestInvitationsEnd by a newer one, by being withdrawn, by time, and when the inviter loses the right.
func TestInvitationsEnd(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	ofNgo := vars{"ngoId": c.ngo}
	first, elder := c.invite(c.ngoLead, email("Other"), "NGO_LEAD", ofNgo)
	second, newer := c.invite(c.officer, email("Other"), "NGO_LEAD", ofNgo)
	c.other.refused("TOKEN_INVALID", "acceptInvitation", vars{"token": elder})
	c.ngoLead.must(`query($id: ID!) { node(id: $id) { ... on Invitation { state history { nodes { verb toState by { id } } } } } }`, vars{"id": first}).
		shows("node.state", "WITHDRAWN").
		shows("node.history.nodes.1", vars{"verb": "INVITE_BY_EMAIL", "toState": "WITHDRAWN", "by": vars{"id": c.officer.id}})
	c.officer.must(`{ invitations { totalCount nodes { id } } }`).shows("invitations", vars{"totalCount": 1, "nodes": []vars{{"id": second}}})
	c.lead.refused("NOT_FOUND", "withdrawInvitation", vars{"id": second})
	c.ngoLead.do("withdrawInvitation", vars{"id": second, "reason": "A mistake."}, invitationFields).
		shows("withdrawInvitation.invitation.history.nodes.1.words", "A mistake.").
		shows("withdrawInvitation.invitation.availableActions", []vars{{"action": "WITHDRAW_INVITATION", "allowed": false, "reason": "WRONG_STATE"}})
	c.other.refused("TOKEN_INVALID", "acceptInvitation", vars{"token": newer})
	c.officer.must(`{ invitations { totalCount } }`).shows("invitations.totalCount", 0)

	late, token := c.invite(c.ngoLead, email("Other"), "NGO_LEAD", ofNgo)
	c.exec(`update invitations set expires_at = expires_at - interval '7 days' where id = $1`, late)
	c.other.refused("TOKEN_INVALID", "acceptInvitation", vars{"token": token})
	c.ngoLead.refused("WRONG_STATE", "withdrawInvitation", vars{"id": late})
	c.tidyInvitations(time.Now())
	state := `query($id: ID!) { node(id: $id) { ... on Invitation { state email history { nodes { verb toState actingAs } } } } }`
	c.ngoLead.must(state, vars{"id": late}).shows("node.history.nodes.1", vars{"verb": "EXPIRE", "toState": "EXPIRED", "actingAs": "HUB"})
	c.tidyInvitations(time.Now().Add(6 * 24 * time.Hour))
	c.ngoLead.must(state, vars{"id": late}).shows("node.email", email("Other"))
	c.tidyInvitations(time.Now().Add(8 * 24 * time.Hour))
	c.ngoLead.must(state, vars{"id": late}).shows("node.state", "EXPIRED").shows("node.email", nil)

	_, token = c.invite(c.ngoLead, email("Other"), "NGO_LEAD", ofNgo)
	c.officer.do("endRole", vars{"id": c.text(`select id from grants where ngo_id = $1`, c.ngo), "reason": "Moved away."}, "grant { id }")
	if a := c.other.refused("TOKEN_INVALID", "acceptInvitation", vars{"token": token}); !strings.Contains(a.rawBody, "no longer has the right") {
		t.Errorf("%s", a.rawBody)
	}
}

func (c *city) tidyInvitations(now time.Time) {
	c.t.Helper()
	if err := c.r.Invitations.Tidy(context.Background(), now); err != nil {
		c.t.Fatal(err)
	}
}

// TestInvitingIntoATeam makes memberships by their own rules: it answers a request.
func TestInvitingIntoATeam(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	ofTeam := vars{"teamId": c.team}
	_, token := c.invite(c.lead, "guest@example.org", "TEAM_MEMBER", ofTeam)
	a := c.registers("guest@example.org", "2010-05-09", token).shows("register.person.memberships.totalCount", 1) // not a role of the city
	moves := `query($id: ID!) { team(id: $id) { memberships(first: 1) { nodes { role state person { id } history { nodes { verb toState actingAs by { id } } } } } } }`
	guest := a.str("register.person.id")
	c.lead.must(moves, vars{"id": c.team}).shows("team.memberships.nodes", []vars{{"role": "MEMBER", "state": "ACTIVE", "person": vars{"id": guest},
		"history": vars{"nodes": []vars{
			{"verb": "INVITE_MEMBER", "toState": "INVITED", "actingAs": "LEAD", "by": vars{"id": c.lead.id}},
			{"verb": "ANSWER_MEMBERSHIP", "toState": "ACTIVE", "actingAs": "PERSON", "by": vars{"id": guest}}}}}})

	c.volunteer.do("requestMembership", vars{"teamId": c.team}, "membership { id }")
	_, token = c.invite(c.lead, email("Volunteer"), "TEAM_LEAD", ofTeam)
	c.volunteer.token = c.volunteer.do("acceptInvitation", vars{"token": token}, "token").str("acceptInvitation.token")
	c.lead.must(moves, vars{"id": c.team}).shows("team.memberships.nodes", []vars{{"role": "LEAD", "state": "ACTIVE", "person": vars{"id": c.volunteer.id},
		"history": vars{"nodes": []vars{
			{"verb": "REQUEST_MEMBERSHIP", "toState": "REQUESTED", "actingAs": "PERSON", "by": vars{"id": c.volunteer.id}},
			{"verb": "ANSWER_MEMBERSHIP", "toState": "ACTIVE", "actingAs": "LEAD", "by": vars{"id": c.lead.id}}}}}})

	_, token = c.invite(c.lead, email("Volunteer"), "TEAM_MEMBER", ofTeam)
	c.volunteer.refused("ALREADY_MEMBER", "acceptInvitation", vars{"token": token})
	_, token = c.invite(c.lead, email("Other"), "TEAM_MEMBER", ofTeam)
	c.officer.do("setNgoState", vars{"id": c.ngo, "state": "SUSPENDED", "reason": "No reports."}, "ngo { state }")
	c.other.refused("NGO_NOT_WORKING", "acceptInvitation", vars{"token": token})
	c.lead.refused("NGO_NOT_WORKING", "inviteByEmail", vars{"email": "late@example.org", "role": "TEAM_MEMBER", "teamId": c.team})
}

// TestStaffAreOfAge: there is no way for a minor to get a role of the city or a centre.
func TestStaffAreOfAge(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for _, in := range []vars{{"role": "CITY_OFFICER"}, {"role": "COORDINATOR", "centreId": c.centre("AUEZOV-1")}, {"role": "CONSULTANT", "centreId": c.centre("AUEZOV-1")}} {
		in["person"] = vars{"id": c.volunteer.id}
		c.officer.refused("ADULTS_ONLY", "giveRole", in)
	}
	_, token := c.invite(c.officer, email("Volunteer"), "CITY_OFFICER", nil)
	c.volunteer.refused("ADULTS_ONLY", "acceptInvitation", vars{"token": token})
	if err := c.r.Grants.GiveTo(context.Background(), email("Volunteer"), "CITY_OFFICER", "", time.Now()); err == nil {
		t.Error("the command line makes a minor an officer")
	}
	c.officer.do("giveRole", vars{"person": vars{"id": c.volunteer.id}, "role": "NGO_LEAD", "ngoId": c.ngo}, "grant { id }")
}

// TestInvitationsAreBounded by address and by inviter.
func TestInvitationsAreBounded(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	in := vars{"email": "often@example.org", "role": "CITY_OFFICER"}
	for range 5 {
		c.officer.do("inviteByEmail", in, "invitation { id }")
	}
	c.officer.refused("TRY_LATER", "inviteByEmail", in)
	c.pass("1 hour")
	c.officer.do("inviteByEmail", in, "invitation { id }")
	for i := range 95 { // 101 with the earlier ones
		in["email"] = string(rune('a'+i%26)) + string(rune('a'+i/26)) + "@example.org"
		if code := c.officer.ask(document("inviteByEmail", "invitation { id }"), vars{"in": in}).code(); (code == "TRY_LATER") != (i == 94) {
			t.Errorf("invitation %d: %q", i+7, code)
		}
	}
	c.ngoLead.do("inviteByEmail", vars{"email": "other@example.org", "role": "NGO_LEAD", "ngoId": c.ngo}, "invitation { id }")
}

// TestOneInvitationGivesOneRole uses one link several times at the same moment, in sessions of one account.
func TestOneInvitationGivesOneRole(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, token := c.invite(c.ngoLead, email("Other"), "NGO_LEAD", vars{"ngoId": c.ngo})
	codes := make([]string, 8)
	atOnce(len(codes), func(i int) {
		codes[i] = c.other.ask(document("acceptInvitation", "token"), vars{"in": vars{"token": token}}).code()
	})
	done := 0
	for _, code := range codes {
		if code == "" {
			done++
		} else if code != "TOKEN_INVALID" && code != "UNAUTHENTICATED" {
			t.Errorf("%v", codes)
		}
	}
	if n := c.count(`select count(*) from grants where person_id = $1`, c.other.id); done != 1 || n != 1 {
		t.Errorf("%v, %d grants", codes, n)
	}
	if n := c.count(`select count(*) from outbox where data <> '{}'`) + c.count(`select count(*) from invitations i where i::text like '%' || $1 || '%'`, token); n != 0 {
		t.Errorf("%d rows keep the token", n)
	}
}

// TestSuspendedPeopleAcceptNothing: the invitation waits.
func TestSuspendedPeopleAcceptNothing(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, token := c.invite(c.ngoLead, email("Other"), "NGO_LEAD", vars{"ngoId": c.ngo})
	c.officer.do("suspendPerson", vars{"person": vars{"id": c.other.id}, "reason": "INSULT", "words": "Shouted at people."}, "decision { id }")
	c.other.signIn(password)
	c.other.refused("SUSPENDED", "acceptInvitation", vars{"token": token})
	if n := c.count(`select count(*) from grants where person_id = $1`, rowID(c.other.id)); n != 0 {
		t.Error("a suspended person was given a role")
	}
}
