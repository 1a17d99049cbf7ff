package postgres

import (
	"context"
	"strconv"
	"strings"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"
)

// Query is a statement put together from constant fragments: input only ever becomes an argument. Each ? in a fragment stands for
// the next argument, so there are few different texts, and each is prepared once per connection.
type Query struct {
	text  strings.Builder
	args  []any
	where bool
	anew  bool
}

// Select begins a statement.
func Select(fragment string, args ...any) *Query {
	q := &Query{}
	return q.Add(fragment, args...)
}

// Add appends a fragment.
func (q *Query) Add(fragment string, args ...any) *Query {
	for {
		before, after, found := strings.Cut(fragment, "?")
		q.text.WriteString(before)
		if !found {
			break
		}
		q.args = append(q.args, args[0])
		args = args[1:]
		q.text.WriteByte('$')
		q.text.WriteString(strconv.Itoa(len(q.args)))
		fragment = after
	}
	q.text.WriteByte(' ')
	return q
}

// Where appends a condition, joined to earlier ones with "and".
func (q *Query) Where(condition string, args ...any) *Query {
	word := "where "
	if q.where {
		word = "and "
	}
	q.where = true
	return q.Add(word+condition, args...)
}

// Anew has the statement planned for these arguments. Others have one plan for all arguments, which is bad when the number of rows
// depends strongly on them: a search word may be in every text or in none.
func (q *Query) Anew() *Query {
	q.anew = true
	return q
}

// context passes on to the connection what the statement's text does not say.
func (q *Query) context(ctx context.Context) context.Context {
	if q.anew {
		return context.WithValue(ctx, anewKey{}, true)
	}
	return ctx
}

type anewKey struct{}

func anew(ctx context.Context) bool { return ctx.Value(anewKey{}) != nil }

// SQL returns the statement's text.
func (q *Query) SQL() string { return q.text.String() }

// Args returns the statement's arguments.
func (q *Query) Args() []any { return q.args }

// IDs returns a list of ids as an argument for any($1).
func IDs(ids []uuid.UUID) any { return pq.Array(ids) }

// Strings returns a list of named strings (states, focuses) as an argument for any($1).
func Strings[S ~string](values []S) any {
	texts := make(pq.StringArray, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	return texts
}

// Read runs a query and scans its rows.
func Read[T any](ctx context.Context, from sqlx.QueryerContext, q *Query) ([]*T, error) {
	var rows []*T
	err := sqlx.SelectContext(q.context(ctx), from, &rows, q.SQL(), q.Args()...)
	return rows, Map(err)
}

// Counts runs a query of ids and numbers (columns id and n).
func Counts(ctx context.Context, from sqlx.QueryerContext, q *Query) (map[uuid.UUID]int, error) {
	rows, err := Read[struct {
		ID uuid.UUID `db:"id"`
		N  int       `db:"n"`
	}](ctx, from, q)
	counts := make(map[uuid.UUID]int, len(rows))
	for _, row := range rows {
		counts[row.ID] = row.N
	}
	return counts, err
}

// Count runs a query for one number.
func Count(ctx context.Context, from sqlx.QueryerContext, q *Query) (int, error) {
	var n int
	err := sqlx.GetContext(q.context(ctx), from, &n, q.SQL(), q.Args()...)
	return n, Map(err)
}
