package task

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

// TestMainJob is the main path: a proposal becomes a task, people sign up, come, and the centre verifies the result.
func TestMainJob(t *testing.T) {
	c := hub.NewCity(t)
	c.Visitor().Must(`{ districts { code name(lang: RU) centres { nodes { code state } } }
		centres(first: 16) { totalCount nodes { name(lang: EN) teamCount } } ngos { nodes { name teams { nodes { name } } } } }`).
		Shows("centres.totalCount", 16)

	resident := c.Person("Resident", 17)
	proposal := resident.Do("submitProposal", hub.Vars{"districtId": c.District("AUEZOV"), "centreId": c.Centre("AUEZOV-1"),
		"title": "Балалар алаңын тазалау", "text": "Алаңды шөп басып кеткен, балалар ойнай алмайды."},
		"proposal { id state centre { code } author { displayName } }").
		Shows("submitProposal.proposal.centre.code", "AUEZOV-1").Str("submitProposal.proposal.id")
	c.Volunteer.Do("supportProposal", hub.Vars{"id": proposal}, "proposal { supportCount supportedByMe }").
		Shows("supportProposal.proposal", hub.Vars{"supportCount": 1, "supportedByMe": true})
	c.Volunteer.Refused("ALREADY_SUPPORTED", "supportProposal", hub.Vars{"id": proposal})
	c.Other.Refused("NOT_YOUR_CENTRE", "reviewProposal", hub.Vars{"id": proposal})
	c.Coordinator.Do("reviewProposal", hub.Vars{"id": proposal}, "proposal { state }")
	c.Lead.Refused("WRONG_STATE", "adoptProposal", hub.Vars{"proposalId": proposal, "teamId": c.Team})
	c.Coordinator.Do("acceptProposal", hub.Vars{"id": proposal, "words": "Дұрыс ұсыныс."}, "proposal { state }")
	task := c.Lead.Do("adoptProposal", hub.Vars{"proposalId": proposal, "teamId": c.Team}, "task { id state title proposal { id } }").
		Shows("adoptProposal.task.state", "DRAFT").Shows("adoptProposal.task.proposal.id", proposal).Str("adoptProposal.task.id")
	c.Lead.Refused("ALREADY_ADOPTED", "adoptProposal", hub.Vars{"proposalId": proposal, "teamId": c.Team})
	c.Visitor().Must(`query($id: ID!) { node(id: $id) { id } }`, hub.Vars{"id": task}).Shows("node", nil)
	c.Lead.Refused("NO_FUTURE_SHIFT", "openTask", hub.Vars{"id": task})

	shift := c.Lead.Do("addShift", hub.Vars{"taskId": task, "shift": c.NewShift(1, time.Hour*30)}, "shift { id seats { free } }").
		Str("addShift.shift.id")
	c.Lead.Do("openTask", hub.Vars{"id": task}, "task { state seats { capacity free } }").
		Shows("openTask.task.seats", hub.Vars{"capacity": 1, "free": 1})

	first, state := c.SignUp(c.Volunteer, shift)
	if state != "CONFIRMED" {
		t.Errorf("the first is %s", state)
	}
	again, _ := c.SignUp(c.Volunteer, shift)
	if again != first {
		t.Error("a repeated sign-up made another one")
	}
	second := c.Other.Do("signUp", hub.Vars{"shiftId": shift}, "signup { id state position }").
		Shows("signUp.signup.state", "WAITLISTED").Shows("signUp.signup.position", 1).Str("signUp.signup.id")
	c.Other.Refused("NOT_FOUND", "cancelSignup", hub.Vars{"id": first})
	c.Volunteer.Do("cancelSignup", hub.Vars{"id": first}, "signup { state }").Shows("cancelSignup.signup.state", "CANCELLED")
	c.Other.Must(`query($id: ID!) { node(id: $id) { ... on Signup { state offerExpiresAt availableActions { action allowed reason } } } }`,
		hub.Vars{"id": second}).Shows("node.state", "OFFERED")
	c.Other.Do("acceptOffer", hub.Vars{"id": second}, "signup { state shift { seats { taken } mySignup { id } } }").
		Shows("acceptOffer.signup.state", "CONFIRMED").Shows("acceptOffer.signup.shift.mySignup.id", second)

	c.Lead.Refused("TOO_EARLY", "checkIn", hub.Vars{"id": second})
	c.Pass(time.Hour * 29)
	c.Lead.Do("checkIn", hub.Vars{"id": second}, "signup { state checkedInAt }").Shows("checkIn.signup.state", "CHECKED_IN")
	c.Pass(time.Hour * 2)
	c.Tick()
	c.Visitor().Must(`query($id: ID!) { task(id: $id) { state } }`, hub.Vars{"id": task}).Shows("task.state", "IN_PROGRESS")
	c.Lead.Do("postProgress", hub.Vars{"taskId": task, "text": "Он қап қоқыс жиналды.", "percent": 100,
		"results": []hub.Vars{{"metric": "BAGS", "amount": 10}}}, "update { id task { percent } results { metric amount } }").
		Shows("postProgress.update.task.percent", 100)
	c.Lead.Do("checkOut", hub.Vars{"id": second}, "signup { state }").Shows("checkOut.signup.state", "COMPLETED")
	c.Lead.Do("claimDone", hub.Vars{"id": task, "words": "Алаң таза.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	c.Lead.Refused("NOT_YOUR_CENTRE", "verifyTask", hub.Vars{"id": task})
	c.Coordinator.Do("verifyTask", hub.Vars{"id": task}, "task { state }").Shows("verifyTask.task.state", "VERIFIED")

	c.Visitor().Must(`query($id: ID!) { task(id: $id) { state updates { nodes { text author { displayName } } }
		history { nodes { verb actingAs } } proposal { task { id } history { nodes { verb by { displayName } words } } } } }`,
		hub.Vars{"id": task}).Shows("task.updates.nodes.0.text", "Он қап қоқыс жиналды.")
}
