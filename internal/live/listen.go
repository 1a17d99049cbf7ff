package live

import (
	"context"
	"strings"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

const channel = "live"

// Listen receives changes made in any process, until ctx is done. After a lost connection it assumes that anything may have
// changed.
func (b *Broker) Listen(ctx context.Context, db *postgres.DB) {
	db.Listen(ctx, channel, func(payload string) {
		if topic, known := topicOf(payload); known {
			b.Changed(topic)
		}
	}, b.Everything)
}

func topicOf(payload string) (topic Topic, ok bool) {
	kind, id, found := strings.Cut(payload, ":")
	topic.Kind = Kind(kind)
	var err error
	topic.ID, err = uuid.Parse(id)
	return topic, found && err == nil
}
