package team

import (
	"sync"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

func TestTheLastLeadStays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	own := c.Lead.Must(`query($id: ID!) { team(id: $id) { myMembership { id role availableActions { action reason } } } }`, hub.Vars{"id": c.Team})
	id := own.Shows("team.myMembership.role", "LEAD").Str("team.myMembership.id")
	own.Shows("team.myMembership.availableActions.2", hub.Vars{"action": "LEAVE_TEAM", "reason": "LAST_LEAD"})
	c.Lead.Refused("LAST_LEAD", "leaveTeam", hub.Vars{"id": id})
	c.NgoLead.Refused("LAST_LEAD", "removeMember", hub.Vars{"id": id, "reason": "Never there."})
	c.Lead.Refused("LAST_LEAD", "setMemberRole", hub.Vars{"id": id, "role": "MEMBER"})

	second := c.Join(c.Other, "MEMBER")
	c.Lead.Refused("LAST_LEAD", "leaveTeam", hub.Vars{"id": id}) // a member is not a lead
	c.Lead.Do("setMemberRole", hub.Vars{"id": second, "role": "LEAD"}, "membership { role }")
	c.Lead.Do("setMemberRole", hub.Vars{"id": id, "role": "MEMBER"}, "membership { role state }").
		Shows("setMemberRole.membership", hub.Vars{"role": "MEMBER", "state": "ACTIVE"})
	c.Other.Refused("LAST_LEAD", "leaveTeam", hub.Vars{"id": second})
	c.Lead.Do("leaveTeam", hub.Vars{"id": id}, "membership { state }").Shows("leaveTeam.membership.state", "LEFT")
	c.Lead.Refused("NOT_FOUND", "setMemberRole", hub.Vars{"id": second, "role": "MEMBER"}) // somebody who has left sees no memberships
}

func TestTwoLeadsLeaveAtOnce(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	for range 10 {
		w.Exec(`update memberships set state = 'LEFT', ended_at = now() where team_id = $1 and state = 'ACTIVE'`, w.Team)
		pair := []*hub.Caller{w.Roles["member"], w.Roles["stranger"]}
		ids := []string{w.Enrol(pair[0], w.Team, "LEAD"), w.Enrol(pair[1], w.Team, "LEAD")}
		codes := make([]string, 2)
		var both sync.WaitGroup
		for i, who := range pair {
			both.Go(func() {
				codes[i] = who.Ask(hub.Document("leaveTeam", "membership { state }"), hub.Vars{"in": hub.Vars{"id": ids[i]}}).Code()
			})
		}
		both.Wait()
		leads := w.Count(`select count(*) from memberships where team_id = $1 and state = 'ACTIVE' and role = 'LEAD'`, w.Team)
		if codes[0]+codes[1] != "LAST_LEAD" || leads != 1 {
			t.Errorf("the leads are told %q, %d are left", codes, leads)
		}
	}
}

