package stories

import (
	"sync"
	"testing"
)

// propose submits a proposal to AUEZOV-1.
func (c *city) propose(who *caller) (id string) {
	c.t.Helper()
	return who.do("submitProposal", vars{"districtId": c.district("AUEZOV"), "centreId": c.centre("AUEZOV-1"),
		"title": "Балалар алаңын тазалау", "text": "Алаңды шөп басып кеткен."}, "proposal { id }").str("submitProposal.proposal.id")
}

// accepted returns a proposal that the centre has accepted.
func (c *city) accepted(author *caller) (id string) {
	c.t.Helper()
	id = c.propose(author)
	c.coordinator.do("reviewProposal", vars{"id": id}, "proposal { id }")
	c.coordinator.do("acceptProposal", vars{"id": id}, "proposal { id }")
	return id
}

func TestQuestionAndAnswer(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.propose(c.other)
	c.coordinator.do("reviewProposal", vars{"id": id}, "proposal { id }")
	c.coordinator.do("askForInfo", vars{"id": id, "question": "  Which of the two yards?  "}, "proposal { state question }").
		shows("askForInfo.proposal", vars{"state": "NEEDS_INFO", "question": "Which of the two yards?"})
	c.coordinator.refused("WRONG_STATE", "acceptProposal", vars{"id": id})
	c.volunteer.refused("NOT_YOURS", "answerInfo", vars{"id": id, "answer": "Both."})
	c.other.do("answerInfo", vars{"id": id, "answer": "The eastern one."}, "proposal { state question }").
		shows("answerInfo.proposal", vars{"state": "IN_REVIEW", "question": nil})
	c.visitor().must(`query($id: ID!) { proposal(id: $id) { history { nodes { verb words actingAs } } } }`, vars{"id": id}).
		shows("proposal.history.nodes", []vars{
			{"verb": "SUBMIT_PROPOSAL", "words": nil, "actingAs": "AUTHOR"},
			{"verb": "REVIEW_PROPOSAL", "words": nil, "actingAs": "COORDINATOR"},
			{"verb": "ASK_FOR_INFO", "words": "Which of the two yards?", "actingAs": "COORDINATOR"},
			{"verb": "ANSWER_INFO", "words": "The eastern one.", "actingAs": "AUTHOR"},
		})
}

func TestDeclineCarriesCodeAndWords(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.propose(c.other)
	c.coordinator.do("reviewProposal", vars{"id": id}, "proposal { id }")
	for _, in := range []vars{{"words": "There is no money this year."}, {"reason": "NO_MEANS"}, {"reason": "NO_MEANS", "words": "no money"},
		{"reason": "NEVER", "words": "There is no money this year."}, {"reason": "NO_MEANS", "words": " \n         "}} {
		in["id"] = id
		c.coordinator.refused("INVALID", "declineProposal", in)
	}
	c.coordinator.do("declineProposal", vars{"id": id, "reason": "NO_MEANS", "words": "There is no money this year."}, "proposal { id }")
	c.other.must(`query($id: ID!) { proposal(id: $id) { state declineReason declineWords
		history(first: 100) { nodes { verb reasonCode words } } } }`, vars{"id": id}).
		shows("proposal.declineReason", "NO_MEANS").shows("proposal.declineWords", "There is no money this year.").
		shows("proposal.history.nodes.2", vars{"verb": "DECLINE_PROPOSAL", "reasonCode": "NO_MEANS", "words": "There is no money this year."})
}

func TestWhoAnswersForAProposal(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	submit := func(in vars) vars {
		in["title"], in["text"] = "Жаңа орындық", "Саябаққа орындық керек."
		return in
	}
	c.other.refused("OTHER_DISTRICT", "submitProposal", submit(vars{"districtId": c.district("MEDEU"), "centreId": c.centre("AUEZOV-1")}))
	c.exec(`update centres set state = 'PLANNED' where code = 'AUEZOV-2'`)
	c.other.refused("CENTRE_NOT_OPEN", "submitProposal", submit(vars{"districtId": c.district("AUEZOV"), "centreId": c.centre("AUEZOV-2")}))
	const answering = "proposal { centre { code } }"
	c.other.do("submitProposal", submit(vars{"districtId": c.district("AUEZOV")}), answering).
		shows("submitProposal.proposal.centre.code", "AUEZOV-1")
	c.exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	c.other.do("submitProposal", submit(vars{"districtId": c.district("AUEZOV")}), answering).
		shows("submitProposal.proposal.centre.code", "AUEZOV-2") // it has fewer to answer
	c.exec(`update centres set state = 'CLOSED' where district_id = $1`, c.district("AUEZOV"))
	c.other.refused("CENTRE_NOT_OPEN", "submitProposal", submit(vars{"districtId": c.district("AUEZOV")}))
}

