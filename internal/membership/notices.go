package membership

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/history"
	"jastarhub/internal/notice"
)

// tellAsked tells those who are to answer.
func (m *Membership) tellAsked(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time) error {
	news, to := notice.News{Kind: notice.MembershipRequested, About: notice.AboutTeam(m.TeamID)}, notice.Leads(m.TeamID)
	if m.State == Invited {
		news.Kind, to = notice.MembershipInvited, notice.People(m.PersonID)
	}
	return notice.Tell(ctx, tx, by, now, news, to)
}

// change stores the membership as it is now. Where the team gains or loses a lead by it, people who come to its shifts are told.
func (m *Membership) change(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, was *Membership) error {
	if was.leads() == m.leads() {
		return update(ctx, tx, m)
	}
	return notice.Changing(ctx, tx, by, now, notice.ShiftsOfTeam(m.TeamID), "", func() error { return update(ctx, tx, m) })
}

// tell tells the other side what became of the request. A lead's words are passed on, a person's are not.
func (m *Membership) tell(ctx context.Context, tx *sqlx.Tx, act history.Act, was MembershipState) error {
	news := notice.News{About: notice.AboutTeam(m.TeamID)}
	step := steps[[2]MembershipState{was, m.State}]
	if news.Kind = step.kind; news.Kind == "" {
		return nil
	}
	news.Details.Step = step.name
	to := notice.Leads(m.TeamID)
	if step.toPerson {
		if to = notice.People(m.PersonID); act.Words != nil {
			news.Details.Words = *act.Words
		}
	}
	return notice.Tell(ctx, tx, act.By, act.Now, news, to)
}

// step is how a move of a membership appears to those who are told.
type step struct {
	kind     notice.NoticeKind
	name     string
	toPerson bool // otherwise to the leads
}

var steps = map[[2]MembershipState]step{
	{Requested, Active}:    {notice.MembershipAnswered, "REQUEST_ACCEPTED", true},
	{Requested, Declined}:  {notice.MembershipAnswered, "REQUEST_DECLINED", true},
	{Requested, Expired}:   {notice.MembershipEnded, "EXPIRED", true},
	{Requested, Withdrawn}: {notice.MembershipEnded, "REQUEST_WITHDRAWN", false},
	{Invited, Active}:      {notice.MembershipAnswered, "INVITATION_ACCEPTED", false},
	{Invited, Declined}:    {notice.MembershipAnswered, "INVITATION_DECLINED", false},
	{Invited, Expired}:     {notice.MembershipEnded, "INVITATION_EXPIRED", false},
	{Invited, Withdrawn}:   {notice.MembershipEnded, "WITHDRAWN", true},
	{Active, Left}:         {notice.MembershipEnded, "LEFT", false},
	{Active, Removed}:      {notice.MembershipEnded, "REMOVED", true},
}
