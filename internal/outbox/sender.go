package outbox

import (
	"context"
	"fmt"
	"log/slog"
	"net/mail"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	gomail "github.com/wneessen/go-mail"

	"jastarhub/internal/lang"
	"jastarhub/internal/postgres"
)

// Sender sends what was written down.
type Sender struct {
	DB   *postgres.DB
	Post Post
	From *mail.Address
	Hub  string // the address that people reach the hub at, for links
	Log  *slog.Logger
}

const (
	mostAttempts           = 10
	firstPause, mostPause  = time.Minute, 6 * time.Hour
	mostError, mostInRound = 500, 500
)

// pause is how long to wait after so many attempts.
func pause(attempts int) time.Duration {
	return min(firstPause<<min(attempts-1, 20), mostPause)
}

type letter struct {
	ID        uuid.UUID     `db:"id"`
	Kind      Kind          `db:"kind"`
	Address   string        `db:"address"`
	Language  lang.Language `db:"language"`
	Data      []byte        `db:"data"`
	CreatedAt time.Time     `db:"created_at"`
	Attempts  int           `db:"attempts"`
}

// Send sends the mails that are due. Any number of hubs may do it at once. A mail is taken for an attempt before it is
// sent, without a transaction that waits for a mail server: a hub that dies in between leaves it due again later, so a mail
// may come twice, under the same Message-ID.
func (s *Sender) Send(ctx context.Context, now time.Time) error {
	for range mostInRound {
		l, err := s.take(ctx, now)
		if err != nil || l == nil {
			return err
		}
		failure := s.deliver(ctx, l)
		if failure != nil && ctx.Err() != nil {
			return ctx.Err() // the hub stops: this was no fault of the mail's
		}
		if err := s.note(context.WithoutCancel(ctx), l, now, failure); err != nil {
			return err
		}
	}
	return nil
}

// take takes the mail that has waited longest and puts its next attempt off; nil where none is due.
func (s *Sender) take(ctx context.Context, now time.Time) (taken *letter, err error) {
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		taken = nil
		rows, err := postgres.Read[letter](ctx, tx, postgres.Select(`select id, kind, address, language, data, created_at, attempts
			from outbox where sent_at is null and failed_at is null and due_at <= ?
			order by due_at limit 1 for update skip locked`, now))
		if err != nil || len(rows) == 0 {
			return err
		}
		taken = rows[0]
		taken.Attempts++
		_, err = tx.ExecContext(ctx, `update outbox set attempts = $2, due_at = $3 where id = $1`,
			taken.ID, taken.Attempts, now.Add(pause(taken.Attempts)))
		return err
	})
	return taken, err
}

func (s *Sender) deliver(ctx context.Context, l *letter) error {
	subject, body, err := render(l.Kind, l.Language, s.Hub, l.Data)
	if err != nil {
		return err
	}
	m := gomail.NewMsg()
	if err := m.To(l.Address); err != nil {
		return err
	}
	m.FromMailAddress(s.From)
	m.Subject(subject)
	m.SetDateWithValue(l.CreatedAt)
	m.SetMessageIDWithValue(fmt.Sprintf("%s@jastarhub", l.ID))
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("Content-Language", textLanguage(l.Language))
	m.SetBodyString(gomail.TypeTextPlain, body)
	return s.Post(ctx, m)
}

// note writes down what became of an attempt. What filled the mail in is forgotten at its end: it may open an account. An
// error may quote the address, so it is kept beside it and not logged.
func (s *Sender) note(ctx context.Context, l *letter, now time.Time, failure error) error {
	statement, args := `update outbox set sent_at = $2, data = '{}', last_error = null where id = $1`, []any{l.ID, now}
	if failure != nil {
		statement, args = `update outbox set last_error = left($2, $3) where id = $1`, []any{l.ID, failure.Error(), mostError}
		if l.Attempts >= mostAttempts {
			statement, args = `update outbox set last_error = left($2, $3), failed_at = $4, data = '{}' where id = $1`, append(args, now)
			s.Log.ErrorContext(ctx, "mail given up", "id", l.ID, "kind", l.Kind, "attempts", l.Attempts)
		}
	}
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, statement, args...)
		return err
	})
}
