package stories

import (
	"testing"
)

func TestATeamMoves(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	host := w.granted("Host", "COORDINATOR MEDEU-2")
	tasks := map[string]string{}
	for _, state := range []string{"DRAFT", "OPEN", "IN_PROGRESS", "CLAIMED_DONE", "VERIFIED", "CANCELLED"} {
		tasks[state] = w.putTask(state)
	}
	move := func(centre string) vars {
		return vars{"teamId": w.team, "centreId": w.centre(centre), "reason": "It is nearer."}
	}
	w.volunteer.refused("NOT_LEAD", "moveTeam", move("MEDEU-2"))
	w.lead.refused("SAME_CENTRE", "moveTeam", move("AUEZOV-1"))
	w.exec(`update centres set state = 'CLOSED' where code = 'MEDEU-2'`)
	w.lead.refused("CENTRE_NOT_OPEN", "moveTeam", move("MEDEU-2"))
	w.exec(`update centres set state = 'OPEN' where code = 'MEDEU-2'`)
	asked := w.lead.do("moveTeam", move("MEDEU-2"), "hosting { id state startedAt team { centre { code } } }").
		shows("moveTeam.hosting.state", "REQUESTED").shows("moveTeam.hosting.startedAt", nil).
		shows("moveTeam.hosting.team.centre.code", "AUEZOV-1").str("moveTeam.hosting.id")
	w.lead.refused("MOVE_PENDING", "moveTeam", move("MEDEU-1"))
	host.must(`{ centres(first: 100) { nodes { code } } }`)
	host.must(`query($id: ID!) { centre(id: $id) { moveRequests { totalCount nodes { id team { id } availableActions { action allowed } } } } }`,
		vars{"id": w.centre("MEDEU-2")}).shows("centre.moveRequests.nodes", []vars{{"id": asked, "team": vars{"id": w.team},
		"availableActions": []vars{{"action": "ANSWER_MOVE", "allowed": true}}}})
	if a := w.lead.ask(`query($id: ID!) { centre(id: $id) { moveRequests { totalCount } } }`, vars{"id": w.centre("MEDEU-2")}); a.code() != "FORBIDDEN" {
		t.Errorf("a stranger sees who wants to move: %s", a.rawBody)
	}
	w.coordinator.refused("NOT_YOUR_CENTRE", "answerMove", vars{"id": asked, "accept": true})
	host.refused("INVALID", "answerMove", vars{"id": asked, "accept": false})
	host.do("answerMove", vars{"id": asked, "accept": true}, "hosting { state team { centre { code } } }").
		shows("answerMove.hosting", vars{"state": "ACTIVE", "team": vars{"centre": vars{"code": "MEDEU-2"}}})
	host.refused("WRONG_STATE", "answerMove", vars{"id": asked, "accept": true})
	for state, id := range tasks {
		centre := "MEDEU-2"
		if state == "VERIFIED" || state == "CANCELLED" {
			centre = "AUEZOV-1" // a finished task stays with the centre where it was finished
		}
		w.lead.must(`query($id: ID!) { task(id: $id) { centre { code } } }`, vars{"id": id}).shows("task.centre.code", centre)
	}
	w.coordinator.refused("NOT_YOUR_CENTRE", "verifyTask", vars{"id": tasks["CLAIMED_DONE"]})
	host.do("verifyTask", vars{"id": tasks["CLAIMED_DONE"]}, "task { state }")
}

// TestHostingIsDated compares the two hostings of a team that moved: one ends at the moment when the other begins.
func TestHostingIsDated(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	host := c.granted("Host", "COORDINATOR MEDEU-2")
	ask := func() string {
		return c.lead.do("moveTeam", vars{"teamId": c.team, "centreId": c.centre("MEDEU-2")}, "hosting { id }").str("moveTeam.hosting.id")
	}
	c.exec(`update hostings set asked_at = asked_at - interval '400 days', started_at = started_at - interval '400 days'`)
	host.do("answerMove", vars{"id": ask(), "accept": false, "reason": "We are full."}, "hosting { state }").
		shows("answerMove.hosting.state", "DECLINED")
	host.do("answerMove", vars{"id": ask(), "accept": true}, "hosting { state }")
	a := c.lead.must(`query($id: ID!) { team(id: $id) { centre { code } hostings { totalCount nodes { state startedAt endedAt
		centre { code } history { nodes { verb fromState toState words } } } } } }`, vars{"id": c.team})
	a.shows("team.hostings.totalCount", 3).shows("team.hostings.nodes.0.state", "ACTIVE").
		shows("team.hostings.nodes.1.state", "DECLINED").shows("team.hostings.nodes.2.state", "ENDED").
		shows("team.hostings.nodes.1.startedAt", nil).shows("team.hostings.nodes.0.endedAt", nil).
		shows("team.hostings.nodes.2.endedAt", a.at("team.hostings.nodes.0.startedAt")).
		shows("team.hostings.nodes.2.centre.code", "AUEZOV-1").
		shows("team.hostings.nodes.1.history.nodes.1", vars{"verb": "ANSWER_MOVE", "fromState": "REQUESTED", "toState": "DECLINED", "words": "We are full."}).
		shows("team.hostings.nodes.2.history.nodes.1", vars{"verb": "ANSWER_MOVE", "fromState": "ACTIVE", "toState": "ENDED", "words": nil})
	// The centre that hosted it 100 days ago can be found by the dates alone.
	if code := c.text(`select c.code from hostings h join centres c on c.id = h.centre_id
		where h.started_at <= now() - interval '100 days' and (h.ended_at is null or h.ended_at > now() - interval '100 days')`); code != "AUEZOV-1" {
		t.Errorf("100 days ago it was at %s", code)
	}
}

