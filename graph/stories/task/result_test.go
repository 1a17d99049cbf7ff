package task

import (
	"fmt"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// totals compares the results of team, centre, district and city in the year.
func totals(c *hub.City, year any, want ...hub.Vars) {
	c.T.Helper()
	if want == nil {
		want = []hub.Vars{}
	}
	a := c.Visitor().Must(`query($team: ID!, $centre: ID!, $district: ID!, $year: Int) {
		team(id: $team) { results(year: $year) { metric unit amount tasks } } centre(id: $centre) { results(year: $year) { metric unit amount tasks } }
		node(id: $district) { ... on District { results(year: $year) { metric unit amount tasks } } } results(year: $year) { metric unit amount tasks } }`,
		hub.Vars{"team": c.Team, "centre": c.Centre("AUEZOV-1"), "district": c.District("AUEZOV"), "year": year})
	for _, path := range []string{"team.results", "centre.results", "node.results", "results"} {
		a.Shows(path, want)
	}
}

func bags(amount, tasks int) hub.Vars {
	return hub.Vars{"metric": "BAGS", "unit": "PIECE", "amount": amount, "tasks": tasks}
}

func TestResultsAddUp(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	year := c.Present().Add(5 * time.Hour).UTC().Year()
	totals(c, nil)
	_, first := c.Closed(c.Other)
	helped := hub.Vars{"metric": "PEOPLE_HELPED", "unit": "PERSON", "amount": 4, "tasks": 1}
	totals(c, nil, bags(12, 1), helped)
	totals(c, year, bags(12, 1), helped)
	totals(c, year-1)
	_, second := c.AdoptedBy(c.Other)
	c.Claimed(second, "BAGS", 30)
	totals(c, nil, bags(12, 1), helped) // claimed is not verified
	c.Coordinator.Do("sendBack", hub.Vars{"id": second, "reason": "Bags are left."}, "task { claim { words } verifiedAt }").
		Shows("sendBack.task", hub.Vars{"claim": nil, "verifiedAt": nil})
	c.Claimed(second, "BAGS", 20)
	c.Coordinator.Do("verifyTask", hub.Vars{"id": second}, "task { claim { words noPhotoReason results { metric unit amount } } }").
		Shows("verifyTask.task.claim", hub.Vars{"words": "Алаң таза.", "noPhotoReason": "No camera.", "results": []hub.Vars{{"metric": "BAGS", "unit": "PIECE", "amount": 20}}})
	totals(c, nil, bags(32, 2), helped)
	hide := c.Coordinator.Do("hideContent", hub.Vars{"subjectId": first, "reason": "SPAM", "words": "Again and again."}, "decision { id }").Str("hideContent.decision.id")
	totals(c, nil, bags(20, 1))
	c.Coordinator.Do("showContent", hub.Vars{"id": hide, "reason": "A mistake."}, "decision { id }")
	totals(c, nil, bags(32, 2), helped)
	c.Other.Do("disputeResult", hub.Vars{"id": first, "reason": "The bags are still there."}, "task { state }")
	totals(c, year, bags(20, 1))
	c.Claimed(first, "BAGS", 5)
	c.Coordinator.Do("verifyTask", hub.Vars{"id": first}, "task { id }")
	totals(c, year, bags(25, 2))
	for _, wrong := range []int{1999, 2101, -1} {
		for _, query := range []string{`{ results(year: %d) { amount } }`, `{ districts { results(year: %d) { amount } } }`} {
			if a := c.Visitor().Ask(fmt.Sprintf(query, wrong)); a.Code() != "INVALID" || a.Errors[0].Extensions.Field != "year" {
				t.Errorf("%d: %s", wrong, a.RawBody)
			}
		}
	}
}

func TestAClaimSaysWhatAndShows(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, task := c.AdoptedBy(c.Other)
	claim := func(more hub.Vars) hub.Vars {
		in := hub.Vars{"id": task, "words": "All clean.", "cancelShifts": true}
		for name, value := range more {
			in[name] = value
		}
		return in
	}
	c.Lead.Refused("PHOTO_MISSING", "claimDone", claim(nil))
	for field, in := range map[string]hub.Vars{
		"noPhotoReason":    {"noPhotoReason": "  "},
		"results.0.amount": {"results": []any{hub.Vars{"metric": "BAGS", "amount": -3}}},
		"results.1.metric": {"results": []any{hub.Vars{"metric": "BAGS", "amount": 3}, hub.Vars{"metric": "BAGS", "amount": 4}}},
		"results.0.unit":   {"results": []any{hub.Vars{"metric": "KILOGRAMS", "amount": 3, "unit": "SQUARE_METRE"}}},
	} {
		a := c.Lead.Ask(hub.Document("claimDone", "__typename"), hub.Vars{"in": claim(in)})
		if a.Code() != "INVALID" || a.Errors[0].Extensions.Field != field {
			t.Errorf("%s: %s", field, a.RawBody)
		}
	}
	if n := c.Count(`select count(*) from task_claims`); n != 0 {
		t.Errorf("%d claims", n)
	}
}

func TestLoweringAPercentNeedsAReason(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	_, task := c.AdoptedBy(c.Other)
	post := func(percent int, reason any) hub.Vars {
		return hub.Vars{"taskId": task, "text": "So far.", "percent": percent, "lowerReason": reason}
	}
	const update = "update { lowerReason task { percent } }"
	c.Lead.Do("postProgress", post(60, "Nothing is lowered."), update).Shows("postProgress.update", hub.Vars{"lowerReason": nil, "task": hub.Vars{"percent": 60}})
	c.Lead.Refused("REASON_MISSING", "postProgress", post(40, nil))
	c.Lead.Do("postProgress", post(60, nil), update)
	c.Lead.Do("postProgress", post(40, "The rain undid it."), update).
		Shows("postProgress.update", hub.Vars{"lowerReason": "The rain undid it.", "task": hub.Vars{"percent": 40}})
}

// TestWhoProposedMayDispute reads the whole path on the trail, which names nobody.
func TestWhoProposedMayDispute(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	proposal, task := c.Closed(c.Other)
	dispute := hub.Vars{"id": task, "reason": "The bags are still there."}
	c.Volunteer.Refused("NOT_YOURS", "disputeResult", dispute)
	c.Lead.Refused("NOT_YOURS", "disputeResult", dispute)
	verified := c.Present()
	c.At(verified.Add(14*24*time.Hour + time.Second))
	c.Other.Refused("TOO_LATE", "disputeResult", dispute)
	c.At(verified.Add(14*24*time.Hour - time.Hour))
	c.Other.Do("disputeResult", dispute, "task { state verifiedAt claim { words } sentBack { verb words } }").
		Shows("disputeResult.task", hub.Vars{"state": "IN_PROGRESS", "verifiedAt": nil, "claim": nil,
			"sentBack": hub.Vars{"verb": "DISPUTE_RESULT", "words": "The bags are still there."}})
	c.Other.Refused("WRONG_STATE", "disputeResult", dispute)
	a := c.Visitor().Must(`query($id: ID!) { proposal(id: $id) { trail(first: 4) { totalCount pageInfo { endCursor } } } }`, hub.Vars{"id": proposal}).
		Shows("proposal.trail.totalCount", 9)
	step := func(verb, to, as string, words any, next string, at any) hub.Vars {
		return hub.Vars{"verb": verb, "toState": to, "actingAs": as, "words": words, "next": next, "task": at}
	}
	at := hub.Vars{"id": task}
	c.Visitor().Must(`query($id: ID!, $after: String) { proposal(id: $id) { all: trail(first: 4) { nodes { verb toState actingAs words next task { id } } }
		rest: trail(after: $after) { nodes { verb toState actingAs words next task { id } } } } }`,
		hub.Vars{"id": proposal, "after": a.Str("proposal.trail.pageInfo.endCursor")}).
		Shows("proposal.all.nodes", []hub.Vars{
			step("SUBMIT_PROPOSAL", "SUBMITTED", "AUTHOR", nil, "CENTRE_REACTS", nil),
			step("REVIEW_PROPOSAL", "IN_REVIEW", "COORDINATOR", nil, "CENTRE_DECIDES", nil),
			step("ACCEPT_PROPOSAL", "ACCEPTED", "COORDINATOR", nil, "TEAM_ADOPTS", nil),
			step("ADOPT_PROPOSAL", "ACCEPTED", "LEAD", nil, "TEAM_OPENS", nil)}).
		Shows("proposal.rest.nodes", []hub.Vars{
			step("OPEN_TASK", "OPEN", "LEAD", nil, "WORK_BEGINS", at),
			step("START_TASK", "IN_PROGRESS", "LEAD", nil, "TEAM_FINISHES", at),
			step("CLAIM_DONE", "CLAIMED_DONE", "LEAD", "Алаң таза.", "CENTRE_VERIFIES", at),
			step("VERIFY_TASK", "VERIFIED", "COORDINATOR", "Well done.", "AUTHOR_MAY_DISPUTE", at),
			step("DISPUTE_RESULT", "IN_PROGRESS", "AUTHOR", "The bags are still there.", "TEAM_FINISHES", at)})
}

// TestTheTrailSaysByWhen reads the last step; earlier steps have no deadline any more.
func TestTheTrailSaysByWhen(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	const query = `query($id: ID!) { proposal(id: $id) { reactBy decideBy trail { nodes { nextBy } } } }`
	by := func(id string, steps int) any {
		t.Helper()
		a := c.Visitor().Must(query, hub.Vars{"id": id})
		nodes := a.At("proposal.trail.nodes").([]any)
		if len(nodes) != steps {
			t.Fatalf("%d steps: %s", len(nodes), a.RawBody)
		}
		for _, node := range nodes[:steps-1] {
			if node.(hub.Vars)["nextBy"] != nil {
				t.Errorf("an earlier step is due: %s", a.RawBody)
			}
		}
		switch nodes[steps-1].(hub.Vars)["nextBy"] {
		case nil:
			return nil
		case a.At("proposal.reactBy"):
			return "reactBy"
		case a.At("proposal.decideBy"):
			return "decideBy"
		}
		return nodes[steps-1].(hub.Vars)["nextBy"]
	}
	id := c.Propose(c.Other)
	if got := by(id, 1); got != "reactBy" {
		t.Errorf("handed in, due %v", got)
	}
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": id}, "proposal { id }")
	if got := by(id, 2); got != "decideBy" {
		t.Errorf("in review, due %v", got)
	}
	closed, task := c.Closed(c.Other)
	until := c.Text(`select to_char(verified_at + interval '14 days', 'YYYY-MM-DD') from tasks where id = $1`, task)
	if got, _ := by(closed, 8).(string); len(got) < 10 || got[:10] != until {
		t.Errorf("verified, may be disputed until %v, want %s", got, until)
	}
}
