package stories

import (
	"fmt"
	"testing"
	"time"
)

// totals compares the results of team, centre, district and city in the year.
func (c *city) totals(year any, want ...vars) {
	c.t.Helper()
	if want == nil {
		want = []vars{}
	}
	a := c.visitor().must(`query($team: ID!, $centre: ID!, $district: ID!, $year: Int) {
		team(id: $team) { results(year: $year) { metric unit amount tasks } } centre(id: $centre) { results(year: $year) { metric unit amount tasks } }
		node(id: $district) { ... on District { results(year: $year) { metric unit amount tasks } } } results(year: $year) { metric unit amount tasks } }`,
		vars{"team": c.team, "centre": c.centre("AUEZOV-1"), "district": c.district("AUEZOV"), "year": year})
	for _, path := range []string{"team.results", "centre.results", "node.results", "results"} {
		a.shows(path, want)
	}
}

func bags(amount, tasks int) vars {
	return vars{"metric": "BAGS", "unit": "PIECE", "amount": amount, "tasks": tasks}
}

func TestResultsAddUp(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	year := time.Now().Add(5 * time.Hour).UTC().Year()
	c.totals(nil)
	_, first := c.closed(c.other)
	helped := vars{"metric": "PEOPLE_HELPED", "unit": "PERSON", "amount": 4, "tasks": 1}
	c.totals(nil, bags(12, 1), helped)
	c.totals(year, bags(12, 1), helped)
	c.totals(year - 1)
	_, second := c.adoptedBy(c.other)
	c.claimed(second, "BAGS", 30)
	c.totals(nil, bags(12, 1), helped) // claimed is not verified
	c.coordinator.do("sendBack", vars{"id": second, "reason": "Bags are left."}, "task { claim { words } verifiedAt }").
		shows("sendBack.task", vars{"claim": nil, "verifiedAt": nil})
	c.claimed(second, "BAGS", 20)
	c.coordinator.do("verifyTask", vars{"id": second}, "task { claim { words noPhotoReason results { metric unit amount } } }").
		shows("verifyTask.task.claim", vars{"words": "Алаң таза.", "noPhotoReason": "No camera.", "results": []vars{{"metric": "BAGS", "unit": "PIECE", "amount": 20}}})
	c.totals(nil, bags(32, 2), helped)
	hide := c.coordinator.do("hideContent", vars{"subjectId": first, "reason": "SPAM", "words": "Again and again."}, "decision { id }").str("hideContent.decision.id")
	c.totals(nil, bags(20, 1))
	c.coordinator.do("showContent", vars{"id": hide, "reason": "A mistake."}, "decision { id }")
	c.totals(nil, bags(32, 2), helped)
	c.other.do("disputeResult", vars{"id": first, "reason": "The bags are still there."}, "task { state }")
	c.totals(year, bags(20, 1))
	c.claimed(first, "BAGS", 5)
	c.coordinator.do("verifyTask", vars{"id": first}, "task { id }")
	c.totals(year, bags(25, 2))
	for _, wrong := range []int{1999, 2101, -1} {
		for _, query := range []string{`{ results(year: %d) { amount } }`, `{ districts { results(year: %d) { amount } } }`} {
			if a := c.visitor().ask(fmt.Sprintf(query, wrong)); a.code() != "INVALID" || a.Errors[0].Extensions.Field != "year" {
				t.Errorf("%d: %s", wrong, a.rawBody)
			}
		}
	}
}

func TestAClaimSaysWhatAndShows(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, task := c.adoptedBy(c.other)
	claim := func(more vars) vars {
		in := vars{"id": task, "words": "All clean.", "cancelShifts": true}
		for name, value := range more {
			in[name] = value
		}
		return in
	}
	c.lead.refused("PHOTO_MISSING", "claimDone", claim(nil))
	for field, in := range map[string]vars{
		"noPhotoReason":    {"noPhotoReason": "  "},
		"results.0.amount": {"results": []any{vars{"metric": "BAGS", "amount": -3}}},
		"results.1.metric": {"results": []any{vars{"metric": "BAGS", "amount": 3}, vars{"metric": "BAGS", "amount": 4}}},
		"results.0.unit":   {"results": []any{vars{"metric": "KILOGRAMS", "amount": 3, "unit": "SQUARE_METRE"}}},
	} {
		a := c.lead.ask(document("claimDone", "__typename"), vars{"in": claim(in)})
		if a.code() != "INVALID" || a.Errors[0].Extensions.Field != field {
			t.Errorf("%s: %s", field, a.rawBody)
		}
	}
	if n := c.count(`select count(*) from task_claims`); n != 0 {
		t.Errorf("%d claims", n)
	}
}

func TestLoweringAPercentNeedsAReason(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	_, task := c.adoptedBy(c.other)
	post := func(percent int, reason any) vars {
		return vars{"taskId": task, "text": "So far.", "percent": percent, "lowerReason": reason}
	}
	const update = "update { lowerReason task { percent } }"
	c.lead.do("postProgress", post(60, "Nothing is lowered."), update).shows("postProgress.update", vars{"lowerReason": nil, "task": vars{"percent": 60}})
	c.lead.refused("REASON_MISSING", "postProgress", post(40, nil))
	c.lead.do("postProgress", post(60, nil), update)
	c.lead.do("postProgress", post(40, "The rain undid it."), update).
		shows("postProgress.update", vars{"lowerReason": "The rain undid it.", "task": vars{"percent": 40}})
}