func TestACentreThatClosedTakesNobody(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	host := c.granted("Host", "COORDINATOR MEDEU-2")
	id := c.lead.do("moveTeam", vars{"teamId": c.team, "centreId": c.centre("MEDEU-2")}, "hosting { id }").str("moveTeam.hosting.id")
	c.officer.do("setCentreState", vars{"id": c.centre("MEDEU-2"), "state": "CLOSED"}, "centre { state }")
	host.refused("CENTRE_NOT_OPEN", "answerMove", vars{"id": id, "accept": true})
	c.lead.must(`query($id: ID!) { team(id: $id) { centre { code } hostings { nodes { state } } } }`, vars{"id": c.team}).
		shows("team.centre.code", "AUEZOV-1").shows("team.hostings.nodes.0.state", "REQUESTED")
	c.ngoLead.refused("CENTRE_NOT_OPEN", "createTeam", vars{"ngoId": c.ngo, "centreId": c.centre("MEDEU-2"), "name": vars{"kk": "Медеу"}})
	host.do("answerMove", vars{"id": id, "accept": false, "reason": "We are closed."}, "hosting { state }")
}

// TestASuspendedNgoBeginsNothing: what is running goes on, nothing new begins.
func TestASuspendedNgoBeginsNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft, open, running := w.putTask("DRAFT"), w.putTask("OPEN"), w.putTask("IN_PROGRESS")
	asked := w.volunteer.do("requestMembership", vars{"teamId": w.team}, "membership { id }").str("requestMembership.membership.id")
	proposal := w.accepted(w.other)
	newTask := vars{"teamId": w.team, "title": "Арық тазалау", "description": "Қолғап алып келіңіз."}
	for _, to := range []string{"SUSPENDED", "ARCHIVED"} {
		w.officer.do("setNgoState", vars{"id": w.ngo, "state": to, "reason": "No reports for a year."}, "ngo { state }")
		w.lead.refused("NGO_NOT_WORKING", "createTask", newTask)
		w.lead.refused("NGO_NOT_WORKING", "openTask", vars{"id": draft})
		w.lead.refused("NGO_NOT_WORKING", "adoptProposal", vars{"proposalId": proposal, "teamId": w.team})
		w.lead.refused("NGO_NOT_WORKING", "inviteMember", vars{"teamId": w.team, "personId": w.other.id})
		w.other.refused("NGO_NOT_WORKING", "requestMembership", vars{"teamId": w.team})
		w.lead.refused("NGO_NOT_WORKING", "answerMembership", vars{"id": asked, "accept": true})
		w.ngoLead.refused("NGO_NOT_WORKING", "createTeam", vars{"ngoId": w.ngo, "centreId": w.centre("AUEZOV-1"), "name": vars{"kk": "Жаңа"}})
		a := w.ngoLead.must(`query($team: ID!, $ngo: ID!) { team(id: $team) { availableActions { action reason } }
			ngo(id: $ngo) { availableActions { action reason } } }`, vars{"team": w.team, "ngo": w.ngo})
		a.shows("team.availableActions.0", vars{"action": "CREATE_TASK", "reason": "NGO_NOT_WORKING"}).
			shows("ngo.availableActions.2", vars{"action": "CREATE_TEAM", "reason": "NGO_NOT_WORKING"})
	}
	w.lead.do("startTask", vars{"id": open}, "task { state }")
	w.lead.do("claimDone", vars{"id": running, "words": "All clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	w.lead.do("answerMembership", vars{"id": asked, "accept": false}, "membership { state }").
		shows("answerMembership.membership.state", "DECLINED")
}

// TestWhatATeamHasToSeeTo: the seats to fill within a week, and people who stayed CONFIRMED until the end of a shift.
func TestWhatATeamHasToSeeTo(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(who *caller, free int, unmarked any) {
		t.Helper()
		who.must(`query($id: ID!) { team(id: $id) { freeSeats unmarked } }`, vars{"id": w.team}).
			shows("team", vars{"freeSeats": free, "unmarked": unmarked})
	}
	ask(w.lead, 0, 0)
	open, done, verified := w.putTask("OPEN"), w.putTask("CLAIMED_DONE"), w.putTask("VERIFIED")
	people := w.crowd(4)
	soon := w.putShift(open, "30 hours", 5) // and the 4 that the task has in 48 hours
	w.putSignup(people[0], soon, "CONFIRMED")
	w.putShift(open, "8 days", 7)
	ended, running := w.putShift(done, "-25 hours", 9), w.putShift(open, "-1 hours", 9)
	w.putSignup(people[0], ended, "CONFIRMED")
	w.putSignup(people[1], ended, "CONFIRMED")
	w.putSignup(people[2], ended, "NO_SHOW")
	w.putSignup(people[3], running, "CONFIRMED")
	w.putSignup(people[3], w.putShift(verified, "-26 hours", 2), "CONFIRMED")
	for _, who := range []*caller{w.lead, w.ngoLead, w.coordinator, w.officer} {
		ask(who, 8, 2)
	}
	ask(w.visitor(), 8, nil)
	ask(people[0], 8, nil)
	w.exec(`update shifts set state = 'CANCELLED', cancel_reason = 'Rain', taken = 0, waiting = 0 where id = $1`, w.putShift(open, "40 hours", 3))
	ask(w.lead, 8, 2)
	w.exec(`update shifts set hidden_id = $2 where id = $1`, w.putShift(open, "50 hours", 3), w.putDecision("IN_FORCE"))
	ask(w.lead, 8, 2)
}
