package postgres

import (
	"context"
	"net"
	"time"
)

// grace is how long to wait for the server after a caller's deadline, so that it can obey a cancel.
const grace = 500 * time.Millisecond

// dialer makes network connections that end when the other side is silent: pq itself ignores the context's deadline while it
// reads and writes, so a frozen server would take the pool's connections one by one, for ever.
type dialer struct{ patience time.Duration }

// lineKey is the context key of where to put a new connection. pq dials without it to have a statement cancelled.
type lineKey struct{}

func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	made, connecting := ctx.Value(lineKey{}).(**impatientConn)
	if !connecting {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, grace) // pq waits for its cancel
		defer cancel()
	}
	var plain net.Dialer
	c, err := plain.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	line := &impatientConn{Conn: c, patience: d.patience}
	line.until, _ = ctx.Deadline()
	if connecting {
		*made = line
	}
	return line, nil
}

func (d dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// impatientConn gives every single read and write its own deadline, and all of them together the deadline of the current
// operation.
type impatientConn struct {
	net.Conn
	patience time.Duration
	until    time.Time // zero: none
	end      time.Time // set by pq while it connects
}

func (c *impatientConn) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(c.deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c *impatientConn) Write(b []byte) (int, error) {
	if err := c.SetWriteDeadline(c.deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

func (c *impatientConn) SetDeadline(t time.Time) error {
	c.end = t
	return c.Conn.SetDeadline(t)
}

// deadline returns the earliest deadline, zero where there is none.
func (c *impatientConn) deadline() (earliest time.Time) {
	if c.patience > 0 {
		earliest = time.Now().Add(c.patience)
	}
	for _, t := range []time.Time{c.until, c.end} {
		if !t.IsZero() && (earliest.IsZero() || t.Before(earliest)) {
			earliest = t
		}
	}
	return earliest
}
