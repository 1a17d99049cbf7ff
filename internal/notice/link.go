package notice

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/mutation"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

// codeLasts is how long a code can be used to link a chat.
const codeLasts = 15 * time.Minute

// botSilent is how long Telegram may be silent before people are no longer asked to write to the bot.
const botSilent = 10 * time.Minute

// TelegramLink is a chat that a person's notices go to.
type TelegramLink struct {
	ID       uuid.UUID `db:"id"`
	PersonID uuid.UUID `db:"person_id"`
	LinkedAt time.Time `db:"linked_at"`
}

// LinkTelegramInput asks for a code.
type LinkTelegramInput struct{ OpenApp bool }

// UnlinkTelegramInput names the link to end.
type UnlinkTelegramInput struct{ ID uuid.UUID }

// LinkTelegramPayload is what the person needs to link a chat. It is shown only once.
type LinkTelegramPayload struct {
	Code      string
	URL       string
	ExpiresAt time.Time
}

// LinkTelegram returns a code that links the chat from which it is sent to the bot; an earlier code is no longer valid. Codes:
// UNAUTHENTICATED, NO_TELEGRAM.
func (s *Service) LinkTelegram(ctx context.Context, c mutation.Call, in LinkTelegramInput) (*LinkTelegramPayload, error) {
	var made *LinkTelegramPayload
	_, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		bot, err := postgres.Read[string](ctx, tx, postgres.Select(`select username from telegram_bot where seen_at > ?`, c.Now.Add(-botSilent)))
		if err == nil && len(bot) == 0 {
			err = fault.New(fault.NoTelegram)
		}
		if err != nil {
			return uuid.Nil, err
		}
		code, hash := tokens.New()
		made = &LinkTelegramPayload{Code: code, URL: "https://t.me/" + *bot[0] + "?start=" + code, ExpiresAt: c.Now.Add(codeLasts)}
		if in.OpenApp {
			made.URL = "tg://resolve?domain=" + *bot[0] + "&start=" + code
		}
		_, err = tx.ExecContext(ctx, `insert into telegram_codes (person_id, code_hash, expires_at) values ($1, $2, $3)
			on conflict (person_id) do update set code_hash = excluded.code_hash, expires_at = excluded.expires_at`,
			c.Actor.PersonID, hash, made.ExpiresAt)
		return c.Actor.PersonID, err
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// UnlinkTelegram ends the actor's own link. Codes: NOT_FOUND.
func (s *Service) UnlinkTelegram(ctx context.Context, c mutation.Call, in UnlinkTelegramInput) (*NoticesPayload, error) {
	return payload(c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		gone, err := postgres.Read[uuid.UUID](ctx, tx, postgres.Select(
			`delete from telegram_links where id = ? and person_id = ? returning id`, in.ID, c.Actor.PersonID))
		if err == nil && len(gone) == 0 {
			err = fault.Missing("id")
		}
		return c.Actor.PersonID, err
	}))
}

// Unlink ends the links of chats.
func Unlink(ctx context.Context, tx *sqlx.Tx, chats []string) error {
	_, err := tx.ExecContext(ctx, `delete from telegram_links where chat_id = any($1::bigint[])`, postgres.Strings(chats))
	return err
}

// LinksOf reads the chat that each of the people has linked.
func (s *Service) LinksOf(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]*TelegramLink, error) {
	rows, err := postgres.Read[TelegramLink](ctx, s.DB, postgres.Select(
		`select id, person_id, linked_at from telegram_links where person_id = any(?)`, postgres.IDs(people)))
	of := make(map[uuid.UUID]*TelegramLink, len(rows))
	for _, l := range rows {
		of[l.PersonID] = l
	}
	return of, err
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
