package moderation

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

func TestASuspendedPersonCanReadAndAppeal(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`update people set language = 'EN'`)
	who, next := w.Person("Rude", 20), w.Person("Next", 20)
	w.Exec(`update people set language = 'EN'`)
	_, soon := w.Task(1, 48*time.Hour)
	_, late := w.Task(1, 24*30*time.Hour)
	w.SignUp(who, soon)
	w.SignUp(who, late)
	waits, _ := w.SignUp(next, soon)
	w.Reported(w.Roles["stranger"], who.ID, "INSULT")
	w.Mails()

	decision := w.Suspension(who, 20)
	w.SignedUp(t, soon, "CANCELLED", "OFFERED")
	w.SignedUp(t, late, "CONFIRMED")
	next.SignupAs(waits).Shows("node.state", "OFFERED")
	compareMails(w, map[*hub.Caller]string{who: "Your account is suspended", w.Roles["stranger"]: "Your report was looked at",
		w.Lead: "Some sign-ups for your team’s shifts were cancelled", next: "A place is free for you"})
	if a := who.Ask(`{ viewer { id } }`); a.Status != 401 {
		t.Errorf("the session goes on: %s", a.RawBody)
	}

	who.SignIn(hub.Password)
	until := w.Text(`select to_char(until at time zone 'Asia/Almaty', 'YYYY-MM-DD') from decisions where id = $1`, decision)
	for mutation, in := range map[string]hub.Vars{"signUp": {"shiftId": soon}, "requestMembership": {"teamId": w.Team}, "cancelSignup": {"id": waits},
		"reportContent": {"subjectId": w.Team, "reason": "SPAM"}} {
		a := who.Refused("SUSPENDED", mutation, in)
		if !strings.Contains(a.RawBody, "until "+until) {
			t.Errorf("%s does not tell until when: %s", mutation, a.RawBody)
		}
	}
	who.Do("updateProfile", hub.Vars{"language": "EN"}, "person { language }").Shows("updateProfile.person.language", "EN")
	a := who.Must(`query($s: ID!, $d: ID!) { viewer { displayName signups { totalCount } decisions { nodes { id until availableActions { action allowed reason } } } }
		shift: node(id: $s) { ... on Shift { availableActions { action reason } } } node(id: $d) { id } }`, hub.Vars{"s": soon, "d": decision}).
		Shows("viewer.signups.totalCount", 2).
		Shows("viewer.decisions.nodes.0.availableActions", []hub.Vars{{"action": "APPEAL", "allowed": true, "reason": nil},
			{"action": "ANSWER_APPEAL", "allowed": false, "reason": "SUSPENDED"}, {"action": "SHOW_CONTENT", "allowed": false, "reason": "SUSPENDED"},
			{"action": "END_SUSPENSION", "allowed": false, "reason": "SUSPENDED"}})
	for _, action := range a.At("shift.availableActions").([]any) {
		if action.(hub.Vars)["reason"] != "SUSPENDED" {
			t.Errorf("%v", action)
		}
	}
	who.Do("appeal", hub.Vars{"id": decision, "text": "I have a loud voice."}, decisionFields).Shows("appeal.decision.history.nodes.1.actingAs", "PERSON")
	w.Officer.Refused("OWN_CASE", "answerAppeal", hub.Vars{"id": decision, "uphold": true, "words": "It was loud."})
	w.Grant(w.Roles["stranger"], grant.CityOfficer, "")
	w.Roles["stranger"].Do("answerAppeal", hub.Vars{"id": decision, "uphold": true, "words": "It was loud indeed."}, "decision { state }").
		Shows("answerAppeal.decision.state", "UPHELD")
	who.Refused("SUSPENDED", "signUp", hub.Vars{"shiftId": soon})
	w.Officer.Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }").Shows("endSuspension.decision.state", "ENDED")
	compareMails(w, map[*hub.Caller]string{who: "Your appeal was answered: the decision stands; Your account is open again"})
	w.SignUp(who, soon)
}

