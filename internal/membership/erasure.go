package membership

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/history"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// EndAll ends all open memberships of a locked person whose account is erased. A person who never verified the address leads
// nothing, and is never a team's last lead. Codes: LAST_LEAD.
func EndAll(ctx context.Context, tx *sqlx.Tx, p *person.Person, act history.Act) error {
	open, err := postgres.Read[Membership](ctx, tx, postgres.Select(selectMemberships).Where(`m.person_id = ?`, p.ID).
		Where(`m.state in ('REQUESTED', 'INVITED', 'ACTIVE')`).Add(`order by m.team_id`)) // the order in which teams are locked
	if err != nil {
		return err
	}
	for _, found := range open {
		t, m, err := lock(ctx, tx, found.ID)
		if err != nil {
			return err
		}
		was := *m
		verb := m.leave(act.Now)
		if *m == was { // it has ended in the meantime
			continue
		}
		if p.Private.Verified {
			if err := bear(ctx, tx, t, &was, m); err != nil {
				return err
			}
		}
		if err := m.change(ctx, tx, act.By, act.Now, &was); err != nil {
			return err
		}
		if err := m.tell(ctx, tx, act, was.State); err != nil {
			return err
		}
		if err := act.Doing(verb).Record(ctx, tx, history.To(m.ID, was.State, m.State)); err != nil {
			return err
		}
	}
	return nil
}

// leave ends an open membership as the person would, and returns the verb for it.
func (m *Membership) leave(now time.Time) (verb rule.Verb) {
	switch m.State {
	case Requested:
		verb = WithdrawMembership
		m.end(Withdrawn, now)
	case Invited:
		verb = AnswerMembership
		m.end(Declined, now)
	case Active:
		verb = LeaveTeam
		m.end(Left, now)
	}
	return verb
}
