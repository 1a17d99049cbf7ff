package hub

import (
	"strings"
	"sync/atomic"
	"time"
)

// clock is the hub's time: the real one, and what has passed in the story besides; or a moment at which it stands still.
type clock struct {
	passed atomic.Int64
	still  atomic.Pointer[time.Time]
}

// Present returns the hub's time.
func (h *Hub) Present() time.Time {
	if still := h.clock.still.Load(); still != nil {
		return *still
	}
	return time.Now().Add(time.Duration(h.clock.passed.Load())).Truncate(time.Microsecond)
}

// Still lets the hub's clock stand still at a moment.
func (h *Hub) Still(at time.Time) { h.clock.still.Store(&at) }

// At lets the hub's clock stand still at a moment; everybody has just signed in.
func (h *Hub) At(moment time.Time) {
	h.T.Helper()
	h.Still(moment)
	h.signedInNow()
}

// Sleep lets time pass while nobody uses the hub.
func (h *Hub) Sleep(time time.Duration) {
	if still := h.clock.still.Load(); still != nil {
		h.Still(still.Add(time))
	} else {
		h.clock.passed.Add(int64(time))
	}
}

// Pass lets time pass; everybody has just signed in.
func (h *Hub) Pass(time time.Duration) {
	h.T.Helper()
	h.Sleep(time)
	h.signedInNow()
}

func (h *Hub) signedInNow() {
	h.T.Helper()
	h.Exec(`update sessions set created_at = $1, last_seen_at = $1 where ended_at is null`, h.Present())
}

// timed returns a statement in which now() is the hub's time.
func (h *Hub) timed(statement string) string {
	return strings.ReplaceAll(statement, "now()", h.Present().UTC().Format("'2006-01-02 15:04:05.000000Z'::timestamptz"))
}

// Stop stops the hub's clock in the middle of a time step of second factors, or moves it forward.
func (h *Hub) Stop(later time.Duration) {
	now := h.Present()
	if h.clock.still.Load() == nil {
		now = now.Truncate(30 * time.Second).Add(15 * time.Second)
	}
	h.Still(now.Add(later))
}
