// Package outbox is what people are to be told: stored in the transaction that causes it, sent afterwards.
package outbox

import (
	"context"
	"encoding/json"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/lang"
	"jastarhub/internal/postgres"
)

// Kind names the text of a message.
type Kind string

// Channel is how a message is sent.
type Channel string

// The channels.
const (
	Email    Channel = "EMAIL"
	Telegram Channel = "TELEGRAM"
)

// Mail is one email to one address.
type Mail struct {
	Kind     Kind
	To       string
	Language lang.Language
	Data     map[string]any // what fills in the text
	Person   uuid.UUID      // the person it is for: nil is the account that has the address, if there is one
}

// Put stores emails; they are sent if the transaction is committed. They are about the account, or answer a request, and so are
// sent at any time of the day.
func Put(ctx context.Context, tx *sqlx.Tx, now time.Time, mails ...Mail) error {
	for _, m := range mails {
		data, err := json.Marshal(m.Data)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `insert into outbox (id, kind, address, language, data, created_at, due_at, person_id)
			values ($1, $2, $3, $4, $5, $6, $6, coalesce($7, (select id from people where email = $3)))`,
			postgres.NewID(), m.Kind, m.To, m.Language, data, now, uuid.NullUUID{UUID: m.Person, Valid: m.Person != uuid.Nil}); err != nil {
			return err
		}
	}
	return nil
}

// Notices are messages about notices. Their texts and addresses are read when they are sent.
type Notices struct {
	Kind     Kind
	Now, Due time.Time
	AtNight  bool // also during quiet hours
}

// Put completes a statement, which stores a message for each row of a query: channel, person_id, notice_id, language and data.
func (n Notices) Put(statement *postgres.Query, from string, args ...any) *postgres.Query {
	return statement.Add(`insert into outbox (id, channel, kind, person_id, notice_id, language, data, created_at, due_at, at_night)
		select id_at(?::timestamptz), r.channel, ?, r.person_id, r.notice_id, r.language, r.data, ?::timestamptz, ?::timestamptz, ?
		from (`, n.Now, n.Kind, n.Now, n.Due, n.AtNight).Add(from, args...).Add(`) r`)
}

// keepMails is how long the hub knows that an email was sent or given up: some went to people who have no account.
const keepMails = 90 * 24 * time.Hour

// Forget deletes emails older than keepMails.
func Forget(ctx context.Context, db *postgres.DB, now time.Time) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from outbox where created_at < $1 and (sent_at is not null or failed_at is not null)`,
			now.Add(-keepMails))
		return err
	})
}
