package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"
)

// Order is the order of every list of memberships.
var Order = paging.Order{Name: "memberships-newest"}

// Service is what people do with memberships.
type Service struct{ DB *postgres.DB }

// ByIDs reads memberships, whether or not the viewer may see them; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Membership, error) {
	return byIDs(ctx, s.DB, ids)
}

// Get reads one membership, whether or not the viewer may see it. Codes: NOT_FOUND.
func (s *Service) Get(ctx context.Context, id uuid.UUID) (*Membership, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// OfTeams reads a page of the memberships of each team, newest first; states is nil for all.
func (s *Service) OfTeams(ctx context.Context, teams []uuid.UUID, states []MembershipState,
	args paging.Args) (map[uuid.UUID]*MembershipConnection, error) {
	return s.of(ctx, "m.team_id", teams, teamID, states, args)
}

// OfPersons reads a page of the memberships of each person, newest first; states is nil for all.
func (s *Service) OfPersons(ctx context.Context, persons []uuid.UUID, states []MembershipState,
	args paging.Args) (map[uuid.UUID]*MembershipConnection, error) {
	return s.of(ctx, "m.person_id", persons, memberID, states, args)
}

func (s *Service) of(ctx context.Context, column string, parents []uuid.UUID, parent func(*Membership) uuid.UUID,
	states []MembershipState, args paging.Args) (map[uuid.UUID]*MembershipConnection, error) {
	rows, err := pageOf(ctx, s.DB, column, parents, states, args)
	return paging.Each(parents, rows, parent, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) {
			return countsOf(ctx, s.DB, column, parents, states)
		}), err
}

// MineIn reads the actor's own open membership of each team, nil where there is none.
func (s *Service) MineIn(ctx context.Context, a *auth.Actor, teams []uuid.UUID) ([]*Membership, error) {
	rows, err := openOf(ctx, s.DB, a.ID(), teams)
	return paging.Align(teams, rows, teamID), err
}

// Actions returns what the actor may do to each of the memberships.
func (s *Service) Actions(ctx context.Context, a *auth.Actor, now time.Time, memberships []*Membership) ([][]*rule.Action, error) {
	others, err := otherLeads(ctx, s.DB, paging.IDs(memberships, id))
	if err != nil {
		return nil, err
	}
	actions := make([][]*rule.Action, len(memberships))
	for i, m := range memberships {
		actions[i] = m.actions(a, now, others[m.ID])
	}
	return actions, nil
}

// Request asks to join a team. Codes: NOT_FOUND, ALREADY_MEMBER, NGO_NOT_WORKING.
func (s *Service) Request(ctx context.Context, c mutation.Call, in RequestMembershipInput) (*MembershipPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		t, err := team.Lock(ctx, tx, c.Actor, in.TeamID, "teamId")
		if err != nil {
			return uuid.Nil, err
		}
		open, err := openOf(ctx, tx, c.Actor.PersonID, []uuid.UUID{t.ID})
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(t.RefuseRequest(c.Actor, len(open) > 0)); err != nil {
			return uuid.Nil, err
		}
		if err := often(ctx, tx, attempt.Limits.SameTeam, t.ID, c.Actor.PersonID, c.Now); err != nil {
			return uuid.Nil, err
		}
		m := &Membership{TeamID: t.ID, PersonID: c.Actor.PersonID, Role: Member, State: Requested, Message: in.Message}
		if err := m.tellAsked(ctx, tx, c.Actor, c.Now); err != nil {
			return uuid.Nil, err
		}
		return begin(ctx, tx, m, c.As(history.Person, team.RequestMembership))
	})
	return s.payload(ctx, c, id, err)
}

// Invite asks a person to join a team. Codes: NOT_FOUND, NOT_LEAD, NGO_NOT_WORKING, EMAIL_UNVERIFIED, PROFILE_INCOMPLETE,
// ALREADY_MEMBER.
func (s *Service) Invite(ctx context.Context, c mutation.Call, in InviteMemberInput) (*MembershipPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		t, err := team.Lock(ctx, tx, c.Actor, in.TeamID, "teamId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(t.RefuseInvitation(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		p, err := person.Hold(ctx, tx, in.PersonID, "personId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(p.Unready()); err != nil {
			return uuid.Nil, err
		}
		open, err := openOf(ctx, tx, in.PersonID, []uuid.UUID{t.ID})
		if err == nil && len(open) > 0 {
			err = fault.New(fault.AlreadyMember)
		}
		if err != nil {
			return uuid.Nil, err
		}
		if err := often(ctx, tx, attempt.Limits.SameMember, t.ID, in.PersonID, c.Now); err != nil {
			return uuid.Nil, err
		}
		m := &Membership{TeamID: t.ID, PersonID: in.PersonID, Role: in.Role, State: Invited, Message: in.Message}
		if err := m.tellAsked(ctx, tx, c.Actor, c.Now); err != nil {
			return uuid.Nil, err
		}
		return begin(ctx, tx, m, c.As(history.Lead, team.InviteMember))
	})
	return s.payload(ctx, c, id, err)
}

// often refuses repeated requests for the same place: each of them sends somebody a message. Codes: TRY_LATER.
func often(ctx context.Context, tx *sqlx.Tx, limit attempt.Limit, team, person uuid.UUID, now time.Time) error {
	wait, err := limit.Of(team.String(), person.String()).Take(ctx, tx, now)
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	return err
}

