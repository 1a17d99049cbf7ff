package graph

import (
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
)

func TestBuckets(t *testing.T) {
	var b buckets
	at := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	ainur, boris := asker{person: uuid.New()}, asker{person: uuid.New()}
	for _, c := range []struct {
		who   asker
		after time.Duration
		cost  int
		wait  time.Duration
	}{
		{ainur, 0, 600, 0},
		{ainur, 0, 1, 100 * time.Millisecond},
		{boris, 0, 600, 0}, // has a bucket of his own
		{ainur, 50 * time.Millisecond, 1, 50 * time.Millisecond},
		{ainur, 50 * time.Millisecond, 1, 0},
		{ainur, -time.Second, 1, 100 * time.Millisecond}, // clocks of concurrent requests
		{ainur, 31 * time.Second, 300, 0},
		{ainur, 31 * time.Second, 300, 0}, // now one of the minute before
		{ainur, 0, 300, 29 * time.Second}, // … and still not full again
		{ainur, 10 * time.Minute, 600, 0},
		{ainur, 0, 1, 100 * time.Millisecond}, // not more than full
	} {
		at = at.Add(c.after)
		if wait := b.take(c.who, c.cost, 600, at).Round(time.Millisecond); wait != c.wait {
			t.Errorf("%v later, cost %d: wait %v, want %v", c.after, c.cost, wait, c.wait)
		}
	}
}

func TestBucketsAreBounded(t *testing.T) {
	var b buckets
	for range 3 * mostBuckets {
		b.take(asker{person: uuid.New()}, 1, 600, time.Time{})
	}
	if n := len(b.now) + len(b.past); n > mostBuckets {
		t.Errorf("%d buckets", n)
	}
}

func TestNetworks(t *testing.T) {
	for address, want := range map[string]string{"198.51.100.7:80": "198.51.100.7/32", "[::ffff:198.51.100.7]:80": "198.51.100.7/32",
		"[2a00:1:2:3:4::5]:80": "2a00:1:2:3::/64", "[fe80::1%eth0]:80": "fe80::/64", "@": "invalid Prefix"} {
		r := httptest.NewRequest("POST", "/graphql", nil)
		r.RemoteAddr = address
		if got := networkOf(r).String(); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}

// An asker who asks too much waits; everybody else does not.
func TestRateLimits(t *testing.T) {
	var seconds atomic.Int64
	e := newEdge(t, func(o *Options) { o.Now = func() time.Time { return time.Unix(1_800_000_000+seconds.Load(), 0) } })
	const costly = `{ things(first: 100) { nodes { thing { id } thing { id } } } }` // 301, and 1 for the request and the document each
	ask := func(who ...string) (answered int, last answer) {
		for range 1000 {
			if last = e.query(costly, nil, who...); last.status != 200 {
				return answered, last
			}
			answered++
		}
		return answered, last
	}
	for name, who := range map[string][]string{"a person": signedIn, "visitors": nil} {
		most := map[string]limits{"a person": forSignedIn, "visitors": forVisitors}[name].perMinute / 303
		n, last := ask(who...)
		if n != most || last.status != 429 || last.codes() != "RATE_LIMITED" || last.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d answers, then %d %s, Retry-After %q; want %d answers", name, n, last.status, last.body, last.header.Get("Retry-After"), most)
		}
	}
	for e.query(`{ hello }`, nil).status != 429 { // until nothing is left
	}
	e.wantCodes(e.query(`{ hello }`, nil, "Authorization", "Bearer ended"), "RATE_LIMITED") // guessing tokens costs as well
	seconds.Add(2)
	if n, last := ask(); n != forVisitors.perMinute/30/303 || last.header.Get("Retry-After") != "1" {
		t.Errorf("%d answers after 2 seconds, then Retry-After %q", n, last.header.Get("Retry-After"))
	}
	seconds.Add(60)
	nonsense := `{"query":"{` + strings.Repeat(" ", 9000) + `x}"}`
	tries := 0
	for e.post(nonsense).status != 429 && tries < 10_000 {
		tries++
	}
	if tries != forVisitors.perMinute/(1+1+90) {
		t.Errorf("%d documents that are not valid were read", tries)
	}
}
