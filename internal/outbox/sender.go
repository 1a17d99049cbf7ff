package outbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// Carrier sends messages out of the hub and sets in each what went wrong.
type Carrier func(ctx context.Context, letters []*Letter)

// Sender sends the messages of one channel. Each channel has its own sender, so that one that hangs does not hold up another.
type Sender struct {
	DB      *postgres.DB
	Channel Channel
	Carry   Carrier
	Notices func(ctx context.Context, now time.Time, letters []*Letter) error // writes the texts of notices
	Unlink  func(ctx context.Context, tx *sqlx.Tx, chats []string) error      // ends the links of chats that people have closed
	Hub     string                                                            // the address at which people reach the hub, for links
	Log     *slog.Logger
}

const mostInRound = 2000

// Send sends the messages that are due. Any number of hubs may do it at once. Messages are reserved for an attempt before they
// are sent, in a transaction that has ended by then: if a hub dies in between, they become due again later, so a message may
// arrive twice; an email then has the same Message-ID.
func (s *Sender) Send(ctx context.Context, now time.Time) error {
	for range mostInRound / batch {
		letters, err := take(ctx, s.DB, s.Channel, now)
		if err != nil || len(letters) == 0 {
			return err
		}
		carried, err := s.write(ctx, now, letters)
		if err != nil {
			return err
		}
		s.carry(ctx, carried)
		if ctx.Err() != nil {
			letters = reached(letters) // the hub stops: the others did not fail
		}
		if err := s.note(context.WithoutCancel(ctx), letters, now); err != nil {
			return err
		}
		s.report(ctx, letters)
	}
	return nil
}

// carry sends the messages, one by one where sending all together panics: the one that panics has failed; others may arrive
// twice.
func (s *Sender) carry(ctx context.Context, letters []*Letter) {
	if fault.Caught(func() error { s.Carry(ctx, letters); return nil }) == nil {
		return
	}
	for _, l := range letters {
		if panicked := fault.Caught(func() error { s.Carry(ctx, []*Letter{l}); return nil }); panicked != nil {
			l.Failure = panicked
		}
	}
}

// reached returns the messages that were sent.
func reached(letters []*Letter) (gone []*Letter) {
	for _, l := range letters {
		if l.Failure == nil {
			gone = append(gone, l)
		}
	}
	return gone
}

// write writes the texts of the messages, and returns those that can be sent.
func (s *Sender) write(ctx context.Context, now time.Time, letters []*Letter) (carried []*Letter, err error) {
	var notices []*Letter
	for _, l := range letters {
		switch {
		case l.Address == nil:
			l.Failure = ErrGone
		case l.Lasting:
			notices = append(notices, l)
		default:
			l.Failure = fault.Caught(func() (err error) {
				l.Subject, l.Body, err = render(l.Kind, l.Language, s.Hub, l.Data, now)
				return err
			})
		}
	}
	if len(notices) > 0 {
		if err := s.Notices(ctx, now, notices); err != nil {
			return nil, err
		}
	}
	return reached(letters), nil
}

func (s *Sender) report(ctx context.Context, letters []*Letter) {
	for _, l := range letters {
		if panicked, ok := errors.AsType[*fault.Panic](l.Failure); ok {
			s.Log.ErrorContext(ctx, "message failed", "id", l.ID, "channel", l.Channel, "kind", l.Kind, "error", panicked)
		}
		if l.Failure != nil && l.Failure != ErrGone && l.givenUp() {
			s.Log.ErrorContext(ctx, "message given up", "id", l.ID, "channel", l.Channel, "kind", l.Kind, "attempts", l.Attempts)
		}
	}
}
