package proposal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// lockInOrder locks proposals in an order that avoids deadlocks.
func lockInOrder(ctx context.Context, tx *sqlx.Tx, proposals ...uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `select from proposals where id = any($1) order by id for no key update`, postgres.IDs(proposals))
	return err
}

// askSupporters asks those who support a merged proposal but not the other one, and passes open questions about earlier merges on
// to it.
func askSupporters(ctx context.Context, tx *sqlx.Tx, merged, into uuid.UUID, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update merge_questions set into_id = $2 where into_id = $1 and answered_at is null`, merged, into)
	if err != nil {
		return err
	}
	var people []uuid.UUID
	err = tx.SelectContext(ctx, &people, `select s.person_id from supports s join people o on o.id = s.person_id and o.erased_at is null
		where s.proposal_id = $1 and s.withdrawn_at is null and not exists (
			select from supports where proposal_id = $2 and person_id = s.person_id and withdrawn_at is null)
		order by 1`, merged, into)
	if err != nil {
		return err
	}
	questions := make([]uuid.UUID, len(people))
	for i := range questions {
		questions[i] = postgres.NewID()
	}
	_, err = tx.ExecContext(ctx, `insert into merge_questions (id, proposal_id, into_id, person_id, asked_at)
		select q.id, $1, $2, q.person_id, $3 from unnest($4::uuid[], $5::uuid[]) q(id, person_id)`,
		merged, into, at, postgres.IDs(questions), postgres.IDs(people))
	return err
}

// destination returns where the person's support of a merged proposal would go, the zero id where there is no question.
func destination(ctx context.Context, tx *sqlx.Tx, merged, person uuid.UUID) (into uuid.UUID, err error) {
	err = tx.GetContext(ctx, &into, `select coalesce((select into_id from merge_questions
		where proposal_id = $1 and person_id = $2), $3)`, merged, person, uuid.Nil)
	return into, err
}

func answer(ctx context.Context, tx *sqlx.Tx, merged, person uuid.UUID, move bool, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update merge_questions set answered_at = $3, moved = $4
		where proposal_id = $1 and person_id = $2`, merged, person, at, move)
	return err
}

func mergedInto(ctx context.Context, q sqlx.QueryerContext, into []uuid.UUID, args paging.Args) ([]*Proposal, error) {
	query := postgres.Select(`select p.* from unnest(?::uuid[]) o(id) cross join lateral (`+selectProposals+`
		where p.merged_into = o.id and p.hidden_id is null`, postgres.IDs(into))
	if args.After != nil {
		query.Add(`and p.id < ?`, args.After.ID)
	}
	return postgres.Read[Proposal](ctx, q, query.Add(`order by p.id desc limit ?) p`, args.Limit()))
}

func countMergedInto(ctx context.Context, q sqlx.QueryerContext, into []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select merged_into as id, count(*) as n from proposals
		where merged_into = any(?) and hidden_id is null group by 1`, postgres.IDs(into)))
}

// asked is a proposal and the person who is asked about it.
type asked struct {
	PersonID uuid.UUID `db:"person_id"`
	Proposal
}

func toAnswer(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID, args paging.Args) ([]*asked, error) {
	query := postgres.Select(`select p.*, o.id as person_id from unnest(?::uuid[]) o(id) cross join lateral (`+selectProposals+`
		join merge_questions m on m.proposal_id = p.id where m.person_id = o.id and m.answered_at is null and p.hidden_id is null`,
		postgres.IDs(people))
	if args.After != nil {
		query.Add(`and p.id < ?`, args.After.ID)
	}
	return postgres.Read[asked](ctx, q, query.Add(`order by p.id desc limit ?) p`, args.Limit()))
}

func countToAnswer(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select m.person_id as id, count(*) as n
		from merge_questions m join proposals p on p.id = m.proposal_id
		where m.person_id = any(?) and m.answered_at is null and p.hidden_id is null group by 1`, postgres.IDs(people)))
}
