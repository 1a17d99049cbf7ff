// Package team has the stories of teams, memberships, roles and invitations.
package team

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

func TestATeamMoves(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	host := w.Granted("Host", "COORDINATOR MEDEU-2")
	tasks := map[string]string{}
	for _, state := range []string{"DRAFT", "OPEN", "IN_PROGRESS", "CLAIMED_DONE", "VERIFIED", "CANCELLED"} {
		tasks[state] = w.PutTask(state)
	}
	move := func(centre string) hub.Vars {
		return hub.Vars{"teamId": w.Team, "centreId": w.Centre(centre), "reason": "It is nearer."}
	}
	w.Volunteer.Refused("NOT_LEAD", "moveTeam", move("MEDEU-2"))
	w.Lead.Refused("SAME_CENTRE", "moveTeam", move("AUEZOV-1"))
	w.Exec(`update centres set state = 'CLOSED' where code = 'MEDEU-2'`)
	w.Lead.Refused("CENTRE_NOT_OPEN", "moveTeam", move("MEDEU-2"))
	w.Exec(`update centres set state = 'OPEN' where code = 'MEDEU-2'`)
	asked := w.Lead.Do("moveTeam", move("MEDEU-2"), "hosting { id state startedAt team { centre { code } } }").
		Shows("moveTeam.hosting.state", "REQUESTED").Shows("moveTeam.hosting.startedAt", nil).
		Shows("moveTeam.hosting.team.centre.code", "AUEZOV-1").Str("moveTeam.hosting.id")
	w.Lead.Refused("MOVE_PENDING", "moveTeam", move("MEDEU-1"))
	host.Must(`{ centres(first: 100) { nodes { code } } }`)
	host.Must(`query($id: ID!) { centre(id: $id) { moveRequests { totalCount nodes { id team { id } availableActions { action allowed } } } } }`,
		hub.Vars{"id": w.Centre("MEDEU-2")}).Shows("centre.moveRequests.nodes", []hub.Vars{{"id": asked, "team": hub.Vars{"id": w.Team},
		"availableActions": []hub.Vars{{"action": "ANSWER_MOVE", "allowed": true}}}})
	if a := w.Lead.Ask(`query($id: ID!) { centre(id: $id) { moveRequests { totalCount } } }`, hub.Vars{"id": w.Centre("MEDEU-2")}); a.Code() != "FORBIDDEN" {
		t.Errorf("a stranger sees who wants to move: %s", a.RawBody)
	}
	w.Coordinator.Refused("NOT_YOUR_CENTRE", "answerMove", hub.Vars{"id": asked, "accept": true})
	host.Refused("INVALID", "answerMove", hub.Vars{"id": asked, "accept": false})
	host.Do("answerMove", hub.Vars{"id": asked, "accept": true}, "hosting { state team { centre { code } } }").
		Shows("answerMove.hosting", hub.Vars{"state": "ACTIVE", "team": hub.Vars{"centre": hub.Vars{"code": "MEDEU-2"}}})
	host.Refused("WRONG_STATE", "answerMove", hub.Vars{"id": asked, "accept": true})
	for state, id := range tasks {
		centre := "MEDEU-2"
		if state == "VERIFIED" || state == "CANCELLED" {
			centre = "AUEZOV-1" // a finished task stays with the centre where it was finished
		}
		w.Lead.Must(`query($id: ID!) { task(id: $id) { centre { code } } }`, hub.Vars{"id": id}).Shows("task.centre.code", centre)
	}
	w.Coordinator.Refused("NOT_YOUR_CENTRE", "verifyTask", hub.Vars{"id": tasks["CLAIMED_DONE"]})
	host.Do("verifyTask", hub.Vars{"id": tasks["CLAIMED_DONE"]}, "task { state }")
}

