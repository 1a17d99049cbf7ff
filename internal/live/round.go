package live

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
)

// pause is how long changes are gathered: what changed ten times in it is read once.
const pause = 100 * time.Millisecond

// again is how often sessions are checked for having timed out.
const again = time.Minute

// Deliver delivers events to the watchers until ctx is done.
func (b *Broker) Deliver(ctx context.Context) {
	look := time.NewTicker(again)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-look.C:
			b.signedIn()
			continue
		case <-b.round:
		}
		if err := b.deliver(ctx, b.now()); err != nil && ctx.Err() == nil {
			b.log.ErrorContext(ctx, "live events are delayed", "error", err)
			time.Sleep(time.Second)
		}
		select {
		case <-ctx.Done():
		case <-time.After(pause):
		}
	}
}

// signedIn wakes all signed-in watchers.
func (b *Broker) signedIn() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, watchers := range b.watchers {
		for w := range watchers {
			if w.actor != nil {
				b.wake(w)
			}
		}
	}
}

// deliver reads the topics and current rights of the watchers that are due, once for all of them, and gives each its event. Where
// that fails they stay due.
func (b *Broker) deliver(ctx context.Context, now time.Time) error {
	return b.bring(ctx, now, b.take())
}

// bring delivers to some watchers, and to each of them separately where reading for all of them panics.
func (b *Broker) bring(ctx context.Context, now time.Time, due []*Watcher) error {
	var sessions []uuid.UUID
	wanted := map[Kind]map[uuid.UUID]bool{}
	for _, w := range due {
		if w.actor != nil {
			sessions = append(sessions, w.actor.SessionID)
		}
		if wanted[w.topic.Kind] == nil {
			wanted[w.topic.Kind] = map[uuid.UUID]bool{}
		}
		wanted[w.topic.Kind][w.topic.ID] = true
	}
	var actors map[uuid.UUID]*auth.Actor
	var values map[Topic]any
	err := fault.Caught(func() (err error) {
		actors, values, err = b.facts(ctx, sessions, wanted, now)
		return err
	})
	if _, panicked := errors.AsType[*fault.Panic](err); panicked && len(due) > 1 {
		err = nil
		for _, w := range due {
			err = errors.Join(err, b.bring(ctx, now, []*Watcher{w}))
		}
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, w := range due {
		if err != nil {
			b.wakeAgain(w)
			continue
		}
		b.give(w, actors, values)
	}
	return err
}

func (b *Broker) take() []*Watcher {
	b.mu.Lock()
	defer b.mu.Unlock()
	due := make([]*Watcher, 0, len(b.due))
	for w := range b.due {
		due = append(due, w)
	}
	clear(b.due)
	return due
}

// facts reads the actors of the sessions, and the topics, with one statement for each kind.
func (b *Broker) facts(ctx context.Context, sessions []uuid.UUID, wanted map[Kind]map[uuid.UUID]bool, now time.Time) (
	actors map[uuid.UUID]*auth.Actor, values map[Topic]any, err error) {
	if len(sessions) > 0 {
		if actors, err = b.actors(ctx, sessions, now); err != nil {
			return nil, nil, err
		}
	}
	values = map[Topic]any{}
	for kind, ids := range wanted {
		if b.read[kind] == nil {
			continue
		}
		list := make([]uuid.UUID, 0, len(ids))
		for id := range ids {
			list = append(list, id)
		}
		found, err := b.read[kind](ctx, list)
		if err != nil {
			return nil, nil, err
		}
		for id, value := range found {
			values[Topic{kind, id}] = value
		}
	}
	return actors, values, nil
}

func (b *Broker) wakeAgain(w *Watcher) {
	if b.watchers[w.topic][w] {
		b.wake(w)
	}
}

// give replaces an event that was not taken yet.
func (b *Broker) give(w *Watcher, actors map[uuid.UUID]*auth.Actor, values map[Topic]any) {
	if !b.watchers[w.topic][w] {
		return // it has left in the meantime
	}
	event := Event{Value: values[w.topic]}
	if w.actor != nil {
		if event.Actor = actors[w.actor.SessionID]; event.Actor == nil {
			event.Err = fault.New(fault.Unauthenticated)
		}
	}
	if b.read[w.topic.Kind] != nil {
		also, _ := event.Value.(Also)
		b.forget(w)
		w.also = also
		b.register(w)
	}
	select {
	case <-w.Events:
	default:
	}
	w.Events <- event
	if event.Err != nil {
		b.leave(w)
	}
}
