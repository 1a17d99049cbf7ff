package graph

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// idOf finds the id that every row type has under the name ID.
func idOf[T any]() func(*T) uuid.UUID {
	field, _ := reflect.TypeFor[T]().FieldByName("ID")
	return func(row *T) uuid.UUID {
		return reflect.ValueOf(row).Elem().FieldByIndex(field.Index).Interface().(uuid.UUID)
	}
}

func typed[P any](objects []any) []*P {
	rows := make([]*P, len(objects))
	for i, object := range objects {
		rows[i] = object.(*P)
	}
	return rows
}

// one leads to the one object whose id the row holds.
func one[P, C any](key func(*P) uuid.UUID, load func(context.Context, []uuid.UUID) ([]*C, error)) relation {
	return maybe(func(p *P) uuid.NullUUID { return uuid.NullUUID{UUID: key(p), Valid: true} }, load)
}

// maybe leads to the object whose id the row may hold.
func maybe[P, C any](key func(*P) uuid.NullUUID, load func(context.Context, []uuid.UUID) ([]*C, error)) relation {
	id := idOf[C]()
	return func(ctx context.Context, objects []any, _ arguments) ([]any, error) {
		wanted := []uuid.UUID{}
		for _, row := range typed[P](objects) {
			if k := key(row); k.Valid {
				wanted = append(wanted, k.UUID)
			}
		}
		found, err := load(ctx, distinct(wanted))
		if err != nil {
			return nil, err
		}
		at := make(map[uuid.UUID]*C, len(found))
		for _, row := range found {
			at[id(row)] = row
		}
		values := make([]any, len(objects))
		for i, row := range typed[P](objects) {
			if child := at[key(row).UUID]; child != nil {
				values[i] = child
			}
		}
		return values, nil
	}
}

// each reads one value for every row, in the order of the rows.
func each[P, V any](load func(context.Context, *request, []*P) ([]V, error)) relation {
	return func(ctx context.Context, objects []any, _ arguments) ([]any, error) {
		found, err := load(ctx, from(ctx), typed[P](objects))
		if err != nil {
			return nil, err
		}
		values := make([]any, len(objects))
		for i := range found {
			values[i] = found[i]
		}
		return values, nil
	}
}

// acts reads what the asker may do to every row. Reporting and hiding come with it, and what bars the asker.
func acts[P any](load func(context.Context, *request, []*P) ([][]*rule.Action, error)) relation {
	return moderated(each(load))
}

// actsOn is acts where the row itself says what may be done to it.
func actsOn[P any](of func(*request, *P) []*rule.Action) relation {
	return acts(func(_ context.Context, q *request, rows []*P) ([][]*rule.Action, error) {
		actions := make([][]*rule.Action, len(rows))
		for i, row := range rows {
			actions[i] = of(q, row)
		}
		return actions, nil
	})
}

// lists reads a short list for every row; a row without one has an empty list.
func lists[P, V any](load func(context.Context, []uuid.UUID) (map[uuid.UUID][]V, error)) relation {
	id := idOf[P]()
	return each(func(ctx context.Context, _ *request, rows []*P) ([][]V, error) {
		found, err := load(ctx, paging.IDs(rows, id))
		values := make([][]V, len(rows))
		for i, row := range rows {
			values[i] = append([]V{}, found[id(row)]...)
		}
		return values, err
	})
}

// pages reads a page of a list for every row.
func pages[P, C any](order paging.Order, load func(context.Context, []uuid.UUID, paging.Args) (map[uuid.UUID]*paging.Connection[C], error)) relation {
	return statePages[P, C, string](order, func(ctx context.Context, ids []uuid.UUID, _ []string, args paging.Args) (map[uuid.UUID]*paging.Connection[C], error) {
		return load(ctx, ids, args)
	})
}

// statePages reads, for every row, a page of a list that can be limited to states.
func statePages[P, C any, S ~string](order paging.Order,
	load func(context.Context, []uuid.UUID, []S, paging.Args) (map[uuid.UUID]*paging.Connection[C], error)) relation {
	id := idOf[P]()
	return func(ctx context.Context, objects []any, args arguments) ([]any, error) {
		asked, err := args.page(order)
		if err != nil {
			return nil, err
		}
		rows := typed[P](objects)
		found, err := load(ctx, distinct(paging.IDs(rows, id)), names[S](args.filter(), "states"), asked)
		if err != nil {
			return nil, err
		}
		values := make([]any, len(rows))
		for i, row := range rows {
			values[i] = found[id(row)]
		}
		return values, nil
	}
}

// timedPages reads, for every row, a page of a list that can be limited to what begins at a moment or later.
func timedPages[P, C any](order paging.Order,
	load func(context.Context, []uuid.UUID, *time.Time, paging.Args) (map[uuid.UUID]*paging.Connection[C], error)) relation {
	return func(ctx context.Context, objects []any, args arguments) ([]any, error) {
		since, err := args.filter().moment("from")
		if err != nil {
			return nil, err
		}
		return pages[P](order, func(ctx context.Context, ids []uuid.UUID, asked paging.Args) (map[uuid.UUID]*paging.Connection[C], error) {
			return load(ctx, ids, since, asked)
		})(ctx, objects, args)
	}
}

// guarded reads a relation for those of the rows that allow it, and refuses the others with FORBIDDEN or, where the role waits
// for a second factor, SECOND_FACTOR_MISSING.
func guarded[P any](may func(*auth.Actor, *P) bool, of relation) relation {
	return func(ctx context.Context, objects []any, args arguments) ([]any, error) {
		values, allowed, at := make([]any, len(objects)), []any{}, []int{}
		for i, row := range typed[P](objects) {
			refused := rule.OnlyFor(from(ctx).Actor, func(a *auth.Actor) bool { return may(a, row) }, fault.Forbidden)
			if refused == "" {
				allowed, at = append(allowed, row), append(at, i)
			} else {
				values[i] = fault.New(refused)
			}
		}
		if len(allowed) == 0 {
			return values, nil
		}
		found, err := of(ctx, allowed, args)
		for i, value := range found {
			values[at[i]] = value
		}
		return values, err
	}
}

// silent reads a relation for those of the rows that allow it; the others have null.
func silent[P any](may func(*auth.Actor, *P) bool, of relation) relation {
	refusing := guarded(may, of)
	return func(ctx context.Context, objects []any, args arguments) ([]any, error) {
		values, err := refusing(ctx, objects, args)
		for i, value := range values {
			if _, refused := value.(error); refused {
				values[i] = nil
			}
		}
		return values, err
	}
}

// plain adapts a read that does not depend on the viewer.
func plain[P, V any](load func(context.Context, []*P) ([]V, error)) func(context.Context, *request, []*P) ([]V, error) {
	return func(ctx context.Context, _ *request, rows []*P) ([]V, error) { return load(ctx, rows) }
}

// visible reads those of the rows that the viewer may see.
func visible[T any](read func(context.Context, []uuid.UUID) ([]*T, error), may func(*T, *auth.Actor) bool) func(context.Context, []uuid.UUID) ([]*T, error) {
	return func(ctx context.Context, ids []uuid.UUID) ([]*T, error) {
		rows, err := read(ctx, ids)
		a := from(ctx).Actor
		return slices.DeleteFunc(rows, func(row *T) bool { return !may(row, a) }), err
	}
}
