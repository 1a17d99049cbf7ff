// Package task has the stories of tasks, from the draft to the result, and of finding them.
package task

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

func TestTwoPairsOfEyes(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	both := c.Granted("Both", "COORDINATOR AUEZOV-1")
	membership := c.Join(both, "LEAD")
	task, _ := c.Task(3, 48*60*60*1e9)
	c.Lead.Do("startTask", hub.Vars{"id": task}, "task { state }")
	both.Do("claimDone", hub.Vars{"id": task, "words": "All is clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	both.Refused("OWN_TEAM", "verifyTask", hub.Vars{"id": task})
	both.Refused("OWN_TEAM", "sendBack", hub.Vars{"id": task, "reason": "Not clean."})
	// Leaving the team after the claim does not help: it is still the person who claimed it done.
	both.Do("leaveTeam", hub.Vars{"id": membership}, "membership { state }")
	both.Refused("OWN_TEAM", "verifyTask", hub.Vars{"id": task})
	// Nor does leading the NGO as well as acting for the centre.
	c.Grant(c.NgoLead, grant.Coordinator, "AUEZOV-1")
	c.NgoLead.Refused("OWN_TEAM", "verifyTask", hub.Vars{"id": task})

	c.Coordinator.Do("sendBack", hub.Vars{"id": task, "reason": "Three bags are left."}, "task { state history(first: 100) { nodes { verb words } } }").
		Shows("sendBack.task.state", "IN_PROGRESS").Shows("sendBack.task.history.nodes.4", hub.Vars{"verb": "SEND_BACK", "words": "Three bags are left."})
	c.Lead.Do("claimDone", hub.Vars{"id": task, "words": "Now it is.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	both.Do("verifyTask", hub.Vars{"id": task, "words": "Well done."}, "task { state percent }").Shows("verifyTask.task.state", "VERIFIED")
	c.Lead.Refused("WRONG_STATE", "updateTask", hub.Vars{"id": task, "title": "Another one"})
}

// TestDraftsAreTheTeamsOwn looks for a draft in every place where a task can be seen.
func TestDraftsAreTheTeamsOwn(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	proposal := w.Accepted(w.Other)
	draft := w.Lead.Do("adoptProposal", hub.Vars{"proposalId": proposal, "teamId": w.Team}, "task { id }").Str("adoptProposal.task.id")
	w.Lead.Do("updateTask", hub.Vars{"id": draft, "title": "Құпия жоспар"}, "task { title }")
	shift := w.Lead.Do("addShift", hub.Vars{"taskId": draft, "shift": w.NewShift(3, 48*60*60*1e9)}, "shift { id }").Str("addShift.shift.id")
	open := w.PutTask("OPEN")
	const everywhere = `query($draft: ID!, $shift: ID!, $proposal: ID!, $team: ID!, $centre: ID!) {
		node(id: $draft) { id } nodes(ids: [$draft, $shift]) { id } proposal(id: $proposal) { task { id } }
		team(id: $team) { taskCounts { state } tasks { totalCount nodes { id } } }
		centre(id: $centre) { taskCounts { state } } }`
	const lists = `query($team: ID!) {
		all: tasks { totalCount nodes { id } } drafts: tasks(filter: {states: [DRAFT]}) { totalCount nodes { id } }
		some: tasks(filter: {states: [DRAFT, OPEN]}, order: SOONEST) { totalCount nodes { id } }
		found: tasks(filter: {text: "купия", states: [DRAFT]}) { totalCount nodes { id } }
		teams: tasks(filter: {teamId: $team, states: [DRAFT], freeSeats: true}, order: MOST_NEEDED) { totalCount nodes { id } } }`
	for _, role := range []string{"visitor", "stranger", "member", hub.Elsewhere, "lead", "ngoLead", "coordinator", "insider", "officer"} {
		sees := !strings.Contains("visitor stranger member elsewhere", role)
		who := w.Roles[role]
		a := who.Must(everywhere, hub.Vars{"draft": draft, "shift": shift, "proposal": proposal, "team": w.Team, "centre": w.Centre("AUEZOV-1")})
		b := who.Must(lists, hub.Vars{"team": w.Team})
		// What everybody may read reveals drafts to nobody.
		a.Shows("team.taskCounts", []hub.Vars{{"state": "OPEN"}}).Shows("centre.taskCounts", []hub.Vars{{"state": "OPEN"}}).
			Shows("team.tasks", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": open}}})
		b.Shows("all", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": open}}})
		only := hub.Vars{"totalCount": 0, "nodes": []any{}}
		if sees {
			only = hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": draft}}}
			a.Shows("nodes", []hub.Vars{{"id": draft}, {"id": shift}}).Shows("proposal.task.id", draft)
			b.Shows("some.totalCount", 2)
		} else {
			a.Shows("node", nil).Shows("nodes", []any{nil, nil}).Shows("proposal.task", nil)
			b.Shows("some.totalCount", 1).Shows("some.nodes", []hub.Vars{{"id": open}})
		}
		b.Shows("drafts", only).Shows("found", only).Shows("teams", only)
		for root, id := range map[string]string{"task": draft, "shift": shift} {
			one := who.Ask(fmt.Sprintf(`query($id: ID!) { %s(id: $id) { id } }`, root), hub.Vars{"id": id})
			if want := map[bool]string{true: "", false: "NOT_FOUND"}[sees]; one.Code() != want {
				t.Errorf("%s by %s: %q, want %q", root, role, one.Code(), want)
			}
		}
		if role != "visitor" && !sees {
			who.Refused("NOT_FOUND", "signUp", hub.Vars{"shiftId": shift})
		}
	}
}

func TestOpeningNeedsAShiftToCome(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task := w.PutTask("DRAFT")
	w.Pass(51 * time.Hour)
	w.Lead.Refused("NO_FUTURE_SHIFT", "openTask", hub.Vars{"id": task})
	shift := w.PutShift(task, "5 days", 2)
	w.Lead.Do("cancelShift", hub.Vars{"id": shift, "reason": "Wrong day."}, "shift { state }")
	w.Lead.Refused("NO_FUTURE_SHIFT", "openTask", hub.Vars{"id": task})
	w.Lead.Do("addShift", hub.Vars{"taskId": task, "shift": w.NewShift(3, 48*60*60*1e9)}, "shift { id }")
	// The worker has not run yet: next_shift_at is still the one that has passed.
	w.Lead.Do("openTask", hub.Vars{"id": task}, "task { state }")
}

func TestTheWorkerStartsATask(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	begun, draft := w.PutTask("OPEN"), w.PutTask("DRAFT")
	w.Pass(48*time.Hour + time.Minute)
	coming := w.PutTask("OPEN")
	w.Tick()
	w.Tick()
	for id, want := range map[string]string{begun: "IN_PROGRESS", draft: "DRAFT", coming: "OPEN"} {
		w.Lead.Must(`query($id: ID!) { task(id: $id) { state } }`, hub.Vars{"id": id}).Shows("task.state", want)
	}
	w.Visitor().Must(`query($id: ID!) { task(id: $id) { nextShiftAt history { nodes { verb actingAs by { id } } } } }`, hub.Vars{"id": begun}).
		Shows("task", hub.Vars{"nextShiftAt": nil, "history": hub.Vars{"nodes": []hub.Vars{{"verb": "START_TASK", "actingAs": "HUB", "by": nil}}}})
}

func TestProgressIsForAllToRead(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task := w.PutTask("IN_PROGRESS")
	post := func(in hub.Vars) *hub.Answer {
		in["taskId"], in["text"] = task, "Жұмыс жүріп жатыр."
		return w.Lead.Do("postProgress", in, "update { percent results { metric amount } task { percent } author { id } }")
	}
	post(hub.Vars{"percent": 40, "results": []hub.Vars{{"metric": "TREES", "amount": 12}, {"metric": "BAGS", "amount": 3}}}).
		Shows("postProgress.update.task.percent", 40).Shows("postProgress.update.author.id", w.Lead.ID).
		Shows("postProgress.update.results", []hub.Vars{{"metric": "BAGS", "amount": 3}, {"metric": "TREES", "amount": 12}})
	post(hub.Vars{}).Shows("postProgress.update.percent", nil).Shows("postProgress.update.task.percent", 40)
	post(hub.Vars{"percent": 30, "lowerReason": "It rained."}).Shows("postProgress.update.task.percent", 30)
	a := w.Lead.Refused("INVALID", "postProgress", hub.Vars{"taskId": task, "text": "Twice.", "results": []hub.Vars{{"metric": "BAGS", "amount": 3}, {"metric": "BAGS", "amount": 4}}})
	if a.Errors[0].Extensions.Field != "results.1.metric" {
		t.Errorf("a metric twice: %s", a.RawBody)
	}
	w.Visitor().Must(`query($id: ID!) { task(id: $id) { updates(first: 2) { totalCount nodes { percent } pageInfo { hasNextPage } } } }`,
		hub.Vars{"id": task}).Shows("task.updates", hub.Vars{"totalCount": 3, "nodes": []hub.Vars{{"percent": 30}, {"percent": nil}}, "pageInfo": hub.Vars{"hasNextPage": true}})
}

func TestShiftsFromAMomentOn(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task, other := w.PutTask("OPEN"), w.PutTask("OPEN")
	over, soon := w.PutShift(task, "-26 hours", 2), w.PutShift(task, "3 hours", 2)
	coming := w.Text(`select id from shifts where task_id = $1 and starts_at > now() + interval '40 hours'`, task)
	const ask = `query($id: ID!, $from: DateTime) { task(id: $id) { shifts(filter: {from: $from}, first: 2) { totalCount nodes { id } pageInfo { hasNextPage } } } }`
	shows := func(from any, total int, more bool, ids ...string) {
		t.Helper()
		nodes := make([]hub.Vars, len(ids))
		for i, id := range ids {
			nodes[i] = hub.Vars{"id": id}
		}
		w.Visitor().Must(ask, hub.Vars{"id": task, "from": from}).
			Shows("task.shifts", hub.Vars{"totalCount": total, "nodes": nodes, "pageInfo": hub.Vars{"hasNextPage": more}})
	}
	shows(nil, 3, true, over, soon)
	shows(w.In(0), 2, false, soon, coming)
	shows(w.Text(`select to_char(starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') from shifts where id = $1`, coming), 1, false, coming)
	w.Visitor().Must(`query($ids: [ID!]!, $from: DateTime!) { nodes(ids: $ids) { ... on Task { a: shifts(filter: {from: $from}) { totalCount } b: shifts { totalCount } } } }`,
		hub.Vars{"ids": []string{task, other}, "from": w.In(0)}).
		Shows("nodes", []hub.Vars{{"a": hub.Vars{"totalCount": 2}, "b": hub.Vars{"totalCount": 3}}, {"a": hub.Vars{"totalCount": 1}, "b": hub.Vars{"totalCount": 1}}})
	a := w.Visitor().Ask(`query($id: ID!, $from: DateTime) { task(id: $id) { shifts(filter: {from: $from}) { nodes { id } } } }`, hub.Vars{"id": task, "from": "yesterday"})
	if a.Code() != "INVALID" || a.Errors[0].Extensions.Field != "filter.from" {
		t.Errorf("no moment: %s", a.RawBody)
	}
}

func TestWhatWasSentBackSaysWhy(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task, other := w.PutTask("IN_PROGRESS"), w.PutTask("IN_PROGRESS")
	shows := func(want any) {
		t.Helper()
		w.Visitor().Must(`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Task { sentBack { words by { id } } } } }`, hub.Vars{"ids": []string{task, other}}).
			Shows("nodes", []hub.Vars{{"sentBack": want}, {"sentBack": nil}})
	}
	shows(nil)
	for _, reason := range []string{"Three bags are left.", "One bag is left."} {
		w.Lead.Do("claimDone", hub.Vars{"id": task, "words": "Clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
		shows(nil)
		w.Coordinator.Do("sendBack", hub.Vars{"id": task, "reason": reason}, "task { state }")
		shows(hub.Vars{"words": reason, "by": hub.Vars{"id": w.Coordinator.ID}})
	}
}
