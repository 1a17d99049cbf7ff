package outbox

import (
	"context"
	"errors"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/telegram"
)

// ByTelegram sends messages through a bot, one after the other: Telegram accepts about thirty in a second.
func ByTelegram(bot *telegram.Bot) Carrier {
	return func(ctx context.Context, letters []*Letter) {
		ctx, cancel := context.WithTimeout(ctx, patience)
		defer cancel()
		for _, l := range letters {
			l.Failure = fault.Caught(func() error { return bot.Send(ctx, *l.Address, l.Subject+"\n\n"+l.Body) })
			if refusal := (*telegram.Error)(nil); errors.As(l.Failure, &refusal) && refusal.Closed() {
				l.Failure = errBlocked
			}
		}
	}
}

// retryAfter returns how long to wait before trying again, if the failure says so.
func retryAfter(failure error) time.Duration {
	if refusal := (*telegram.Error)(nil); errors.As(failure, &refusal) {
		return refusal.RetryAfter
	}
	return 0
}
