package team

import (
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

const grantFields = `grant { id role endedAt person { id } centre { code } ngo { id } history { nodes { verb fromState toState actingAs words by { id } } }
	availableActions { action allowed reason } }`

func TestOfficersGiveAndEndRoles(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	given := c.Officer.Do("giveRole", hub.Vars{"person": hub.Vars{"email": "OTHER@example.org"}, "role": "COORDINATOR", "centreId": c.Centre("ALMALY-1")}, grantFields).
		Shows("giveRole.grant.person.id", c.Other.ID).Shows("giveRole.grant.centre.code", "ALMALY-1").
		Shows("giveRole.grant.history.nodes", []hub.Vars{{"verb": "GIVE_ROLE", "fromState": nil, "toState": "HELD", "actingAs": "OFFICER",
			"words": nil, "by": hub.Vars{"id": c.Officer.ID}}}).
		Shows("giveRole.grant.availableActions", []hub.Vars{{"action": "END_ROLE", "allowed": true, "reason": nil}})
	grant := given.Str("giveRole.grant.id")
	c.Officer.Do("giveRole", hub.Vars{"person": hub.Vars{"id": c.Other.ID}, "role": "COORDINATOR", "centreId": c.Centre("ALMALY-1")}, grantFields).
		Shows("giveRole.grant.id", grant)
	c.Other.SignIn(hub.Password) // the role ended the session
	staff := `query($id: ID!) { centre(id: $id) { staff { totalCount nodes { role person { displayName } availableActions { reason } } } } }`
	c.Other.Must(staff, hub.Vars{"id": c.Centre("ALMALY-1")}).Shows("centre.staff", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"role": "COORDINATOR",
		"person": hub.Vars{"displayName": "Other Testova"}, "availableActions": []hub.Vars{{"reason": "NOT_OFFICER"}}}}})
	c.Other.Refused("NOT_OFFICER", "endRole", hub.Vars{"id": grant, "reason": "I leave."})
	c.Lead.Refused("NOT_FOUND", "endRole", hub.Vars{"id": grant, "reason": "I do not like them."})

	c.Officer.Do("endRole", hub.Vars{"id": grant, "reason": "Moved away."}, grantFields).
		Shows("endRole.grant.history.nodes.1", hub.Vars{"verb": "END_ROLE", "fromState": "HELD", "toState": "ENDED", "actingAs": "OFFICER",
			"words": "Moved away.", "by": hub.Vars{"id": c.Officer.ID}}).
		Shows("endRole.grant.availableActions", []hub.Vars{{"action": "END_ROLE", "allowed": false, "reason": "WRONG_STATE"}})
	if got := c.Other.Ask(staff, hub.Vars{"id": c.Centre("ALMALY-1")}).Code(); got != "FORBIDDEN" {
		t.Errorf("an ended role still counts: %s", got)
	}
	c.Officer.Must(staff, hub.Vars{"id": c.Centre("ALMALY-1")}).Shows("centre.staff.totalCount", 0)
	c.Other.Must(`{ viewer { grants { id } } }`).Shows("viewer.grants", []hub.Vars{})
	c.Other.Must(`query($id: ID!) { node(id: $id) { ... on Grant { endedAt person { id } } } }`, hub.Vars{"id": grant}).
		Shows("node.person.id", c.Other.ID)
	c.Officer.Refused("WRONG_STATE", "endRole", hub.Vars{"id": grant, "reason": "Once more."})
}

