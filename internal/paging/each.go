package paging

import (
	"context"
	"sync"

	"github.com/google/uuid"
)

// Each makes one page for every parent from rows that were read with one statement, Args.Limit for each parent. The counts of all
// parents are read together, when one of them is first asked for.
func Each[T any](parents []uuid.UUID, rows []*T, parent func(*T) uuid.UUID, args Args, cursor func(*T) Cursor,
	counts func(context.Context) (map[uuid.UUID]int, error)) map[uuid.UUID]*Connection[T] {
	var once sync.Once
	var counted map[uuid.UUID]int
	var failed error
	of := map[uuid.UUID][]*T{}
	for _, row := range rows {
		of[parent(row)] = append(of[parent(row)], row)
	}
	pages := make(map[uuid.UUID]*Connection[T], len(parents))
	for _, id := range parents {
		pages[id] = Of(of[id], args, cursor, func(ctx context.Context) (int, error) {
			once.Do(func() { counted, failed = counts(ctx) })
			return counted[id], failed
		})
	}
	return pages
}

// Align puts rows in the order of the requested ids; an id without a row gets nil.
func Align[T any](ids []uuid.UUID, rows []*T, id func(*T) uuid.UUID) []*T {
	at := make(map[uuid.UUID]*T, len(rows))
	for _, row := range rows {
		at[id(row)] = row
	}
	aligned := make([]*T, len(ids))
	for i, wanted := range ids {
		aligned[i] = at[wanted]
	}
	return aligned
}

// ByID returns the cursors of a list that is ordered by id only.
func ByID[T any](id func(*T) uuid.UUID) func(*T) Cursor {
	return func(row *T) Cursor { return Cursor{ID: id(row)} }
}

// IDs returns the ids of the rows.
func IDs[T any](rows []*T, id func(*T) uuid.UUID) []uuid.UUID {
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows {
		ids[i] = id(row)
	}
	return ids
}
