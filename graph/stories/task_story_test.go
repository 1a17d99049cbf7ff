package stories

import (
	"fmt"
	"strings"
	"testing"

	"jastarhub/internal/grant"
)

func TestTwoPairsOfEyes(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	both := c.granted("Both", "COORDINATOR AUEZOV-1")
	membership := c.join(both, "LEAD")
	task, _ := c.task(3, 48*60*60*1e9)
	c.lead.do("startTask", vars{"id": task}, "task { state }")
	both.do("claimDone", vars{"id": task, "words": "All is clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	both.refused("OWN_TEAM", "verifyTask", vars{"id": task})
	both.refused("OWN_TEAM", "sendBack", vars{"id": task, "reason": "Not clean."})
	// Leaving the team after the claim does not help: it is still the person who claimed it done.
	both.do("leaveTeam", vars{"id": membership}, "membership { state }")
	both.refused("OWN_TEAM", "verifyTask", vars{"id": task})
	// Nor does leading the NGO as well as acting for the centre.
	c.grant(c.ngoLead, grant.Coordinator, "AUEZOV-1")
	c.ngoLead.refused("OWN_TEAM", "verifyTask", vars{"id": task})

	c.coordinator.do("sendBack", vars{"id": task, "reason": "Three bags are left."}, "task { state history(first: 100) { nodes { verb words } } }").
		shows("sendBack.task.state", "IN_PROGRESS").shows("sendBack.task.history.nodes.4", vars{"verb": "SEND_BACK", "words": "Three bags are left."})
	c.lead.do("claimDone", vars{"id": task, "words": "Now it is.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	both.do("verifyTask", vars{"id": task, "words": "Well done."}, "task { state percent }").shows("verifyTask.task.state", "VERIFIED")
	c.lead.refused("WRONG_STATE", "updateTask", vars{"id": task, "title": "Another one"})
}

// TestDraftsAreTheTeamsOwn looks for a draft in every place where a task can be seen.
func TestDraftsAreTheTeamsOwn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	proposal := w.accepted(w.other)
	draft := w.lead.do("adoptProposal", vars{"proposalId": proposal, "teamId": w.team}, "task { id }").str("adoptProposal.task.id")
	w.lead.do("updateTask", vars{"id": draft, "title": "Құпия жоспар"}, "task { title }")
	shift := w.lead.do("addShift", vars{"taskId": draft, "shift": w.newShift(3, 48*60*60*1e9)}, "shift { id }").str("addShift.shift.id")
	open := w.putTask("OPEN")
	const everywhere = `query($draft: ID!, $shift: ID!, $proposal: ID!, $team: ID!, $centre: ID!) {
		node(id: $draft) { id } nodes(ids: [$draft, $shift]) { id } proposal(id: $proposal) { task { id } }
		team(id: $team) { taskCounts { state } tasks { totalCount nodes { id } } }
		centre(id: $centre) { taskCounts { state } } }`
	const lists = `query($team: ID!) {
		all: tasks { totalCount nodes { id } } drafts: tasks(filter: {states: [DRAFT]}) { totalCount nodes { id } }
		some: tasks(filter: {states: [DRAFT, OPEN]}, order: SOONEST) { totalCount nodes { id } }
		found: tasks(filter: {text: "купия", states: [DRAFT]}) { totalCount nodes { id } }
		teams: tasks(filter: {teamId: $team, states: [DRAFT], freeSeats: true}, order: MOST_NEEDED) { totalCount nodes { id } } }`
	for _, role := range []string{"visitor", "stranger", "member", elsewhere, "lead", "ngoLead", "coordinator", "insider", "officer"} {
		sees := !strings.Contains("visitor stranger member elsewhere", role)
		who := w.roles[role]
		a := who.must(everywhere, vars{"draft": draft, "shift": shift, "proposal": proposal, "team": w.team, "centre": w.centre("AUEZOV-1")})
		b := who.must(lists, vars{"team": w.team})
		// What everybody may read reveals drafts to nobody.
		a.shows("team.taskCounts", []vars{{"state": "OPEN"}}).shows("centre.taskCounts", []vars{{"state": "OPEN"}}).
			shows("team.tasks", vars{"totalCount": 1, "nodes": []vars{{"id": open}}})
		b.shows("all", vars{"totalCount": 1, "nodes": []vars{{"id": open}}})
		only := vars{"totalCount": 0, "nodes": []any{}}
		if sees {
			only = vars{"totalCount": 1, "nodes": []vars{{"id": draft}}}
			a.shows("nodes", []vars{{"id": draft}, {"id": shift}}).shows("proposal.task.id", draft)
			b.shows("some.totalCount", 2)
		} else {
			a.shows("node", nil).shows("nodes", []any{nil, nil}).shows("proposal.task", nil)
			b.shows("some.totalCount", 1).shows("some.nodes", []vars{{"id": open}})
		}
		b.shows("drafts", only).shows("found", only).shows("teams", only)
		for root, id := range map[string]string{"task": draft, "shift": shift} {
			one := who.ask(fmt.Sprintf(`query($id: ID!) { %s(id: $id) { id } }`, root), vars{"id": id})
			if want := map[bool]string{true: "", false: "NOT_FOUND"}[sees]; one.code() != want {
				t.Errorf("%s by %s: %q, want %q", root, role, one.code(), want)
			}
		}
		if role != "visitor" && !sees {
			who.refused("NOT_FOUND", "signUp", vars{"shiftId": shift})
		}
	}
}

func TestOpeningNeedsAShiftToCome(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task := w.putTask("DRAFT")
	w.exec(`update shifts set starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour' where task_id = $1`, task)
	w.lead.refused("NO_FUTURE_SHIFT", "openTask", vars{"id": task})
	shift := w.putShift(task, "5 days", 2)
	w.lead.do("cancelShift", vars{"id": shift, "reason": "Wrong day."}, "shift { state }")
	w.lead.refused("NO_FUTURE_SHIFT", "openTask", vars{"id": task})
	w.lead.do("addShift", vars{"taskId": task, "shift": w.newShift(3, 48*60*60*1e9)}, "shift { id }")
	// The worker has not run yet: next_shift_at is still the one that has passed.
	w.lead.do("openTask", vars{"id": task}, "task { state }")
}

func TestTheWorkerStartsATask(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	begun, draft, coming := w.putTask("OPEN"), w.putTask("DRAFT"), w.putTask("OPEN")
	w.exec(`update shifts set starts_at = now() - interval '1 minute', ends_at = now() + interval '1 hour' where task_id in ($1, $2)`, begun, draft)
	w.tick()
	w.tick()
	for id, want := range map[string]string{begun: "IN_PROGRESS", draft: "DRAFT", coming: "OPEN"} {
		w.lead.must(`query($id: ID!) { task(id: $id) { state } }`, vars{"id": id}).shows("task.state", want)
	}
	w.visitor().must(`query($id: ID!) { task(id: $id) { nextShiftAt history { nodes { verb actingAs by { id } } } } }`, vars{"id": begun}).
		shows("task", vars{"nextShiftAt": nil, "history": vars{"nodes": []vars{{"verb": "START_TASK", "actingAs": "HUB", "by": nil}}}})
}

func TestProgressIsForAllToRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task := w.putTask("IN_PROGRESS")
	post := func(in vars) *answer {
		in["taskId"], in["text"] = task, "Жұмыс жүріп жатыр."
		return w.lead.do("postProgress", in, "update { percent results { metric amount } task { percent } author { id } }")
	}
	post(vars{"percent": 40, "results": []vars{{"metric": "TREES", "amount": 12}, {"metric": "BAGS", "amount": 3}}}).
		shows("postProgress.update.task.percent", 40).shows("postProgress.update.author.id", w.lead.id).
		shows("postProgress.update.results", []vars{{"metric": "BAGS", "amount": 3}, {"metric": "TREES", "amount": 12}})
	post(vars{}).shows("postProgress.update.percent", nil).shows("postProgress.update.task.percent", 40)
	post(vars{"percent": 30, "lowerReason": "It rained."}).shows("postProgress.update.task.percent", 30)
	a := w.lead.refused("INVALID", "postProgress", vars{"taskId": task, "text": "Twice.", "results": []vars{{"metric": "BAGS", "amount": 3}, {"metric": "BAGS", "amount": 4}}})
	if a.Errors[0].Extensions.Field != "results.1.metric" {
		t.Errorf("a metric twice: %s", a.rawBody)
	}
	w.visitor().must(`query($id: ID!) { task(id: $id) { updates(first: 2) { totalCount nodes { percent } pageInfo { hasNextPage } } } }`,
		vars{"id": task}).shows("task.updates", vars{"totalCount": 3, "nodes": []vars{{"percent": 30}, {"percent": nil}}, "pageInfo": vars{"hasNextPage": true}})
}

func TestShiftsFromAMomentOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task, other := w.putTask("OPEN"), w.putTask("OPEN")
	over, soon := w.putShift(task, "-26 hours", 2), w.putShift(task, "3 hours", 2)
	coming := w.text(`select id from shifts where task_id = $1 and starts_at > now() + interval '40 hours'`, task)
	const ask = `query($id: ID!, $from: DateTime) { task(id: $id) { shifts(filter: {from: $from}, first: 2) { totalCount nodes { id } pageInfo { hasNextPage } } } }`
	shows := func(from any, total int, more bool, ids ...string) {
		t.Helper()
		nodes := make([]vars, len(ids))
		for i, id := range ids {
			nodes[i] = vars{"id": id}
		}
		w.visitor().must(ask, vars{"id": task, "from": from}).
			shows("task.shifts", vars{"totalCount": total, "nodes": nodes, "pageInfo": vars{"hasNextPage": more}})
	}
	shows(nil, 3, true, over, soon)
	shows(at(0), 2, false, soon, coming)
	shows(w.text(`select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from shifts where id = $1`, coming), 1, false, coming)
	w.visitor().must(`query($ids: [ID!]!, $from: DateTime!) { nodes(ids: $ids) { ... on Task { a: shifts(filter: {from: $from}) { totalCount } b: shifts { totalCount } } } }`,
		vars{"ids": []string{task, other}, "from": at(0)}).
		shows("nodes", []vars{{"a": vars{"totalCount": 2}, "b": vars{"totalCount": 3}}, {"a": vars{"totalCount": 1}, "b": vars{"totalCount": 1}}})
	a := w.visitor().ask(`query($id: ID!, $from: DateTime) { task(id: $id) { shifts(filter: {from: $from}) { nodes { id } } } }`, vars{"id": task, "from": "yesterday"})
	if a.code() != "INVALID" || a.Errors[0].Extensions.Field != "filter.from" {
		t.Errorf("no moment: %s", a.rawBody)
	}
}

func TestWhatWasSentBackSaysWhy(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task, other := w.putTask("IN_PROGRESS"), w.putTask("IN_PROGRESS")
	shows := func(want any) {
		t.Helper()
		w.visitor().must(`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Task { sentBack { words by { id } } } } }`, vars{"ids": []string{task, other}}).
			shows("nodes", []vars{{"sentBack": want}, {"sentBack": nil}})
	}
	shows(nil)
	for _, reason := range []string{"Three bags are left.", "One bag is left."} {
		w.lead.do("claimDone", vars{"id": task, "words": "Clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
		shows(nil)
		w.coordinator.do("sendBack", vars{"id": task, "reason": reason}, "task { state }")
		shows(vars{"words": reason, "by": vars{"id": w.coordinator.id}})
	}
}
