package stories

import (
	"testing"
	"time"
)

// TestMainJob is the main path: a proposal becomes a task, people sign up, come, and the centre verifies the result.
func TestMainJob(t *testing.T) {
	c := newCity(t)
	c.visitor().must(`{ districts { code name(lang: RU) centres { nodes { code state } } }
		centres(first: 16) { totalCount nodes { name(lang: EN) teamCount } } ngos { nodes { name teams { nodes { name } } } } }`).
		shows("centres.totalCount", 16)

	resident := c.person("Resident", 17)
	proposal := resident.do("submitProposal", vars{"districtId": c.district("AUEZOV"), "centreId": c.centre("AUEZOV-1"),
		"title": "Балалар алаңын тазалау", "text": "Алаңды шөп басып кеткен, балалар ойнай алмайды."},
		"proposal { id state centre { code } author { displayName } }").
		shows("submitProposal.proposal.centre.code", "AUEZOV-1").str("submitProposal.proposal.id")
	c.volunteer.do("supportProposal", vars{"id": proposal}, "proposal { supportCount supportedByMe }").
		shows("supportProposal.proposal", vars{"supportCount": 1, "supportedByMe": true})
	c.volunteer.refused("ALREADY_SUPPORTED", "supportProposal", vars{"id": proposal})
	c.other.refused("NOT_YOUR_CENTRE", "reviewProposal", vars{"id": proposal})
	c.coordinator.do("reviewProposal", vars{"id": proposal}, "proposal { state }")
	c.lead.refused("WRONG_STATE", "adoptProposal", vars{"proposalId": proposal, "teamId": c.team})
	c.coordinator.do("acceptProposal", vars{"id": proposal, "words": "Дұрыс ұсыныс."}, "proposal { state }")
	task := c.lead.do("adoptProposal", vars{"proposalId": proposal, "teamId": c.team}, "task { id state title proposal { id } }").
		shows("adoptProposal.task.state", "DRAFT").shows("adoptProposal.task.proposal.id", proposal).str("adoptProposal.task.id")
	c.lead.refused("ALREADY_ADOPTED", "adoptProposal", vars{"proposalId": proposal, "teamId": c.team})
	c.visitor().must(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": task}).shows("node", nil)
	c.lead.refused("NO_FUTURE_SHIFT", "openTask", vars{"id": task})

	shift := c.lead.do("addShift", vars{"taskId": task, "shift": c.newShift(1, time.Hour*30)}, "shift { id seats { free } }").
		str("addShift.shift.id")
	c.lead.do("openTask", vars{"id": task}, "task { state seats { capacity free } }").
		shows("openTask.task.seats", vars{"capacity": 1, "free": 1})

	first, state := c.signUp(c.volunteer, shift)
	if state != "CONFIRMED" {
		t.Errorf("the first is %s", state)
	}
	again, _ := c.signUp(c.volunteer, shift)
	if again != first {
		t.Error("a repeated sign-up made another one")
	}
	second := c.other.do("signUp", vars{"shiftId": shift}, "signup { id state position }").
		shows("signUp.signup.state", "WAITLISTED").shows("signUp.signup.position", 1).str("signUp.signup.id")
	c.other.refused("NOT_FOUND", "cancelSignup", vars{"id": first})
	c.volunteer.do("cancelSignup", vars{"id": first}, "signup { state }").shows("cancelSignup.signup.state", "CANCELLED")
	c.other.must(`query($id: ID!) { node(id: $id) { ... on Signup { state offerExpiresAt availableActions { action allowed reason } } } }`,
		vars{"id": second}).shows("node.state", "OFFERED")
	c.other.do("acceptOffer", vars{"id": second}, "signup { state shift { seats { taken } mySignup { id } } }").
		shows("acceptOffer.signup.state", "CONFIRMED").shows("acceptOffer.signup.shift.mySignup.id", second)

	c.lead.refused("TOO_EARLY", "checkIn", vars{"id": second})
	c.age(shift, time.Hour*29)
	c.lead.do("checkIn", vars{"id": second}, "signup { state checkedInAt }").shows("checkIn.signup.state", "CHECKED_IN")
	c.age(shift, time.Hour*2)
	c.tick()
	c.visitor().must(`query($id: ID!) { task(id: $id) { state } }`, vars{"id": task}).shows("task.state", "IN_PROGRESS")
	c.lead.do("postProgress", vars{"taskId": task, "text": "Он қап қоқыс жиналды.", "percent": 100,
		"results": []vars{{"metric": "BAGS", "amount": 10}}}, "update { id task { percent } results { metric amount } }").
		shows("postProgress.update.task.percent", 100)
	c.lead.do("checkOut", vars{"id": second}, "signup { state }").shows("checkOut.signup.state", "COMPLETED")
	c.lead.do("claimDone", vars{"id": task, "words": "Алаң таза.", "noPhotoReason": "No camera.", "cancelShifts": true}, "task { state }")
	c.lead.refused("NOT_YOUR_CENTRE", "verifyTask", vars{"id": task})
	c.coordinator.do("verifyTask", vars{"id": task}, "task { state }").shows("verifyTask.task.state", "VERIFIED")

	c.visitor().must(`query($id: ID!) { task(id: $id) { state updates { nodes { text author { displayName } } }
		history { nodes { verb actingAs } } proposal { task { id } history { nodes { verb by { displayName } words } } } } }`,
		vars{"id": task}).shows("task.updates.nodes.0.text", "Он қап қоқыс жиналды.")
}
