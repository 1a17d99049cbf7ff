package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

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

var (
	errRowsOpen     = errors.New("postgres: close the rows before running another statement in the same transaction")
	errUnreplicated = errors.New("postgres: committed on this server, and perhaps on no other")
)

// conn is pq's connection that keeps the statements it prepares, so that a statement with arguments costs one round
// trip instead of two, and that knows when it can no longer be trusted.
//
// Statements a caller prepares himself, COPY among them, go to pq as they are.
type conn struct {
	pqConn
	line         *impatientConn
	origin       origin
	log          *slog.Logger
	statements   statements
	reading      bool // rows are open
	broken       bool // where the stream of messages stands is not known, or a kept plan is no longer valid
	unreplicated bool // the server has given up waiting for its standby
}

func newConn(inner pqConn, line *impatientConn, log *slog.Logger) *conn {
	return &conn{pqConn: inner, line: line, log: log, statements: newStatements()}
}

// within lets what is done now end soon after the caller's deadline: the line is then cut.
func (c *conn) within(ctx context.Context) {
	c.line.until = time.Time{}
	if deadline, ok := ctx.Deadline(); ok {
		c.line.until = deadline.Add(grace)
	}
}

// noticed hears the server's warnings.
func (c *conn) noticed(n *pq.Error) {
	c.unreplicated = c.unreplicated || n.Routine == "SyncRepWaitForLSN"
	c.log.Warn("PostgreSQL warns", "warning", n.Message, "detail", n.Detail, "code", n.Code)
}

// QueryContext runs a statement that returns rows.
func (c *conn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	count(ctx)
	found, err := c.query(ctx, query, args)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	c.reading = true
	return &rows{pqRows: found.(pqRows), conn: c, ctx: ctx}, nil
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
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	count(ctx)
	result, err := c.exec(ctx, query, args)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	c.done(ctx)
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

// BeginTx starts a transaction. Its end is nothing that the context may cancel: a server that is told to cancel while it waits
// for its standby gives up waiting, and calls committed what may be lost with it. The line is cut instead, and the server waits on.
func (c *conn) BeginTx(ctx context.Context, opts driver.TxOptions) (driver.Tx, error) {
	if err := c.ready(ctx); err != nil {
		return nil, err
	}
	tx, err := c.pqConn.BeginTx(context.WithoutCancel(ctx), opts)
	if err != nil {
		return nil, c.failed(ctx, err)
	}
	return transaction{ctx, tx, c}, nil
}

// Ping sees whether the server answers.
func (c *conn) Ping(ctx context.Context) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	return c.pqConn.Ping(ctx)
}

// ResetSession keeps a broken connection from being used again.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.broken {
		return driver.ErrBadConn
	}
	return c.pqConn.ResetSession(ctx)
}

// IsValid keeps a broken connection out of the pool.
func (c *conn) IsValid() bool { return !c.broken && !c.origin.outdated() && c.pqConn.IsValid() }

// ready prepares the connection for what comes, in so far as it can be used.
func (c *conn) ready(ctx context.Context) error {
	c.broken = c.broken || c.origin.outdated()
	switch {
	case c.broken:
		return driver.ErrBadConn
	case c.reading:
		return errRowsOpen
	}
	c.within(ctx)
	return nil
}

// done gives the connection up where the caller's time ended with the statement: a cancel may be on its way to it, and would
// meet what comes next.
func (c *conn) done(ctx context.Context) { c.broken = c.broken || ctx.Err() != nil }

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
	case reported.Code == pqerror.ReadOnlySQLTransaction:
		c.broken = true // the next connection is made to a server that takes writes
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
	ctx  context.Context
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
	defer r.conn.done(r.ctx)
	return r.pqRows.Close()
}

// transaction does not talk over a broken connection; the server rolls back when it is closed.
type transaction struct {
	ctx  context.Context
	tx   driver.Tx
	conn *conn
}

func (t transaction) Commit() error {
	t.conn.within(t.ctx)
	t.conn.unreplicated = false
	if err := t.end(t.tx.Commit); err != nil || !t.conn.unreplicated {
		return err
	}
	return errUnreplicated
}

// Rollback is not waited for long: a server whose line is cut rolls back as well.
func (t transaction) Rollback() error {
	t.conn.line.until = time.Now().Add(grace)
	return t.end(t.tx.Rollback)
}

func (t transaction) end(how func() error) error {
	if t.conn.broken || t.conn.origin.outdated() {
		return driver.ErrBadConn
	}
	if err := how(); err != nil {
		return t.conn.failed(t.ctx, err)
	}
	return nil
}
