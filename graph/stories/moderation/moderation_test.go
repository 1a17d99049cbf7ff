// Package moderation has the stories of reports, hiding, suspensions and appeals.
package moderation

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

const decisionFields = `decision { id kind subjectType state reason words appeal answer centre { code }
	history { nodes { verb fromState toState actingAs reasonCode words by { id } } } availableActions { action allowed reason } }`

func TestAReportLeadsToHidingAndBack(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	stranger, author, coordinator := w.Roles["stranger"], w.Roles["author"], w.Coordinator
	w.Exec(`update people set language = 'EN'`)
	proposal := w.PutProposal("ACCEPTED")
	w.Mails()
	report := w.Reported(stranger, proposal, "INSULT")
	if again := w.Reported(stranger, proposal, "SPAM"); again != report {
		t.Errorf("a second report %s beside %s", again, report)
	}
	w.Reported(w.Roles["member"], proposal, "OTHER")
	queue := `query($id: ID!) { centre(id: $id) { reports { totalCount nodes { id reason words openReports subjectType subject { ... on Proposal { title } }
		reporter { id } availableActions { action allowed reason } } } } }`
	coordinator.Must(queue, hub.Vars{"id": w.Centre("AUEZOV-1")}).Shows("centre.reports.totalCount", 2).
		Shows("centre.reports.nodes.0", hub.Vars{"id": report, "reason": "INSULT", "words": "Look at this.", "openReports": 2, "subjectType": "PROPOSAL",
			"subject": hub.Vars{"title": "Жаңа орындық"}, "reporter": hub.Vars{"id": stranger.ID},
			"availableActions": []hub.Vars{{"action": "ANSWER_REPORT", "allowed": true, "reason": nil}}})
	w.Officer.Must(`{ reports(first: 1) { totalCount nodes { id centre { code } } pageInfo { hasNextPage } } }`).
		Shows("reports", hub.Vars{"totalCount": 2, "nodes": []hub.Vars{{"id": report, "centre": hub.Vars{"code": "AUEZOV-1"}}}, "pageInfo": hub.Vars{"hasNextPage": true}})
	if got := w.Roles[hub.Elsewhere].Ask(queue, hub.Vars{"id": w.Centre("AUEZOV-1")}).Code(); got != "FORBIDDEN" {
		t.Errorf("another coordinator: %s", got)
	}
	w.Roles[hub.Elsewhere].Refused("NOT_YOUR_CENTRE", "hideContent", hub.Vars{"subjectId": proposal, "reason": "INSULT", "words": "Not ours."})

	decision := coordinator.Do("hideContent", hub.Vars{"subjectId": proposal, "reason": "INSULT", "words": "It insults the neighbours."}, decisionFields).
		Shows("hideContent.decision.history.nodes", []hub.Vars{{"verb": "HIDE_CONTENT", "fromState": nil, "toState": "IN_FORCE", "actingAs": "COORDINATOR",
			"reasonCode": "INSULT", "words": "It insults the neighbours.", "by": hub.Vars{"id": coordinator.ID}}}).Str("hideContent.decision.id")
	coordinator.Refused("WRONG_STATE", "hideContent", hub.Vars{"subjectId": proposal, "reason": "INSULT", "words": "Once more."})
	compareMails(w, map[*hub.Caller]string{author: "Something of yours was hidden", stranger: "Your report was looked at", w.Roles["member"]: "Your report was looked at"})
	stranger.Must(`query($id: ID!) { node(id: $id) { ... on Report { state decision { id } subject { id } history { nodes { verb words } } } } }`, hub.Vars{"id": report}).
		Shows("node", hub.Vars{"state": "UPHELD", "decision": nil, "subject": nil, "history": hub.Vars{"nodes": []hub.Vars{{"verb": "REPORT_CONTENT", "words": nil}, {"verb": "HIDE_CONTENT", "words": nil}}}})

	for mutation, in := range map[string]hub.Vars{"supportProposal": {"id": proposal}, "reportContent": {"subjectId": proposal, "reason": "SPAM"},
		"hideContent": {"subjectId": proposal, "reason": "SPAM", "words": "No, I."}} {
		stranger.Refused("NOT_FOUND", mutation, in)
	}
	w.Lead.Refused("NOT_FOUND", "adoptProposal", hub.Vars{"proposalId": proposal, "teamId": w.Team})
	w.Lead.Refused("NOT_FOUND", "appeal", hub.Vars{"id": decision, "text": "I am not concerned."})
	author.Must(`query($id: ID!) { proposal(id: $id) { title hidden { id reason words appealBy } availableActions { action reason } } viewer { proposals { totalCount }
		decisions { nodes { id } } } }`, hub.Vars{"id": proposal}).
		Shows("proposal.hidden.id", decision).Shows("proposal.hidden.words", "It insults the neighbours.").
		Shows("viewer.decisions.nodes", []hub.Vars{{"id": decision}}).Shows("viewer.proposals.totalCount", 1)
	author.Do("appeal", hub.Vars{"id": decision, "text": "I like the neighbours."}, decisionFields).Shows("appeal.decision.state", "APPEALED")
	author.Refused("WRONG_STATE", "appeal", hub.Vars{"id": decision, "text": "I do like them."})
	coordinator.Refused("OWN_CASE", "answerAppeal", hub.Vars{"id": decision, "uphold": true, "words": "I said so."})
	appeals := `{ decisions { totalCount nodes { id appeal } } }`
	w.Officer.Must(appeals).Shows("decisions", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": decision, "appeal": "I like the neighbours."}}})
	w.Roles["insider"].Must(`query($id: ID!) { centre(id: $id) { decisions { totalCount } } }`, hub.Vars{"id": w.Centre("AUEZOV-1")}).Shows("centre.decisions.totalCount", 1)
	w.Officer.Do("answerAppeal", hub.Vars{"id": decision, "uphold": false, "words": "Nobody is insulted."}, decisionFields).
		Shows("answerAppeal.decision.state", "OVERTURNED")
	w.Officer.Must(appeals).Shows("decisions.totalCount", 0)
	compareMails(w, map[*hub.Caller]string{author: "Your appeal was answered: the decision is reversed"})
	stranger.Do("supportProposal", hub.Vars{"id": proposal}, "proposal { hidden { id } supportCount }").
		Shows("supportProposal.proposal", hub.Vars{"hidden": nil, "supportCount": 1})
}

// compareMails checks that each gets one email.
func compareMails(w *hub.World, want map[*hub.Caller]string) {
	w.T.Helper()
	got := w.Mailed()
	for who, subject := range want {
		if told, _, _ := strings.Cut(got[w.AddressOf(who)], " until "); told != subject { // the time in it is not compared
			w.T.Errorf("%s was mailed %q, want %q", w.AddressOf(who), got[w.AddressOf(who)], subject)
		}
	}
	if len(got) != len(want) {
		w.T.Errorf("mails %v", got)
	}
}

func TestAReportIsDismissed(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`update people set language = 'RU'`)
	task := w.PutTask("OPEN")
	report := w.Reported(w.Roles["stranger"], task, "SPAM")
	w.Mails()
	w.Roles["insider"].Refused("NOT_FOUND", "answerReport", hub.Vars{"id": report, "uphold": false, "words": "It is my team's."})
	w.Roles["insider"].Refused("OWN_CASE", "hideContent", hub.Vars{"subjectId": task, "reason": "SPAM", "words": "It is my team's."})
	w.Lead.Refused("NOT_FOUND", "answerReport", hub.Vars{"id": report, "uphold": false, "words": "It is mine."})
	w.Roles["insider"].Must(`query($id: ID!) { centre(id: $id) { reports { totalCount nodes { id } } } }`, hub.Vars{"id": w.Centre("AUEZOV-1")}).
		Shows("centre.reports", hub.Vars{"totalCount": 0, "nodes": []hub.Vars{}})
	w.Coordinator.Do("answerReport", hub.Vars{"id": report, "uphold": false, "words": "It is a task like others."}, "report { state decidedAt history { nodes { verb toState words } } }").
		Shows("answerReport.report.history.nodes.1", hub.Vars{"verb": "ANSWER_REPORT", "toState": "DISMISSED", "words": "It is a task like others."})
	compareMails(w, map[*hub.Caller]string{w.Roles["stranger"]: "Ваша жалоба рассмотрена"})
	w.Coordinator.Refused("WRONG_STATE", "answerReport", hub.Vars{"id": report, "uphold": true, "words": "Or is it?"})
	if again := w.Reported(w.Roles["stranger"], task, "SPAM"); again == report {
		t.Error("a closed report was opened again")
	}
}

