package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/grant"
)

// suspension suspends somebody, by an officer.
func (w *world) suspension(who *caller, days int) string {
	w.t.Helper()
	in := vars{"person": vars{"id": who.id}, "reason": "INSULT", "words": "Shouted at people."}
	if days > 0 {
		in["until"] = at(24 * days)
	}
	return w.officer.do("suspendPerson", in, "decision { id }").str("suspendPerson.decision.id")
}

func TestASuspendedPersonCanReadAndAppeal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`update people set language = 'EN'`)
	who, next := w.person("Rude", 20), w.person("Next", 20)
	w.exec(`update people set language = 'EN'`)
	_, soon := w.task(1, 48*hour)
	_, late := w.task(1, 24*30*hour)
	w.signUp(who, soon)
	w.signUp(who, late)
	waits, _ := w.signUp(next, soon)
	w.reported(w.roles["stranger"], who.id, "INSULT")
	w.mails()

	decision := w.suspension(who, 20)
	w.signedUp(t, soon, "CANCELLED", "OFFERED")
	w.signedUp(t, late, "CONFIRMED")
	next.signupAs(waits).shows("node.state", "OFFERED")
	w.compareMails(map[*caller]string{who: "Your account is suspended", w.roles["stranger"]: "Your report was looked at",
		w.lead: "Some sign-ups for your team’s shifts were cancelled", next: "A place is free for you"})
	if a := who.ask(`{ viewer { id } }`); a.Status != 401 {
		t.Errorf("the session goes on: %s", a.rawBody)
	}

	who.signIn(password)
	until := w.text(`select to_char(until at time zone 'Asia/Almaty', 'YYYY-MM-DD') from decisions where id = $1`, decision)
	for mutation, in := range map[string]vars{"signUp": {"shiftId": soon}, "requestMembership": {"teamId": w.team}, "cancelSignup": {"id": waits},
		"reportContent": {"subjectId": w.team, "reason": "SPAM"}} {
		a := who.refused("SUSPENDED", mutation, in)
		if !strings.Contains(a.rawBody, "until "+until) {
			t.Errorf("%s does not tell until when: %s", mutation, a.rawBody)
		}
	}
	who.do("updateProfile", vars{"language": "EN"}, "person { language }").shows("updateProfile.person.language", "EN")
	a := who.must(`query($s: ID!, $d: ID!) { viewer { displayName signups { totalCount } decisions { nodes { id until availableActions { action allowed reason } } } }
		shift: node(id: $s) { ... on Shift { availableActions { action reason } } } node(id: $d) { id } }`, vars{"s": soon, "d": decision}).
		shows("viewer.signups.totalCount", 2).
		shows("viewer.decisions.nodes.0.availableActions", []vars{{"action": "APPEAL", "allowed": true, "reason": nil},
			{"action": "ANSWER_APPEAL", "allowed": false, "reason": "SUSPENDED"}, {"action": "SHOW_CONTENT", "allowed": false, "reason": "SUSPENDED"},
			{"action": "END_SUSPENSION", "allowed": false, "reason": "SUSPENDED"}})
	for _, action := range a.at("shift.availableActions").([]any) {
		if action.(vars)["reason"] != "SUSPENDED" {
			t.Errorf("%v", action)
		}
	}
	who.do("appeal", vars{"id": decision, "text": "I have a loud voice."}, decisionFields).shows("appeal.decision.history.nodes.1.actingAs", "PERSON")
	w.officer.refused("OWN_CASE", "answerAppeal", vars{"id": decision, "uphold": true, "words": "It was loud."})
	w.grant(w.roles["stranger"], grant.CityOfficer, "")
	w.roles["stranger"].do("answerAppeal", vars{"id": decision, "uphold": true, "words": "It was loud indeed."}, "decision { state }").
		shows("answerAppeal.decision.state", "UPHELD")
	who.refused("SUSPENDED", "signUp", vars{"shiftId": soon})
	w.officer.do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }").shows("endSuspension.decision.state", "ENDED")
	w.compareMails(map[*caller]string{who: "Your appeal was answered: the decision stands; Your account is open again"})
	w.signUp(who, soon)
}

