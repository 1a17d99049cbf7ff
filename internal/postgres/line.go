package postgres

import (
	"context"
	"net"
	"time"
)

// grace is how long after a caller's deadline the server is waited for: time for it to obey a cancel.
const grace = 500 * time.Millisecond

// dialer makes network connections that end when the other side is silent: pq itself ignores the context's deadline
// while it reads and writes, so a frozen server would take the pool's connections one by one, for ever.
type dialer struct{ patience time.Duration }

// lineKey leads to where a new connection's line is to be put. pq dials without it to have a statement cancelled.
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

// impatientConn gives every single read and write its own deadline, and all of them one that is set for what is done now.
type impatientConn struct {
	net.Conn
	patience time.Duration
	until    time.Time // zero is none
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

// deadline is the earliest that holds, zero where none does.
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
