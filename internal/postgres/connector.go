package postgres

import (
	"context"
	"database/sql/driver"
	"errors"
	"net"
	"strconv"
	"time"

	"github.com/lib/pq"
)

const (
	connectTimeout = 3 * time.Second // per host, so that a frozen first host delays and does not block
	networkMargin  = 2 * time.Second // the server ends a statement first: a late answer is better than a cut line
)

// connector makes connections that never wait for ever. It holds one pq.Connector per host because pq lets all hosts
// of a URL share a single connect timeout.
type connector struct{ hosts []*pq.Connector }

func newConnector(url string, o Options) (*connector, error) {
	config, err := pq.NewConfig(url)
	if err != nil {
		return nil, err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	config.ApplicationName = o.Name
	patience := limit(&config, o.StatementTimeout)

	hosts := append([]pq.ConfigMultihost{{Host: config.Host, Hostaddr: config.Hostaddr, Port: config.Port}}, config.Multi...)
	config.Multi = nil
	c := &connector{}
	for _, h := range hosts {
		one := config.Clone()
		one.Host, one.Hostaddr, one.Port = h.Host, h.Hostaddr, h.Port
		host, err := pq.NewConnectorConfig(one)
		if err != nil {
			return nil, err
		}
		host.Dialer(dialer{patience})
		c.hosts = append(c.hosts, host)
	}
	return c, nil
}

// limit sets the session's timeouts and says how long the network may be silent, 0 being for ever.
func limit(config *pq.Config, statement time.Duration) time.Duration {
	lock, idle, patience := time.Second, 5*time.Second, statement+networkMargin
	if statement < 0 {
		// Nobody waits for background work, but it must not hold up those who are waited for.
		statement, lock, idle, patience = 0, 10*time.Second, time.Minute, 0
	}
	for name, d := range map[string]time.Duration{
		"statement_timeout":                   statement,
		"lock_timeout":                        lock,
		"idle_in_transaction_session_timeout": idle,
	} {
		config.Runtime[name] = strconv.FormatInt(d.Milliseconds(), 10)
	}
	config.Runtime["TimeZone"] = "UTC"
	return patience
}

// Connect tries one host after the other.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	var errs []error
	for _, host := range c.hosts {
		if err := ctx.Err(); err != nil {
			return nil, errors.Join(append(errs, err)...)
		}
		inner, err := host.Connect(ctx)
		if err == nil {
			return newConn(inner.(pqConn)), nil
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// Driver is pq's.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

// dialer makes network connections that end when the other side is silent: pq itself ignores the context's deadline
// while it reads and writes, so a frozen server would take the pool's connections one by one, for ever.
type dialer struct{ patience time.Duration }

func (d dialer) DialContext(ctx context.Context, network, address string) (net.Conn, error) {
	var plain net.Dialer
	c, err := plain.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &impatientConn{Conn: c, patience: d.patience}, nil
}

func (d dialer) Dial(network, address string) (net.Conn, error) {
	return d.DialContext(context.Background(), network, address)
}

func (d dialer) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return d.DialContext(ctx, network, address)
}

// Listening is how often one who listens sees that the server is still there.
const Listening = 30 * time.Second

// Listener hears what is told on channels. Where the network is silent for long, or the connection is lost, it connects anew and says so
// with a nil notification. A number of hosts in the url is tried one after the other.
func Listener(url string, report pq.EventCallbackType) *pq.Listener {
	return pq.NewDialListener(dialer{2*Listening + networkMargin}, url, 100*time.Millisecond, connectTimeout, report)
}

// impatientConn gives every single read and write its own deadline.
type impatientConn struct {
	net.Conn
	patience time.Duration
	end      time.Time // set by pq while it connects
}

func (c *impatientConn) Read(b []byte) (int, error) {
	if err := c.Conn.SetReadDeadline(c.deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c *impatientConn) Write(b []byte) (int, error) {
	if err := c.Conn.SetWriteDeadline(c.deadline()); err != nil {
		return 0, err
	}
	return c.Conn.Write(b)
}

func (c *impatientConn) SetDeadline(t time.Time) error {
	c.end = t
	return c.Conn.SetDeadline(t)
}

func (c *impatientConn) deadline() time.Time {
	if c.patience == 0 {
		return c.end
	}
	d := time.Now().Add(c.patience)
	if !c.end.IsZero() && c.end.Before(d) {
		return c.end
	}
	return d
}