// TestASuspensionEndsByItself, at its time, whether or not the worker has run.
func TestASuspensionEndsByItself(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	who := w.person("Rude", 20)
	decision := w.suspension(who, 2)
	who.signIn(password).refused("SUSPENDED", "requestMembership", vars{"teamId": w.team})
	w.officer.refused("WRONG_STATE", "suspendPerson", vars{"person": vars{"id": who.id}, "reason": "SPAM", "words": "Once more."})
	w.exec(`update decisions set until = now() - interval '1 second', decided_at = now() - interval '1 day' where id = $1`, decision)
	who.do("requestMembership", vars{"teamId": w.team}, "membership { id }")
	again := w.suspension(who, 0) // the worker has not run
	if err := w.r.Moderation.EndDue(context.Background(), time.Now()); err != nil {
		t.Fatal(err)
	}
	who.signIn(password)
	if a := who.refused("SUSPENDED", "requestMembership", vars{"teamId": w.otherTeam}); strings.Contains(a.rawBody, "until") {
		t.Errorf("for good: %s", a.rawBody)
	}
	w.officer.must(`query($id: ID!) { node(id: $id) { ... on Decision { state history { nodes { verb toState actingAs by { id } } } } } }`, vars{"id": decision}).
		shows("node.history.nodes.1", vars{"verb": "EXPIRE", "toState": "ENDED", "actingAs": "HUB", "by": nil})
	w.exec(`update decisions set until = now() - interval '1 second', decided_at = now() - interval '1 day' where id = $1`, again)
	if err := w.r.Moderation.EndDue(context.Background(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if n := w.count(`select count(*) from people where suspended_id is not null`); n != 0 {
		t.Errorf("%d are suspended", n)
	}
}

// TestOfficersSuspendByAddress, and nobody else can find out by it who has an account.
func TestOfficersSuspendByAddress(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := func(address string) vars {
		return vars{"person": vars{"email": address}, "until": at(24), "reason": "INSULT", "words": "Shouted at people."}
	}
	author := w.roles["author"]
	address := w.text(`select email from people where id = $1`, author.id)
	w.coordinator.refused("NOT_OFFICER", "suspendPerson", in(address))
	w.coordinator.refused("NOT_OFFICER", "suspendPerson", in("nobody@example.org"))
	w.officer.refused("NOT_FOUND", "suspendPerson", in("nobody@example.org"))
	w.officer.refused("INVALID", "suspendPerson", with(in(address), []string{"person", "id"}, author.id).(vars))
	w.officer.refused("OWN_CASE", "suspendPerson", in(w.text(`select email from people where id = $1`, w.officer.id)))
	w.officer.do("suspendPerson", in(strings.ToUpper(address)), "decision { kind subject { id } }").
		shows("suspendPerson.decision", vars{"kind": "SUSPEND", "subject": vars{"id": author.id}})
}

// TestCoordinatorsSuspendForATime: people of their centre, and nobody who works for the city.
func TestCoordinatorsSuspendForATime(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	in := func(who *caller, days int) vars {
		return vars{"person": vars{"id": who.id}, "until": at(24 * days), "reason": "INSULT", "words": "Shouted at people."}
	}
	w.putProposal("SUBMITTED")
	w.coordinator.refused("NOT_YOUR_CENTRE", "suspendPerson", in(w.roles["stranger"], 5))
	w.roles[elsewhere].refused("NOT_YOUR_CENTRE", "suspendPerson", in(w.roles["author"], 5))
	w.coordinator.refused("NOT_OFFICER", "suspendPerson", in(w.roles["insider"], 5))
	w.coordinator.refused("NOT_YOUR_CENTRE", "suspendPerson", in(w.officer, 5))
	w.roles["insider"].refused("NOT_OFFICER", "suspendPerson", in(w.roles["insider"], 5))
	w.coordinator.refused("INVALID", "suspendPerson", in(w.roles["author"], 31))
	for _, who := range []*caller{w.roles["author"], w.lead} {
		decision := w.coordinator.do("suspendPerson", in(who, 29), decisionFields).shows("suspendPerson.decision.centre", vars{"code": "AUEZOV-1"}).
			str("suspendPerson.decision.id")
		w.roles["insider"].do("endSuspension", vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	}
	// A team whose only lead is suspended is led by its NGO's lead.
	w.suspension(w.lead, 0)
	w.exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) select gen_random_uuid(), '\x00', id, now(), now() from people where id = $1`, w.lead.id)
	task := w.putTask("DRAFT")
	w.lead.signIn(password).refused("SUSPENDED", "openTask", vars{"id": task})
	if a := w.lead.must(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": task}); a.at("node") != nil {
		t.Errorf("a suspended lead sees drafts: %s", a.rawBody)
	}
	w.ngoLead.do("openTask", vars{"id": task}, "task { state }")
}

// TestTheCityKeepsAnOfficerWhoActs: officers suspend each other at the same moment; one is left, who cannot leave.
func TestTheCityKeepsAnOfficerWhoActs(t *testing.T) {
	t.Parallel()
	h := newHub(t)
	both, told := h.crowd(2), [2]string{}
	for _, who := range both {
		h.grant(who, grant.CityOfficer, "")
	}
	suspend := func(by, who *caller) string {
		return by.patiently("suspendPerson", vars{"person": vars{"id": who.id}, "reason": "INSULT", "words": "Shouted at people."}, "decision { id }").code()
	}
	if got := suspend(both[0], both[0]); got != "OWN_CASE" {
		t.Errorf("oneself: %s", got)
	}
	atOnce(2, func(i int) { told[i] = suspend(both[i], both[1-i]) })
	if (told[0] == "") == (told[1] == "") {
		t.Errorf("told %q", told)
	}
	left, gone := both[0], both[1]
	if told[0] != "" {
		left, gone = gone, left
	}
	left.refused("LAST_OFFICER", "endRole", vars{"id": h.text(`select id from grants where person_id = $1`, left.id), "reason": "I am tired."})
	if err := h.r.Privacy.Erase(t.Context(), h.address(left), "They asked.", time.Now()); codeOf(err) != "LAST_OFFICER" {
		t.Errorf("the account of the last who acts was erased: %v", err)
	}
	left.do("endRole", vars{"id": h.text(`select id from grants where person_id = $1`, gone.id), "reason": "They went."}, "grant { endedAt }")
}

// TestASuspendedLeadLeadsNobody: the last person who can lead cannot leave, and while there is none the NGO's leads are told
// instead.
func TestASuspendedLeadLeadsNobody(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`update people set language = 'EN'`)
	people := w.crowd(3)
	second, asks, minor := people[0], people[1], w.aged(people[2], 15)
	_, shift := w.task(2, 48*hour)
	asLead, asSecond := w.text(`select id from memberships where person_id = $1`, w.lead.id), w.enrol(second, w.team, "LEAD")
	w.enrol(minor, w.team, "MEMBER")
	w.suspension(second, 20)
	w.lead.refused("LAST_LEAD", "leaveTeam", vars{"id": asLead})
	w.ngoLead.refused("LAST_LEAD", "removeMember", vars{"id": asLead, "reason": "Never there."})
	w.lead.do("removeMember", vars{"id": asSecond, "reason": "Never there."}, "membership { state }")
	w.suspension(w.lead, 20)
	w.ngoLead.refused("LAST_LEAD", "removeMember", vars{"id": asLead, "reason": "Never there."})

	w.mails()
	asks.do("requestMembership", vars{"teamId": w.team}, "membership { id }")
	w.signUp(asks, shift)
	w.suspension(asks, 20)
	consent := w.coordinator.do("recordConsent", vars{"personId": minor.id, "scopes": []string{"PHOTO"}, "seenOn": today()}, "consents { id }").str("recordConsent.consents.0.id")
	w.coordinator.do("withdrawConsent", vars{"id": consent, "reason": "The mother came."}, "consents { id }")
	w.compareMails(map[*caller]string{w.ngoLead: "Somebody wants to join your team; Some sign-ups for your team’s shifts were cancelled; A guardian’s consent was withdrawn",
		asks: "Your account is suspended", minor: "Your guardian’s consent was withdrawn"})
}