// begin stores a new membership, with the time by which it must be answered.
func begin(ctx context.Context, tx *sqlx.Tx, m *Membership, act history.Act) (uuid.UUID, error) {
	expires := act.Now.Add(Patience)
	m.ID, m.CreatedAt, m.ExpiresAt = postgres.NewID(), act.Now, &expires
	if err := insert(ctx, tx, m); err != nil {
		return uuid.Nil, err
	}
	return m.ID, act.Because(m.Message).Record(ctx, tx, history.To(m.ID, "", m.State))
}

// Answer accepts or declines. Codes: NOT_FOUND, NOT_LEAD, NOT_YOURS, WRONG_STATE, NGO_NOT_WORKING.
func (s *Service) Answer(ctx context.Context, c mutation.Call, in AnswerMembershipInput) (*MembershipPayload, error) {
	invalid := in.validate()
	return s.move(ctx, c, in.ID, AnswerMembership, invalid, in.Reason, func(m *Membership) {
		if in.Accept {
			m.State, m.ExpiresAt, m.JoinedAt = Active, nil, &c.Now
		} else {
			m.end(Declined, c.Now)
		}
	})
}

// Withdraw withdraws a request or an invitation. Codes: NOT_FOUND, NOT_YOURS, NOT_LEAD, WRONG_STATE.
func (s *Service) Withdraw(ctx context.Context, c mutation.Call, in WithdrawMembershipInput) (*MembershipPayload, error) {
	return s.move(ctx, c, in.ID, WithdrawMembership, nil, nil, func(m *Membership) { m.end(Withdrawn, c.Now) })
}

// Leave ends the actor's own membership. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE, LAST_LEAD.
func (s *Service) Leave(ctx context.Context, c mutation.Call, in LeaveTeamInput) (*MembershipPayload, error) {
	return s.move(ctx, c, in.ID, LeaveTeam, nil, nil, func(m *Membership) { m.end(Left, c.Now) })
}

// Remove ends somebody's membership, with the reason. Codes: NOT_FOUND, NOT_LEAD, WRONG_STATE, LAST_LEAD.
func (s *Service) Remove(ctx context.Context, c mutation.Call, in RemoveMemberInput) (*MembershipPayload, error) {
	return s.move(ctx, c, in.ID, RemoveMember, in.validate(), &in.Reason, func(m *Membership) { m.end(Removed, c.Now) })
}

// SetRole makes a member a lead or a lead a member; setting the present role changes nothing. Codes: NOT_FOUND, NOT_LEAD,
// WRONG_STATE, LAST_LEAD.
func (s *Service) SetRole(ctx context.Context, c mutation.Call, in SetMemberRoleInput) (*MembershipPayload, error) {
	return s.move(ctx, c, in.ID, SetMemberRole, nil, nil, func(m *Membership) { m.Role = in.Role })
}

// move locks a membership, checks whether the actor may move it, changes it and records the move.
func (s *Service) move(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error, words *string,
	apply func(*Membership)) (*MembershipPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		t, m, err := lock(ctx, tx, id)
		if err != nil {
			return uuid.Nil, err
		}
		if !m.Visible(c.Actor) {
			return uuid.Nil, fault.Missing("id")
		}
		if err := fault.If(m.refuse(verb, c.Actor, c.Now)); err != nil {
			return uuid.Nil, err
		}
		was := *m
		apply(m)
		if *m == was {
			return id, nil
		}
		if err := bear(ctx, tx, t, &was, m); err != nil {
			return uuid.Nil, err
		}
		if err := m.change(ctx, tx, c.Actor, c.Now, &was); err != nil {
			return uuid.Nil, err
		}
		act := c.As(was.actingAs(verb), verb).Because(words)
		if err := m.tell(ctx, tx, act, was.State); err != nil {
			return uuid.Nil, err
		}
		return id, act.Record(ctx, tx, history.To(id, was.State, m.State))
	})
	return s.payload(ctx, c, id, err)
}

// bear refuses a change that the team, whose row is locked, does not allow: a new member while its NGO does not work, or the loss
// of its last lead.
func bear(ctx context.Context, tx *sqlx.Tx, t *team.Team, was, is *Membership) error {
	switch {
	case was.State != Active && is.State == Active:
		return fault.If(t.RefuseWork())
	case was.leads() && !is.leads():
		others, err := otherLeads(ctx, tx, []uuid.UUID{was.ID})
		if err != nil {
			return err
		}
		return fault.If(was.refuseLoss(others[was.ID]))
	}
	return nil
}

// ExpireDue ends requests and invitations that nobody answered in time, up to a limit, and returns how many it ended. Several
// processes may run it at once.
func (s *Service) ExpireDue(ctx context.Context, now time.Time, limit int) (int, error) {
	var ended int
	err := s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		lapsed, err := expire(ctx, tx, now, limit)
		if err != nil {
			return err
		}
		moves, act := make([]history.Move, len(lapsed)), history.ByHub(history.Expire, now)
		for i, m := range lapsed {
			moves[i] = history.To(m.ID, m.State, Expired)
			was := m.State
			m.State = Expired
			if err := m.tell(ctx, tx, act, was); err != nil {
				return err
			}
		}
		ended = len(lapsed)
		return act.Record(ctx, tx, moves...)
	})
	return ended, err
}

// payload returns the membership that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*MembershipPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Membership).Visible, func(rows []*Membership) *MembershipPayload { return &MembershipPayload{Membership: rows[0]} })
}
