// Package proposal has the stories of proposals.
package proposal

import (
	"sync"
	"testing"

	"jastarhub/graph/stories/hub"
)

func TestQuestionAndAnswer(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	id := c.Propose(c.Other)
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": id}, "proposal { id }")
	c.Coordinator.Do("askForInfo", hub.Vars{"id": id, "question": "  Which of the two yards?  "}, "proposal { state question }").
		Shows("askForInfo.proposal", hub.Vars{"state": "NEEDS_INFO", "question": "Which of the two yards?"})
	c.Coordinator.Refused("WRONG_STATE", "acceptProposal", hub.Vars{"id": id})
	c.Volunteer.Refused("NOT_YOURS", "answerInfo", hub.Vars{"id": id, "answer": "Both."})
	c.Other.Do("answerInfo", hub.Vars{"id": id, "answer": "The eastern one."}, "proposal { state question }").
		Shows("answerInfo.proposal", hub.Vars{"state": "IN_REVIEW", "question": nil})
	c.Visitor().Must(`query($id: ID!) { proposal(id: $id) { history { nodes { verb words actingAs } } } }`, hub.Vars{"id": id}).
		Shows("proposal.history.nodes", []hub.Vars{
			{"verb": "SUBMIT_PROPOSAL", "words": nil, "actingAs": "AUTHOR"},
			{"verb": "REVIEW_PROPOSAL", "words": nil, "actingAs": "COORDINATOR"},
			{"verb": "ASK_FOR_INFO", "words": "Which of the two yards?", "actingAs": "COORDINATOR"},
			{"verb": "ANSWER_INFO", "words": "The eastern one.", "actingAs": "AUTHOR"},
		})
}

func TestDeclineCarriesCodeAndWords(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	id := c.Propose(c.Other)
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": id}, "proposal { id }")
	for _, in := range []hub.Vars{{"words": "There is no money this year."}, {"reason": "NO_MEANS"}, {"reason": "NO_MEANS", "words": "no money"},
		{"reason": "NEVER", "words": "There is no money this year."}, {"reason": "NO_MEANS", "words": " \n         "}} {
		in["id"] = id
		c.Coordinator.Refused("INVALID", "declineProposal", in)
	}
	c.Coordinator.Do("declineProposal", hub.Vars{"id": id, "reason": "NO_MEANS", "words": "There is no money this year."}, "proposal { id }")
	c.Other.Must(`query($id: ID!) { proposal(id: $id) { state declineReason declineWords
		history(first: 100) { nodes { verb reasonCode words } } } }`, hub.Vars{"id": id}).
		Shows("proposal.declineReason", "NO_MEANS").Shows("proposal.declineWords", "There is no money this year.").
		Shows("proposal.history.nodes.2", hub.Vars{"verb": "DECLINE_PROPOSAL", "reasonCode": "NO_MEANS", "words": "There is no money this year."})
}

func TestWhoAnswersForAProposal(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	submit := func(in hub.Vars) hub.Vars {
		in["title"], in["text"] = "Жаңа орындық", "Саябаққа орындық керек."
		return in
	}
	c.Other.Refused("OTHER_DISTRICT", "submitProposal", submit(hub.Vars{"districtId": c.District("MEDEU"), "centreId": c.Centre("AUEZOV-1")}))
	c.Exec(`update centres set state = 'PLANNED' where code = 'AUEZOV-2'`)
	c.Other.Refused("CENTRE_NOT_OPEN", "submitProposal", submit(hub.Vars{"districtId": c.District("AUEZOV"), "centreId": c.Centre("AUEZOV-2")}))
	const answering = "proposal { centre { code } }"
	c.Other.Do("submitProposal", submit(hub.Vars{"districtId": c.District("AUEZOV")}), answering).
		Shows("submitProposal.proposal.centre.code", "AUEZOV-1")
	c.Exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	c.Other.Do("submitProposal", submit(hub.Vars{"districtId": c.District("AUEZOV")}), answering).
		Shows("submitProposal.proposal.centre.code", "AUEZOV-2") // it has fewer to answer
	c.Exec(`update centres set state = 'CLOSED' where district_id = $1`, c.District("AUEZOV"))
	c.Other.Refused("CENTRE_NOT_OPEN", "submitProposal", submit(hub.Vars{"districtId": c.District("AUEZOV")}))
}