// TestReportsAreBounded: somebody who reports the whole city has to wait.
func TestReportsAreBounded(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	for range 19 {
		w.Reported(w.Roles["stranger"], w.PutProposal("SUBMITTED"), "SPAM")
	}
	first := w.PutProposal("SUBMITTED")
	w.Reported(w.Roles["stranger"], first, "SPAM")
	w.Roles["stranger"].Refused("TRY_LATER", "reportContent", hub.Vars{"subjectId": w.PutProposal("SUBMITTED"), "reason": "SPAM"})
	w.Reported(w.Roles["stranger"], first, "SPAM") // a repetition does not count
	w.Reported(w.Roles["member"], w.PutProposal("SUBMITTED"), "SPAM")
	w.Roles["member"].Refused("INVALID", "reportContent", hub.Vars{"subjectId": first, "reason": "OTHER"})
	w.Roles["member"].Refused("NOT_FOUND", "reportContent", hub.Vars{"subjectId": w.PutTask("DRAFT"), "reason": "SPAM"})
}

// TestTwoModeratorsAtOnce hide the same thing: one succeeds.
func TestTwoModeratorsAtOnce(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	for range 5 {
		proposal := w.PutProposal("SUBMITTED")
		w.Reported(w.Roles["stranger"], proposal, "SPAM")
		both, told := []*hub.Caller{w.Coordinator, w.Officer}, [2]string{}
		hub.AtOnce(2, func(i int) {
			told[i] = both[i].Patiently("hideContent", hub.Vars{"subjectId": proposal, "reason": "SPAM", "words": "Again and again."}, "decision { id }").Code()
		})
		if told != [2]string{"", "WRONG_STATE"} && told != [2]string{"WRONG_STATE", ""} {
			t.Errorf("told %q", told)
		}
		if n := w.Count(`select count(*) from decisions where subject_id = $1`, proposal); n != 1 {
			t.Errorf("%d decisions", n)
		}
	}
}

