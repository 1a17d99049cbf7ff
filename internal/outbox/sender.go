package outbox

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// Carrier takes letters out of the hub and writes into each what went wrong.
type Carrier func(ctx context.Context, letters []*Letter)

// Sender sends what was written down for a channel. Each channel has its own, so that one that hangs holds no other.
type Sender struct {
	DB      *postgres.DB
	Channel Channel
	Carry   Carrier
	Notices func(ctx context.Context, now time.Time, letters []*Letter) error // writes the texts of notices
	Hub     string                                                            // the address that people reach the hub at, for links
	Log     *slog.Logger
}

const mostInRound = 2000

// Send sends the letters that are due. Any number of hubs may do it at once. Letters are taken for an attempt before they are
// sent, without a transaction that waits for anybody: a hub that dies in between leaves them due again later, so a letter may
// come twice; a mail then has the same Message-ID.
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
			letters = reached(letters) // the hub stops: the others were no fault of theirs
		}
		if err := note(context.WithoutCancel(ctx), s.DB, letters, now); err != nil {
			return err
		}
		s.report(ctx, letters)
	}
	return nil
}

// carry carries the letters, each by itself where all together panic: the one that does has failed, others may come twice.
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

// reached are the letters that have gone.
func reached(letters []*Letter) (gone []*Letter) {
	for _, l := range letters {
		if l.Failure == nil {
			gone = append(gone, l)
		}
	}
	return gone
}

// write gives the letters their texts, and those that can be carried.
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
				l.Subject, l.Body, err = render(l.Kind, l.Language, s.Hub, l.Data)
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
			s.Log.ErrorContext(ctx, "letter failed", "id", l.ID, "channel", l.Channel, "kind", l.Kind, "error", panicked)
		}
		if l.Failure != nil && l.Failure != ErrGone && l.givenUp() {
			s.Log.ErrorContext(ctx, "letter given up", "id", l.ID, "channel", l.Channel, "kind", l.Kind, "attempts", l.Attempts)
		}
	}
}