func TestReassign(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	id := c.Propose(c.Other)
	c.Exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	neighbour := c.Granted("Neighbour", "COORDINATOR AUEZOV-2")
	neighbour.Refused("NOT_YOUR_CENTRE", "reassignProposal", hub.Vars{"id": id, "centreId": c.Centre("AUEZOV-2")})
	c.Coordinator.Refused("SAME_CENTRE", "reassignProposal", hub.Vars{"id": id, "centreId": c.Centre("AUEZOV-1")})
	c.Coordinator.Refused("OTHER_DISTRICT", "reassignProposal", hub.Vars{"id": id, "centreId": c.Centre("MEDEU-1")})
	c.Exec(`update centres set state = 'CLOSED' where code = 'AUEZOV-2'`)
	c.Coordinator.Refused("CENTRE_NOT_OPEN", "reassignProposal", hub.Vars{"id": id, "centreId": c.Centre("AUEZOV-2")})
	c.Exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	c.Coordinator.Do("reassignProposal", hub.Vars{"id": id, "centreId": c.Centre("AUEZOV-2"), "reason": "It is nearer."},
		"proposal { state centre { code } }").Shows("reassignProposal.proposal", hub.Vars{"state": "SUBMITTED", "centre": hub.Vars{"code": "AUEZOV-2"}})
	c.Coordinator.Refused("NOT_YOUR_CENTRE", "reviewProposal", hub.Vars{"id": id})
	neighbour.Do("reviewProposal", hub.Vars{"id": id}, "proposal { state }")
	c.Officer.Do("reassignProposal", hub.Vars{"id": id, "centreId": c.Centre("AUEZOV-1")},
		"proposal { state history(first: 100) { nodes { verb fromState toState actingAs words } } }").
		Shows("reassignProposal.proposal.state", "IN_REVIEW").
		Shows("reassignProposal.proposal.history.nodes.1", hub.Vars{"verb": "REASSIGN_PROPOSAL", "fromState": "SUBMITTED",
			"toState": "SUBMITTED", "actingAs": "COORDINATOR", "words": "It is nearer."}).
		Shows("reassignProposal.proposal.history.nodes.3.actingAs", "OFFICER")
}

func TestFiftySupportAtOnce(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	id := c.Propose(c.Other)
	people := c.Crowd(50)
	var all sync.WaitGroup
	for _, who := range people {
		for range 2 { // everybody taps twice
			all.Go(func() {
				a := who.Patiently("supportProposal", hub.Vars{"id": id}, "proposal { id }")
				if a.Code() != "" && a.Code() != "ALREADY_SUPPORTED" {
					t.Errorf("a supporter is told %s", a.Code())
				}
			})
		}
	}
	all.Wait()
	c.Visitor().Must(`query($id: ID!) { proposal(id: $id) { supportCount supportedByMe } }`, hub.Vars{"id": id}).
		Shows("proposal", hub.Vars{"supportCount": 50, "supportedByMe": false})
	if rows := c.Count(`select count(*) from supports where withdrawn_at is null`); rows != 50 {
		t.Errorf("%d supports", rows)
	}
	people[0].Do("withdrawSupport", hub.Vars{"id": id}, "proposal { supportCount supportedByMe }").
		Shows("withdrawSupport.proposal", hub.Vars{"supportCount": 49, "supportedByMe": false})
	people[0].Refused("NOT_SUPPORTED", "withdrawSupport", hub.Vars{"id": id})
	people[0].Do("supportProposal", hub.Vars{"id": id}, "proposal { supportCount }").Shows("supportProposal.proposal.supportCount", 50)
	if a := c.Visitor().Must(`query($id: ID!) { proposal(id: $id) { history { totalCount } } }`, hub.Vars{"id": id}); a.At("proposal.history.totalCount") != 1.0 {
		t.Errorf("the public history tells who supports: %s", a.RawBody)
	}
}

