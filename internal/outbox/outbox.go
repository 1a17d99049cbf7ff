// Package outbox is what people are to be told: written down in the transaction that gives the reason, sent afterwards.
package outbox

import (
	"context"
	"encoding/json"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/lang"
	"jastarhub/internal/postgres"
)

// Kind is which text a mail has.
type Kind string

// Mail is one mail to one address.
type Mail struct {
	Kind     Kind
	To       string
	Language lang.Language
	Data     map[string]any // what fills the text in
}

// Put writes mails down; they are sent if the transaction is committed.
func Put(ctx context.Context, tx *sqlx.Tx, now time.Time, mails ...Mail) error {
	for _, m := range mails {
		data, err := json.Marshal(m.Data)
		if err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `insert into outbox (id, kind, address, language, data, created_at, due_at)
			values ($1, $2, $3, $4, $5, $6, $6)`, postgres.NewID(), m.Kind, m.To, m.Language, data, now); err != nil {
			return err
		}
	}
	return nil
}