// TestOfficersSeeAllRoles that are held, and which of them wait for a second factor.
func TestOfficersSeeAllRoles(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Stop()
	newcomer := c.NewStaff("Newcomer", "COORDINATOR AUEZOV-1")
	list := `query($role: Role) { grants(filter: {role: $role}, first: 1) { totalCount nodes { person { id } waits } pageInfo { endCursor } } }`
	first := c.Officer.Must(list, hub.Vars{"role": "COORDINATOR"}).Shows("grants.totalCount", 2).
		Shows("grants.nodes", []hub.Vars{{"person": hub.Vars{"id": c.Coordinator.ID}, "waits": false}})
	c.Officer.Must(`query($after: String) { grants(filter: {role: COORDINATOR}, after: $after) { nodes { person { id } waits } } }`,
		hub.Vars{"after": first.Str("grants.pageInfo.endCursor")}).
		Shows("grants.nodes", []hub.Vars{{"person": hub.Vars{"id": newcomer.ID}, "waits": true}})
	c.Officer.Must(list, hub.Vars{"role": "NGO_LEAD"}).Shows("grants.nodes.0.waits", false)
	if all, want := c.Officer.Must(list).At("grants.totalCount"), c.Count(`select count(*) from grants`); all != float64(want) {
		t.Errorf("%v roles, want %d", all, want)
	}
	staff := `query($id: ID!) { centre(id: $id) { staff { nodes { id waits } } } }`
	grant := c.Coordinator.Must(staff, hub.Vars{"id": c.Centre("AUEZOV-1")}).Shows("centre.staff.nodes.0.waits", false).
		Shows("centre.staff.nodes.1.waits", nil).Str("centre.staff.nodes.1.id")
	newcomer.Must(`{ viewer { grants { waits } } }`).Shows("viewer.grants", []hub.Vars{{"waits": true}})
	newcomer.EnrolFactor()
	newcomer.Must(`{ viewer { grants { waits } } }`).Shows("viewer.grants", []hub.Vars{{"waits": false}})
	c.Officer.Do("endRole", hub.Vars{"id": grant, "reason": "Moved away."}, "grant { waits }").Shows("endRole.grant.waits", nil)
	c.Officer.Must(list, hub.Vars{"role": "COORDINATOR"}).Shows("grants.totalCount", 1)
	if got := c.Coordinator.Ask(list).Code(); got != "NOT_OFFICER" {
		t.Errorf("the roles by a coordinator: %q", got)
	}
}

func TestAnNgoChoosesItsLeads(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	grant := c.NgoLead.Do("giveRole", hub.Vars{"person": hub.Vars{"id": c.Other.ID}, "role": "NGO_LEAD", "ngoId": c.Ngo}, grantFields).
		Shows("giveRole.grant.history.nodes.0.actingAs", "LEAD").Str("giveRole.grant.id")
	c.Other.SignIn(hub.Password).Must(`query($id: ID!) { ngo(id: $id) { leads { nodes { person { id } } } availableActions { action allowed } } }`, hub.Vars{"id": c.Ngo}).
		Shows("ngo.leads.nodes", []hub.Vars{{"person": hub.Vars{"id": c.NgoLead.ID}}, {"person": hub.Vars{"id": c.Other.ID}}})
	another := c.Officer.Do("createNgo", hub.Vars{"name": hub.Vars{"en": "Another"}, "focus": "SPORT"}, "ngo { id }").Str("createNgo.ngo.id")
	for _, in := range []hub.Vars{{"role": "CITY_OFFICER"}, {"role": "COORDINATOR", "centreId": c.Centre("AUEZOV-1")},
		{"role": "CONSULTANT", "centreId": c.Centre("AUEZOV-1")}} {
		in["person"] = hub.Vars{"id": c.NgoLead.ID}
		c.NgoLead.Refused("NOT_OFFICER", "giveRole", in)
	}
	c.NgoLead.Refused("NOT_YOUR_NGO", "giveRole", hub.Vars{"person": hub.Vars{"id": c.Other.ID}, "role": "NGO_LEAD", "ngoId": another})
	c.NgoLead.Do("endRole", hub.Vars{"id": grant, "reason": "A mistake."}, "grant { endedAt }")
	c.Other.Refused("NOT_YOUR_NGO", "endRole", hub.Vars{"id": grant, "reason": "A mistake."})
	c.Other.Refused("NOT_YOUR_NGO", "createTeam", hub.Vars{"ngoId": c.Ngo, "centreId": c.Centre("AUEZOV-1"), "name": hub.Vars{"en": "Team"}})
}

func TestRolesHaveTheirScope(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	for _, in := range []hub.Vars{{"role": "CITY_OFFICER"}, {"person": hub.Vars{"id": c.Other.ID, "email": "other@example.org"}, "role": "CITY_OFFICER"},
		{"person": hub.Vars{"id": c.Other.ID}, "role": "COORDINATOR"}, {"person": hub.Vars{"id": c.Other.ID}, "role": "NGO_LEAD", "centreId": c.Centre("AUEZOV-1")},
		{"person": hub.Vars{"id": c.Other.ID}, "role": "CITY_OFFICER", "ngoId": c.Ngo}, {"person": hub.Vars{"email": "nobody"}, "role": "CITY_OFFICER"}} {
		if got := c.Officer.Ask(hub.Document("giveRole", "grant { id }"), hub.Vars{"in": in}).Code(); got != "INVALID" {
			t.Errorf("%v: %s", in, got)
		}
	}
	for _, in := range []hub.Vars{{"person": hub.Vars{"email": "nobody@example.org"}, "role": "CITY_OFFICER"}, {"person": hub.Vars{"id": c.Team}, "role": "CITY_OFFICER"},
		{"person": hub.Vars{"id": c.Other.ID}, "role": "COORDINATOR", "centreId": c.Ngo}, {"person": hub.Vars{"id": c.Other.ID}, "role": "NGO_LEAD", "ngoId": c.Team}} {
		if got := c.Officer.Ask(hub.Document("giveRole", "grant { id }"), hub.Vars{"in": in}).Code(); got != "NOT_FOUND" {
			t.Errorf("%v: %s", in, got)
		}
	}
}

