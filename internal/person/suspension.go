package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/email"
	"jastarhub/internal/postgres"
)

// KeepSuspended keeps a suspension with the address that a locked person gives up: a keyed hash of it is kept until the
// suspension ends, and anyone who proves to own the address again is suspended too. An address that was never verified may be
// somebody else's.
func (s *Service) KeepSuspended(ctx context.Context, tx *sqlx.Tx, p *Person, now time.Time) error {
	return insertSuspended(ctx, tx, p.ID, s.addressHash(email.Mailbox(p.Private.Email)), now)
}

// SuspensionsAt returns the decision by which a person who proves to own an address is suspended, if there is one: by a suspension
// of the same mailbox, of another account or of an account that gave the address up, that is longer than the person's own.
func (s *Service) SuspensionsAt(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, address string, now time.Time) ([]*uuid.UUID, error) {
	suspended, err := suspendedAccounts(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	mailbox, decisions := email.Mailbox(address), []uuid.UUID{}
	for _, other := range suspended {
		if email.Mailbox(other.Email) == mailbox {
			decisions = append(decisions, other.DecisionID)
		}
	}
	// For people erased before hashes were made of mailboxes, the hash is that of the address: it cannot be converted.
	hashes := [][]byte{s.addressHash(mailbox), s.addressHash(address)}
	return suspensionsOf(ctx, tx, person, decisions, hashes, now)
}

func (s *Service) addressHash(address string) []byte {
	return s.Key.Sign("suspended address", []byte(address))
}

// insertSuspended and the end of the suspension wait for each other: both lock the decision.
func insertSuspended(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, addressHash []byte, now time.Time) error {
	_, err := tx.ExecContext(ctx, `insert into suspended_addresses (hash, decision_id)
		select $2, p.suspended_id from people p join decisions d on d.id = p.suspended_id where p.id = $1
			and p.email_verified_at is not null and in_force(d.state) and (d.until is null or d.until > $3) for share of d
		on conflict (hash) do update set decision_id = excluded.decision_id`, person, addressHash, now)
	return err
}

// Suspend suspends a locked person by a decision.
func Suspend(ctx context.Context, tx *sqlx.Tx, person, decision uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update people set suspended_id = $2 where id = $1`, person, decision)
	return err
}

// EndSuspension ends a suspension, also for a person who has erased the account and registered again.
func EndSuspension(ctx context.Context, tx *sqlx.Tx, decision uuid.UUID) error {
	if _, err := tx.ExecContext(ctx, `delete from suspended_addresses where decision_id = $1`, decision); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `update people set suspended_id = null where suspended_id = $1`, decision)
	return err
}

// suspendedAccount is a suspended account whose address is verified, and the decision.
type suspendedAccount struct {
	Email      string    `db:"email"`
	DecisionID uuid.UUID `db:"suspended_id"`
}

// suspendedAccounts reads those of all other people: they are few, and have an index.
func suspendedAccounts(ctx context.Context, tx *sqlx.Tx, but uuid.UUID) ([]*suspendedAccount, error) {
	return postgres.Read[suspendedAccount](ctx, tx, postgres.Select(`select email, suspended_id from people
		where suspended_id is not null and email_verified_at is not null and id <> ?`, but))
}

// suspensionsOf finds the longest suspension, if there is one, by the decisions and by those stored with the hashes, unless the
// person is suspended for at least as long. Ending a suspension locks its decision too, so that the two wait for each other.
func suspensionsOf(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, decisions []uuid.UUID, addressHashes [][]byte, now time.Time) ([]*uuid.UUID, error) {
	return postgres.Read[uuid.UUID](ctx, tx, postgres.Select(`select d.id from decisions d
		where (d.id = any(?) or d.id in (select decision_id from suspended_addresses where hash = any(?)))
			and in_force(d.state) and (d.until is null or d.until > ?) and not exists (select from people p join decisions own on own.id = p.suspended_id
				where p.id = ? and (own.id = d.id or own.until is null or own.until > d.until))
		order by d.until desc nulls first limit 1 for share of d`, postgres.IDs(decisions), pq.ByteaArray(addressHashes), now, person))
}
