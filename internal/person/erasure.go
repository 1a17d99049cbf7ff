package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/email"
	"jastarhub/internal/outbox"
)

const mailAccountErased outbox.Kind = "ACCOUNT_ERASED"

// Reauthenticate checks the actor's present password and, where a second factor is on, a code, for use-cases of other packages.
// These call accept in their own transaction. Codes: UNAUTHENTICATED, INVALID, WRONG_CREDENTIALS, SECOND_FACTOR_REQUIRED,
// WRONG_CODE, TRY_LATER, BUSY.
func (s *Service) Reauthenticate(ctx context.Context, v Visit, password string, code *string) (accept func(*sqlx.Tx) error, err error) {
	var c check
	c.optionalCode(&code)
	if v.Actor != nil && c.Err() != nil {
		return nil, c.Err()
	}
	proved, _, err := s.reauthenticate(ctx, v, password)
	if err != nil {
		return nil, err
	}
	asked, err := s.askCode(ctx, v, proved, code)
	if err != nil {
		return nil, err
	}
	return func(tx *sqlx.Tx) error {
		if err := proved.accept(ctx, tx, v.Now); err != nil {
			return err
		}
		return s.second(ctx, tx, v.Actor.PersonID, asked, code, v.Now)
	}, nil
}

// FindByEmail finds the account of an address. Codes: NOT_FOUND.
func FindByEmail(ctx context.Context, tx *sqlx.Tx, address string) (uuid.UUID, error) {
	return PersonReference{Email: new(email.Sought(address))}.Find(ctx, tx)
}

// KeepSuspended keeps a suspension with the address that a locked person gives up: a keyed hash of it is kept until the
// suspension ends, and anyone who proves to own the address again is suspended too. An address that was never verified may be
// somebody else's.
func (s *Service) KeepSuspended(ctx context.Context, tx *sqlx.Tx, p *Person, now time.Time) error {
	return insertSuspended(ctx, tx, p.ID, s.addressHash(email.Mailbox(p.Private.Email)), now)
}

func (s *Service) addressHash(address string) []byte {
	return s.Key.Sign("suspended address", []byte(address))
}

// Close forgets the attempts to sign in to a person's account, and tells the address that the account is erased.
func (p *Person) Close(ctx context.Context, tx *sqlx.Tx, network string, now time.Time) error {
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
