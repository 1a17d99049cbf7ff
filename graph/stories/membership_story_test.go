package stories

import (
	"sync"
	"testing"
	"time"
)

func TestTheLastLeadStays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	own := c.lead.must(`query($id: ID!) { team(id: $id) { myMembership { id role availableActions { action reason } } } }`, vars{"id": c.team})
	id := own.shows("team.myMembership.role", "LEAD").str("team.myMembership.id")
	own.shows("team.myMembership.availableActions.2", vars{"action": "LEAVE_TEAM", "reason": "LAST_LEAD"})
	c.lead.refused("LAST_LEAD", "leaveTeam", vars{"id": id})
	c.ngoLead.refused("LAST_LEAD", "removeMember", vars{"id": id, "reason": "Never there."})
	c.lead.refused("LAST_LEAD", "setMemberRole", vars{"id": id, "role": "MEMBER"})

	second := c.join(c.other, "MEMBER")
	c.lead.refused("LAST_LEAD", "leaveTeam", vars{"id": id}) // a member is not a lead
	c.lead.do("setMemberRole", vars{"id": second, "role": "LEAD"}, "membership { role }")
	c.lead.do("setMemberRole", vars{"id": id, "role": "MEMBER"}, "membership { role state }").
		shows("setMemberRole.membership", vars{"role": "MEMBER", "state": "ACTIVE"})
	c.other.refused("LAST_LEAD", "leaveTeam", vars{"id": second})
	c.lead.do("leaveTeam", vars{"id": id}, "membership { state }").shows("leaveTeam.membership.state", "LEFT")
	c.lead.refused("NOT_FOUND", "setMemberRole", vars{"id": second, "role": "MEMBER"}) // somebody who has left sees no memberships
}

func TestTwoLeadsLeaveAtOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for range 10 {
		w.exec(`update memberships set state = 'LEFT', ended_at = now() where team_id = $1 and state = 'ACTIVE'`, w.team)
		pair := []*caller{w.roles["member"], w.roles["stranger"]}
		ids := []string{w.enrol(pair[0], w.team, "LEAD"), w.enrol(pair[1], w.team, "LEAD")}
		codes := make([]string, 2)
		var both sync.WaitGroup
		for i, who := range pair {
			both.Go(func() {
				codes[i] = who.ask(document("leaveTeam", "membership { state }"), vars{"in": vars{"id": ids[i]}}).code()
			})
		}
		both.Wait()
		leads := w.count(`select count(*) from memberships where team_id = $1 and state = 'ACTIVE' and role = 'LEAD'`, w.team)
		if codes[0]+codes[1] != "LAST_LEAD" || leads != 1 {
			t.Errorf("the leads are told %q, %d are left", codes, leads)
		}
	}
}

func TestFourteenDays(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	asked := c.volunteer.do("requestMembership", vars{"teamId": c.team, "message": "May I?"}, "membership { id state expiresAt message }").
		shows("requestMembership.membership.message", "May I?")
	id := asked.str("requestMembership.membership.id")
	expires, err := time.Parse(time.RFC3339Nano, asked.str("requestMembership.membership.expiresAt"))
	if days := time.Until(expires).Hours() / 24; err != nil || days < 13.99 || days > 14 {
		t.Errorf("it lapses after %.2f days, %v", days, err)
	}
	invited := c.lead.do("inviteMember", vars{"teamId": c.team, "personId": c.other.id, "role": "LEAD"}, "membership { id state role }").
		shows("inviteMember.membership.state", "INVITED").str("inviteMember.membership.id")
	c.volunteer.refused("ALREADY_MEMBER", "requestMembership", vars{"teamId": c.team})
	c.lead.refused("ALREADY_MEMBER", "inviteMember", vars{"teamId": c.team, "personId": c.volunteer.id})

	c.exec(`update memberships set expires_at = expires_at - interval '13 days 23 hours' where expires_at is not null`)
	c.tick()
	state := func(who *caller, id string) string {
		return who.must(`query($id: ID!) { node(id: $id) { ... on Membership { state } } }`, vars{"id": id}).str("node.state")
	}
	if got := state(c.volunteer, id) + state(c.other, invited); got != "REQUESTEDINVITED" {
		t.Errorf("an hour before: %s", got)
	}
	c.exec(`update memberships set expires_at = expires_at - interval '1 hour' where expires_at is not null`)
	c.lead.refused("WRONG_STATE", "answerMembership", vars{"id": id, "accept": true}) // too late, though the worker has not run yet
	c.other.refused("WRONG_STATE", "answerMembership", vars{"id": invited, "accept": true})
	c.tick()
	c.tick()
	if got := state(c.volunteer, id) + state(c.other, invited); got != "EXPIREDEXPIRED" {
		t.Errorf("after 14 days: %s", got)
	}
	c.lead.must(`query($id: ID!) { node(id: $id) { ... on Membership { expiresAt history { nodes { verb actingAs by { id } fromState toState } } } } }`,
		vars{"id": invited}).shows("node.expiresAt", nil).shows("node.history.nodes", []vars{
		{"verb": "INVITE_MEMBER", "actingAs": "LEAD", "by": vars{"id": c.lead.id}, "fromState": nil, "toState": "INVITED"},
		{"verb": "EXPIRE", "actingAs": "HUB", "by": nil, "fromState": "INVITED", "toState": "EXPIRED"}})
	c.volunteer.do("requestMembership", vars{"teamId": c.team}, "membership { state }")
}

func TestMembershipIsNobodyElses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	id := w.join(w.volunteer, "MEMBER")
	team := vars{"id": w.team}
	const list = `query($id: ID!) { team(id: $id) { memberCount memberships(first: 100) { totalCount nodes { id person { displayName } } } } }`
	for _, role := range []string{"visitor", "stranger", "member", elsewhere} {
		a := w.roles[role].ask(list, team)
		a.shows("team.memberships", nil)
		if a.code() != "FORBIDDEN" || len(a.Errors[0].Path) != 2 || a.Errors[0].Path[1] != "memberships" {
			t.Errorf("%s lists the members: %s", role, a.rawBody)
		}
		w.roles[role].must(`query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }`, vars{"id": id}).
			shows("node", nil).shows("nodes", []any{nil})
	}
	for _, role := range []string{"lead", "ngoLead", "coordinator", "officer"} {
		w.roles[role].must(list, team).shows("team.memberships.totalCount", w.count(`select count(*) from memberships where team_id = $1`, w.team))
	}
	w.volunteer.must(`query($id: ID!) { node(id: $id) { id ... on Membership { team { myMembership { state } } } } viewer { memberships(filter: {states: [ACTIVE]}) {
		totalCount nodes { id } } } }`, vars{"id": id}).shows("node.team.myMembership.state", "ACTIVE").
		shows("viewer.memberships", vars{"totalCount": 1, "nodes": []vars{{"id": id}}})
	w.visitor().must(`query($id: ID!) { team(id: $id) { myMembership { id } } }`, team).shows("team.myMembership", nil)
}