// TestHostingIsDated compares the two hostings of a team that moved: one ends at the moment when the other begins.
func TestHostingIsDated(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	host := c.Granted("Host", "COORDINATOR MEDEU-2")
	ask := func() string {
		return c.Lead.Do("moveTeam", hub.Vars{"teamId": c.Team, "centreId": c.Centre("MEDEU-2")}, "hosting { id }").Str("moveTeam.hosting.id")
	}
	c.Pass(400 * 24 * time.Hour)
	host.Do("answerMove", hub.Vars{"id": ask(), "accept": false, "reason": "We are full."}, "hosting { state }").
		Shows("answerMove.hosting.state", "DECLINED")
	host.Do("answerMove", hub.Vars{"id": ask(), "accept": true}, "hosting { state }")
	a := c.Lead.Must(`query($id: ID!) { team(id: $id) { centre { code } hostings { totalCount nodes { state startedAt endedAt
		centre { code } history { nodes { verb fromState toState words } } } } } }`, hub.Vars{"id": c.Team})
	a.Shows("team.hostings.totalCount", 3).Shows("team.hostings.nodes.0.state", "ACTIVE").
		Shows("team.hostings.nodes.1.state", "DECLINED").Shows("team.hostings.nodes.2.state", "ENDED").
		Shows("team.hostings.nodes.1.startedAt", nil).Shows("team.hostings.nodes.0.endedAt", nil).
		Shows("team.hostings.nodes.2.endedAt", a.At("team.hostings.nodes.0.startedAt")).
		Shows("team.hostings.nodes.2.centre.code", "AUEZOV-1").
		Shows("team.hostings.nodes.1.history.nodes.1", hub.Vars{"verb": "ANSWER_MOVE", "fromState": "REQUESTED", "toState": "DECLINED", "words": "We are full."}).
		Shows("team.hostings.nodes.2.history.nodes.1", hub.Vars{"verb": "ANSWER_MOVE", "fromState": "ACTIVE", "toState": "ENDED", "words": nil})
	// The centre that hosted it 100 days ago can be found by the dates alone.
	if code := c.Text(`select c.code from hostings h join centres c on c.id = h.centre_id
		where h.started_at <= now() - interval '100 days' and (h.ended_at is null or h.ended_at > now() - interval '100 days')`); code != "AUEZOV-1" {
		t.Errorf("100 days ago it was at %s", code)
	}
}

func TestACentreThatClosedTakesNobody(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	host := c.Granted("Host", "COORDINATOR MEDEU-2")
	id := c.Lead.Do("moveTeam", hub.Vars{"teamId": c.Team, "centreId": c.Centre("MEDEU-2")}, "hosting { id }").Str("moveTeam.hosting.id")
	c.Officer.Do("setCentreState", hub.Vars{"id": c.Centre("MEDEU-2"), "state": "CLOSED"}, "centre { state }")
	host.Refused("CENTRE_NOT_OPEN", "answerMove", hub.Vars{"id": id, "accept": true})
	c.Lead.Must(`query($id: ID!) { team(id: $id) { centre { code } hostings { nodes { state } } } }`, hub.Vars{"id": c.Team}).
		Shows("team.centre.code", "AUEZOV-1").Shows("team.hostings.nodes.0.state", "REQUESTED")
	c.NgoLead.Refused("CENTRE_NOT_OPEN", "createTeam", hub.Vars{"ngoId": c.Ngo, "centreId": c.Centre("MEDEU-2"), "name": hub.Vars{"kk": "Медеу"}})
	host.Do("answerMove", hub.Vars{"id": id, "accept": false, "reason": "We are closed."}, "hosting { state }")
}

