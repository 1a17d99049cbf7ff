// Package live tells those who watch something as soon as it changed, whichever process changed it: the database's triggers name
// what changed on one channel, and each process listens to that once for all its watchers.
package live

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// Kind is what of something may change.
type Kind string

// The kinds, as the triggers name them.
const (
	Task    Kind = "task"    // a task
	Seats   Kind = "seats"   // the shifts of a task
	Signups Kind = "signups" // a person's sign-ups
	Notices Kind = "notices" // what a person is told
	Session Kind = "session" // whether a session goes on
)

// Topic is what may change: a kind, and whose it is.
type Topic struct {
	Kind Kind
	ID   uuid.UUID
}

// Event is a topic as it is now, for one watcher.
type Event struct {
	Actor *auth.Actor // who watches, with the rights of now; nil is a visitor
	Value any         // as Read gave it
	Err   error       // why there will be no other
}

// Read reads topics of a kind as they are now, with one statement; what is not there is left out.
type Read func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]any, error)

// Broker brings the watchers of one process what they watch.
type Broker struct {
	actors func(ctx context.Context, sessions []uuid.UUID, now time.Time) (map[uuid.UUID]*auth.Actor, error)
	read   map[Kind]Read
	log    *slog.Logger

	mu       sync.Mutex
	watchers map[Topic]map[*Watcher]bool
	due      map[*Watcher]bool // for whom the next round is
	round    chan struct{}     // has something where one is due
	open     crowd
	closed   bool
}

// New makes a broker. Actors tells whose the sessions are that go on, with one statement; a kind that is not read is only said to
// have changed.
func New(actors func(ctx context.Context, sessions []uuid.UUID, now time.Time) (map[uuid.UUID]*auth.Actor, error), read map[Kind]Read,
	log *slog.Logger) *Broker {
	return &Broker{actors: actors, read: read, log: log, watchers: map[Topic]map[*Watcher]bool{}, due: map[*Watcher]bool{},
		round: make(chan struct{}, 1), open: crowd{persons: map[uuid.UUID]int{}, addresses: map[string]int{}}}
}

// Watcher is one who watches.
type Watcher struct {
	Events chan Event // the newest that was not taken yet; closed after the last
	topic  Topic
	also   Also
	actor  *auth.Actor
	from   string
}

// Also, as what is read of a topic, names others whose changes concern who watches it.
type Also []Topic

// Watch begins to watch. The topic comes at once, as it is, and then whenever it changed; who is slow misses what lay between, never
// the last. Codes: RATE_LIMITED, BUSY.
func (b *Broker) Watch(topic Topic, actor *auth.Actor, from string) (*Watcher, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.closed {
		return nil, fault.New(fault.Busy)
	}
	if err := b.open.enter(actor, from); err != nil {
		return nil, err
	}
	w := &Watcher{Events: make(chan Event, 1), topic: topic, actor: actor, from: from}
	b.register(w)
	b.wake(w)
	return w, nil
}

func (b *Broker) register(w *Watcher) {
	for _, topic := range w.topics() {
		if b.watchers[topic] == nil {
			b.watchers[topic] = map[*Watcher]bool{}
		}
		b.watchers[topic][w] = true
	}
}

func (b *Broker) forget(w *Watcher) {
	for _, topic := range w.topics() {
		if delete(b.watchers[topic], w); len(b.watchers[topic]) == 0 {
			delete(b.watchers, topic)
		}
	}
}

// topics are all that wake the watcher: its own, of one who signed in the session, and what else concerns it.
func (w *Watcher) topics() []Topic {
	topics := append([]Topic{w.topic}, w.also...)
	if w.actor != nil {
		topics = append(topics, Topic{Session, w.actor.SessionID})
	}
	return topics
}

// Leave ends watching. It may be called again.
func (b *Broker) Leave(w *Watcher) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.leave(w)
}

func (b *Broker) leave(w *Watcher) {
	if !b.watchers[w.topic][w] {
		return
	}
	b.forget(w)
	delete(b.due, w)
	b.open.leave(w.actor, w.from)
	close(w.Events)
}

// Changed says that a topic changed.
func (b *Broker) Changed(topic Topic) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for w := range b.watchers[topic] {
		b.wake(w)
	}
}

// Everything says that anything may have changed.
func (b *Broker) Everything() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, watchers := range b.watchers {
		for w := range watchers {
			b.wake(w)
		}
	}
}

func (b *Broker) wake(w *Watcher) {
	b.due[w] = true
	select {
	case b.round <- struct{}{}:
	default:
	}
}

// Close ends all watching: the process stops.
func (b *Broker) Close() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	for _, watchers := range b.watchers {
		for w := range watchers {
			b.leave(w)
		}
	}
}
