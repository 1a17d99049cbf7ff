package team

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/ngo"
	"jastarhub/internal/rule"
)

var (
	teamID, ngoOfIt, host, other = uuid.New(), uuid.New(), uuid.New(), uuid.New()

	visitor     *auth.Actor
	stranger    = &auth.Actor{PersonID: uuid.New()}
	member      = &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{teamID}}
	lead        = &auth.Actor{PersonID: uuid.New(), Teams: []uuid.UUID{teamID}, Leads: []uuid.UUID{teamID}}
	ngoLead     = &auth.Actor{PersonID: uuid.New(), Ngos: []uuid.UUID{ngoOfIt}}
	coordinator = &auth.Actor{PersonID: uuid.New(), Centres: []uuid.UUID{host}}
	officer     = &auth.Actor{PersonID: uuid.New(), Officer: true}
)

func of(state ngo.NgoState) *Team {
	return &Team{ID: teamID, NgoID: ngoOfIt, CentreID: host, NgoState: state}
}

func TestActionsOnATeam(t *testing.T) {
	const in, no, not, un = fault.AlreadyMember, fault.NgoNotWorking, fault.NotLead, fault.Unauthenticated
	for name, c := range map[string]struct {
		actor *auth.Actor
		ngo   ngo.NgoState
		facts facts
		want  [4]fault.Code // CREATE_TASK, MOVE_TEAM, INVITE_MEMBER, REQUEST_MEMBERSHIP
	}{
		"visitor":                 {visitor, ngo.Active, facts{}, [4]fault.Code{un, un, un, un}},
		"visitor, NGO suspended":  {visitor, ngo.Suspended, facts{}, [4]fault.Code{un, un, un, un}},
		"stranger":                {stranger, ngo.Forming, facts{}, [4]fault.Code{not, not, not, ""}},
		"stranger, NGO archived":  {stranger, ngo.Archived, facts{}, [4]fault.Code{not, not, not, no}},
		"somebody who asked":      {stranger, ngo.Active, facts{Open: true}, [4]fault.Code{not, not, not, in}},
		"member":                  {member, ngo.Active, facts{Open: true}, [4]fault.Code{not, not, not, in}},
		"lead":                    {lead, ngo.Active, facts{Open: true}, [4]fault.Code{"", "", "", in}},
		"lead, NGO suspended":     {lead, ngo.Suspended, facts{Open: true}, [4]fault.Code{no, "", no, in}},
		"lead, move pending":      {lead, ngo.Active, facts{Open: true, Moving: true}, [4]fault.Code{"", fault.MovePending, "", in}},
		"NGO's lead":              {ngoLead, ngo.Forming, facts{}, [4]fault.Code{"", "", "", ""}},
		"coordinator of the host": {coordinator, ngo.Active, facts{}, [4]fault.Code{not, not, not, ""}},
		"officer":                 {officer, ngo.Active, facts{Moving: true}, [4]fault.Code{not, not, not, ""}},
	} {
		t.Run(name, func(t *testing.T) {
			verbs := []rule.Verb{CreateTask, MoveTeam, InviteMember, RequestMembership}
			for i, got := range of(c.ngo).actions(c.actor, c.facts) {
				compare(t, got, rule.For(verbs[i], c.want[i]))
			}
		})
	}
}

