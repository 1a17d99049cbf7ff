package person

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/outbox"
)

// Tell emails the person what happened to the account. An unverified address may be a stranger's: the email then counts as one that
// anyone can cause, and is left out after too many.
func (p *Person) Tell(ctx context.Context, tx *sqlx.Tx, now time.Time, kind outbox.Kind, data map[string]any) error {
	if !p.Private.Verified {
		if wait, err := attempt.Mails(p.Private.Email).Take(ctx, tx, now); err != nil || wait > 0 {
			return err
		}
	}
	return outbox.Put(ctx, tx, now, outbox.Mail{Kind: kind, To: p.Private.Email, Language: p.Private.Language, Data: data, Person: p.ID})
}
