package stories

import (
	"reflect"
	"slices"
	"strings"
	"testing"
)

const decisionFields = `decision { id kind subjectType state reason words appeal answer centre { code }
	history { nodes { verb fromState toState actingAs reasonCode words by { id } } } availableActions { action allowed reason } }`

// reported adds a report by somebody.
func (w *world) reported(who *caller, subject, reason string) string {
	w.t.Helper()
	return who.do("reportContent", vars{"subjectId": subject, "reason": reason, "words": "Look at this."}, "report { id state }").
		shows("reportContent.report.state", "OPEN").str("reportContent.report.id")
}

// mailed returns the subjects of the emails that are due, by their recipients.
func (h *hub) mailed() map[string]string {
	h.t.Helper()
	subjects := map[string]string{}
	for _, m := range h.mails() {
		subjects[m.to] = strings.TrimPrefix(subjects[m.to]+"; "+m.subject, "; ")
	}
	return subjects
}

func (h *hub) address(who *caller) string {
	h.t.Helper()
	return h.text(`select email from people where id = $1`, who.id)
}

func TestAReportLeadsToHidingAndBack(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stranger, author, coordinator := w.roles["stranger"], w.roles["author"], w.coordinator
	w.exec(`update people set language = 'EN'`)
	proposal := w.putProposal("ACCEPTED")
	w.mails()
	report := w.reported(stranger, proposal, "INSULT")
	if again := w.reported(stranger, proposal, "SPAM"); again != report {
		t.Errorf("a second report %s beside %s", again, report)
	}
	w.reported(w.roles["member"], proposal, "OTHER")
	queue := `query($id: ID!) { centre(id: $id) { reports { totalCount nodes { id reason words openReports subjectType subject { ... on Proposal { title } }
		reporter { id } availableActions { action allowed reason } } } } }`
	coordinator.must(queue, vars{"id": w.centre("AUEZOV-1")}).shows("centre.reports.totalCount", 2).
		shows("centre.reports.nodes.0", vars{"id": report, "reason": "INSULT", "words": "Look at this.", "openReports": 2, "subjectType": "PROPOSAL",
			"subject": vars{"title": "Жаңа орындық"}, "reporter": vars{"id": stranger.id},
			"availableActions": []vars{{"action": "ANSWER_REPORT", "allowed": true, "reason": nil}}})
	w.officer.must(`{ reports(first: 1) { totalCount nodes { id centre { code } } pageInfo { hasNextPage } } }`).
		shows("reports", vars{"totalCount": 2, "nodes": []vars{{"id": report, "centre": vars{"code": "AUEZOV-1"}}}, "pageInfo": vars{"hasNextPage": true}})
	if got := w.roles[elsewhere].ask(queue, vars{"id": w.centre("AUEZOV-1")}).code(); got != "FORBIDDEN" {
		t.Errorf("another coordinator: %s", got)
	}
	w.roles[elsewhere].refused("NOT_YOUR_CENTRE", "hideContent", vars{"subjectId": proposal, "reason": "INSULT", "words": "Not ours."})

	decision := coordinator.do("hideContent", vars{"subjectId": proposal, "reason": "INSULT", "words": "It insults the neighbours."}, decisionFields).
		shows("hideContent.decision.history.nodes", []vars{{"verb": "HIDE_CONTENT", "fromState": nil, "toState": "IN_FORCE", "actingAs": "COORDINATOR",
			"reasonCode": "INSULT", "words": "It insults the neighbours.", "by": vars{"id": coordinator.id}}}).str("hideContent.decision.id")
	coordinator.refused("WRONG_STATE", "hideContent", vars{"subjectId": proposal, "reason": "INSULT", "words": "Once more."})
	w.compareMails(map[*caller]string{author: "Something of yours was hidden", stranger: "Your report was looked at", w.roles["member"]: "Your report was looked at"})
	stranger.must(`query($id: ID!) { node(id: $id) { ... on Report { state decision { id } subject { id } history { nodes { verb words } } } } }`, vars{"id": report}).
		shows("node", vars{"state": "UPHELD", "decision": nil, "subject": nil, "history": vars{"nodes": []vars{{"verb": "REPORT_CONTENT", "words": nil}, {"verb": "HIDE_CONTENT", "words": nil}}}})

	for mutation, in := range map[string]vars{"supportProposal": {"id": proposal}, "reportContent": {"subjectId": proposal, "reason": "SPAM"},
		"hideContent": {"subjectId": proposal, "reason": "SPAM", "words": "No, I."}} {
		stranger.refused("NOT_FOUND", mutation, in)
	}
	w.lead.refused("NOT_FOUND", "adoptProposal", vars{"proposalId": proposal, "teamId": w.team})
	w.lead.refused("NOT_FOUND", "appeal", vars{"id": decision, "text": "I am not concerned."})
	author.must(`query($id: ID!) { proposal(id: $id) { title hidden { id reason words appealBy } availableActions { action reason } } viewer { proposals { totalCount }
		decisions { nodes { id } } } }`, vars{"id": proposal}).
		shows("proposal.hidden.id", decision).shows("proposal.hidden.words", "It insults the neighbours.").
		shows("viewer.decisions.nodes", []vars{{"id": decision}}).shows("viewer.proposals.totalCount", 1)
	author.do("appeal", vars{"id": decision, "text": "I like the neighbours."}, decisionFields).shows("appeal.decision.state", "APPEALED")
	author.refused("WRONG_STATE", "appeal", vars{"id": decision, "text": "I do like them."})
	coordinator.refused("OWN_CASE", "answerAppeal", vars{"id": decision, "uphold": true, "words": "I said so."})
	appeals := `{ decisions { totalCount nodes { id appeal } } }`
	w.officer.must(appeals).shows("decisions", vars{"totalCount": 1, "nodes": []vars{{"id": decision, "appeal": "I like the neighbours."}}})
	w.roles["insider"].must(`query($id: ID!) { centre(id: $id) { decisions { totalCount } } }`, vars{"id": w.centre("AUEZOV-1")}).shows("centre.decisions.totalCount", 1)
	w.officer.do("answerAppeal", vars{"id": decision, "uphold": false, "words": "Nobody is insulted."}, decisionFields).
		shows("answerAppeal.decision.state", "OVERTURNED")
	w.officer.must(appeals).shows("decisions.totalCount", 0)
	w.compareMails(map[*caller]string{author: "Your appeal was answered: the decision is reversed"})
	stranger.do("supportProposal", vars{"id": proposal}, "proposal { hidden { id } supportCount }").
		shows("supportProposal.proposal", vars{"hidden": nil, "supportCount": 1})
}