// TestWhatBelongsToAHiddenTeam is hidden with it, including what it makes later, and is shown again with it, except what was
// hidden itself.
func TestWhatBelongsToAHiddenTeam(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	hide := func(id string) string {
		return w.Officer.Do("hideContent", hub.Vars{"subjectId": id, "reason": "SPAM", "words": "Again and again."}, "decision { id }").Str("hideContent.decision.id")
	}
	show := func(id string) {
		w.Officer.Do("showContent", hub.Vars{"id": id, "reason": "It is fixed."}, "decision { state }").Shows("showContent.decision.state", "ENDED")
	}
	counts := `query($t: ID!, $n: ID!, $c: ID!) { tasks(filter: {teamId: $t}) { totalCount } centre(id: $c) { teamCount taskCounts { state tasks } } ngo(id: $n) { teams { totalCount } } }`
	compare := func(tasks, teams int) {
		t.Helper()
		a := w.Visitor().Ask(counts, hub.Vars{"t": w.Team, "n": w.Ngo, "c": w.Centre("AUEZOV-1")})
		a.Shows("tasks.totalCount", tasks).Shows("centre.teamCount", teams)
		open := 0.0
		for _, c := range a.At("centre.taskCounts").([]any) {
			open += c.(hub.Vars)["tasks"].(float64)
		}
		if int(open) != tasks {
			t.Errorf("%v tasks counted, want %d", open, tasks)
		}
	}
	spoilt, other := w.PutTask("OPEN"), w.PutTask("OPEN")
	compare(2, 1)
	own := hide(spoilt)
	compare(1, 1)
	ofTeam := hide(w.Team)
	compare(0, 0)
	later := w.Lead.Do("createTask", hub.Vars{"teamId": w.Team, "title": "Тағы бір арық", "description": "Қолғап пен су алып келіңіз.",
		"shifts": []hub.Vars{w.NewShift(3, 48*time.Hour)}}, "task { id hidden { id } }").Shows("createTask.task.hidden.id", ofTeam).Str("createTask.task.id")
	w.Lead.Do("openTask", hub.Vars{"id": later}, "task { state }")
	compare(0, 0)
	w.Roles["stranger"].Refused("NOT_FOUND", "requestMembership", hub.Vars{"teamId": w.Team})
	w.Coordinator.Refused("WRONG_STATE", "hideContent", hub.Vars{"subjectId": other, "reason": "SPAM", "words": "Again and again."})
	ofNgo := hide(w.Ngo)
	show(ofTeam)
	compare(0, 0)
	w.Lead.Must(`query($id: ID!) { task(id: $id) { hidden { id } } }`, hub.Vars{"id": other}).Shows("task.hidden", nil) // decisions about an NGO are for officers
	w.Officer.Must(`query($id: ID!) { task(id: $id) { hidden { id } } }`, hub.Vars{"id": other}).Shows("task.hidden.id", ofNgo)
	show(ofNgo)
	compare(2, 1)
	show(own)
	compare(3, 1)
}

