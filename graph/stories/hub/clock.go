package hub

import (
	"strings"
	"sync/atomic"
	"time"

	"jastarhub/internal/almaty"
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
func (h *Hub) Still(at time.Time) {
	at = at.Truncate(time.Microsecond)
	h.clock.still.Store(&at)
}

// At lets the hub's clock stand still at a moment; everybody has just signed in.
func (h *Hub) At(moment time.Time) {
	h.T.Helper()
	h.Still(moment)
	h.signedInNow()
}

// Sleep lets time pass, and the sessions with it: those that are not used long enough end. With less than 0 it goes back.
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

// Stop lets the hub's clock stand still in the middle of the next time step of second factors, unless it stands still already.
func (h *Hub) Stop() {
	if h.clock.still.Load() == nil {
		h.Still(h.Present().Truncate(30 * time.Second).Add(45 * time.Second))
	}
}

// Comes lets the hub's clock stand still at a day and time in Almaty, such as "2026-05-09 10:00"; everybody has just signed in.
func (c *City) Comes(day string) {
	c.T.Helper()
	then, err := time.ParseInLocation("2006-01-02 15:04", day, almaty.Zone)
	if err != nil {
		c.T.Fatal(err)
	}
	c.At(then)
}