// compareMails checks that each gets one email.
func (w *world) compareMails(want map[*caller]string) {
	w.t.Helper()
	got := w.mailed()
	for who, subject := range want {
		if told, _, _ := strings.Cut(got[w.address(who)], " until "); told != subject { // the time in it is not compared
			w.t.Errorf("%s was mailed %q, want %q", w.address(who), got[w.address(who)], subject)
		}
	}
	if len(got) != len(want) {
		w.t.Errorf("mails %v", got)
	}
}

func TestAReportIsDismissed(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.exec(`update people set language = 'RU'`)
	task := w.putTask("OPEN")
	report := w.reported(w.roles["stranger"], task, "SPAM")
	w.mails()
	w.roles["insider"].refused("NOT_FOUND", "answerReport", vars{"id": report, "uphold": false, "words": "It is my team's."})
	w.roles["insider"].refused("OWN_CASE", "hideContent", vars{"subjectId": task, "reason": "SPAM", "words": "It is my team's."})
	w.lead.refused("NOT_FOUND", "answerReport", vars{"id": report, "uphold": false, "words": "It is mine."})
	w.roles["insider"].must(`query($id: ID!) { centre(id: $id) { reports { totalCount nodes { id } } } }`, vars{"id": w.centre("AUEZOV-1")}).
		shows("centre.reports", vars{"totalCount": 0, "nodes": []vars{}})
	w.coordinator.do("answerReport", vars{"id": report, "uphold": false, "words": "It is a task like others."}, "report { state decidedAt history { nodes { verb toState words } } }").
		shows("answerReport.report.history.nodes.1", vars{"verb": "ANSWER_REPORT", "toState": "DISMISSED", "words": "It is a task like others."})
	w.compareMails(map[*caller]string{w.roles["stranger"]: "Ваша жалоба рассмотрена"})
	w.coordinator.refused("WRONG_STATE", "answerReport", vars{"id": report, "uphold": true, "words": "Or is it?"})
	if again := w.reported(w.roles["stranger"], task, "SPAM"); again == report {
		t.Error("a closed report was opened again")
	}
}

