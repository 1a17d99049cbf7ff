// Package privacy has the stories of erasing accounts and downloading data.
package privacy

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestErasingAnAccount: from the first moment on nobody can sign in to it or see who it was; seats pass on; the address is free;
// and what the city has accepted stays without a name.
func TestErasingAnAccount(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	accepted, open := c.Accepted(c.Volunteer), c.Propose(c.Volunteer)
	membership := c.Join(c.Volunteer, "MEMBER")
	c.Volunteer.Do("requestConsent", hub.Vars{"guardianEmail": "mama@example.org", "scopes": []any{"NAME"}}, "consents { id }")
	_, shift := c.Task(1, 72*time.Hour)
	seat, _ := c.SignUp(c.Volunteer, shift)
	waiting, state := c.SignUp(c.Other, shift)
	if state != "WAITLISTED" {
		t.Fatalf("%s", state)
	}
	c.Mails()

	c.Volunteer.Refused("WRONG_CREDENTIALS", "eraseAccount", hub.Vars{"password": "wrong horse battery"})
	c.Visitor().Refused("UNAUTHENTICATED", "eraseAccount", hub.Vars{"password": hub.Password})
	c.Volunteer.Must(`{ viewer { erased displayName } }`).Shows("viewer", hub.Vars{"displayName": "Volunteer Testova", "erased": false})
	c.Volunteer.Erase()

	if a := c.Volunteer.Ask(`{ viewer { id } }`); a.Status != http.StatusUnauthorized {
		t.Errorf("the session goes on: %s", a.RawBody)
	}
	c.SignsIn("Volunteer", hub.Password, "WRONG_CREDENTIALS")
	if told := c.Mailed(); len(told) != 2 || told[hub.Email("Volunteer")] != "Your account was deleted" || !strings.HasPrefix(told[hub.Email("Other")], "A place is free for you until ") {
		t.Errorf("%v", told)
	}
	c.Other.Must(`query($id: ID!) { node(id: $id) { ... on Signup { state } } }`, hub.Vars{"id": waiting}).Shows("node.state", "OFFERED")
	nobody := hub.Vars{"ageBand": nil, "contact": nil, "displayName": "Deleted account", "email": nil, "erased": true, "givenName": nil}
	all := `displayName givenName email ageBand contact { email } erased`
	c.Lead.Must(`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Signup { state endReason person { `+all+` } } ... on Membership { is: state person { `+all+` } } } }`,
		hub.Vars{"ids": []string{seat, membership}}).
		Shows("nodes.0", hub.Vars{"state": "CANCELLED", "endReason": "The account was deleted.", "person": nobody}).
		Shows("nodes.1", hub.Vars{"is": "LEFT", "person": nobody})
	c.Officer.Must(`query($id: ID!) { node(id: $id) { id } }`, hub.Vars{"id": c.Volunteer.ID}).Shows("node", nil)
	c.Lead.Refused("NOT_FOUND", "inviteMember", hub.Vars{"teamId": c.Team, "personId": c.Volunteer.ID})
	c.Officer.Refused("NOT_FOUND", "giveRole", hub.Vars{"person": hub.Vars{"id": c.Volunteer.ID}, "role": "CITY_OFFICER"})
	c.Officer.Refused("NOT_FOUND", "erasePerson", hub.Vars{"email": hub.Email("Volunteer"), "reason": "A letter."})
	proposals := `query($a: ID!, $b: ID!) { accepted: proposal(id: $a) { state title author { displayName } } open: node(id: $b) { id } }`
	ids := hub.Vars{"a": accepted, "b": open}
	c.Visitor().Must(proposals, ids).Shows("accepted.state", "ACCEPTED").Shows("accepted.author.displayName", "Жойылған тіркелгі").
		Shows("open", nil)
	if state := c.Text(`select state from proposals where id = $1`, open); state != "WITHDRAWN" {
		t.Errorf("what nobody had decided on is %s", state)
	}
	title := c.Visitor().Must(proposals, ids).Str("accepted.title")

	c.Person("Volunteer", 30) // the address is free
	c.Mails()
	c.Purge(2 * 24 * time.Hour)
	if n := c.Count(`select count(*) from erasures where purged_at is not null`); n != 0 {
		t.Error("it was purged before its time")
	}
	c.Purge(4 * 24 * time.Hour)
	c.Visitor().Must(proposals, ids).Shows("accepted.title", title)
	if left := c.Text(`select title from proposals where id = $1`, open); left != "" {
		t.Errorf("%q is left", left)
	}
	if n := c.Count(`select count(*) from outbox where address in ($1, 'mama@example.org')`, hub.Email("Volunteer")); n != 1 {
		t.Errorf("%d mails, want the new account's", n)
	}
	c.SignsIn("Volunteer", hub.Password, "")
}

// TestErasingNeedsSomebodyElse: a team keeps a lead and the city an officer. A refusal changes nothing.
func TestErasingNeedsSomebodyElse(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for who, code := range map[*hub.Caller]string{c.Lead: "LAST_LEAD", c.Officer: "LAST_OFFICER"} {
		proof := who.Proof()
		before := c.Checksum()
		who.Refused(code, "eraseAccount", proof)
		if c.Checksum() != before {
			t.Errorf("%s, and something was written", code)
		}
		who.Must(`{ viewer { erased } }`).Shows("viewer.erased", false)
	}
	c.Officer.Refused("LAST_LEAD", "erasePerson", hub.Vars{"email": hub.Email("Lead"), "reason": "A letter."})
	c.Join(c.Other, "LEAD")
	c.Grant(c.Other, "CITY_OFFICER", "")
	c.Lead.Erase()
	c.Officer.Refused("SECOND_FACTOR_REQUIRED", "eraseAccount", hub.Vars{"password": hub.Password})
	c.Officer.Refused("WRONG_CODE", "eraseAccount", hub.Vars{"password": hub.Password, "code": "000000"})
	c.Officer.Erase()
	c.Officer.Hub.SignsIn("Officer", hub.Password, "WRONG_CREDENTIALS")
	if n := c.Count(`select count(*) from grants where person_id = $1 and ended_at is null`, c.Officer.ID); n != 0 {
		t.Errorf("%d roles go on", n)
	}
}

