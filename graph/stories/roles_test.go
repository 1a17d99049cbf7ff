package stories

import (
	"testing"

	"jastarhub/internal/grant"
)

const grantFields = `grant { id role endedAt person { id } centre { code } ngo { id } history { nodes { verb fromState toState actingAs words by { id } } }
	availableActions { action allowed reason } }`

func TestOfficersGiveAndEndRoles(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	given := c.officer.do("giveRole", vars{"person": vars{"email": "OTHER@example.org"}, "role": "COORDINATOR", "centreId": c.centre("ALMALY-1")}, grantFields).
		shows("giveRole.grant.person.id", c.other.id).shows("giveRole.grant.centre.code", "ALMALY-1").
		shows("giveRole.grant.history.nodes", []vars{{"verb": "GIVE_ROLE", "fromState": nil, "toState": "HELD", "actingAs": "OFFICER",
			"words": nil, "by": vars{"id": c.officer.id}}}).
		shows("giveRole.grant.availableActions", []vars{{"action": "END_ROLE", "allowed": true, "reason": nil}})
	grant := given.str("giveRole.grant.id")
	c.officer.do("giveRole", vars{"person": vars{"id": c.other.id}, "role": "COORDINATOR", "centreId": c.centre("ALMALY-1")}, grantFields).
		shows("giveRole.grant.id", grant)
	c.other.signIn(password) // the role ended the session
	staff := `query($id: ID!) { centre(id: $id) { staff { totalCount nodes { role person { displayName } availableActions { reason } } } } }`
	c.other.must(staff, vars{"id": c.centre("ALMALY-1")}).shows("centre.staff", vars{"totalCount": 1, "nodes": []vars{{"role": "COORDINATOR",
		"person": vars{"displayName": "Other Testova"}, "availableActions": []vars{{"reason": "NOT_OFFICER"}}}}})
	c.other.refused("NOT_OFFICER", "endRole", vars{"id": grant, "reason": "I leave."})
	c.lead.refused("NOT_FOUND", "endRole", vars{"id": grant, "reason": "I do not like them."})

	c.officer.do("endRole", vars{"id": grant, "reason": "Moved away."}, grantFields).
		shows("endRole.grant.history.nodes.1", vars{"verb": "END_ROLE", "fromState": "HELD", "toState": "ENDED", "actingAs": "OFFICER",
			"words": "Moved away.", "by": vars{"id": c.officer.id}}).
		shows("endRole.grant.availableActions", []vars{{"action": "END_ROLE", "allowed": false, "reason": "WRONG_STATE"}})
	if got := c.other.ask(staff, vars{"id": c.centre("ALMALY-1")}).code(); got != "FORBIDDEN" {
		t.Errorf("an ended role still counts: %s", got)
	}
	c.officer.must(staff, vars{"id": c.centre("ALMALY-1")}).shows("centre.staff.totalCount", 0)
	c.other.must(`{ viewer { grants { id } } }`).shows("viewer.grants", []vars{})
	c.other.must(`query($id: ID!) { node(id: $id) { ... on Grant { endedAt person { id } } } }`, vars{"id": grant}).
		shows("node.person.id", c.other.id)
	c.officer.refused("WRONG_STATE", "endRole", vars{"id": grant, "reason": "Once more."})
}

