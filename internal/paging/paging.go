// Package paging cuts lists into pages: keyset cursors with the id as tie-break, and Relay's connections.
package paging

import (
	"context"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
)

// Most is the maximum number of rows on a page.
const Most = 100

// Args asks for one page: the first rows after a cursor.
type Args struct {
	First int
	After *Cursor
	order Order
}

// Order is the order of the lists of one noun. Its name is unique, and is part of the cursors, so that a cursor of one list is
// refused by another.
type Order struct {
	Name string
	Key  Key
}

// Key is the kind of value that a list is ordered by, before the id.
type Key int

// The kinds of keys.
const (
	NoKey Key = iota
	TextKey
	NumberKey
	TimeKey
)

// fits reports whether a cursor's key is valid for its kind, so that the database never sees another.
func (k Key) fits(text string) bool {
	var err error
	switch k {
	case NoKey:
		return text == ""
	case TextKey:
		return utf8.ValidString(text) && !strings.ContainsRune(text, 0)
	case NumberKey:
		_, err = strconv.ParseInt(text, 10, 32)
	case TimeKey:
		return text == Infinity || isTime(text)
	}
	return err == nil
}

// isTime is stricter than Go: PostgreSQL has no year 0 and no offset of a whole day.
func isTime(text string) bool {
	t, err := time.Parse(time.RFC3339Nano, text)
	_, offset := t.Zone()
	return err == nil && t.Year() >= 1900 && t.Year() <= 2200 && max(offset, -offset) <= 14*60*60
}

// Infinity is the key of rows without a time, which come last.
const Infinity = "infinity"

// Parse checks the arguments of a connection whose rows are in the order.
func Parse(first int, after *string, order Order) (Args, error) {
	var c fault.Check
	args := Args{First: first, order: order}
	c.Between("first", first, 1, Most)
	if after != nil {
		cursor, ok := order.decode(*after)
		c.That(ok, "after", "is not a cursor of this list")
		args.After = &cursor
	}
	return args, c.Err()
}

// Limit returns how many rows to read: one more than asked for, which shows whether there is a next page.
func (a Args) Limit() int { return a.First + 1 }

// Cursor is the place of a row in an order: its key as text, and its id.
type Cursor struct {
	Key string
	ID  uuid.UUID
}

func (o Order) encode(c Cursor) string {
	return base64.RawURLEncoding.EncodeToString([]byte(o.Name + "|" + c.Key + "|" + c.ID.String()))
}

func (o Order) decode(text string) (Cursor, bool) {
	raw, err := base64.RawURLEncoding.DecodeString(text)
	parts := strings.Split(string(raw), "|")
	if err != nil || len(text) > 200 || len(parts) != 3 || parts[0] != o.Name || !o.Key.fits(parts[1]) {
		return Cursor{}, false
	}
	id, err := uuid.Parse(parts[2])
	return Cursor{Key: parts[1], ID: id}, err == nil && id.String() == parts[2]
}

// Node is any object with an id of its own.
type Node any

// Connection is one page of a list, in Relay's form. Cursors are made when they are asked for.
type Connection[T any] struct {
	rows   []*T
	args   Args
	more   bool
	cursor func(*T) Cursor
	count  func(context.Context) (int, error)
}

// Edge is a row with its place in the list.
type Edge[T any] struct {
	Node *T
	page *Connection[T]
}

// Info says where a page ends.
type Info struct {
	HasNextPage     bool
	HasPreviousPage bool
	StartCursor     *string
	EndCursor       *string
}

// Of makes a page from rows that were read with Args.Limit; count runs only if the client asks for it.
func Of[T any](rows []*T, args Args, cursor func(*T) Cursor, count func(context.Context) (int, error)) *Connection[T] {
	more := len(rows) > args.First
	if more {
		rows = rows[:args.First]
	}
	return &Connection[T]{rows, args, more, cursor, count}
}

// Nodes returns the rows without their cursors.
func (c *Connection[T]) Nodes() []*T { return c.rows }

// Edges returns the rows with their cursors.
func (c *Connection[T]) Edges() []Edge[T] {
	edges := make([]Edge[T], len(c.rows))
	for i, node := range c.rows {
		edges[i] = Edge[T]{node, c}
	}
	return edges
}

// Cursor returns the row's place in the list, for `after`.
func (e Edge[T]) Cursor() string { return e.page.place(e.Node) }

func (c *Connection[T]) place(node *T) string { return c.args.order.encode(c.cursor(node)) }

// PageInfo returns where the page ends.
func (c *Connection[T]) PageInfo() Info {
	info := Info{HasNextPage: c.more, HasPreviousPage: c.args.After != nil}
	if len(c.rows) > 0 {
		first, last := c.place(c.rows[0]), c.place(c.rows[len(c.rows)-1])
		info.StartCursor, info.EndCursor = &first, &last
	}
	return info
}

// TotalCount returns the length of the whole list.
func (c *Connection[T]) TotalCount(ctx context.Context) (int, error) {
	if c.count == nil {
		return 0, fmt.Errorf("this list is not counted")
	}
	return c.count(ctx)
}