// TestReportsAreBounded: somebody who reports the whole city has to wait.
func TestReportsAreBounded(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 19 {
		w.reported(w.roles["stranger"], w.putProposal("SUBMITTED"), "SPAM")
	}
	first := w.putProposal("SUBMITTED")
	w.reported(w.roles["stranger"], first, "SPAM")
	w.roles["stranger"].refused("TRY_LATER", "reportContent", vars{"subjectId": w.putProposal("SUBMITTED"), "reason": "SPAM"})
	w.reported(w.roles["stranger"], first, "SPAM") // a repetition does not count
	w.reported(w.roles["member"], w.putProposal("SUBMITTED"), "SPAM")
	w.roles["member"].refused("INVALID", "reportContent", vars{"subjectId": first, "reason": "OTHER"})
	w.roles["member"].refused("NOT_FOUND", "reportContent", vars{"subjectId": w.putTask("DRAFT"), "reason": "SPAM"})
}

// TestTwoModeratorsAtOnce hide the same thing: one succeeds.
func TestTwoModeratorsAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 5 {
		proposal := w.putProposal("SUBMITTED")
		w.reported(w.roles["stranger"], proposal, "SPAM")
		both, told := []*caller{w.coordinator, w.officer}, [2]string{}
		atOnce(2, func(i int) {
			told[i] = both[i].patiently("hideContent", vars{"subjectId": proposal, "reason": "SPAM", "words": "Again and again."}, "decision { id }").code()
		})
		if told != [2]string{"", "WRONG_STATE"} && told != [2]string{"WRONG_STATE", ""} {
			t.Errorf("told %q", told)
		}
		if n := w.count(`select count(*) from decisions where subject_id = $1`, proposal); n != 1 {
			t.Errorf("%d decisions", n)
		}
	}
}

// TestWhatBelongsToAHiddenTeam is hidden with it, including what it makes later, and is shown again with it, except what was
// hidden itself.
func TestWhatBelongsToAHiddenTeam(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hide := func(id string) string {
		return w.officer.do("hideContent", vars{"subjectId": id, "reason": "SPAM", "words": "Again and again."}, "decision { id }").str("hideContent.decision.id")
	}
	show := func(id string) {
		w.officer.do("showContent", vars{"id": id, "reason": "It is fixed."}, "decision { state }").shows("showContent.decision.state", "ENDED")
	}
	counts := `query($t: ID!, $n: ID!, $c: ID!) { tasks(filter: {teamId: $t}) { totalCount } centre(id: $c) { teamCount taskCounts { state tasks } } ngo(id: $n) { teams { totalCount } } }`
	compare := func(tasks, teams int) {
		t.Helper()
		a := w.visitor().ask(counts, vars{"t": w.team, "n": w.ngo, "c": w.centre("AUEZOV-1")})
		a.shows("tasks.totalCount", tasks).shows("centre.teamCount", teams)
		open := 0.0
		for _, c := range a.at("centre.taskCounts").([]any) {
			open += c.(vars)["tasks"].(float64)
		}
		if int(open) != tasks {
			t.Errorf("%v tasks counted, want %d", open, tasks)
		}
	}
	spoilt, other := w.putTask("OPEN"), w.putTask("OPEN")
	compare(2, 1)
	own := hide(spoilt)
	compare(1, 1)
	ofTeam := hide(w.team)
	compare(0, 0)
	later := w.lead.do("createTask", vars{"teamId": w.team, "title": "Тағы бір арық", "description": "Қолғап пен су алып келіңіз.",
		"shifts": []vars{w.newShift(3, 48*hour)}}, "task { id hidden { id } }").shows("createTask.task.hidden.id", ofTeam).str("createTask.task.id")
	w.lead.do("openTask", vars{"id": later}, "task { state }")
	compare(0, 0)
	w.roles["stranger"].refused("NOT_FOUND", "requestMembership", vars{"teamId": w.team})
	w.coordinator.refused("WRONG_STATE", "hideContent", vars{"subjectId": other, "reason": "SPAM", "words": "Again and again."})
	ofNgo := hide(w.ngo)
	show(ofTeam)
	compare(0, 0)
	w.lead.must(`query($id: ID!) { task(id: $id) { hidden { id } } }`, vars{"id": other}).shows("task.hidden", nil) // decisions about an NGO are for officers
	w.officer.must(`query($id: ID!) { task(id: $id) { hidden { id } } }`, vars{"id": other}).shows("task.hidden.id", ofNgo)
	show(ofNgo)
	compare(2, 1)
	show(own)
	compare(3, 1)
}