// TestOfficersSeeAllRoles that are held, and which of them wait for a second factor.
func TestOfficersSeeAllRoles(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.stop(0)
	newcomer := c.newStaff("Newcomer", "COORDINATOR AUEZOV-1")
	list := `query($role: Role) { grants(filter: {role: $role}, first: 1) { totalCount nodes { person { id } waits } pageInfo { endCursor } } }`
	first := c.officer.must(list, vars{"role": "COORDINATOR"}).shows("grants.totalCount", 2).
		shows("grants.nodes", []vars{{"person": vars{"id": c.coordinator.id}, "waits": false}})
	c.officer.must(`query($after: String) { grants(filter: {role: COORDINATOR}, after: $after) { nodes { person { id } waits } } }`,
		vars{"after": first.str("grants.pageInfo.endCursor")}).
		shows("grants.nodes", []vars{{"person": vars{"id": newcomer.id}, "waits": true}})
	c.officer.must(list, vars{"role": "NGO_LEAD"}).shows("grants.nodes.0.waits", false)
	if all, want := c.officer.must(list).at("grants.totalCount"), c.count(`select count(*) from grants`); all != float64(want) {
		t.Errorf("%v roles, want %d", all, want)
	}
	staff := `query($id: ID!) { centre(id: $id) { staff { nodes { id waits } } } }`
	grant := c.coordinator.must(staff, vars{"id": c.centre("AUEZOV-1")}).shows("centre.staff.nodes.0.waits", false).
		shows("centre.staff.nodes.1.waits", nil).str("centre.staff.nodes.1.id")
	newcomer.must(`{ viewer { grants { waits } } }`).shows("viewer.grants", []vars{{"waits": true}})
	newcomer.enrolFactor()
	newcomer.must(`{ viewer { grants { waits } } }`).shows("viewer.grants", []vars{{"waits": false}})
	c.officer.do("endRole", vars{"id": grant, "reason": "Moved away."}, "grant { waits }").shows("endRole.grant.waits", nil)
	c.officer.must(list, vars{"role": "COORDINATOR"}).shows("grants.totalCount", 1)
	if got := c.coordinator.ask(list).code(); got != "NOT_OFFICER" {
		t.Errorf("the roles by a coordinator: %q", got)
	}
}

func TestAnNgoChoosesItsLeads(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	grant := c.ngoLead.do("giveRole", vars{"person": vars{"id": c.other.id}, "role": "NGO_LEAD", "ngoId": c.ngo}, grantFields).
		shows("giveRole.grant.history.nodes.0.actingAs", "LEAD").str("giveRole.grant.id")
	c.other.signIn(password).must(`query($id: ID!) { ngo(id: $id) { leads { nodes { person { id } } } availableActions { action allowed } } }`, vars{"id": c.ngo}).
		shows("ngo.leads.nodes", []vars{{"person": vars{"id": c.ngoLead.id}}, {"person": vars{"id": c.other.id}}})
	another := c.officer.do("createNgo", vars{"name": vars{"en": "Another"}, "focus": "SPORT"}, "ngo { id }").str("createNgo.ngo.id")
	for _, in := range []vars{{"role": "CITY_OFFICER"}, {"role": "COORDINATOR", "centreId": c.centre("AUEZOV-1")},
		{"role": "CONSULTANT", "centreId": c.centre("AUEZOV-1")}} {
		in["person"] = vars{"id": c.ngoLead.id}
		c.ngoLead.refused("NOT_OFFICER", "giveRole", in)
	}
	c.ngoLead.refused("NOT_YOUR_NGO", "giveRole", vars{"person": vars{"id": c.other.id}, "role": "NGO_LEAD", "ngoId": another})
	c.ngoLead.do("endRole", vars{"id": grant, "reason": "A mistake."}, "grant { endedAt }")
	c.other.refused("NOT_YOUR_NGO", "endRole", vars{"id": grant, "reason": "A mistake."})
	c.other.refused("NOT_YOUR_NGO", "createTeam", vars{"ngoId": c.ngo, "centreId": c.centre("AUEZOV-1"), "name": vars{"en": "Team"}})
}

func TestRolesHaveTheirScope(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	for _, in := range []vars{{"role": "CITY_OFFICER"}, {"person": vars{"id": c.other.id, "email": "other@example.org"}, "role": "CITY_OFFICER"},
		{"person": vars{"id": c.other.id}, "role": "COORDINATOR"}, {"person": vars{"id": c.other.id}, "role": "NGO_LEAD", "centreId": c.centre("AUEZOV-1")},
		{"person": vars{"id": c.other.id}, "role": "CITY_OFFICER", "ngoId": c.ngo}, {"person": vars{"email": "nobody"}, "role": "CITY_OFFICER"}} {
		if got := c.officer.ask(document("giveRole", "grant { id }"), vars{"in": in}).code(); got != "INVALID" {
			t.Errorf("%v: %s", in, got)
		}
	}
	for _, in := range []vars{{"person": vars{"email": "nobody@example.org"}, "role": "CITY_OFFICER"}, {"person": vars{"id": c.team}, "role": "CITY_OFFICER"},
		{"person": vars{"id": c.other.id}, "role": "COORDINATOR", "centreId": c.ngo}, {"person": vars{"id": c.other.id}, "role": "NGO_LEAD", "ngoId": c.team}} {
		if got := c.officer.ask(document("giveRole", "grant { id }"), vars{"in": in}).code(); got != "NOT_FOUND" {
			t.Errorf("%v: %s", in, got)
		}
	}
}

