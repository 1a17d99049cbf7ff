package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/team"
)

// Join takes a person who accepts a lead's invitation into the team, whose row is locked. It also answers a request of that
// person or an invitation that waits. Codes: ALREADY_MEMBER, NGO_NOT_WORKING.
func Join(ctx context.Context, tx *sqlx.Tx, t *team.Team, lead, person *auth.Actor, as TeamRole, now time.Time) error {
	m, err := asked(ctx, tx, t, lead, person, as, now)
	if err != nil {
		return err
	}
	if m.State == Active {
		return fault.New(fault.AlreadyMember)
	}
	was, by := *m, person
	if was.State == Requested {
		by = lead
	}
	m.Role, m.State, m.ExpiresAt, m.JoinedAt = as, Active, nil, &now
	if err := bear(ctx, tx, t, &was, m); err != nil {
		return err
	}
	if err := m.change(ctx, tx, person, now, &was); err != nil {
		return err
	}
	if err := m.tell(ctx, tx, person, now, was.State, nil); err != nil {
		return err
	}
	return history.Record(ctx, tx, by, now, history.To(m.ID, AnswerMembership, was.State, m.State, was.actingAs(AnswerMembership)))
}

// asked returns the person's open membership of the team, locked, or a new invitation.
func asked(ctx context.Context, tx *sqlx.Tx, t *team.Team, lead, person *auth.Actor, as TeamRole, now time.Time) (*Membership, error) {
	open, err := openOf(ctx, tx, person.PersonID, []uuid.UUID{t.ID})
	if err != nil {
		return nil, err
	}
	if len(open) > 0 {
		_, m, err := lock(ctx, tx, open[0].ID)
		if err != nil || m.State != Expired { // the hub may have ended it in the meantime
			return m, err
		}
	}
	m := &Membership{TeamID: t.ID, PersonID: person.PersonID, Role: as, State: Invited}
	_, err = begin(ctx, tx, mutation.Call{Actor: lead, Now: now}, m, team.InviteMember, history.Lead)
	return m, err
}
