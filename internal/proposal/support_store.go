package proposal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

// factsOf returns the person's relation to each of the proposals; a visitor has none.
func factsOf(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, proposals []uuid.UUID) (map[uuid.UUID]facts, error) {
	found := map[uuid.UUID]facts{}
	if person == uuid.Nil {
		return found, nil
	}
	rows, err := postgres.Read[struct {
		ID uuid.UUID `db:"id"`
		facts
	}](ctx, q, postgres.Select(`select p.id,
		exists (select from supports s where s.proposal_id = p.id and s.person_id = ? and s.withdrawn_at is null) as supports,
		exists (select from merge_questions m where m.proposal_id = p.id and m.person_id = ? and m.answered_at is null) as asked
		from unnest(?::uuid[]) p(id)`, person, person, postgres.IDs(proposals)))
	for _, row := range rows {
		found[row.ID] = row.facts
	}
	return found, err
}

func insertSupport(ctx context.Context, tx *sqlx.Tx, proposal, person uuid.UUID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into supports (id, proposal_id, person_id, given_at) values ($1, $2, $3, $4)`,
		postgres.NewID(), proposal, person, at)
	return err
}

func endSupport(ctx context.Context, tx *sqlx.Tx, proposal, person uuid.UUID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update supports set withdrawn_at = $3
		where proposal_id = $1 and person_id = $2 and withdrawn_at is null`, proposal, person, at)
	return err
}
