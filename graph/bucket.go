package graph

import (
	"net/http"
	"net/netip"
	"sync"
	"time"

	"github.com/google/uuid"
)

// asker is whose budget an operation's cost is taken from: the person's, or that of all visitors from one address. One network is
// an IPv4 address or an IPv6 /64.
type asker struct {
	person  uuid.UUID
	network netip.Prefix
}

func (r *request) asker() asker {
	if r.Actor != nil {
		return asker{person: r.Actor.PersonID}
	}
	return asker{network: r.network}
}

// networkOf returns the network that a request came from. A proxy's own address has been replaced before.
func networkOf(r *http.Request) netip.Prefix {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return netip.Prefix{}
	}
	address, bits := peer.Addr().Unmap().WithZone(""), 32
	if address.Is6() {
		bits = 64
	}
	network, _ := address.Prefix(bits)
	return network
}

// readingCost is the cost of reading and validating a document, whether or not it then runs.
func readingCost(document string) int { return 1 + len(document)/100 }

// mostBuckets limits the memory that strangers can fill, to some 20 MB.
const mostBuckets = 200_000

// buckets hold the budget that each asker has left. A bucket refills within a minute, so one that was not used for a minute is
// full and need not be kept: there are the buckets of this minute and those of the one before.
type buckets struct {
	mu        sync.Mutex
	now, past map[asker]bucket
	since     time.Time
}

type bucket struct {
	left float64
	at   time.Time
}

// take takes a cost out of the asker's bucket, or returns how long to wait until it holds as much.
func (b *buckets) take(who asker, cost, perMinute int, at time.Time) (wait time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.now == nil || len(b.now) >= mostBuckets/2 || at.Sub(b.since) > time.Minute {
		b.past, b.now, b.since = b.now, map[asker]bucket{}, at
	}
	held, known := b.now[who]
	if !known {
		held, known = b.past[who]
	}
	full, perSecond := float64(perMinute), float64(perMinute)/60
	if !known {
		held = bucket{full, at}
	}
	if passed := at.Sub(held.at).Seconds(); passed > 0 {
		held = bucket{min(held.left+passed*perSecond, full), at}
	}
	if missing := float64(cost) - held.left; missing > 0 {
		wait = time.Duration(missing / perSecond * float64(time.Second))
	} else {
		held.left -= float64(cost)
	}
	b.now[who] = held
	return wait
}