// TestAReportFollowsItsSubject: the centre that is responsible for a proposal now decides about it.
func TestAReportFollowsItsSubject(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	proposal := w.PutProposal("SUBMITTED")
	report := w.Reported(w.Roles["stranger"], proposal, "SPAM")
	w.Coordinator.Do("reassignProposal", hub.Vars{"id": proposal, "centreId": w.Reply}, "proposal { id }")
	w.Coordinator.Refused("NOT_FOUND", "answerReport", hub.Vars{"id": report, "uphold": false, "words": "Not ours any more."})
	w.Officer.Must(`query($id: ID!) { centre(id: $id) { reports { nodes { id } } } }`, hub.Vars{"id": w.Reply}).Shows("centre.reports.nodes", []hub.Vars{{"id": report}})
}

func TestHidingIsRepeatable(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	proposal := w.PutProposal("ACCEPTED")
	w.Roles["stranger"].Key, w.Coordinator.Key = "support", "hide"
	w.Roles["stranger"].Do("supportProposal", hub.Vars{"id": proposal}, "proposal { title }")
	in := hub.Vars{"subjectId": proposal, "reason": "SPAM", "words": "Again and again."}
	first := w.Coordinator.Do("hideContent", in, "decision { id }").Str("hideContent.decision.id")
	w.Coordinator.Do("hideContent", in, "decision { id }").Shows("hideContent.decision.id", first)
	if a := w.Roles["stranger"].Ask(hub.Document("supportProposal", "proposal { title }"), hub.Vars{"in": hub.Vars{"id": proposal}}); a.Code() != "NOT_FOUND" {
		t.Errorf("a repetition shows what is hidden: %s", a.RawBody)
	}
}

// TestNobodyReportsTheirOwn: authors, and leads of the owning team, have other means than a report.
func TestNobodyReportsTheirOwn(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	stranger, author := w.Roles["stranger"], w.Roles["author"]
	own := map[string]struct {
		id string
		of *hub.Caller
	}{
		"Proposal": {w.PutProposal("SUBMITTED"), author}, "Task": {w.PutTask("OPEN"), w.Lead}, "Shift": {w.OneMore("OPEN"), w.Lead},
		"ProgressUpdate": {w.PutUpdate(), w.Lead}, "Team": {w.Team, w.Lead},
	}
	for kind, o := range own {
		told := func(who *hub.Caller, want hub.Vars) {
			t.Helper()
			actions := who.Must(`query($id: ID!) { node(id: $id) { ... on `+kind+` { availableActions { action allowed reason } } } }`, hub.Vars{"id": o.id}).
				At("node.availableActions").([]any)
			if !slices.ContainsFunc(actions, func(a any) bool { return reflect.DeepEqual(a, map[string]any(want)) }) {
				t.Errorf("%s: %v, want %v", kind, actions, want)
			}
		}
		told(o.of, hub.Vars{"action": "REPORT_CONTENT", "allowed": false, "reason": "OWN_CASE"})
		told(stranger, hub.Vars{"action": "REPORT_CONTENT", "allowed": true, "reason": nil})
		o.of.Refused("OWN_CASE", "reportContent", hub.Vars{"subjectId": o.id, "reason": "SPAM"})
		w.Reported(stranger, o.id, "SPAM")
	}
	stranger.Refused("OWN_CASE", "reportContent", hub.Vars{"subjectId": stranger.ID, "reason": "SPAM"})
}