// TestASuspensionEndsByItself, at its time, whether or not the worker has run.
func TestASuspensionEndsByItself(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	who := w.Person("Rude", 20)
	decision := w.Suspension(who, 2)
	who.SignIn(hub.Password).Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.Team})
	w.Officer.Refused("WRONG_STATE", "suspendPerson", hub.Vars{"person": hub.Vars{"id": who.ID}, "reason": "SPAM", "words": "Once more."})
	w.Pass(48 * time.Hour)
	who.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
	again := w.Suspension(who, 0) // the worker has not run
	if err := w.Resolver.Moderation.EndDue(context.Background(), w.Present()); err != nil {
		t.Fatal(err)
	}
	who.SignIn(hub.Password)
	if a := who.Refused("SUSPENDED", "requestMembership", hub.Vars{"teamId": w.OtherTeam}); strings.Contains(a.RawBody, "until") {
		t.Errorf("for good: %s", a.RawBody)
	}
	w.Officer.Must(`query($id: ID!) { node(id: $id) { ... on Decision { state history { nodes { verb toState actingAs by { id } } } } } }`, hub.Vars{"id": decision}).
		Shows("node.history.nodes.1", hub.Vars{"verb": "EXPIRE", "toState": "ENDED", "actingAs": "HUB", "by": nil})
	w.Exec(`update decisions set until = now() - interval '1 second', decided_at = now() - interval '1 day' where id = $1`, again)
	if err := w.Resolver.Moderation.EndDue(context.Background(), w.Present()); err != nil {
		t.Fatal(err)
	}
	if n := w.Count(`select count(*) from people where suspended_id is not null`); n != 0 {
		t.Errorf("%d are suspended", n)
	}
}

// TestOfficersSuspendByAddress, and nobody else can find out by it who has an account.
func TestOfficersSuspendByAddress(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	in := func(address string) hub.Vars {
		return hub.Vars{"person": hub.Vars{"email": address}, "until": w.In(24), "reason": "INSULT", "words": "Shouted at people."}
	}
	author := w.Roles["author"]
	address := w.Text(`select email from people where id = $1`, author.ID)
	w.Coordinator.Refused("NOT_OFFICER", "suspendPerson", in(address))
	w.Coordinator.Refused("NOT_OFFICER", "suspendPerson", in("nobody@example.org"))
	w.Officer.Refused("NOT_FOUND", "suspendPerson", in("nobody@example.org"))
	w.Officer.Refused("INVALID", "suspendPerson", hub.With(in(address), []string{"person", "id"}, author.ID).(hub.Vars))
	w.Officer.Refused("OWN_CASE", "suspendPerson", in(w.Text(`select email from people where id = $1`, w.Officer.ID)))
	w.Officer.Do("suspendPerson", in(strings.ToUpper(address)), "decision { kind subject { id } }").
		Shows("suspendPerson.decision", hub.Vars{"kind": "SUSPEND", "subject": hub.Vars{"id": author.ID}})
}

// TestCoordinatorsSuspendForATime: people of their centre, and nobody who works for the city.
func TestCoordinatorsSuspendForATime(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	in := func(who *hub.Caller, days int) hub.Vars {
		return hub.Vars{"person": hub.Vars{"id": who.ID}, "until": w.In(24 * days), "reason": "INSULT", "words": "Shouted at people."}
	}
	w.PutProposal("SUBMITTED")
	w.Coordinator.Refused("NOT_YOUR_CENTRE", "suspendPerson", in(w.Roles["stranger"], 5))
	w.Roles[hub.Elsewhere].Refused("NOT_YOUR_CENTRE", "suspendPerson", in(w.Roles["author"], 5))
	w.Coordinator.Refused("NOT_OFFICER", "suspendPerson", in(w.Roles["insider"], 5))
	w.Coordinator.Refused("NOT_YOUR_CENTRE", "suspendPerson", in(w.Officer, 5))
	w.Roles["insider"].Refused("NOT_OFFICER", "suspendPerson", in(w.Roles["insider"], 5))
	w.Coordinator.Refused("INVALID", "suspendPerson", in(w.Roles["author"], 31))
	for _, who := range []*hub.Caller{w.Roles["author"], w.Lead} {
		decision := w.Coordinator.Do("suspendPerson", in(who, 29), decisionFields).Shows("suspendPerson.decision.centre", hub.Vars{"code": "AUEZOV-1"}).
			Str("suspendPerson.decision.id")
		w.Roles["insider"].Do("endSuspension", hub.Vars{"id": decision, "reason": "They said sorry."}, "decision { state }")
	}
	// A team whose only lead is suspended is led by its NGO's lead.
	w.Suspension(w.Lead, 0)
	w.Exec(`insert into sessions (id, token_hash, person_id, created_at, last_seen_at) select gen_random_uuid(), '\x00', id, now(), now() from people where id = $1`, w.Lead.ID)
	task := w.PutTask("DRAFT")
	w.Lead.SignIn(hub.Password).Refused("SUSPENDED", "openTask", hub.Vars{"id": task})
	if a := w.Lead.Must(`query($id: ID!) { node(id: $id) { id } }`, hub.Vars{"id": task}); a.At("node") != nil {
		t.Errorf("a suspended lead sees drafts: %s", a.RawBody)
	}
	w.NgoLead.Do("openTask", hub.Vars{"id": task}, "task { state }")
}

