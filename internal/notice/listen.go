package notice

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/postgres"
	"jastarhub/internal/telegram"
	"jastarhub/internal/tokens"
)

// Listener receives what people write to the bot: codes that link their chat, and /stop. Telegram sends it to one listener only.
type Listener struct {
	Service *Service
	Bot     *telegram.Bot
	Wait    time.Duration // how long Telegram may hold a request open while there is nothing to report
	Now     func() time.Time
	Log     *slog.Logger
}

// Listen listens until ctx is done, or something goes wrong; it returns at once where another hub listens. The lock belongs to a
// database session, so it ends with the hub, however that ends.
func (l *Listener) Listen(ctx context.Context, _ time.Time) error {
	conn, err := l.Service.DB.Connx(ctx)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close() }()
	var mine bool
	if err := conn.GetContext(ctx, &mine, `select pg_try_advisory_lock(hashtextextended('telegram listener', 0))`); err != nil || !mine {
		return postgres.Map(err)
	}
	defer func() {
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock(hashtextextended('telegram listener', 0))`)
	}()
	name, err := l.Bot.Name(ctx)
	if err != nil {
		return err
	}
	for after := int64(0); ; {
		if err := l.heard(ctx, conn, name); err != nil {
			return err
		}
		updates, err := l.Bot.Updates(ctx, after, l.Wait)
		if err != nil {
			return err
		}
		for _, u := range updates {
			after = u.ID
			err := fault.Caught(func() error { return l.take(ctx, u.Message) })
			if _, panicked := errors.AsType[*fault.Panic](err); panicked {
				l.Log.ErrorContext(ctx, "a message to the bot is left out", "update", u.ID, "error", err) // otherwise it would come again for ever
			} else if err != nil {
				return err
			}
		}
	}
}

// heard records that Telegram answers, over the connection that has the lock: if the connection is lost, so is the lock.
func (l *Listener) heard(ctx context.Context, conn *sqlx.Conn, name string) error {
	tx, err := conn.BeginTxx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.ExecContext(ctx, `insert into telegram_bot (username, seen_at) values ($1, $2)
		on conflict (only_one) do update set username = excluded.username, seen_at = excluded.seen_at`, name, l.Now()); err != nil {
		return err
	}
	return tx.Commit()
}

// take does what a message asks for and answers it. Messages in groups are ignored: a notice is for one person.
func (l *Listener) take(ctx context.Context, m *telegram.Message) error {
	if m == nil || !m.Private() {
		return nil
	}
	var language lang.Language
	var err error
	answer := "unknown"
	command, code, _ := strings.Cut(strings.TrimSpace(m.Text), " ")
	switch command {
	case "/start":
		if language, err = l.Service.link(ctx, code, m.Chat.ID, l.Now()); language != "" {
			answer = "linked"
		}
	case "/stop":
		language, err = l.Service.unlink(ctx, m.Chat.ID)
		answer = "unlinked"
	default:
		return nil
	}
	if err != nil {
		return err
	}
	if language == "" {
		language = lang.Match(m.From.Language)
	}
	text, err := write(answer, language, nil)
	if err != nil {
		return err
	}
	_ = l.Bot.Send(ctx, strconv.FormatInt(m.Chat.ID, 10), text) // somebody who has blocked the bot gets no answer
	return nil
}

// link links the chat to the owner of the code, and to nobody else, and returns the person's language; "" where the code is no
// longer valid.
func (s *Service) link(ctx context.Context, code string, chat int64, now time.Time) (language lang.Language, err error) {
	hash, formed := tokens.Hash(code)
	if !formed {
		return "", nil
	}
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		language = ""
		people, err := postgres.Read[struct {
			ID       uuid.UUID     `db:"id"`
			Language lang.Language `db:"language"`
		}](ctx, tx, postgres.Select(`with used as (delete from telegram_codes where code_hash = ? and expires_at > ? returning person_id)
			select id, language from people where id = (select person_id from used) and erased_at is null`, hash, now))
		if err != nil || len(people) == 0 {
			return err
		}
		language = people[0].Language
		if _, err := tx.ExecContext(ctx, `delete from telegram_links where chat_id = $1 and person_id <> $2`, chat, people[0].ID); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `insert into telegram_links (id, person_id, chat_id, linked_at) values ($1, $2, $3, $4)
			on conflict (person_id) do update set chat_id = excluded.chat_id, linked_at = excluded.linked_at`,
			postgres.NewID(), people[0].ID, chat, now)
		return err
	})
	return language, err
}

// unlink ends the link of a chat, and returns the person's language; "" where there is none.
func (s *Service) unlink(ctx context.Context, chat int64) (language lang.Language, err error) {
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		language = ""
		rows, err := postgres.Read[lang.Language](ctx, tx, postgres.Select(`with gone as (delete from telegram_links where chat_id = ? returning person_id)
			select language from people where id = (select person_id from gone)`, chat))
		if err == nil && len(rows) > 0 {
			language = *rows[0]
		}
		return err
	})
	return language, err
}
