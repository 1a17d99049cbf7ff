package notice

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
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
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		gone, err := postgres.Read[uuid.UUID](ctx, tx, postgres.Select(
			`delete from telegram_links where id = ? and person_id = ? returning id`, in.ID, c.Actor.PersonID))
		if err == nil && len(gone) == 0 {
			err = fault.Missing("id")
		}
		return c.Actor.PersonID, err
	})
	return payload(id, err)
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
