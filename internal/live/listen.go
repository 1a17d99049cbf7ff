package live

import (
	"context"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"jastarhub/internal/postgres"
)

const channel = "live"

// Listen hears what changed, in any process, until ctx is over. After a lost connection anything may have changed unheard.
func (b *Broker) Listen(ctx context.Context, url string) error {
	listener := postgres.Listener(url, func(event pq.ListenerEventType, err error) {
		if err != nil && ctx.Err() == nil {
			b.log.WarnContext(ctx, "the connection for live events", "error", err)
		}
	})
	defer func() { _ = listener.Close() }()
	stop := context.AfterFunc(ctx, func() { _ = listener.Close() })
	defer stop()
	if err := listener.Listen(channel); err != nil {
		if ctx.Err() != nil {
			return nil
		}
		return err
	}
	b.Everything()
	look := time.NewTicker(postgres.Listening)
	defer look.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-look.C:
			go func() { _ = listener.Ping() }() // a silent network is found out so
		case heard, ok := <-listener.Notify:
			switch topic, known := topicOf(heard); {
			case !ok:
				return nil
			case heard == nil:
				b.Everything()
			case known:
				b.Changed(topic)
			}
		}
	}
}

func topicOf(heard *pq.Notification) (topic Topic, ok bool) {
	if heard == nil {
		return topic, false
	}
	kind, id, found := strings.Cut(heard.Extra, ":")
	topic.Kind = Kind(kind)
	var err error
	topic.ID, err = uuid.Parse(id)
	return topic, found && err == nil
}
