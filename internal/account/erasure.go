package account

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
)

const mailAccountErased outbox.Kind = "ACCOUNT_ERASED"

// Close forgets the attempts to sign in to a person's account, and tells the address that the account is erased.
func Close(ctx context.Context, tx *sqlx.Tx, p *person.Person, network string, now time.Time) error {
	if err := forgetAttempts(ctx, tx, p.Private.Email, network); err != nil {
		return err
	}
	return p.Tell(ctx, tx, now, mailAccountErased, nil)
}

// forgetAttempts forgets the attempts to sign in to the account, as far as their keys can be computed again. Emails to its mailbox
// still count: otherwise anyone could flood a stranger's mailbox by registering accounts with its address and erasing them.
func forgetAttempts(ctx context.Context, tx *sqlx.Tx, email, network string) error {
	for _, key := range []attempt.Key{attempt.Limits.SignIns.Of(email, network), attempt.Limits.InPauses.Of(email, network), attempt.Limits.OfAccount.Of(email), attempt.Limits.OfOwner.Of(email, network),
		attempt.Known(email, network)} {
		if err := key.Clear(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}