// TestAReportFollowsItsSubject: the centre that is responsible for a proposal now decides about it.
func TestAReportFollowsItsSubject(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proposal := w.putProposal("SUBMITTED")
	report := w.reported(w.roles["stranger"], proposal, "SPAM")
	w.coordinator.do("reassignProposal", vars{"id": proposal, "centreId": w.reply}, "proposal { id }")
	w.coordinator.refused("NOT_FOUND", "answerReport", vars{"id": report, "uphold": false, "words": "Not ours any more."})
	w.officer.must(`query($id: ID!) { centre(id: $id) { reports { nodes { id } } } }`, vars{"id": w.reply}).shows("centre.reports.nodes", []vars{{"id": report}})
}

func TestHidingIsRepeatable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proposal := w.putProposal("ACCEPTED")
	w.roles["stranger"].key, w.coordinator.key = "support", "hide"
	w.roles["stranger"].do("supportProposal", vars{"id": proposal}, "proposal { title }")
	in := vars{"subjectId": proposal, "reason": "SPAM", "words": "Again and again."}
	first := w.coordinator.do("hideContent", in, "decision { id }").str("hideContent.decision.id")
	w.coordinator.do("hideContent", in, "decision { id }").shows("hideContent.decision.id", first)
	if a := w.roles["stranger"].ask(document("supportProposal", "proposal { title }"), vars{"in": vars{"id": proposal}}); a.code() != "NOT_FOUND" {
		t.Errorf("a repetition shows what is hidden: %s", a.rawBody)
	}
}

// TestNobodyReportsTheirOwn: authors, and leads of the owning team, have other means than a report.
func TestNobodyReportsTheirOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	stranger, author := w.roles["stranger"], w.roles["author"]
	own := map[string]struct {
		id string
		of *caller
	}{
		"Proposal": {w.putProposal("SUBMITTED"), author}, "Task": {w.putTask("OPEN"), w.lead}, "Shift": {w.oneMore("OPEN"), w.lead},
		"ProgressUpdate": {w.putUpdate(), w.lead}, "Team": {w.team, w.lead},
	}
	for kind, o := range own {
		told := func(who *caller, want vars) {
			t.Helper()
			actions := who.must(`query($id: ID!) { node(id: $id) { ... on `+kind+` { availableActions { action allowed reason } } } }`, vars{"id": o.id}).
				at("node.availableActions").([]any)
			if !slices.ContainsFunc(actions, func(a any) bool { return reflect.DeepEqual(a, map[string]any(want)) }) {
				t.Errorf("%s: %v, want %v", kind, actions, want)
			}
		}
		told(o.of, vars{"action": "REPORT_CONTENT", "allowed": false, "reason": "OWN_CASE"})
		told(stranger, vars{"action": "REPORT_CONTENT", "allowed": true, "reason": nil})
		o.of.refused("OWN_CASE", "reportContent", vars{"subjectId": o.id, "reason": "SPAM"})
		w.reported(stranger, o.id, "SPAM")
	}
	stranger.refused("OWN_CASE", "reportContent", vars{"subjectId": stranger.id, "reason": "SPAM"})
}