func TestReassign(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.propose(c.other)
	c.exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	neighbour := c.granted("Neighbour", "COORDINATOR AUEZOV-2")
	neighbour.refused("NOT_YOUR_CENTRE", "reassignProposal", vars{"id": id, "centreId": c.centre("AUEZOV-2")})
	c.coordinator.refused("SAME_CENTRE", "reassignProposal", vars{"id": id, "centreId": c.centre("AUEZOV-1")})
	c.coordinator.refused("OTHER_DISTRICT", "reassignProposal", vars{"id": id, "centreId": c.centre("MEDEU-1")})
	c.exec(`update centres set state = 'CLOSED' where code = 'AUEZOV-2'`)
	c.coordinator.refused("CENTRE_NOT_OPEN", "reassignProposal", vars{"id": id, "centreId": c.centre("AUEZOV-2")})
	c.exec(`update centres set state = 'OPEN' where code = 'AUEZOV-2'`)
	c.coordinator.do("reassignProposal", vars{"id": id, "centreId": c.centre("AUEZOV-2"), "reason": "It is nearer."},
		"proposal { state centre { code } }").shows("reassignProposal.proposal", vars{"state": "SUBMITTED", "centre": vars{"code": "AUEZOV-2"}})
	c.coordinator.refused("NOT_YOUR_CENTRE", "reviewProposal", vars{"id": id})
	neighbour.do("reviewProposal", vars{"id": id}, "proposal { state }")
	c.officer.do("reassignProposal", vars{"id": id, "centreId": c.centre("AUEZOV-1")},
		"proposal { state history(first: 100) { nodes { verb fromState toState actingAs words } } }").
		shows("reassignProposal.proposal.state", "IN_REVIEW").
		shows("reassignProposal.proposal.history.nodes.1", vars{"verb": "REASSIGN_PROPOSAL", "fromState": "SUBMITTED",
			"toState": "SUBMITTED", "actingAs": "COORDINATOR", "words": "It is nearer."}).
		shows("reassignProposal.proposal.history.nodes.3.actingAs", "OFFICER")
}

func TestFiftySupportAtOnce(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	id := c.propose(c.other)
	people := c.crowd(50)
	var all sync.WaitGroup
	for _, who := range people {
		for range 2 { // everybody taps twice
			all.Go(func() {
				a := who.patiently("supportProposal", vars{"id": id}, "proposal { id }")
				if a.code() != "" && a.code() != "ALREADY_SUPPORTED" {
					t.Errorf("a supporter is told %s", a.code())
				}
			})
		}
	}
	all.Wait()
	c.visitor().must(`query($id: ID!) { proposal(id: $id) { supportCount supportedByMe } }`, vars{"id": id}).
		shows("proposal", vars{"supportCount": 50, "supportedByMe": false})
	if rows := c.count(`select count(*) from supports where withdrawn_at is null`); rows != 50 {
		t.Errorf("%d supports", rows)
	}
	people[0].do("withdrawSupport", vars{"id": id}, "proposal { supportCount supportedByMe }").
		shows("withdrawSupport.proposal", vars{"supportCount": 49, "supportedByMe": false})
	people[0].refused("NOT_SUPPORTED", "withdrawSupport", vars{"id": id})
	people[0].do("supportProposal", vars{"id": id}, "proposal { supportCount }").shows("supportProposal.proposal.supportCount", 50)
	if a := c.visitor().must(`query($id: ID!) { proposal(id: $id) { history { totalCount } } }`, vars{"id": id}); a.at("proposal.history.totalCount") != 1.0 {
		t.Errorf("the public history tells who supports: %s", a.rawBody)
	}
}

func TestTwoTeamsAdoptAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 5 {
		id := w.accepted(w.other)
		answers := make([]*answer, 2)
		var both sync.WaitGroup
		for i, try := range []struct {
			who  *caller
			team string
		}{{w.lead, w.team}, {w.roles[elsewhere], w.otherTeam}} {
			both.Go(func() {
				answers[i] = try.who.ask(document("adoptProposal", "task { state }"), vars{"in": vars{"proposalId": id, "teamId": try.team}})
			})
		}
		both.Wait()
		if one, two := answers[0].code(), answers[1].code(); one+two != "ALREADY_ADOPTED" {
			t.Errorf("the teams are told %q and %q", one, two)
		}
		if n := w.count(`select count(*) from tasks where proposal_id = $1`, id); n != 1 {
			t.Errorf("%d tasks", n)
		}
	}
}

func TestACancelledTaskFreesItsProposal(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.accepted(w.other)
	task := w.lead.do("adoptProposal", vars{"proposalId": id, "teamId": w.team}, "task { id title district { code } }").
		shows("adoptProposal.task.district.code", "AUEZOV").str("adoptProposal.task.id")
	rival := vars{"proposalId": id, "teamId": w.otherTeam}
	w.roles[elsewhere].refused("ALREADY_ADOPTED", "adoptProposal", rival)
	w.lead.do("cancelTask", vars{"id": task, "reason": "We are too few."}, "task { state }")
	w.other.must(`query($id: ID!) { proposal(id: $id) { state task { id } } }`, vars{"id": id}).
		shows("proposal", vars{"state": "ACCEPTED", "task": nil})
	again := w.roles[elsewhere].do("adoptProposal", rival, "task { id proposal { state task { id } } }")
	again.shows("adoptProposal.task.proposal.task.id", again.str("adoptProposal.task.id"))
	w.visitor().must(`query($id: ID!) { node(id: $id) { ... on Task { state proposal { id task { id } } } } }`, vars{"id": task}).
		shows("node.proposal", vars{"id": id, "task": nil}) // the new task is a draft
}

func TestACentreAnswersTheOldestFirst(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	first, second, third := c.propose(c.other), c.propose(c.other), c.propose(c.other)
	list := `query($centre: ID!, $after: String) { proposals(filter: {centreId: $centre}, order: OLDEST, first: 2, after: $after) {
		nodes { id } pageInfo { endCursor } } }`
	a := c.coordinator.must(list, vars{"centre": c.centre("AUEZOV-1")}).shows("proposals.nodes", []vars{{"id": first}, {"id": second}})
	c.coordinator.must(list, vars{"centre": c.centre("AUEZOV-1"), "after": a.str("proposals.pageInfo.endCursor")}).
		shows("proposals.nodes", []vars{{"id": third}})
}

func TestProposalsThatATeamMayTakeOn(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	taken, free, elsewhere := w.putProposal("ACCEPTED"), w.putProposal("ACCEPTED"), w.putProposal("ACCEPTED")
	w.putProposal("IN_REVIEW")
	w.exec(`update proposals set district_id = $2, centre_id = $3 where id = $1`, elsewhere, w.district("MEDEU"), w.centre("MEDEU-1"))
	shows := func(team string, ids ...string) {
		t.Helper()
		nodes := make([]vars, len(ids))
		for i, id := range ids {
			nodes[i] = vars{"id": id}
		}
		w.lead.must(`query($team: ID!) { proposals(filter: {adoptableByTeamId: $team}) { totalCount nodes { id } } }`, vars{"team": team}).
			shows("proposals", vars{"totalCount": len(ids), "nodes": nodes})
	}
	shows(w.team, free, taken)
	task := w.lead.do("adoptProposal", vars{"proposalId": taken, "teamId": w.team}, "task { id }").at("adoptProposal.task.id")
	shows(w.team, free)
	w.lead.do("cancelTask", vars{"id": task, "reason": "No spades."}, "task { state }")
	shows(w.team, free, taken)
	w.exec(`update hostings set centre_id = $2 where team_id = $1 and state = 'ACTIVE'`, w.team, w.centre("MEDEU-1"))
	shows(w.team, elsewhere)
	shows(taken)
}
