package postgres_test

import (
	"context"
	"fmt"
	"net"
	"net/url"
	"sync/atomic"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// proxy is between the pool and the server and can fall silent, like a machine that has lost its power.
type proxy struct {
	net.Listener
	silent atomic.Bool
}

// newProxy returns a proxy and the URL of the database through it.
func newProxy(t *testing.T, database string) (*proxy, string) {
	t.Helper()
	u, err := url.Parse(database)
	if err != nil {
		t.Fatal(err)
	}
	network, address := "tcp", u.Host
	if socket := u.Query().Get("host"); socket != "" {
		network, address = "unix", socket+"/.s.PGSQL.5432"
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &proxy{Listener: l}
	t.Cleanup(func() { _ = l.Close() })
	go p.serve(network, address)

	query := u.Query()
	query.Del("host")
	query.Set("sslmode", "disable")
	u.Host, u.RawQuery = l.Addr().String(), query.Encode()
	return p, u.String()
}

func (p *proxy) serve(network, address string) {
	for {
		client, err := p.Accept()
		if err != nil {
			return
		}
		server, err := net.Dial(network, address)
		if err != nil {
			_ = client.Close()
			return
		}
		go p.pass(client, server)
		go p.pass(server, client)
	}
}

func (p *proxy) pass(to, from net.Conn) {
	b := make([]byte, 4096)
	for {
		n, err := from.Read(b)
		if err != nil {
			_ = to.Close()
			return
		}
		if !p.silent.Load() {
			_, _ = to.Write(b[:n])
		}
	}
}

func TestSilentServerDoesNotHangThePool(t *testing.T) {
	p, url := newProxy(t, template.New(t))
	db := open(t, url, postgres.Options{MaxConns: 2, StatementTimeout: 100 * time.Millisecond})
	get[int](t, db, "SELECT $1::int", 1)

	p.silent.Store(true)
	begun := time.Now()
	_, err := db.ExecContext(t.Context(), "SELECT $1::int", 1)
	if d := time.Since(begun); d > 4*time.Second {
		t.Errorf("ended after %v", d)
	}
	wantCode(t, "patience is over", postgres.Map(err), fault.Busy)

	p.silent.Store(false)
	if get[int](t, db, "SELECT $1::int", 1) != 1 {
		t.Error("the pool did not recover")
	}
}

// TestNobodyWaitsLongerThanTheDeadline: a silent server does not obey a cancel either.
func TestNobodyWaitsLongerThanTheDeadline(t *testing.T) {
	for name, run := range map[string]func(ctx context.Context, db *postgres.DB) error{
		"query": func(ctx context.Context, db *postgres.DB) error {
			return db.SelectContext(ctx, &[]int{}, "SELECT $1::int", 1)
		},
		"statement": func(ctx context.Context, db *postgres.DB) error {
			_, err := db.ExecContext(ctx, "SELECT $1::int", 1)
			return err
		},
		"simple statement": func(ctx context.Context, db *postgres.DB) error {
			_, err := db.ExecContext(ctx, "SELECT 1")
			return err
		},
		"transaction": func(ctx context.Context, db *postgres.DB) error {
			return db.Tx(ctx, func(*sqlx.Tx) error { return nil })
		},
		"ping": func(ctx context.Context, db *postgres.DB) error { return db.PingContext(ctx) },
		"new connection": func(ctx context.Context, db *postgres.DB) error {
			held, err := db.Connx(ctx)
			if err == nil {
				_ = held.Close()
				t.Error("connected")
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			p, url := newProxy(t, template.New(t))
			db := open(t, url, postgres.Options{MaxConns: 1, StatementTimeout: time.Minute})
			get[int](t, db, "SELECT $1::int", 1)
			if name == "new connection" {
				db.SetMaxIdleConns(0)
			}
			p.silent.Store(true)
			ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
			defer cancel()
			begun := time.Now()
			if err := run(ctx, db); err == nil {
				t.Error("no error")
			}
			if d := time.Since(begun); d > 2*time.Second {
				t.Errorf("ended after %v", d)
			}
		})
	}
}

// A host that accepts connections but never answers costs its own connect timeout, not that of the others.
func TestNextHostIsTried(t *testing.T) {
	frozen, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = frozen.Close() }()
	_, good := newProxy(t, template.New(t))
	u, err := url.Parse(good)
	if err != nil {
		t.Fatal(err)
	}
	query := u.Query()
	query.Set("port", fmt.Sprintf("%d,%s", frozen.Addr().(*net.TCPAddr).Port, u.Port()))
	query.Set("connect_timeout", "1")
	u.Host, u.RawQuery = "127.0.0.1,127.0.0.1", query.Encode()
	begun := time.Now()
	db := open(t, u.String(), postgres.Options{})
	if d := time.Since(begun); d < time.Second || d > 2*time.Second {
		t.Errorf("connected after %v", d)
	}
	get[int](t, db, "SELECT 1")
}

func TestNobodyListens(t *testing.T) {
	_, err := postgres.Open(t.Context(), "postgres://hub@127.0.0.1:1/postgres?sslmode=disable", postgres.Options{})
	if code := fault.CodeOf(postgres.Map(err)); code != fault.Busy {
		t.Errorf("err = %v, mapped to %s", err, code)
	}
}