// TestTheCityKeepsAnOfficerWhoActs: officers suspend each other at the same moment; one is left, who cannot leave.
func TestTheCityKeepsAnOfficerWhoActs(t *testing.T) {
	t.Parallel()
	h := hub.New(t)
	both, told := h.Crowd(2), [2]string{}
	for _, who := range both {
		h.Grant(who, grant.CityOfficer, "")
	}
	suspend := func(by, who *hub.Caller) string {
		return by.Patiently("suspendPerson", hub.Vars{"person": hub.Vars{"id": who.ID}, "reason": "INSULT", "words": "Shouted at people."}, "decision { id }").Code()
	}
	if got := suspend(both[0], both[0]); got != "OWN_CASE" {
		t.Errorf("oneself: %s", got)
	}
	hub.AtOnce(2, func(i int) { told[i] = suspend(both[i], both[1-i]) })
	if (told[0] == "") == (told[1] == "") {
		t.Errorf("told %q", told)
	}
	left, gone := both[0], both[1]
	if told[0] != "" {
		left, gone = gone, left
	}
	left.Refused("LAST_OFFICER", "endRole", hub.Vars{"id": h.Text(`select id from grants where person_id = $1`, left.ID), "reason": "I am tired."})
	if err := h.Resolver.Privacy.Erase(t.Context(), h.AddressOf(left), "They asked.", h.Present()); hub.CodeOf(err) != "LAST_OFFICER" {
		t.Errorf("the account of the last who acts was erased: %v", err)
	}
	left.Do("endRole", hub.Vars{"id": h.Text(`select id from grants where person_id = $1`, gone.ID), "reason": "They went."}, "grant { endedAt }")
}

// TestASuspendedLeadLeadsNobody: the last person who can lead cannot leave, and while there is none the NGO's leads are told
// instead.
func TestASuspendedLeadLeadsNobody(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`update people set language = 'EN'`)
	people := w.Crowd(3)
	second, asks, minor := people[0], people[1], w.Aged(people[2], 15)
	_, shift := w.Task(2, 48*time.Hour)
	asLead, asSecond := w.Text(`select id from memberships where person_id = $1`, w.Lead.ID), w.Enrol(second, w.Team, "LEAD")
	w.Enrol(minor, w.Team, "MEMBER")
	w.Suspension(second, 20)
	w.Lead.Refused("LAST_LEAD", "leaveTeam", hub.Vars{"id": asLead})
	w.NgoLead.Refused("LAST_LEAD", "removeMember", hub.Vars{"id": asLead, "reason": "Never there."})
	w.Lead.Do("removeMember", hub.Vars{"id": asSecond, "reason": "Never there."}, "membership { state }")
	w.Suspension(w.Lead, 20)
	w.NgoLead.Refused("LAST_LEAD", "removeMember", hub.Vars{"id": asLead, "reason": "Never there."})

	w.Mails()
	asks.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }")
	w.SignUp(asks, shift)
	w.Suspension(asks, 20)
	consent := w.Coordinator.Do("recordConsent", hub.Vars{"personId": minor.ID, "scopes": []string{"PHOTO"}, "seenOn": w.Today()}, "consents { id }").Str("recordConsent.consents.0.id")
	w.Coordinator.Do("withdrawConsent", hub.Vars{"id": consent, "reason": "The mother came."}, "consents { id }")
	compareMails(w, map[*hub.Caller]string{w.NgoLead: "Somebody wants to join your team; Some sign-ups for your team’s shifts were cancelled; A guardian’s consent was withdrawn",
		asks: "Your account is suspended", minor: "Your guardian’s consent was withdrawn"})
}
