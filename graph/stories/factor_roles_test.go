package stories

import (
	"context"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/grant"
)

// newStaff returns somebody who was given a role and has no second factor.
func (c *city) newStaff(name, role string) *caller {
	c.t.Helper()
	who := c.person(name, 30)
	what, scope, _ := strings.Cut(role, " ")
	if err := c.r.Grants.GiveTo(context.Background(), email(name), grant.Role(what), scope, time.Now()); err != nil {
		c.t.Fatal(err)
	}
	who.token = c.expect("", name, "")
	return who
}

const proposalActions = `query($id: ID!) { proposal(id: $id) { availableActions { action allowed reason } } }`

// TestARoleWaitsForASecondFactor: a coordinator and an officer are told what is missing, wherever the role would allow something.
func TestARoleWaitsForASecondFactor(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.stop(0)
	coordinator, officer := c.newStaff("Newcomer", "COORDINATOR AUEZOV-1"), c.newStaff("Newofficer", "CITY_OFFICER")
	proposal := c.propose(c.other)
	waits := vars{"active": false, "recoveryCodesLeft": 0, "rolesWait": true}
	coordinator.must(`{ `+factorFields+` }`).shows("viewer.secondFactor", waits)
	officer.must(`{ viewer { grants { role } secondFactor { active recoveryCodesLeft rolesWait } } }`).
		shows("viewer", vars{"grants": []vars{{"role": "CITY_OFFICER"}}, "secondFactor": waits})
	c.coordinator.must(`{ `+factorFields+` }`).shows("viewer.secondFactor.rolesWait", false)

	coordinator.refused("SECOND_FACTOR_MISSING", "reviewProposal", vars{"id": proposal})
	officer.refused("NOT_YOUR_CENTRE", "reviewProposal", vars{"id": proposal}) // not with a second factor either
	officer.refused("SECOND_FACTOR_MISSING", "createNgo", vars{"name": someName, "focus": "MEDIA"})
	coordinator.refused("NOT_OFFICER", "createNgo", vars{"name": someName, "focus": "MEDIA"})
	officer.refused("SECOND_FACTOR_MISSING", "giveRole", vars{"person": vars{"id": officer.id}, "role": "CITY_OFFICER"})
	officer.refused("SECOND_FACTOR_MISSING", "resetSecondFactor", vars{"person": vars{"id": c.coordinator.id}, "reason": "The phone is lost."})
	review := vars{"action": "REVIEW_PROPOSAL", "allowed": false, "reason": "SECOND_FACTOR_MISSING"}
	coordinator.must(proposalActions, vars{"id": proposal}).shows("proposal.availableActions.0", review)
	review["reason"] = "NOT_YOUR_CENTRE"
	officer.must(proposalActions, vars{"id": proposal}).shows("proposal.availableActions.0", review)
	for query, want := range map[string]string{
		`query($id: ID!) { centre(id: $id) { staff { totalCount } } }`: "SECOND_FACTOR_MISSING",
		`{ auditEntries { totalCount } }`:                              "SECOND_FACTOR_MISSING",
	} {
		if got := officer.ask(query, vars{"id": c.centre("AUEZOV-1")}).code(); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
	if got := coordinator.ask(`{ auditEntries { totalCount } }`).code(); got != "NOT_OFFICER" {
		t.Errorf("the audit by a coordinator: %q", got)
	}
	if got := coordinator.ask(`{ minor(email: "nobody@example.org") { id } }`).code(); got != "SECOND_FACTOR_MISSING" {
		t.Errorf("a minor by a coordinator: %q", got)
	}
}

// TestARoleActsWithASecondFactor turns one on in a session in which the role waited.
func TestARoleActsWithASecondFactor(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.stop(0)
	coordinator, officer := c.newStaff("Newcomer", "COORDINATOR AUEZOV-1"), c.newStaff("Newofficer", "CITY_OFFICER")
	proposal := c.propose(c.other)
	coordinator.enrolFactor()
	secret, _ := officer.enrolFactor()
	coordinator.must(`{ `+factorFields+` }`).shows("viewer.secondFactor", vars{"active": true, "recoveryCodesLeft": 10, "rolesWait": false})
	coordinator.must(proposalActions, vars{"id": proposal}).
		shows("proposal.availableActions.0", vars{"action": "REVIEW_PROPOSAL", "allowed": true, "reason": nil})
	coordinator.do("reviewProposal", vars{"id": proposal}, "proposal { state }").shows("reviewProposal.proposal.state", "IN_REVIEW")
	officer.must(`{ auditEntries { totalCount } }`)
	c.stop(30 * time.Second)
	officer.refused("ROLE_HELD", "endSecondFactor", vars{"password": password, "code": c.codeOf(secret)})
	officer.token = c.expect("", "Newofficer", c.codeOf(secret))
	officer.do("createNgo", vars{"name": someName, "focus": "MEDIA"}, "ngo { id }")
}

// TestARoleGivenToWhoHasASecondFactor acts from the next sign-in on, and keeps the second factor from being turned off.
func TestARoleGivenToWhoHasASecondFactor(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.stop(0)
	_, codes := c.other.enrolFactor()
	grant := c.officer.do("giveRole", vars{"person": vars{"id": c.other.id}, "role": "COORDINATOR", "centreId": c.centre("AUEZOV-1")}, "grant { id }").
		str("giveRole.grant.id")
	if code := c.other.ask(`{ viewer { id } }`).code(); code != "UNAUTHENTICATED" {
		t.Errorf("the session from before the role: %q", code)
	}
	c.expect("SECOND_FACTOR_REQUIRED", "Other", "")
	c.other.token = c.expect("", "Other", codes[0])
	c.other.do("reviewProposal", vars{"id": c.propose(c.volunteer)}, "proposal { state }")
	c.other.refused("ROLE_HELD", "endSecondFactor", vars{"password": password, "code": codes[1]})
	c.officer.do("endRole", vars{"id": grant, "reason": "Moved away."}, "grant { id }")
	c.other.do("endSecondFactor", vars{"password": password, "code": codes[1]}, "person { id }")
}

// TestTheWaitingAreToldSo goes through the table of rights: where only an officer or a coordinator may do something, one whose
// role waits gets SECOND_FACTOR_MISSING, or NOT_FOUND if they may not know of the object.
func TestTheWaitingAreToldSo(t *testing.T) {
	t.Parallel()
	w, tried := newWorld(t), 0
	for _, r := range rights {
		for _, column := range []string{"coordinator", "officer"} {
			if want, told := waits(r, column); told {
				in := r.fresh(w, column)
				w.waiting(column, func() { w.tries(r, column, want, in) })
				tried++
			}
		}
	}
	for _, f := range protected() {
		for _, column := range []string{"coordinator", "officer"} {
			if want, told := waits(f.right, column); told {
				in := vars{}
				if f.id != nil {
					in["id"] = f.id(w)
				}
				w.waiting(column, func() { w.compareField(f, column, want, w.roles[column].ask(f.query, in)) })
				tried++
			}
		}
	}
	if tried < 25 {
		t.Errorf("only %d pairs were tried", tried)
	}
}

// waits returns what a column whose role waits must be told by the table; nothing where the role gives no right.
func waits(r right, column string) (want string, told bool) {
	if refused, _ := r.answer(column); refused != "" || contains(r.may, "person") {
		return "", false
	}
	want, _ = r.answer("person")
	if want != "NOT_FOUND" && want != "null" {
		want = "SECOND_FACTOR_MISSING"
	}
	return want, true
}

// waiting makes a role wait while something is tried.
func (w *world) waiting(column string, try func()) {
	w.exec(`update sessions set second_factor_at = null where person_id::text = $1`, w.roles[column].id)
	try()
	w.exec(`update sessions set second_factor_at = created_at where person_id::text = $1`, w.roles[column].id)
}