func TestCreation(t *testing.T) {
	for name, c := range map[string]struct {
		actor *auth.Actor
		state ngo.NgoState
		want  fault.Code
	}{
		"visitor":                {visitor, ngo.Active, fault.Unauthenticated},
		"lead of a team":         {lead, ngo.Active, fault.NotYourNgo},
		"officer":                {officer, ngo.Active, fault.NotYourNgo},
		"NGO's lead":             {ngoLead, ngo.Active, ""},
		"lead of one forming":    {ngoLead, ngo.Forming, ""},
		"lead of one suspended":  {ngoLead, ngo.Suspended, fault.NgoNotWorking},
		"lead of one archived":   {ngoLead, ngo.Archived, fault.NgoNotWorking},
		"stranger, NGO archived": {stranger, ngo.Archived, fault.NotYourNgo},
	} {
		if got := RefuseCreation(c.actor, ngoOfIt, c.state); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestActionsOnAHosting(t *testing.T) {
	for _, state := range []HostingState{Requested, Active, Ended, Declined} {
		settled := fault.When(state != Requested, fault.WrongState)
		for actor, want := range map[*auth.Actor]fault.Code{
			visitor: fault.Unauthenticated, lead: fault.NotYourCentre, officer: fault.NotYourCentre,
			{PersonID: uuid.New(), Centres: []uuid.UUID{other}}: fault.NotYourCentre,
			coordinator: settled,
		} {
			h := &Hosting{TeamID: teamID, CentreID: host, State: state}
			compare(t, h.Actions(actor)[0], rule.For(AnswerMove, want))
		}
	}
}

func TestWhoSeesMoveRequests(t *testing.T) {
	for actor, want := range map[*auth.Actor]bool{visitor: false, stranger: false, lead: false, ngoLead: false,
		coordinator: true, officer: true, {Centres: []uuid.UUID{other}}: false} {
		if MaySeeMoveRequests(actor, host) != want {
			t.Errorf("%+v: %v", actor, !want)
		}
	}
}

func TestAnswerNeedsAReasonToDecline(t *testing.T) {
	text := func(s string) *string { return &s }
	for name, c := range map[string]struct {
		in   AnswerMoveInput
		want string
	}{
		"yes":               {AnswerMoveInput{Accept: true}, ""},
		"yes, with a word":  {AnswerMoveInput{Accept: true, Reason: text("!")}, ""},
		"yes, said at last": {AnswerMoveInput{Accept: true, Reason: text(strings.Repeat("я", 1001))}, "reason: must have at most 1000 characters"},
		"no":                {AnswerMoveInput{Reason: text("full")}, ""},
		"no, no reason":     {AnswerMoveInput{}, "reason: must not be empty"},
		"no, spaces":        {AnswerMoveInput{Reason: text("   ")}, "reason: must not be empty"},
		"no, two letters":   {AnswerMoveInput{Reason: text(" no ")}, "reason: must have at least 3 characters"},
	} {
		got := ""
		if err := c.in.validate(); err != nil {
			got = err.Error()
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestCreateChecksEveryField(t *testing.T) {
	about := strings.Repeat("a", 2001)
	in := CreateTeamInput{Name: lang.Text{EN: strings.Repeat("a", 121)}, About: &about}
	want := "name.en: must have at most 120 characters; about: must have at most 2000 characters"
	if err := in.validate(); err == nil || err.Error() != want {
		t.Errorf("%v, want %s", err, want)
	}
}

func compare(t *testing.T, got, want *rule.Action) {
	t.Helper()
	reason := func(a *rule.Action) fault.Code {
		if a.Reason == nil {
			return ""
		}
		return *a.Reason
	}
	if got.Action != want.Action || reason(got) != reason(want) {
		t.Errorf("%s: %q, want %s: %q", got.Action, reason(got), want.Action, reason(want))
	}
}

func TestWhoSeesATeam(t *testing.T) {
	team := &Team{ID: who.Team, NgoID: who.Ngo, CentreID: who.Centre}
	who.Only(t, "a team", team.Visible, who.All()...)
	team.HiddenID = uuid.NullUUID{UUID: uuid.New(), Valid: true}
	who.Only(t, "a hidden team", team.Visible, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
}

// TestWhoSeesAHosting: where teams are and were is public. A request is between the team, its host, the centre that is asked, and
// the city.
func TestWhoSeesAHosting(t *testing.T) {
	asked := func(a *Hosting) *Hosting {
		a.TeamID, a.NgoID, a.HostID, a.CentreID = who.Team, who.Ngo, host, who.Centre
		return a
	}
	hosted := func(a *Hosting) *Hosting {
		a.TeamID, a.NgoID, a.HostID, a.CentreID = who.Team, who.Ngo, who.Centre, other
		return a
	}
	for _, state := range []HostingState{Active, Ended} {
		who.Only(t, string(state), asked(&Hosting{State: state}).Visible, who.All()...)
		who.Only(t, string(state)+" of a hidden team, where it was", asked(&Hosting{State: state, Hidden: true}).Visible, who.Lead, who.NgoLead, who.Officer)
		who.Only(t, string(state)+" of a hidden team, where it is", hosted(&Hosting{State: state, Hidden: true}).Visible,
			who.Lead, who.NgoLead, who.Coordinator, who.Officer)
	}
	for _, state := range []HostingState{Requested, Declined} {
		who.Only(t, string(state)+", the centre that is asked", asked(&Hosting{State: state}).Visible, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
		who.Only(t, string(state)+", the host", hosted(&Hosting{State: state}).Visible, who.Lead, who.NgoLead, who.Coordinator, who.Officer)
		who.Only(t, string(state)+" of a hidden team, the centre that is asked", asked(&Hosting{State: state, Hidden: true}).Visible,
			who.Lead, who.NgoLead, who.Officer)
	}
}
