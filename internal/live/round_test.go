package live

import (
	"bytes"
	"context"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
)

// TestATopicThatPanicsKeepsNobodyElseWaiting: such a topic delays no other watcher, and is tried again.
func TestATopicThatPanicsKeepsNobodyElseWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var log bytes.Buffer
		bad, good := Topic{Task, uuid.New()}, Topic{Task, uuid.New()}
		var mended atomic.Bool
		read := func(_ context.Context, ids []uuid.UUID) (map[uuid.UUID]any, error) {
			found := map[uuid.UUID]any{}
			for _, id := range ids {
				if !mended.Load() && id == bad.ID {
					panic("a bad row")
				}
				found[id] = "read"
			}
			return found, nil
		}
		actors := func(context.Context, []uuid.UUID, time.Time) (map[uuid.UUID]*auth.Actor, error) { return nil, nil }
		b := New(actors, map[Kind]Read{Task: read}, slog.New(slog.NewTextHandler(&log, nil)), time.Now)
		var watchers []*Watcher
		for _, topic := range []Topic{bad, good, bad, good} {
			w, err := b.Watch(topic, nil, "")
			if err != nil {
				t.Fatal(err)
			}
			watchers = append(watchers, w)
		}
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		go b.Deliver(ctx)
		for _, w := range []*Watcher{watchers[1], watchers[3]} {
			if e := <-w.Events; e.Value != "read" {
				t.Errorf("%+v", e)
			}
		}
		synctest.Wait()
		if !strings.Contains(log.String(), "a bad row") || !strings.Contains(log.String(), "round_test.go") {
			t.Errorf("the log has no stack: %s", &log)
		}
		mended.Store(true)
		if e := <-watchers[0].Events; e.Value != "read" {
			t.Errorf("after it was fixed: %+v", e)
		}
	})
}
