package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"

	"github.com/lib/pq"
	"github.com/lib/pq/pqerror"
)

// pqConn is what pq's connection can do; its type has no public name.
type pqConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.NamedValueChecker
	driver.Pinger
	driver.QueryerContext
	driver.SessionResetter
	driver.Validator
}

var errRowsOpen = errors.New("postgres: close the rows before running another statement in the same transaction")

// conn is pq's connection that keeps the statements it prepares, so that a statement with arguments costs one round
// trip instead of two, and that knows when it can no longer be trusted.
//
// Statements a caller prepares himself, COPY among them, go to pq as they are.
type conn struct {
	pqConn
	statements statements
	reading    bool // rows are open
	broken     bool // where the stream of messages stands is not known, or a kept plan is no longer valid
}

func newConn(inner pqConn) *conn { return &conn{pqConn: inner, statements: newStatements()} }

// QueryContext runs a statement that returns rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	count(ctx)
	found, err := c.query(ctx, query, args)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	c.reading = true
	return &rows{pqRows: found.(pqRows), conn: c}, nil
}

func (c *conn) query(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if len(args) == 0 || anew(ctx) {
		return c.pqConn.QueryContext(ctx, query, args)
	}
	st, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args)
}

// ExecContext runs a statement that returns none.
func (c *conn) ExecContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	count(ctx)
	result, err := c.exec(ctx, query, args)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	return result, nil
}

func (c *conn) exec(ctx context.Context, query string, args []driver.NamedValue) (driver.Result, error) {
	if len(args) == 0 {
		return c.pqConn.ExecContext(ctx, query, nil)
	}
	st, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.ExecContext(ctx, args)
}

func (c *conn) prepared(ctx context.Context, query string) (pqStmt, error) {
	if st, ok := c.statements.get(query); ok {
		return st, nil
	}
	st, err := c.PrepareContext(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.(pqStmt), c.statements.put(query, st.(pqStmt))
}

// BeginTx starts a transaction.
func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.ready(); err != nil {
		return nil, err
	}
	tx, err := c.pqConn.BeginTx(ctx, opts)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	return transaction{ctx, tx, c}, nil
}

// ResetSession keeps a broken connection from being used again.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.broken {
		return driver.ErrBadConn
	}
	return c.pqConn.ResetSession(ctx)
}

// IsValid keeps a broken connection out of the pool.
func (c *conn) IsValid() bool { return !c.broken && c.pqConn.IsValid() }

func (c *conn) ready() error {
	switch {
	case c.broken:
		return driver.ErrBadConn
	case c.reading:
		return errRowsOpen
	}
	return nil
}

// failed decides what an error means for the connection, and what its caller is to see.
func (c *conn) failed(ctx context.Context, err error) error {
	reported := pq.As(err)
	switch {
	case reported == nil:
		// Not an answer of the server that was read to its end. Above all, pq leaves an answer of more than
		// 30,000 bytes half read: whoever used the connection next would wait for ever.
		c.broken = true
	case stale(reported):
		// Nothing was run. ErrBadConn makes database/sql, or DB.Tx, try again on another connection.
		c.broken = true
		return driver.ErrBadConn
	case reported.Code == pqerror.QueryCanceled && ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// stale says that a kept statement does not fit the tables any more, or is gone. The server has no code of its own
// for the first, and translates the message; the name of its routine stays.
func stale(err *pq.Error) bool {
	return err.Routine == "RevalidateCachedQuery" || err.Code == pqerror.InvalidSQLStatementName
}

// pqRows is what pq's rows can do.
type pqRows interface {
	driver.RowsNextResultSet
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeLength
	driver.RowsColumnTypePrecisionScale
	driver.RowsColumnTypeScanType
}

// rows keep their connection from running another statement: pq would mix up the two answers.
type rows struct {
	pqRows
	conn *conn
}

func (r *rows) Next(dest []driver.Value) error {
	err := r.pqRows.Next(dest)
	if err == nil || err == io.EOF {
		return err
	}
	return r.conn.failed(context.Background(), err)
}

func (r *rows) Close() error {
	r.conn.reading = false
	if r.conn.broken && r.conn.pqConn.IsValid() {
		// pq would read on from the middle of a message and take text for a length of a gigabyte. The price is
		// its goroutine that watches the context.
		return driver.ErrBadConn
	}
	return r.pqRows.Close()
}

// transaction does not talk over a broken connection; the server rolls back when it is closed.
type transaction struct {
	ctx  context.Context
	tx   driver.Tx
	conn *conn
}

func (t transaction) Commit() error   { return t.end(t.tx.Commit) }
func (t transaction) Rollback() error { return t.end(t.tx.Rollback) }

func (t transaction) end(how func() error) error {
	if t.conn.broken {
		return driver.ErrBadConn
	}
	if err := how(); err != nil {
		return t.conn.failed(t.ctx, err)
	}
	return nil
}