// TestTheCityKeepsAnOfficer: two officers end each other's role at the same moment, again and again.
func TestTheCityKeepsAnOfficer(t *testing.T) {
	t.Parallel()
	c := newHub(t)
	both := c.crowd(2)
	grants := [2]string{}
	for i, who := range both {
		c.grant(who, grant.CityOfficer, "")
		grants[i] = c.text(`select id from grants where person_id = $1`, who.id)
	}
	var told [2]string
	atOnce(2, func(i int) {
		told[i] = both[i].ask(document("endRole", "grant { id }"), vars{"in": vars{"id": grants[1-i], "reason": "Either of us."}}).code()
	})
	// The second one was still an officer when the request was checked, or no longer is.
	if (told[0] == "") == (told[1] == "") {
		t.Errorf("told %q", told)
	}
	if n := c.count(`select count(*) from grants where role = 'CITY_OFFICER' and ended_at is null`); n != 1 {
		t.Fatalf("%d officers", n)
	}
	last := both[0]
	if told[0] != "" {
		last = both[1]
	}
	left := c.text(`select id from grants where role = 'CITY_OFFICER' and ended_at is null`)
	last.refused("LAST_OFFICER", "endRole", vars{"id": left, "reason": "I am tired."})
	last.must(`query($id: ID!) { node(id: $id) { ... on Grant { history { nodes { verb actingAs by { id } } } availableActions { reason } } } }`, vars{"id": left}).
		shows("node.availableActions", []vars{{"reason": "LAST_OFFICER"}}).
		shows("node.history.nodes.0", vars{"verb": "GIVE_ROLE", "actingAs": "HUB", "by": nil})
}

// TestWhereATeamAsksToMove is visible to those who ask or answer, in lists too.
func TestWhereATeamAsksToMove(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hosting := w.putAsked()
	team := w.text(`select team_id from hostings where id = $1`, hosting)
	list := `query($id: ID!) { team(id: $id) { hostings { totalCount nodes { state } } } }`
	for who, states := range map[string][]vars{"visitor": {{"state": "ACTIVE"}}, "member": {{"state": "ACTIVE"}}, elsewhere: {{"state": "ACTIVE"}},
		"lead": {{"state": "REQUESTED"}, {"state": "ACTIVE"}}, "ngoLead": {{"state": "REQUESTED"}, {"state": "ACTIVE"}},
		"coordinator": {{"state": "REQUESTED"}, {"state": "ACTIVE"}}, "officer": {{"state": "REQUESTED"}, {"state": "ACTIVE"}}} {
		w.roles[who].must(list, vars{"id": team}).shows("team.hostings", vars{"totalCount": len(states), "nodes": states})
	}
}

// TestWhoIsNotReadyStandsInForNobody: the last officer, and the last lead of a team, with a verified and named account must stay.
func TestWhoIsNotReadyStandsInForNobody(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	second := c.grant(c.crowd(1)[0], grant.CityOfficer, "")
	grant := c.text(`select id from grants where person_id = $1 and role = 'CITY_OFFICER'`, c.officer.id)
	c.enrol(second, c.team, "LEAD")
	led := c.text(`select id from memberships where person_id = $1`, c.lead.id)
	for _, lacks := range []string{`email_verified_at = null`, `given_name = ''`} {
		c.exec(`update people set `+lacks+` where id = $1`, rowID(second.id))
		c.officer.refused("LAST_OFFICER", "endRole", vars{"id": grant, "reason": "I am tired."})
		c.lead.refused("LAST_LEAD", "leaveTeam", vars{"id": led})
		c.exec(`update people set email_verified_at = now(), given_name = 'Person' where id = $1`, rowID(second.id))
	}
}
