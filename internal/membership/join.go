package membership

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
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
	if err := m.tell(ctx, tx, history.Act{By: person, Now: now}, was.State); err != nil {
		return err
	}
	act := history.Act{By: by, As: was.actingAs(AnswerMembership), Verb: AnswerMembership, Now: now}
	return act.Record(ctx, tx, history.To(m.ID, was.State, m.State))
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
	_, err = begin(ctx, tx, m, history.Act{By: lead, As: history.Lead, Verb: team.InviteMember, Now: now})
	return m, err
}
