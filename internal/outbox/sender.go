package outbox

import (
	"context"
	"log/slog"
	"time"

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
		s.Carry(ctx, carried)
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
			l.Subject, l.Body, l.Failure = render(l.Kind, l.Language, s.Hub, l.Data)
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
		if l.Failure != nil && l.Failure != ErrGone && l.givenUp() {
			s.Log.ErrorContext(ctx, "letter given up", "id", l.ID, "channel", l.Channel, "kind", l.Kind, "attempts", l.Attempts)
		}
	}
}
