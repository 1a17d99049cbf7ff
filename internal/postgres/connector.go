package postgres

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"github.com/lib/pq"
)

const (
	connectTimeout = 3 * time.Second // per host, so that a frozen first host delays but does not block
	networkMargin  = 2 * time.Second // the server ends a statement first: a late answer is better than a closed connection
	surveyTimeout  = time.Second     // a healthy host has answered by then
)

var errNoServer = errors.New("no host of the database accepts the hub's connections")

// connector makes connections that never wait for ever, to a server that accepts writes. It holds one pq.Connector per host
// because pq lets all hosts of a URL share a single connect timeout.
type connector struct {
	hosts []*host
	first atomic.Int32 // index of the host to try first: the one that was connected to last
	log   *slog.Logger
}

// host is one of the servers in the URL.
type host struct {
	*pq.Connector
	name    string
	address string // the URL for this host only
	log     *slog.Logger
}

func newConnector(address string, o Options) (*connector, error) {
	address, err := spread(address)
	if err != nil {
		return nil, err
	}
	config, err := pq.NewConfig(address)
	if err != nil {
		return nil, err
	}
	addresses, err := alone(address, config)
	if err != nil {
		return nil, err
	}
	c := &connector{log: o.Log}
	for _, address := range addresses {
		h, err := newHost(address, o)
		if err != nil {
			return nil, err
		}
		c.hosts = append(c.hosts, h)
	}
	return c, nil
}

func newHost(address string, o Options) (*host, error) {
	config, err := pq.NewConfig(address)
	if err != nil {
		return nil, err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTimeout
	}
	config.ApplicationName = o.Name
	config.TargetSessionAttrs = pq.TargetSessionAttrsReadWrite
	patience := limit(&config, o.StatementTimeout, o.LockTimeout)
	h := &host{name: fmt.Sprintf("%s:%d", config.Host, config.Port), log: o.Log}
	if h.address, err = with(address, map[string]string{"application_name": o.Name + " listener",
		"connect_timeout": strconv.Itoa(int(config.ConnectTimeout.Seconds()))}); err != nil {
		return nil, err
	}
	if h.Connector, err = pq.NewConnectorConfig(config); err != nil {
		return nil, err
	}
	h.Dialer(dialer{patience})
	return h, nil
}

// limit sets the session's timeouts and returns how long the network may be silent; 0 means for ever.
func limit(config *pq.Config, statement, lock time.Duration) time.Duration {
	usual, idle, patience := time.Second, 5*time.Second, statement+networkMargin
	if statement < 0 {
		// No request waits for background work, but it must not hold up requests.
		statement, usual, idle, patience = 0, 10*time.Second, time.Minute, 0
	}
	for name, d := range map[string]time.Duration{
		"statement_timeout":                   statement,
		"lock_timeout":                        cmp.Or(lock, usual),
		"idle_in_transaction_session_timeout": idle,
	} {
		config.Runtime[name] = strconv.FormatInt(d.Milliseconds(), 10)
	}
	config.Runtime["TimeZone"] = "UTC"
	config.Runtime["client_min_messages"] = "warning"
	config.Runtime["plan_cache_mode"] = string(onePlan)
	return patience
}

// Connect tries one host after the other, and takes the first that accepts writes and is not a former primary.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	made, _, err := c.connect(ctx)
	if err != nil {
		return nil, err
	}
	return made, nil
}

func (c *connector) connect(ctx context.Context) (*conn, *host, error) {
	var errs []error
	first := int(c.first.Load())
	for i := range c.hosts {
		if err := ctx.Err(); err != nil {
			errs = append(errs, err)
			break
		}
		n := (first + i) % len(c.hosts)
		made, err := c.hosts[n].connect(ctx)
		if err == nil {
			c.first.Store(int32(n))
			return made, c.hosts[n], nil
		}
		errs = append(errs, fmt.Errorf("%s: %w", c.hosts[n].name, err))
	}
	return nil, nil, fmt.Errorf("%w: %w", errNoServer, errors.Join(errs...))
}

// next makes another host the first to try.
func (c *connector) next() { c.first.Store((c.first.Load() + 1) % int32(len(c.hosts))) }

// survey asks all hosts at once for their timelines, so that a former primary is recognised before it is used.
func (c *connector) survey(ctx context.Context) {
	if len(c.hosts) == 1 {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, surveyTimeout)
	defer cancel()
	var all sync.WaitGroup
	for n, h := range c.hosts {
		all.Go(func() {
			if made, err := h.connect(ctx); err == nil {
				c.first.Store(int32(n))
				_ = made.Close()
			}
		})
	}
	all.Wait()
}

// Driver returns pq's driver.
func (c *connector) Driver() driver.Driver { return &pq.Driver{} }

// connect opens a connection, and refuses a host whose timeline is older than the newest one seen in its cluster.
func (h *host) connect(ctx context.Context) (*conn, error) {
	var line *impatientConn
	inner, err := h.Connect(context.WithValue(ctx, lineKey{}, &line))
	if err != nil {
		return nil, err
	}
	made := newConn(inner.(pqConn), line, h.log)
	if made.origin, err = originOf(ctx, made.pqConn); err == nil && made.origin.outdated() {
		err = errOutdated
	}
	if err != nil {
		_ = inner.Close()
		return nil, err
	}
	line.until = time.Time{}
	pq.SetNoticeHandler(inner, made.noticed)
	return made, nil
}