// TestTheCityKeepsAnOfficer: two officers end each other's role at the same moment, again and again.
func TestTheCityKeepsAnOfficer(t *testing.T) {
	t.Parallel()
	c := hub.New(t)
	both := c.Crowd(2)
	grants := [2]string{}
	for i, who := range both {
		c.Grant(who, grant.CityOfficer, "")
		grants[i] = c.Text(`select id from grants where person_id = $1`, who.ID)
	}
	var told [2]string
	hub.AtOnce(2, func(i int) {
		told[i] = both[i].Ask(hub.Document("endRole", "grant { id }"), hub.Vars{"in": hub.Vars{"id": grants[1-i], "reason": "Either of us."}}).Code()
	})
	// The second one was still an officer when the request was checked, or no longer is.
	if (told[0] == "") == (told[1] == "") {
		t.Errorf("told %q", told)
	}
	if n := c.Count(`select count(*) from grants where role = 'CITY_OFFICER' and ended_at is null`); n != 1 {
		t.Fatalf("%d officers", n)
	}
	last := both[0]
	if told[0] != "" {
		last = both[1]
	}
	left := c.Text(`select id from grants where role = 'CITY_OFFICER' and ended_at is null`)
	last.Refused("LAST_OFFICER", "endRole", hub.Vars{"id": left, "reason": "I am tired."})
	last.Must(`query($id: ID!) { node(id: $id) { ... on Grant { history { nodes { verb actingAs by { id } } } availableActions { reason } } } }`, hub.Vars{"id": left}).
		Shows("node.availableActions", []hub.Vars{{"reason": "LAST_OFFICER"}}).
		Shows("node.history.nodes.0", hub.Vars{"verb": "GIVE_ROLE", "actingAs": "HUB", "by": nil})
}

// TestWhereATeamAsksToMove is visible to those who ask or answer, in lists too.
func TestWhereATeamAsksToMove(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	hosting := w.PutAsked()
	team := w.Text(`select team_id from hostings where id = $1`, hosting)
	list := `query($id: ID!) { team(id: $id) { hostings { totalCount nodes { state } } } }`
	for who, states := range map[string][]hub.Vars{"visitor": {{"state": "ACTIVE"}}, "member": {{"state": "ACTIVE"}}, hub.Elsewhere: {{"state": "ACTIVE"}},
		"lead": {{"state": "REQUESTED"}, {"state": "ACTIVE"}}, "ngoLead": {{"state": "REQUESTED"}, {"state": "ACTIVE"}},
		"coordinator": {{"state": "REQUESTED"}, {"state": "ACTIVE"}}, "officer": {{"state": "REQUESTED"}, {"state": "ACTIVE"}}} {
		w.Roles[who].Must(list, hub.Vars{"id": team}).Shows("team.hostings", hub.Vars{"totalCount": len(states), "nodes": states})
	}
}

// TestWhoIsNotReadyStandsInForNobody: the last officer, and the last lead of a team, with a verified and named account must stay.
func TestWhoIsNotReadyStandsInForNobody(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	second := c.Grant(c.Crowd(1)[0], grant.CityOfficer, "")
	grant := c.Text(`select id from grants where person_id = $1 and role = 'CITY_OFFICER'`, c.Officer.ID)
	c.Enrol(second, c.Team, "LEAD")
	led := c.Text(`select id from memberships where person_id = $1`, c.Lead.ID)
	for _, lacks := range []string{`email_verified_at = null`, `given_name = ''`} {
		c.Exec(`update people set `+lacks+` where id = $1`, hub.RowID(second.ID))
		c.Officer.Refused("LAST_OFFICER", "endRole", hub.Vars{"id": grant, "reason": "I am tired."})
		c.Lead.Refused("LAST_LEAD", "leaveTeam", hub.Vars{"id": led})
		c.Exec(`update people set email_verified_at = now(), given_name = 'Person' where id = $1`, hub.RowID(second.ID))
	}
}
