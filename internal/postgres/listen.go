package postgres

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"github.com/lib/pq"

	"jastarhub/internal/fault"
)

// beat is how often a listening connection checks that its server is alive. A server that has not answered two checks is given
// up.
const beat = 2 * time.Second

// pauseBetweenHosts is the pause after all hosts were tried without success.
const pauseBetweenHosts = 250 * time.Millisecond

var errSilent = errors.New("the server does not answer")

// Listen calls heard with each message on a channel, until ctx is done, and missed whenever messages may have been lost: at the
// beginning, and after a lost connection. Another connection is then made, to another host first.
func (db *DB) Listen(ctx context.Context, channel string, heard func(payload string), missed func()) {
	deaf := false
	for ctx.Err() == nil {
		err := fault.Caught(func() error { return db.connector.listen(ctx, channel, heard, func() { deaf = false; missed() }) })
		if ctx.Err() == nil && !deaf {
			db.connector.log.WarnContext(ctx, "cannot listen to the database's events now", "channel", channel, "error", err)
		}
		deaf = true
		db.connector.next()
		select {
		case <-ctx.Done():
		case <-time.After(pauseBetweenHosts):
		}
	}
}

// listen listens over one connection until it is lost.
func (c *connector) listen(ctx context.Context, channel string, heard func(payload string), began func()) error {
	made, host, err := c.connect(ctx)
	if err != nil {
		return err
	}
	_ = made.Close() // it has found the primary; pq's listeners make connections of their own
	told := make(chan *pq.Notification, 32)
	listener, err := pq.NewListenerConn(host.address, told)
	if err != nil {
		return err
	}
	cut := func() { _ = listener.Close() }
	defer func() {
		cut()
		for range told { // until it has ended
		}
	}()
	defer context.AfterFunc(ctx, cut)()
	var silent atomic.Bool
	alarm := time.AfterFunc(2*beat, func() { silent.Store(true); cut() })
	defer alarm.Stop()
	if _, err := listener.Listen(channel); err != nil {
		return err
	}
	began()
	look := time.NewTicker(beat)
	defer look.Stop()
	for {
		select {
		case n, open := <-told:
			switch {
			case !open && silent.Load():
				return errSilent
			case !open:
				return listener.Err()
			}
			heard(n.Extra)
		case <-look.C:
			if made.origin.outdated() {
				return errOutdated
			}
			go func() {
				if _, err := listener.ExecSimpleQuery(""); err == nil {
					alarm.Reset(2 * beat)
				}
			}()
		}
	}
}
