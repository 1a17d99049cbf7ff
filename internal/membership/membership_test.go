package membership

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"
)

var (
	theTeam, ngo, host, personID = uuid.New(), uuid.New(), uuid.New(), uuid.New()
	now                          = time.Date(2026, 5, 9, 10, 0, 0, 0, time.UTC)

	visitor     *auth.Actor
	stranger    = &auth.Actor{PersonID: uuid.New()}
	him         = &auth.Actor{PersonID: personID}
	member      = &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{theTeam}}
	lead        = &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{theTeam}, Leads: []uuid.UUID{theTeam}}
	himAsLead   = &auth.Actor{PersonID: personID, Teams: []uuid.UUID{theTeam}, Leads: []uuid.UUID{theTeam}}
	ngoLead     = &auth.Actor{PersonID: uuid.New(), Ngos: []uuid.UUID{ngo}}
	coordinator = &auth.Actor{PersonID: uuid.New(), Centres: []uuid.UUID{host}}
	elsewhere   = &auth.Actor{PersonID: uuid.New(), Centres: []uuid.UUID{uuid.New()}, Leads: []uuid.UUID{uuid.New()}}
	officer     = &auth.Actor{PersonID: uuid.New(), Officer: true}
)

var (
	allStates = []MembershipState{Requested, Invited, Active, Declined, Withdrawn, Expired, Left, Removed}
	verbs     = []rule.Verb{AnswerMembership, WithdrawMembership, LeaveTeam, RemoveMember, SetMemberRole}
)

func in(state MembershipState, role TeamRole) *Membership {
	m := &Membership{TeamID: theTeam, NgoID: ngo, CentreID: host, PersonID: personID, Role: role, State: state}
	if state == Requested || state == Invited {
		later := now.Add(time.Second)
		m.ExpiresAt = &later
	}
	return m
}

// TestEveryCell checks, for each state and verb, which role may do it in the domain; "" is a move that does not exist.
func TestEveryCell(t *testing.T) {
	given := map[MembershipState]map[rule.Verb]history.ActingAs{
		Requested: {AnswerMembership: history.Lead, WithdrawMembership: history.Person},
		Invited:   {AnswerMembership: history.Person, WithdrawMembership: history.Lead},
		Active:    {LeaveTeam: history.Person, RemoveMember: history.Lead, SetMemberRole: history.Lead},
	}
	for _, state := range allStates {
		for _, verb := range verbs {
			role := given[state][verb]
			person, byLead, byBoth := fault.NotYours, fault.NotLead, fault.WrongState
			switch role {
			case history.Person:
				person, byLead, byBoth = "", fault.NotYours, ""
			case history.Lead:
				person, byLead, byBoth = fault.NotLead, "", ""
			default:
				person, byLead = settled(state, verb)
			}
			m := in(state, Member)
			for _, c := range []struct {
				who  string
				a    *auth.Actor
				want fault.Code
			}{{"person", him, person}, {"lead", lead, byLead}, {"NGO's lead", ngoLead, byLead}, {"both", himAsLead, byBoth}} {
				if got := m.refuse(verb, c.a, now); got != c.want {
					t.Errorf("%s %s by %s: %q, want %q", state, verb, c.who, got, c.want)
				}
			}
			if as := m.actingAs(verb); role != "" && as != role {
				t.Errorf("%s %s: acting as %s, want %s", state, verb, as, role)
			}
		}
	}
}

// settled returns what the person and a lead are refused with where a verb does not apply to the state.
func settled(state MembershipState, verb rule.Verb) (person, byLead fault.Code) {
	switch verb {
	case LeaveTeam:
		return fault.WrongState, fault.NotYours
	case RemoveMember, SetMemberRole:
		return fault.NotLead, fault.WrongState
	}
	return fault.WrongState, fault.WrongState
}

func TestOthersMoveNothing(t *testing.T) {
	for _, state := range allStates {
		for _, verb := range verbs {
			m := in(state, Lead)
			if got := m.refuse(verb, visitor, now); got != fault.Unauthenticated {
				t.Errorf("%s %s by a visitor: %q", state, verb, got)
			}
			for _, a := range []*auth.Actor{stranger, member, coordinator, elsewhere, officer} {
				if got := m.refuse(verb, a, now); got != fault.NotYours && got != fault.NotLead {
					t.Errorf("%s %s by %+v: %q", state, verb, a, got)
				}
			}
		}
	}
}

func TestLapsedButNotSwept(t *testing.T) {
	for _, state := range []MembershipState{Requested, Invited} {
		for _, verb := range []rule.Verb{AnswerMembership, WithdrawMembership} {
			m := in(state, Member)
			if got := m.refuse(verb, himAsLead, m.ExpiresAt.Add(-time.Nanosecond)); got != "" {
				t.Errorf("%s %s in time: %q", state, verb, got)
			}
			if got := m.refuse(verb, himAsLead, *m.ExpiresAt); got != fault.WrongState {
				t.Errorf("%s %s too late: %q", state, verb, got)
			}
		}
	}
}

func TestLastLead(t *testing.T) {
	for name, c := range map[string]struct {
		role   TeamRole
		others int
		want   fault.Code
	}{
		"one of two leads":        {Lead, 1, ""},
		"the only lead":           {Lead, 0, fault.LastLead},
		"a member beside a lead":  {Member, 1, ""},
		"a member without a lead": {Member, 0, ""},
	} {
		for i, action := range in(Active, c.role).actions(himAsLead, now, c.others) {
			want := fault.WrongState
			if i >= 2 {
				want = c.want
			}
			got := fault.Code("")
			if action.Reason != nil {
				got = *action.Reason
			}
			if action.Action != verbs[i] || got != want {
				t.Errorf("%s: %s: %q, want %s: %q", name, action.Action, got, verbs[i], want)
			}
		}
	}
	for _, state := range allStates {
		if m := in(state, Lead); m.leads() != (state == Active) {
			t.Errorf("%s counts as a lead: %v", state, m.leads())
		}
	}
}

func TestWhoSees(t *testing.T) {
	of := &team.Team{ID: theTeam, NgoID: ngo, CentreID: host}
	for _, c := range []struct {
		a        *auth.Actor
		one, all bool
	}{
		{visitor, false, false}, {stranger, false, false}, {member, false, false}, {elsewhere, false, false},
		{him, true, false}, {lead, true, true}, {ngoLead, true, true}, {coordinator, true, true}, {officer, true, true},
	} {
		if got := in(Active, Member).Visible(c.a); got != c.one {
			t.Errorf("%+v sees it: %v", c.a, got)
		}
		if got := MaySeeAll(c.a, of); got != c.all {
			t.Errorf("%+v sees the team's: %v", c.a, got)
		}
	}
}

func TestRemovingNeedsAReason(t *testing.T) {
	if err := (&RemoveMemberInput{Reason: " x "}).validate(); err == nil || err.Error() != "reason: must have at least 3 characters" {
		t.Error(err)
	}
	if err := (&RemoveMemberInput{Reason: "never came"}).validate(); err != nil {
		t.Error(err)
	}
}