// TestASuspendedNgoBeginsNothing: what is running goes on, nothing new begins.
func TestASuspendedNgoBeginsNothing(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	draft, open, running := w.PutTask("DRAFT"), w.PutTask("OPEN"), w.PutTask("IN_PROGRESS")
	asked := w.Volunteer.Do("requestMembership", hub.Vars{"teamId": w.Team}, "membership { id }").Str("requestMembership.membership.id")
	proposal := w.Accepted(w.Other)
	newTask := hub.Vars{"teamId": w.Team, "title": "Арық тазалау", "description": "Қолғап алып келіңіз."}
	for _, to := range []string{"SUSPENDED", "ARCHIVED"} {
		w.Officer.Do("setNgoState", hub.Vars{"id": w.Ngo, "state": to, "reason": "No reports for a year."}, "ngo { state }")
		w.Lead.Refused("NGO_NOT_WORKING", "createTask", newTask)
		w.Lead.Refused("NGO_NOT_WORKING", "openTask", hub.Vars{"id": draft})
		w.Lead.Refused("NGO_NOT_WORKING", "adoptProposal", hub.Vars{"proposalId": proposal, "teamId": w.Team})
		w.Lead.Refused("NGO_NOT_WORKING", "inviteMember", hub.Vars{"teamId": w.Team, "personId": w.Other.ID})
		w.Other.Refused("NGO_NOT_WORKING", "requestMembership", hub.Vars{"teamId": w.Team})
		w.Lead.Refused("NGO_NOT_WORKING", "answerMembership", hub.Vars{"id": asked, "accept": true})
		w.NgoLead.Refused("NGO_NOT_WORKING", "createTeam", hub.Vars{"ngoId": w.Ngo, "centreId": w.Centre("AUEZOV-1"), "name": hub.Vars{"kk": "Жаңа"}})
		a := w.NgoLead.Must(`query($team: ID!, $ngo: ID!) { team(id: $team) { availableActions { action reason } }
			ngo(id: $ngo) { availableActions { action reason } } }`, hub.Vars{"team": w.Team, "ngo": w.Ngo})
		a.Shows("team.availableActions.0", hub.Vars{"action": "CREATE_TASK", "reason": "NGO_NOT_WORKING"}).
			Shows("ngo.availableActions.2", hub.Vars{"action": "CREATE_TEAM", "reason": "NGO_NOT_WORKING"})
	}
	w.Lead.Do("startTask", hub.Vars{"id": open}, "task { state }")
	w.Lead.Do("claimDone", hub.Vars{"id": running, "words": "All clean.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	w.Lead.Do("answerMembership", hub.Vars{"id": asked, "accept": false}, "membership { state }").
		Shows("answerMembership.membership.state", "DECLINED")
}

// TestWhatATeamHasToSeeTo: the seats to fill within a week, and people who stayed CONFIRMED until the end of a shift.
func TestWhatATeamHasToSeeTo(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	ask := func(who *hub.Caller, free int, unmarked any) {
		t.Helper()
		who.Must(`query($id: ID!) { team(id: $id) { freeSeats unmarked } }`, hub.Vars{"id": w.Team}).
			Shows("team", hub.Vars{"freeSeats": free, "unmarked": unmarked})
	}
	ask(w.Lead, 0, 0)
	open, done, verified := w.PutTask("OPEN"), w.PutTask("CLAIMED_DONE"), w.PutTask("VERIFIED")
	people := w.Crowd(4)
	soon := w.PutShift(open, "30 hours", 5) // and the 4 that the task has in 48 hours
	w.PutSignup(people[0], soon, "CONFIRMED")
	w.PutShift(open, "8 days", 7)
	ended, running := w.PutShift(done, "-25 hours", 9), w.PutShift(open, "-1 hours", 9)
	w.PutSignup(people[0], ended, "CONFIRMED")
	w.PutSignup(people[1], ended, "CONFIRMED")
	w.PutSignup(people[2], ended, "NO_SHOW")
	w.PutSignup(people[3], running, "CONFIRMED")
	w.PutSignup(people[3], w.PutShift(verified, "-26 hours", 2), "CONFIRMED")
	for _, who := range []*hub.Caller{w.Lead, w.NgoLead, w.Coordinator, w.Officer} {
		ask(who, 8, 2)
	}
	ask(w.Visitor(), 8, nil)
	ask(people[0], 8, nil)
	w.Exec(`update shifts set state = 'CANCELLED', cancel_reason = 'Rain', taken = 0, waiting = 0 where id = $1`, w.PutShift(open, "40 hours", 3))
	ask(w.Lead, 8, 2)
	w.Exec(`update shifts set hidden_id = $2 where id = $1`, w.PutShift(open, "50 hours", 3), w.PutDecision("IN_FORCE"))
	ask(w.Lead, 8, 2)
}