func TestTwoTeamsAdoptAtOnce(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	for range 5 {
		id := w.Accepted(w.Other)
		answers := make([]*hub.Answer, 2)
		var both sync.WaitGroup
		for i, try := range []struct {
			who  *hub.Caller
			team string
		}{{w.Lead, w.Team}, {w.Roles[hub.Elsewhere], w.OtherTeam}} {
			both.Go(func() {
				answers[i] = try.who.Ask(hub.Document("adoptProposal", "task { state }"), hub.Vars{"in": hub.Vars{"proposalId": id, "teamId": try.team}})
			})
		}
		both.Wait()
		if one, two := answers[0].Code(), answers[1].Code(); one+two != "ALREADY_ADOPTED" {
			t.Errorf("the teams are told %q and %q", one, two)
		}
		if n := w.Count(`select count(*) from tasks where proposal_id = $1`, id); n != 1 {
			t.Errorf("%d tasks", n)
		}
	}
}

func TestACancelledTaskFreesItsProposal(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	id := w.Accepted(w.Other)
	task := w.Lead.Do("adoptProposal", hub.Vars{"proposalId": id, "teamId": w.Team}, "task { id title district { code } }").
		Shows("adoptProposal.task.district.code", "AUEZOV").Str("adoptProposal.task.id")
	rival := hub.Vars{"proposalId": id, "teamId": w.OtherTeam}
	w.Roles[hub.Elsewhere].Refused("ALREADY_ADOPTED", "adoptProposal", rival)
	w.Lead.Do("cancelTask", hub.Vars{"id": task, "reason": "We are too few."}, "task { state }")
	w.Other.Must(`query($id: ID!) { proposal(id: $id) { state task { id } } }`, hub.Vars{"id": id}).
		Shows("proposal", hub.Vars{"state": "ACCEPTED", "task": nil})
	again := w.Roles[hub.Elsewhere].Do("adoptProposal", rival, "task { id proposal { state task { id } } }")
	again.Shows("adoptProposal.task.proposal.task.id", again.Str("adoptProposal.task.id"))
	w.Visitor().Must(`query($id: ID!) { node(id: $id) { ... on Task { state proposal { id task { id } } } } }`, hub.Vars{"id": task}).
		Shows("node.proposal", hub.Vars{"id": id, "task": nil}) // the new task is a draft
}

func TestACentreAnswersTheOldestFirst(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	first, second, third := c.Propose(c.Other), c.Propose(c.Other), c.Propose(c.Other)
	list := `query($centre: ID!, $after: String) { proposals(filter: {centreId: $centre}, order: OLDEST, first: 2, after: $after) {
		nodes { id } pageInfo { endCursor } } }`
	a := c.Coordinator.Must(list, hub.Vars{"centre": c.Centre("AUEZOV-1")}).Shows("proposals.nodes", []hub.Vars{{"id": first}, {"id": second}})
	c.Coordinator.Must(list, hub.Vars{"centre": c.Centre("AUEZOV-1"), "after": a.Str("proposals.pageInfo.endCursor")}).
		Shows("proposals.nodes", []hub.Vars{{"id": third}})
}

func TestProposalsThatATeamMayTakeOn(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	taken, free, elsewhere := w.PutProposal("ACCEPTED"), w.PutProposal("ACCEPTED"), w.PutProposal("ACCEPTED")
	w.PutProposal("IN_REVIEW")
	w.Exec(`update proposals set district_id = $2, centre_id = $3 where id = $1`, elsewhere, w.District("MEDEU"), w.Centre("MEDEU-1"))
	shows := func(team string, ids ...string) {
		t.Helper()
		nodes := make([]hub.Vars, len(ids))
		for i, id := range ids {
			nodes[i] = hub.Vars{"id": id}
		}
		w.Lead.Must(`query($team: ID!) { proposals(filter: {adoptableByTeamId: $team}) { totalCount nodes { id } } }`, hub.Vars{"team": team}).
			Shows("proposals", hub.Vars{"totalCount": len(ids), "nodes": nodes})
	}
	shows(w.Team, free, taken)
	task := w.Lead.Do("adoptProposal", hub.Vars{"proposalId": taken, "teamId": w.Team}, "task { id }").At("adoptProposal.task.id")
	shows(w.Team, free)
	w.Lead.Do("cancelTask", hub.Vars{"id": task, "reason": "No spades."}, "task { state }")
	shows(w.Team, free, taken)
	w.Exec(`update hostings set centre_id = $2 where team_id = $1 and state = 'ACTIVE'`, w.Team, w.Centre("MEDEU-1"))
	shows(w.Team, elsewhere)
	shows(taken)
}
