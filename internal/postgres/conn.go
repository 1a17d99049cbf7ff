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

// conn wraps pq's connection: it keeps prepared statements, so that a statement with arguments costs one round trip instead of
// two, and it knows when it can no longer be trusted.
//
// Statements that a caller prepares, COPY among them, go to pq unchanged.
type conn struct {
	pqConn
	line         *impatientConn
	origin       origin
	log          *slog.Logger
	statements   statements
	plans        planMode
	reading      bool // rows are open
	broken       bool // the position in the message stream is unknown, or a kept plan is no longer valid
	unreplicated bool // the server has stopped waiting for its standby
}

func newConn(inner pqConn, line *impatientConn, log *slog.Logger) *conn {
	return &conn{pqConn: inner, line: line, log: log, statements: newStatements(), plans: onePlan}
}

// within limits the next operation to shortly after the caller's deadline: then the network connection is closed.
func (c *conn) within(ctx context.Context) {
	c.line.until = time.Time{}
	if deadline, ok := ctx.Deadline(); ok {
		c.line.until = deadline.Add(grace)
	}
}

// noticed handles the server's warnings.
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
	if len(args) == 0 {
		return c.pqConn.QueryContext(ctx, query, args)
	}
	if err := c.plan(ctx); err != nil {
		return nil, err
	}
	st, err := c.prepared(ctx, query)
	if err != nil {
		return nil, err
	}
	return st.QueryContext(ctx, args)
}

// ExecContext runs a statement that returns no rows.
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
	if err := c.plan(ctx); err != nil {
		return nil, err
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

// BeginTx starts a transaction. The context must not cancel its end: a server that gets a cancel while it waits for its standby
// stops waiting, and reports as committed what may be lost with it. Instead the network connection is closed, and the server goes
// on waiting.
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

// Ping checks whether the server answers.
func (c *conn) Ping(ctx context.Context) error {
	if err := c.ready(ctx); err != nil {
		return err
	}
	return c.pqConn.Ping(ctx)
}

// ResetSession keeps a broken connection from being reused.
func (c *conn) ResetSession(ctx context.Context) error {
	if c.broken {
		return driver.ErrBadConn
	}
	return c.pqConn.ResetSession(ctx)
}

// IsValid keeps a broken connection out of the pool.
func (c *conn) IsValid() bool { return !c.broken && !c.origin.outdated() && c.pqConn.IsValid() }

// ready prepares the connection for the next operation, if it can be used.
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

// done gives up the connection if the caller's time ended with the statement: a cancel may be on its way, and would hit the next
// statement.
func (c *conn) done(ctx context.Context) { c.broken = c.broken || ctx.Err() != nil }

// failed decides what an error means for the connection, and what its caller gets.
func (c *conn) failed(ctx context.Context, err error) error {
	reported := pq.As(err)
	switch {
	case reported == nil:
		// This is not an answer of the server that was read completely. In particular, pq leaves an answer of more than 30,000
		// bytes half read: the next user of the connection would wait for ever.
		c.broken = true
	case stale(reported):
		// Nothing was run. With ErrBadConn, database/sql or DB.Tx tries again on another connection.
		c.broken = true
		return driver.ErrBadConn
	case reported.Code == pqerror.ReadOnlySQLTransaction:
		c.broken = true // the next connection goes to a server that accepts writes
	case reported.Code == pqerror.QueryCanceled && ctx.Err() != nil:
		return fmt.Errorf("%w: %w", ctx.Err(), err)
	}
	return err
}

// stale reports whether a kept statement no longer fits the tables, or is gone. The server has no code of its own for the first
// case, and translates the message; but the name of the routine is stable.
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
		// pq would read on from the middle of a message and take text for the length of a message of a gigabyte. The price of not
		// closing is pq's goroutine that watches the context.
		return driver.ErrBadConn
	}
	defer r.conn.done(r.ctx)
	return r.pqRows.Close()
}

// transaction does not use a broken connection; the server rolls back when it is closed.
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

// Rollback does not wait long: a server rolls back as well when its connection is closed.
func (t transaction) Rollback() error {
	t.conn.line.until = time.Now().Add(grace)
	t.conn.plans = unknownPlans
	return t.end(t.tx.Rollback)
}

func (t transaction) end(how func() error) error {
	if t.conn.broken || t.conn.origin.outdated() {
		return driver.ErrBadConn
	}
	if err := how(); err != nil {
		t.conn.plans = unknownPlans // a commit that fails rolls back
		return t.conn.failed(t.ctx, err)
	}
	return nil
}
