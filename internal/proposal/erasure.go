package proposal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/history"
	"jastarhub/internal/postgres"
)

// WithdrawAll withdraws the undecided proposals of an author whose account is erased.
func WithdrawAll(ctx context.Context, tx *sqlx.Tx, author uuid.UUID, by *auth.Actor, as history.ActingAs, now time.Time) error {
	open, err := postgres.Read[Proposal](ctx, tx, postgres.Select(selectProposals).Where(`p.author_id = ?`, author).
		Where(`p.state = any(?::proposal_state[])`, postgres.Strings(states[WithdrawProposal])).Add(`order by p.id for no key update of p`))
	if err != nil {
		return err
	}
	moves := make([]history.Move, len(open))
	for i, p := range open {
		moves[i] = history.To(p.ID, WithdrawProposal, p.State, Withdrawn, as)
		p.State, p.Question, p.AskedAt, p.UpdatedAt = Withdrawn, nil, nil, now
		if err := update(ctx, tx, p); err != nil {
			return err
		}
		if err := p.Tell(ctx, tx, by, now, WithdrawProposal, nil); err != nil {
			return err
		}
	}
	return history.Record(ctx, tx, by, now, moves...)
}
