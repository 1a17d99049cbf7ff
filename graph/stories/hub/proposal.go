package hub

import (
	"time"
)

// AdoptedBy returns a task that the lead's team has opened and begun, from a proposal that the centre has accepted.
func (c *City) AdoptedBy(author *Caller) (proposal, task string) {
	c.T.Helper()
	proposal = c.Accepted(author)
	task = c.Lead.Do("adoptProposal", Vars{"proposalId": proposal, "teamId": c.Team}, "task { id }").Str("adoptProposal.task.id")
	c.Lead.Do("addShift", Vars{"taskId": task, "shift": c.NewShift(3, 48*time.Hour)}, "shift { id }")
	c.Lead.Do("openTask", Vars{"id": task}, "task { id }")
	c.Lead.Do("startTask", Vars{"id": task}, "task { id }")
	return proposal, task
}

// Claimed claims that a task is done, with results in pairs of a metric and an amount.
func (c *City) Claimed(task string, results ...any) {
	c.T.Helper()
	list := []any{}
	for i := 0; i < len(results); i += 2 {
		list = append(list, Vars{"metric": results[i], "amount": results[i+1]})
	}
	c.Lead.Do("claimDone", Vars{"id": task, "words": "Алаң таза.", "noPhotoReason": "No camera.", "results": list, "cancelShifts": true}, "task { id }")
}

// Closed returns a verified task with a result, and the proposal it came from.
func (c *City) Closed(author *Caller) (proposal, task string) {
	c.T.Helper()
	proposal, task = c.AdoptedBy(author)
	c.Claimed(task, "BAGS", 12, "PEOPLE_HELPED", 4)
	c.Coordinator.Do("verifyTask", Vars{"id": task, "words": "Well done."}, "task { id }")
	return proposal, task
}

// Propose submits a proposal to AUEZOV-1.
func (c *City) Propose(who *Caller) (id string) {
	c.T.Helper()
	return who.Do("submitProposal", Vars{"districtId": c.District("AUEZOV"), "centreId": c.Centre("AUEZOV-1"),
		"title": "Балалар алаңын тазалау", "text": "Алаңды шөп басып кеткен."}, "proposal { id }").Str("submitProposal.proposal.id")
}

// Accepted returns a proposal that the centre has accepted.
func (c *City) Accepted(author *Caller) (id string) {
	c.T.Helper()
	id = c.Propose(author)
	c.Coordinator.Do("reviewProposal", Vars{"id": id}, "proposal { id }")
	c.Coordinator.Do("acceptProposal", Vars{"id": id}, "proposal { id }")
	return id
}
