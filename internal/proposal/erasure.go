package proposal

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/history"
	"jastarhub/internal/postgres"
)

// WithdrawAll withdraws the undecided proposals of an author whose account is erased.
func WithdrawAll(ctx context.Context, tx *sqlx.Tx, author uuid.UUID, act history.Act) error {
	act = act.Doing(WithdrawProposal)
	open, err := postgres.Read[Proposal](ctx, tx, postgres.Select(selectProposals).Where(`p.author_id = ?`, author).
		Where(`p.state = any(?::proposal_state[])`, postgres.Strings(states[WithdrawProposal])).Add(`order by p.id for no key update of p`))
	if err != nil {
		return err
	}
	moves := make([]history.Move, len(open))
	for i, p := range open {
		moves[i] = history.To(p.ID, p.State, Withdrawn)
		p.State, p.Question, p.AskedAt, p.UpdatedAt = Withdrawn, nil, nil, act.Now
		if err := update(ctx, tx, p); err != nil {
			return err
		}
		if err := p.Tell(ctx, tx, act); err != nil {
			return err
		}
	}
	return act.Record(ctx, tx, moves...)
}