// TestErasingForSomebody: an officer, and the command line, do what the person would; the audit log records who did.
func TestErasingForSomebody(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	reason := "Letter 12 of 3 May."
	c.Lead.Refused("NOT_OFFICER", "erasePerson", hub.Vars{"email": hub.Email("Other"), "reason": reason})
	c.Officer.Refused("NOT_FOUND", "erasePerson", hub.Vars{"email": "nobody@example.org", "reason": reason})
	c.Officer.Key = "once"
	first := c.Officer.Do("erasePerson", hub.Vars{"email": strings.ToUpper(hub.Email("Other")), "reason": reason}, "purgeAt").RawBody
	if again := c.Officer.Do("erasePerson", hub.Vars{"email": strings.ToUpper(hub.Email("Other")), "reason": reason}, "purgeAt").RawBody; again != first {
		t.Errorf("%s, and again %s", first, again)
	}
	c.Officer.Key = ""
	if err := c.Resolver.Privacy.Erase(context.Background(), hub.Email("Volunteer"), reason, c.Present()); err != nil {
		t.Fatal(err)
	}
	for who, by := range map[*hub.Caller]any{c.Other: hub.Vars{"id": c.Officer.ID}, c.Volunteer: nil} {
		if a := who.Ask(`{ viewer { id } }`); a.Code() != "UNAUTHENTICATED" {
			t.Errorf("%s", a.RawBody)
		}
		c.Officer.Must(hub.AuditQuery, hub.Vars{"f": hub.Vars{"subjectId": who.ID, "action": "erasePerson"}}).Shows("auditEntries.totalCount", 1)
		c.Officer.Must(`query($id: ID!) { auditEntries(filter: {subjectId: $id, action: "erasePerson"}) { nodes { person { id } fields } } }`,
			hub.Vars{"id": who.ID}).Shows("auditEntries.nodes.0", hub.Vars{"fields": []string{"email", "reason"}, "person": by})
	}
	if err := c.Resolver.Privacy.Erase(context.Background(), hub.Email("Nobody"), reason, c.Present()); err == nil {
		t.Error("nobody was erased")
	}
}

// TestAGuardiansLinkEndsWithTheAccount: the page no longer shows a name.
func TestAGuardiansLinkEndsWithTheAccount(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	minor := c.Person("Small", 15)
	g := c.Guardians().Asked(minor, "mama@example.org", "TAKING_PART")
	g.Sends(http.StatusOK, "give", "TAKING_PART")
	c.Join(minor, "MEMBER")
	minor.Erase()
	g.Sees(http.StatusNotFound, "en")
	for _, m := range c.Mails() {
		if strings.Contains(m.Body, "Testova") {
			t.Errorf("%+v", m)
		}
	}
	if left := c.Text(`select coalesce(string_agg(concat(guardian_email, length(token_hash), reason, state), ' '), '') from consents`); left != "0WITHDRAWN" {
		t.Errorf("%q", left)
	}
}

// TestAnInvitationMeetsAnErasure: a concurrent invitation and erasure do not miss each other.
func TestAnInvitationMeetsAnErasure(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for range 5 {
		leaving := c.Crowd(1)[0]
		c.Knows(leaving)
		done := make(chan struct{})
		go func() {
			defer close(done)
			leaving.Ask(hub.Document("eraseAccount", "purgeAt"), hub.Vars{"in": hub.Vars{"password": hub.Password}})
		}()
		a := c.Lead.Ask(hub.Document("inviteMember", "__typename"), hub.Vars{"in": hub.Vars{"teamId": c.Team, "personId": leaving.ID}})
		<-done
		if a.Code() != "" && a.Code() != "NOT_FOUND" {
			t.Errorf("%s", a.RawBody)
		}
		if n := c.Count(`select count(*) from memberships m join people p on p.id = m.person_id and p.erased_at is not null
			where m.person_id = $1 and m.state = 'INVITED'`, leaving.ID); n != 0 {
			t.Error("an erased person is invited")
		}
	}
}

// TestDecidingWithoutThoseItConcerns: what erased people wrote and reported can be decided on, and nobody gets an email; they
// themselves cannot be reported.
func TestDecidingWithoutThoseItConcerns(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	author, reporter := w.Roles["author"], w.Roles["stranger"]
	proposal := w.PutProposal("ACCEPTED")
	w.Reported(reporter, proposal, "INSULT")
	for _, who := range []*hub.Caller{author, reporter} {
		if err := w.Resolver.Privacy.Erase(context.Background(), w.AddressOf(who), "They asked.", w.Present()); err != nil {
			t.Fatal(err)
		}
	}
	w.Mails()
	w.Coordinator.Do("hideContent", hub.Vars{"subjectId": proposal, "reason": "INSULT", "words": "It insults the neighbours."}, "decision { state }").
		Shows("hideContent.decision.state", "IN_FORCE")
	w.Officer.Must(`{ reports(filter: {states: [UPHELD]}) { totalCount } }`).Shows("reports.totalCount", 1)
	if told := w.Mailed(); len(told) != 0 {
		t.Errorf("told: %v", told)
	}
	w.Roles["member"].Refused("NOT_FOUND", "reportContent", hub.Vars{"subjectId": author.ID, "reason": "INSULT"})
}
