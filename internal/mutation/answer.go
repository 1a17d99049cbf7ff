package mutation

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// Answer turns the result of a change into a mutation's payload: what the mutation changed, read by its id in the same way the
// first time and on every repetition. A repetition may come days later, so it checks whether the actor may still see all of it.
// Codes: those of the change, NOT_FOUND.
func Answer[T, P any](ctx context.Context, c Call, id uuid.UUID, err error, read func(context.Context, []uuid.UUID) ([]*T, error),
	visible func(*T, *auth.Actor) bool, payload func([]*T) P) (none P, _ error) {
	if err != nil {
		return none, err
	}
	rows, err := read(ctx, []uuid.UUID{id})
	if err != nil {
		return none, err
	}
	seen := len(rows) > 0
	for _, row := range rows {
		seen = seen && visible(row, c.Actor)
	}
	if !seen {
		return none, fault.Missing("id")
	}
	return payload(rows), nil
}
