package stories

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestErasingAnAccount: from the first moment on nobody can sign in to it or see who it was; seats pass on; the address is free;
// and what the city has accepted stays without a name.
func TestErasingAnAccount(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	accepted, open := c.accepted(c.volunteer), c.propose(c.volunteer)
	membership := c.join(c.volunteer, "MEMBER")
	c.volunteer.do("requestConsent", vars{"guardianEmail": "mama@example.org", "scopes": []any{"NAME"}}, "consents { id }")
	_, shift := c.task(1, 72*hour)
	seat, _ := c.signUp(c.volunteer, shift)
	waiting, state := c.signUp(c.other, shift)
	if state != "WAITLISTED" {
		t.Fatalf("%s", state)
	}
	c.mails()

	c.volunteer.refused("WRONG_CREDENTIALS", "eraseAccount", vars{"password": "wrong horse battery"})
	c.visitor().refused("UNAUTHENTICATED", "eraseAccount", vars{"password": password})
	c.volunteer.must(`{ viewer { erased displayName } }`).shows("viewer", vars{"displayName": "Volunteer Testova", "erased": false})
	c.volunteer.erase()

	if a := c.volunteer.ask(`{ viewer { id } }`); a.Status != http.StatusUnauthorized {
		t.Errorf("the session goes on: %s", a.rawBody)
	}
	c.signsIn("Volunteer", password, "WRONG_CREDENTIALS")
	if told := c.mailed(); len(told) != 2 || told[email("Volunteer")] != "Your account was deleted" || !strings.HasPrefix(told[email("Other")], "A place is free for you until ") {
		t.Errorf("%v", told)
	}
	c.other.must(`query($id: ID!) { node(id: $id) { ... on Signup { state } } }`, vars{"id": waiting}).shows("node.state", "OFFERED")
	nobody := vars{"ageBand": nil, "contact": nil, "displayName": "Deleted account", "email": nil, "erased": true, "givenName": nil}
	all := `displayName givenName email ageBand contact { email } erased`
	c.lead.must(`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Signup { state endReason person { `+all+` } } ... on Membership { is: state person { `+all+` } } } }`,
		vars{"ids": []string{seat, membership}}).
		shows("nodes.0", vars{"state": "CANCELLED", "endReason": "The account was deleted.", "person": nobody}).
		shows("nodes.1", vars{"is": "LEFT", "person": nobody})
	c.officer.must(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": c.volunteer.id}).shows("node", nil)
	c.lead.refused("NOT_FOUND", "inviteMember", vars{"teamId": c.team, "personId": c.volunteer.id})
	c.officer.refused("NOT_FOUND", "giveRole", vars{"person": vars{"id": c.volunteer.id}, "role": "CITY_OFFICER"})
	c.officer.refused("NOT_FOUND", "erasePerson", vars{"email": email("Volunteer"), "reason": "A letter."})
	proposals := `query($a: ID!, $b: ID!) { accepted: proposal(id: $a) { state title author { displayName } } open: node(id: $b) { id } }`
	ids := vars{"a": accepted, "b": open}
	c.visitor().must(proposals, ids).shows("accepted.state", "ACCEPTED").shows("accepted.author.displayName", "Жойылған тіркелгі").
		shows("open", nil)
	if state := c.text(`select state from proposals where id = $1`, open); state != "WITHDRAWN" {
		t.Errorf("what nobody had decided on is %s", state)
	}
	title := c.visitor().must(proposals, ids).str("accepted.title")

	c.person("Volunteer", 30) // the address is free
	c.mails()
	c.purge(2 * 24 * time.Hour)
	if n := c.count(`select count(*) from erasures where purged_at is not null`); n != 0 {
		t.Error("it was purged before its time")
	}
	c.purge(4 * 24 * time.Hour)
	c.visitor().must(proposals, ids).shows("accepted.title", title)
	if left := c.text(`select title from proposals where id = $1`, open); left != "" {
		t.Errorf("%q is left", left)
	}
	if n := c.count(`select count(*) from outbox where address in ($1, 'mama@example.org')`, email("Volunteer")); n != 1 {
		t.Errorf("%d mails, want the new account's", n)
	}
	c.signsIn("Volunteer", password, "")
}

// TestErasingNeedsSomebodyElse: a team keeps a lead and the city an officer. A refusal changes nothing.
func TestErasingNeedsSomebodyElse(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for who, code := range map[*caller]string{c.lead: "LAST_LEAD", c.officer: "LAST_OFFICER"} {
		proof := who.proof()
		before := c.checksum()
		who.refused(code, "eraseAccount", proof)
		if c.checksum() != before {
			t.Errorf("%s, and something was written", code)
		}
		who.must(`{ viewer { erased } }`).shows("viewer.erased", false)
	}
	c.officer.refused("LAST_LEAD", "erasePerson", vars{"email": email("Lead"), "reason": "A letter."})
	c.join(c.other, "LEAD")
	c.grant(c.other, "CITY_OFFICER", "")
	c.lead.erase()
	c.officer.refused("SECOND_FACTOR_REQUIRED", "eraseAccount", vars{"password": password})
	c.officer.refused("WRONG_CODE", "eraseAccount", vars{"password": password, "code": "000000"})
	c.officer.erase()
	c.officer.h.signsIn("Officer", password, "WRONG_CREDENTIALS")
	if n := c.count(`select count(*) from grants where person_id = $1 and ended_at is null`, c.officer.id); n != 0 {
		t.Errorf("%d roles go on", n)
	}
}

// TestErasingForSomebody: an officer, and the command line, do what the person would; the audit log records who did.
func TestErasingForSomebody(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	reason := "Letter 12 of 3 May."
	c.lead.refused("NOT_OFFICER", "erasePerson", vars{"email": email("Other"), "reason": reason})
	c.officer.refused("NOT_FOUND", "erasePerson", vars{"email": "nobody@example.org", "reason": reason})
	c.officer.key = "once"
	first := c.officer.do("erasePerson", vars{"email": strings.ToUpper(email("Other")), "reason": reason}, "purgeAt").rawBody
	if again := c.officer.do("erasePerson", vars{"email": strings.ToUpper(email("Other")), "reason": reason}, "purgeAt").rawBody; again != first {
		t.Errorf("%s, and again %s", first, again)
	}
	c.officer.key = ""
	if err := c.r.Privacy.Erase(context.Background(), email("Volunteer"), reason, time.Now()); err != nil {
		t.Fatal(err)
	}
	for who, by := range map[*caller]any{c.other: vars{"id": c.officer.id}, c.volunteer: nil} {
		if a := who.ask(`{ viewer { id } }`); a.code() != "UNAUTHENTICATED" {
			t.Errorf("%s", a.rawBody)
		}
		c.officer.must(auditQuery, vars{"f": vars{"subjectId": who.id, "action": "erasePerson"}}).shows("auditEntries.totalCount", 1)
		c.officer.must(`query($id: ID!) { auditEntries(filter: {subjectId: $id, action: "erasePerson"}) { nodes { person { id } fields } } }`,
			vars{"id": who.id}).shows("auditEntries.nodes.0", vars{"fields": []string{"email", "reason"}, "person": by})
	}
	if err := c.r.Privacy.Erase(context.Background(), email("Nobody"), reason, time.Now()); err == nil {
		t.Error("nobody was erased")
	}
}

// TestAGuardiansLinkEndsWithTheAccount: the page no longer shows a name.
func TestAGuardiansLinkEndsWithTheAccount(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	minor := c.person("Small", 15)
	g := c.guardians().asked(minor, "mama@example.org", "TAKING_PART")
	g.sends(http.StatusOK, "give", "TAKING_PART")
	c.join(minor, "MEMBER")
	minor.erase()
	g.sees(http.StatusNotFound, "en")
	for _, m := range c.mails() {
		if strings.Contains(m.body, "Testova") {
			t.Errorf("%+v", m)
		}
	}
	if left := c.text(`select coalesce(string_agg(concat(guardian_email, length(token_hash), reason, state), ' '), '') from consents`); left != "0WITHDRAWN" {
		t.Errorf("%q", left)
	}
}

// TestAnInvitationMeetsAnErasure: a concurrent invitation and erasure do not miss each other.
func TestAnInvitationMeetsAnErasure(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for range 5 {
		leaving := c.crowd(1)[0]
		c.knows(leaving)
		done := make(chan struct{})
		go func() {
			defer close(done)
			leaving.ask(document("eraseAccount", "purgeAt"), vars{"in": vars{"password": password}})
		}()
		a := c.lead.ask(document("inviteMember", "__typename"), vars{"in": vars{"teamId": c.team, "personId": leaving.id}})
		<-done
		if a.code() != "" && a.code() != "NOT_FOUND" {
			t.Errorf("%s", a.rawBody)
		}
		if n := c.count(`select count(*) from memberships m join people p on p.id = m.person_id and p.erased_at is not null
			where m.person_id = $1 and m.state = 'INVITED'`, leaving.id); n != 0 {
			t.Error("an erased person is invited")
		}
	}
}

// TestDecidingWithoutThoseItConcerns: what erased people wrote and reported can be decided on, and nobody gets an email; they
// themselves cannot be reported.
func TestDecidingWithoutThoseItConcerns(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	author, reporter := w.roles["author"], w.roles["stranger"]
	proposal := w.putProposal("ACCEPTED")
	w.reported(reporter, proposal, "INSULT")
	for _, who := range []*caller{author, reporter} {
		if err := w.r.Privacy.Erase(context.Background(), w.address(who), "They asked.", time.Now()); err != nil {
			t.Fatal(err)
		}
	}
	w.mails()
	w.coordinator.do("hideContent", vars{"subjectId": proposal, "reason": "INSULT", "words": "It insults the neighbours."}, "decision { state }").
		shows("hideContent.decision.state", "IN_FORCE")
	w.officer.must(`{ reports(filter: {states: [UPHELD]}) { totalCount } }`).shows("reports.totalCount", 1)
	if told := w.mailed(); len(told) != 0 {
		t.Errorf("told: %v", told)
	}
	w.roles["member"].refused("NOT_FOUND", "reportContent", vars{"subjectId": author.id, "reason": "INSULT"})
}