func TestFourteenDays(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	asked := c.Volunteer.Do("requestMembership", hub.Vars{"teamId": c.Team, "message": "May I?"}, "membership { id state expiresAt message }").
		Shows("requestMembership.membership.message", "May I?")
	id := asked.Str("requestMembership.membership.id")
	expires, err := time.Parse(time.RFC3339Nano, asked.Str("requestMembership.membership.expiresAt"))
	if days := expires.Sub(c.Present()).Hours() / 24; err != nil || days < 13.99 || days > 14 {
		t.Errorf("it lapses after %.2f days, %v", days, err)
	}
	invited := c.Lead.Do("inviteMember", hub.Vars{"teamId": c.Team, "personId": c.Other.ID, "role": "LEAD"}, "membership { id state role }").
		Shows("inviteMember.membership.state", "INVITED").Str("inviteMember.membership.id")
	c.Volunteer.Refused("ALREADY_MEMBER", "requestMembership", hub.Vars{"teamId": c.Team})
	c.Lead.Refused("ALREADY_MEMBER", "inviteMember", hub.Vars{"teamId": c.Team, "personId": c.Volunteer.ID})

	c.Pass(14*24*time.Hour - time.Hour)
	c.Tick()
	state := func(who *hub.Caller, id string) string {
		return who.Must(`query($id: ID!) { node(id: $id) { ... on Membership { state } } }`, hub.Vars{"id": id}).Str("node.state")
	}
	if got := state(c.Volunteer, id) + state(c.Other, invited); got != "REQUESTEDINVITED" {
		t.Errorf("an hour before: %s", got)
	}
	c.Pass(time.Hour)
	c.Lead.Refused("WRONG_STATE", "answerMembership", hub.Vars{"id": id, "accept": true}) // too late, though the worker has not run yet
	c.Other.Refused("WRONG_STATE", "answerMembership", hub.Vars{"id": invited, "accept": true})
	c.Tick()
	c.Tick()
	if got := state(c.Volunteer, id) + state(c.Other, invited); got != "EXPIREDEXPIRED" {
		t.Errorf("after 14 days: %s", got)
	}
	c.Lead.Must(`query($id: ID!) { node(id: $id) { ... on Membership { expiresAt history { nodes { verb actingAs by { id } fromState toState } } } } }`,
		hub.Vars{"id": invited}).Shows("node.expiresAt", nil).Shows("node.history.nodes", []hub.Vars{
		{"verb": "INVITE_MEMBER", "actingAs": "LEAD", "by": hub.Vars{"id": c.Lead.ID}, "fromState": nil, "toState": "INVITED"},
		{"verb": "EXPIRE", "actingAs": "HUB", "by": nil, "fromState": "INVITED", "toState": "EXPIRED"}})
	c.Volunteer.Do("requestMembership", hub.Vars{"teamId": c.Team}, "membership { state }")
}

func TestMembershipIsNobodyElses(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	id := w.Join(w.Volunteer, "MEMBER")
	team := hub.Vars{"id": w.Team}
	const list = `query($id: ID!) { team(id: $id) { memberCount memberships(first: 100) { totalCount nodes { id person { displayName } } } } }`
	for _, role := range []string{"visitor", "stranger", "member", hub.Elsewhere} {
		a := w.Roles[role].Ask(list, team)
		a.Shows("team.memberships", nil)
		if a.Code() != "FORBIDDEN" || len(a.Errors[0].Path) != 2 || a.Errors[0].Path[1] != "memberships" {
			t.Errorf("%s lists the members: %s", role, a.RawBody)
		}
		w.Roles[role].Must(`query($id: ID!) { node(id: $id) { id } nodes(ids: [$id]) { id } }`, hub.Vars{"id": id}).
			Shows("node", nil).Shows("nodes", []any{nil})
	}
	for _, role := range []string{"lead", "ngoLead", "coordinator", "officer"} {
		w.Roles[role].Must(list, team).Shows("team.memberships.totalCount", w.Count(`select count(*) from memberships where team_id = $1`, w.Team))
	}
	w.Volunteer.Must(`query($id: ID!) { node(id: $id) { id ... on Membership { team { myMembership { state } } } } viewer { memberships(filter: {states: [ACTIVE]}) {
		totalCount nodes { id } } } }`, hub.Vars{"id": id}).Shows("node.team.myMembership.state", "ACTIVE").
		Shows("viewer.memberships", hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": id}}})
	w.Visitor().Must(`query($id: ID!) { team(id: $id) { myMembership { id } } }`, team).Shows("team.myMembership", nil)
}

// TestAMemberIsLockedBeforeTheTeam, as by the member's own mutations, so that nobody who leaves while a lead removes them, or who is
// suspended then, waits for somebody who waits for them.
func TestAMemberIsLockedBeforeTheTeam(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	member := w.Roles["member"]
	id := w.Text(`select id from memberships where person_id = $1 and team_id = $2 and state = 'ACTIVE'`, member.ID, w.Team)
	tx, err := w.DB.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	tx.MustExec(`select from people where id = $1 for no key update`, member.ID)
	removed := make(chan *hub.Answer, 1)
	go func() {
		removed <- w.Lead.Ask(hub.Document("removeMember", "__typename"), hub.Vars{"in": hub.Vars{"id": id, "reason": "Never there."}})
	}()
	for w.Count(`select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`) == 0 {
		time.Sleep(time.Millisecond)
	}
	if _, err := tx.Exec(`select from teams where id = $1 for no key update nowait`, w.Team); err != nil {
		t.Errorf("the team is locked by somebody who waits for its member: %v", err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	if a := <-removed; a.Code() != "" {
		t.Error(a.RawBody)
	}
}
