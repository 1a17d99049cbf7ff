package account

import (
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

const proposalActions = `query($id: ID!) { proposal(id: $id) { availableActions { action allowed reason } } }`

// TestARoleWaitsForASecondFactor: a coordinator and an officer are told what is missing, wherever the role would allow something.
func TestARoleWaitsForASecondFactor(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Stop()
	coordinator, officer := c.NewStaff("Newcomer", "COORDINATOR AUEZOV-1"), c.NewStaff("Newofficer", "CITY_OFFICER")
	proposal := c.Propose(c.Other)
	waits := hub.Vars{"active": false, "recoveryCodesLeft": 0, "rolesWait": true}
	coordinator.Must(`{ `+factorFields+` }`).Shows("viewer.secondFactor", waits)
	officer.Must(`{ viewer { grants { role } secondFactor { active recoveryCodesLeft rolesWait } } }`).
		Shows("viewer", hub.Vars{"grants": []hub.Vars{{"role": "CITY_OFFICER"}}, "secondFactor": waits})
	c.Coordinator.Must(`{ `+factorFields+` }`).Shows("viewer.secondFactor.rolesWait", false)

	coordinator.Refused("SECOND_FACTOR_MISSING", "reviewProposal", hub.Vars{"id": proposal})
	officer.Refused("NOT_YOUR_CENTRE", "reviewProposal", hub.Vars{"id": proposal}) // not with a second factor either
	officer.Refused("SECOND_FACTOR_MISSING", "createNgo", hub.Vars{"name": hub.SomeName, "focus": "MEDIA"})
	coordinator.Refused("NOT_OFFICER", "createNgo", hub.Vars{"name": hub.SomeName, "focus": "MEDIA"})
	officer.Refused("SECOND_FACTOR_MISSING", "giveRole", hub.Vars{"person": hub.Vars{"id": officer.ID}, "role": "CITY_OFFICER"})
	officer.Refused("SECOND_FACTOR_MISSING", "resetSecondFactor", hub.Vars{"person": hub.Vars{"id": c.Coordinator.ID}, "reason": "The phone is lost."})
	review := hub.Vars{"action": "REVIEW_PROPOSAL", "allowed": false, "reason": "SECOND_FACTOR_MISSING"}
	coordinator.Must(proposalActions, hub.Vars{"id": proposal}).Shows("proposal.availableActions.0", review)
	review["reason"] = "NOT_YOUR_CENTRE"
	officer.Must(proposalActions, hub.Vars{"id": proposal}).Shows("proposal.availableActions.0", review)
	for query, want := range map[string]string{
		`query($id: ID!) { centre(id: $id) { staff { totalCount } } }`: "SECOND_FACTOR_MISSING",
		`{ auditEntries { totalCount } }`:                              "SECOND_FACTOR_MISSING",
	} {
		if got := officer.Ask(query, hub.Vars{"id": c.Centre("AUEZOV-1")}).Code(); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := coordinator.Ask(`{ auditEntries { totalCount } }`).Code(); got != "NOT_OFFICER" {
		t.Errorf("the audit by a coordinator: %q", got)
	}
	if got := coordinator.Ask(`{ minor(email: "nobody@example.org") { id } }`).Code(); got != "SECOND_FACTOR_MISSING" {
		t.Errorf("a minor by a coordinator: %q", got)
	}
}

// TestARoleActsWithASecondFactor turns one on in a session in which the role waited.
func TestARoleActsWithASecondFactor(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Stop()
	coordinator, officer := c.NewStaff("Newcomer", "COORDINATOR AUEZOV-1"), c.NewStaff("Newofficer", "CITY_OFFICER")
	proposal := c.Propose(c.Other)
	coordinator.EnrolFactor()
	secret, _ := officer.EnrolFactor()
	coordinator.Must(`{ `+factorFields+` }`).Shows("viewer.secondFactor", hub.Vars{"active": true, "recoveryCodesLeft": 10, "rolesWait": false})
	coordinator.Must(proposalActions, hub.Vars{"id": proposal}).
		Shows("proposal.availableActions.0", hub.Vars{"action": "REVIEW_PROPOSAL", "allowed": true, "reason": nil})
	coordinator.Do("reviewProposal", hub.Vars{"id": proposal}, "proposal { state }").Shows("reviewProposal.proposal.state", "IN_REVIEW")
	officer.Must(`{ auditEntries { totalCount } }`)
	c.Sleep(30 * time.Second)
	officer.Refused("ROLE_HELD", "endSecondFactor", hub.Vars{"password": hub.Password, "code": c.CodeOf(secret)})
	officer.Token = c.Expect("", "Newofficer", c.CodeOf(secret))
	officer.Do("createNgo", hub.Vars{"name": hub.SomeName, "focus": "MEDIA"}, "ngo { id }")
}

// TestARoleGivenToWhoHasASecondFactor acts from the next sign-in on, and keeps the second factor from being turned off.
func TestARoleGivenToWhoHasASecondFactor(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Stop()
	_, codes := c.Other.EnrolFactor()
	grant := c.Officer.Do("giveRole", hub.Vars{"person": hub.Vars{"id": c.Other.ID}, "role": "COORDINATOR", "centreId": c.Centre("AUEZOV-1")}, "grant { id }").
		Str("giveRole.grant.id")
	if code := c.Other.Ask(`{ viewer { id } }`).Code(); code != "UNAUTHENTICATED" {
		t.Errorf("the session from before the role: %q", code)
	}
	c.Expect("SECOND_FACTOR_REQUIRED", "Other", "")
	c.Other.Token = c.Expect("", "Other", codes[0])
	c.Other.Do("reviewProposal", hub.Vars{"id": c.Propose(c.Volunteer)}, "proposal { state }")
	c.Other.Refused("ROLE_HELD", "endSecondFactor", hub.Vars{"password": hub.Password, "code": codes[1]})
	c.Officer.Do("endRole", hub.Vars{"id": grant, "reason": "Moved away."}, "grant { id }")
	c.Other.Do("endSecondFactor", hub.Vars{"password": hub.Password, "code": codes[1]}, "person { id }")
}
