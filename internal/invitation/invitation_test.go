package invitation

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
	"jastarhub/internal/rule"
)

func some(of uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: of, Valid: true} }

// TestWhoInvites: those who may give the role; nobody else sees the invitation.
func TestWhoInvites(t *testing.T) {
	for _, role := range []InvitedRole{TeamLead, TeamMember} {
		i := &Invitation{Role: role, TeamID: some(who.Team), TeamNgoID: some(who.Ngo)}
		who.Codes(t, string(role), i.refuseActor, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Lead: "", who.NgoLead: "", who.Everyone: fault.NotLead})
		who.Only(t, string(role), i.Visible, who.Lead, who.NgoLead)
	}
	i := &Invitation{Role: NgoLead, NgoID: some(who.Ngo)}
	who.Codes(t, "NGO_LEAD", i.refuseActor, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.NgoLead: "", who.Officer: "",
		who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotYourNgo})
	who.Only(t, "NGO_LEAD", i.Visible, who.NgoLead, who.Officer)
	for _, role := range []InvitedRole{CityOfficer, Coordinator, Consultant} {
		i := &Invitation{Role: role, CentreID: some(who.Centre)}
		who.Codes(t, string(role), i.refuseActor, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: "",
			who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
		who.Only(t, string(role), i.Visible, who.Officer)
	}
}

func TestAnInvitationIsAnsweredOnceAndInTime(t *testing.T) {
	now := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	for _, verb := range []rule.Verb{WithdrawInvitation, AcceptInvitation} {
		for _, c := range []struct {
			state   InvitationState
			expires time.Time
			want    fault.Code
		}{
			{Sent, now.Add(time.Nanosecond), ""},
			{Sent, now, fault.WrongState}, // nobody has swept it yet
			{Accepted, now.Add(time.Hour), fault.WrongState},
			{Withdrawn, now.Add(time.Hour), fault.WrongState},
			{Expired, now.Add(time.Hour), fault.WrongState},
		} {
			if got := (&Invitation{State: c.state, ExpiresAt: c.expires}).refuse(verb, now); got != c.want {
				t.Errorf("%s of one that is %s until %s: %q, want %q", verb, c.state, c.expires, got, c.want)
			}
		}
	}
}
