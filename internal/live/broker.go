// Package live tells watchers that something has changed as soon as it has, in whichever process: the database's triggers name
// what changed on one channel, and each process listens to it once for all its watchers.
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

// Kind is the kind of thing that may change.
type Kind string

// The kinds, as the triggers name them.
const (
	Task    Kind = "task"    // a task
	Seats   Kind = "seats"   // the shifts of a task
	Signups Kind = "signups" // a person's sign-ups
	Notices Kind = "notices" // what a person is told
	Session Kind = "session" // whether a session is still valid
)

// Topic is something that may change: a kind, and the id of its owner.
type Topic struct {
	Kind Kind
	ID   uuid.UUID
}

// Event is the current value of a topic, for one watcher.
type Event struct {
	Actor *auth.Actor // the watcher, with current rights; nil is a visitor
	Value any         // as Read returned it
	Err   error       // why this is the last event
}

// Read reads the current values of topics of one kind, with one statement; unknown ids are left out.
type Read func(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]any, error)

// Broker delivers events to the watchers of one process.
type Broker struct {
	actors func(ctx context.Context, sessions []uuid.UUID, now time.Time) (map[uuid.UUID]*auth.Actor, error)
	read   map[Kind]Read
	log    *slog.Logger
	now    func() time.Time

	mu       sync.Mutex
	watchers map[Topic]map[*Watcher]bool
	due      map[*Watcher]bool // get an event in the next round
	round    chan struct{}     // has a value where any watcher is due
	open     watchers
	closed   bool
}

// New returns a broker. Actors returns the actors of the sessions that are still valid, with one statement; for a kind that has
// no Read, watchers only learn that it has changed.
func New(actors func(ctx context.Context, sessions []uuid.UUID, now time.Time) (map[uuid.UUID]*auth.Actor, error), read map[Kind]Read,
	log *slog.Logger, now func() time.Time) *Broker {
	return &Broker{actors: actors, read: read, log: log, now: now, watchers: map[Topic]map[*Watcher]bool{}, due: map[*Watcher]bool{},
		round: make(chan struct{}, 1), open: watchers{persons: map[uuid.UUID]int{}, addresses: map[string]int{}}}
}

// Watcher is a subscriber to one topic.
type Watcher struct {
	Events chan Event // the newest event that was not taken yet; closed after the last
	topic  Topic
	also   Also
	actor  *auth.Actor
	from   string
}

// Also, as the value of a topic, lists other topics whose changes concern its watchers.
type Also []Topic

// Watch starts watching. The current value is delivered at once, then again after each change; a slow watcher misses values in
// between, never the last one. Codes: RATE_LIMITED, BUSY.
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

// topics returns all topics that wake the watcher: its own, the session of a signed-in watcher, and those in Also.
func (w *Watcher) topics() []Topic {
	topics := append([]Topic{w.topic}, w.also...)
	if w.actor != nil {
		topics = append(topics, Topic{Session, w.actor.SessionID})
	}
	return topics
}

// Leave stops watching. It may be called again.
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

// Changed wakes the watchers of a topic that has changed.
func (b *Broker) Changed(topic Topic) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for w := range b.watchers[topic] {
		b.wake(w)
	}
}

// Everything wakes all watchers: anything may have changed.
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

// Close ends all watching, because the process stops.
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