// TestWhoProposedMayDispute reads the whole path on the trail, which names nobody.
func TestWhoProposedMayDispute(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	proposal, task := c.closed(c.other)
	dispute := vars{"id": task, "reason": "The bags are still there."}
	c.volunteer.refused("NOT_YOURS", "disputeResult", dispute)
	c.lead.refused("NOT_YOURS", "disputeResult", dispute)
	c.exec(`update tasks set verified_at = now() - interval '14 days 1 second' where id = $1`, task)
	c.other.refused("TOO_LATE", "disputeResult", dispute)
	c.exec(`update tasks set verified_at = now() - interval '13 days 23 hours' where id = $1`, task)
	c.other.do("disputeResult", dispute, "task { state verifiedAt claim { words } sentBack { verb words } }").
		shows("disputeResult.task", vars{"state": "IN_PROGRESS", "verifiedAt": nil, "claim": nil,
			"sentBack": vars{"verb": "DISPUTE_RESULT", "words": "The bags are still there."}})
	c.other.refused("WRONG_STATE", "disputeResult", dispute)
	a := c.visitor().must(`query($id: ID!) { proposal(id: $id) { trail(first: 4) { totalCount pageInfo { endCursor } } } }`, vars{"id": proposal}).
		shows("proposal.trail.totalCount", 9)
	step := func(verb, to, as string, words any, next string, at any) vars {
		return vars{"verb": verb, "toState": to, "actingAs": as, "words": words, "next": next, "task": at}
	}
	at := vars{"id": task}
	c.visitor().must(`query($id: ID!, $after: String) { proposal(id: $id) { all: trail(first: 4) { nodes { verb toState actingAs words next task { id } } }
		rest: trail(after: $after) { nodes { verb toState actingAs words next task { id } } } } }`,
		vars{"id": proposal, "after": a.str("proposal.trail.pageInfo.endCursor")}).
		shows("proposal.all.nodes", []vars{
			step("SUBMIT_PROPOSAL", "SUBMITTED", "AUTHOR", nil, "CENTRE_REACTS", nil),
			step("REVIEW_PROPOSAL", "IN_REVIEW", "COORDINATOR", nil, "CENTRE_DECIDES", nil),
			step("ACCEPT_PROPOSAL", "ACCEPTED", "COORDINATOR", nil, "TEAM_ADOPTS", nil),
			step("ADOPT_PROPOSAL", "ACCEPTED", "LEAD", nil, "TEAM_OPENS", nil)}).
		shows("proposal.rest.nodes", []vars{
			step("OPEN_TASK", "OPEN", "LEAD", nil, "WORK_BEGINS", at),
			step("START_TASK", "IN_PROGRESS", "LEAD", nil, "TEAM_FINISHES", at),
			step("CLAIM_DONE", "CLAIMED_DONE", "LEAD", "Алаң таза.", "CENTRE_VERIFIES", at),
			step("VERIFY_TASK", "VERIFIED", "COORDINATOR", "Well done.", "AUTHOR_MAY_DISPUTE", at),
			step("DISPUTE_RESULT", "IN_PROGRESS", "AUTHOR", "The bags are still there.", "TEAM_FINISHES", at)})
}

// TestTheTrailSaysByWhen reads the last step; earlier steps have no deadline any more.
func TestTheTrailSaysByWhen(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	const query = `query($id: ID!) { proposal(id: $id) { reactBy decideBy trail { nodes { nextBy } } } }`
	by := func(id string, steps int) any {
		t.Helper()
		a := c.visitor().must(query, vars{"id": id})
		nodes := a.at("proposal.trail.nodes").([]any)
		if len(nodes) != steps {
			t.Fatalf("%d steps: %s", len(nodes), a.rawBody)
		}
		for _, node := range nodes[:steps-1] {
			if node.(vars)["nextBy"] != nil {
				t.Errorf("an earlier step is due: %s", a.rawBody)
			}
		}
		switch nodes[steps-1].(vars)["nextBy"] {
		case nil:
			return nil
		case a.at("proposal.reactBy"):
			return "reactBy"
		case a.at("proposal.decideBy"):
			return "decideBy"
		}
		return nodes[steps-1].(vars)["nextBy"]
	}
	id := c.propose(c.other)
	if got := by(id, 1); got != "reactBy" {
		t.Errorf("handed in, due %v", got)
	}
	c.coordinator.do("reviewProposal", vars{"id": id}, "proposal { id }")
	if got := by(id, 2); got != "decideBy" {
		t.Errorf("in review, due %v", got)
	}
	closed, task := c.closed(c.other)
	until := c.text(`select to_char(verified_at + interval '14 days', 'YYYY-MM-DD') from tasks where id = $1`, task)
	if got, _ := by(closed, 8).(string); len(got) < 10 || got[:10] != until {
		t.Errorf("verified, may be disputed until %v, want %s", got, until)
	}
}
