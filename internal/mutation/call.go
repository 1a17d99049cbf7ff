// Package mutation runs a change: in one explicit transaction, and at most once for an idempotency key.
package mutation

import (
	"bytes"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/attempt"
	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Call is who changes something, when, and under which idempotency key.
type Call struct {
	Actor *auth.Actor
	Now   time.Time
	Name  string // the mutation's name in the schema
	Key   string // the Idempotency-Key header, "" where none was sent
	Hash  []byte // of the input, to distinguish a repetition from a key used twice

	// What the audit log records about the request as well: its id, the ids in the input, the names of the fields that are set.
	Request string
	IDs     []uuid.UUID
	Fields  []string
}

// Entry returns the entry of the audit log about the call.
func (c Call) Entry() *audit.AuditEntry {
	return audit.New(c.Actor, c.Now, c.Request, c.Name, c.IDs, c.Fields)
}

// As returns the call as an act: in a role, by a verb.
func (c Call) As(role history.ActingAs, verb rule.Verb) history.Act {
	return history.Act{By: c.Actor, As: role, Verb: verb, Now: c.Now}
}

// patience is how long recording a refusal may take.
const patience = 5 * time.Second

// Refused records a refusal in the audit log, in its own transaction and even if the client has disconnected, and returns it. If
// it cannot be recorded, the recording error is returned instead.
func (c Call) Refused(ctx context.Context, db *postgres.DB, e *audit.AuditEntry, refusal error) error {
	code := fault.CodeOf(refusal)
	if audit.Noise(code) {
		return refusal
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
	defer cancel()
	if err := audit.Read(ctx, db, e.Refused(code)); err != nil {
		return err
	}
	return refusal
}

// allowedWhileBarred are the mutations that a barred person may still use, by the reason for the bar, in addition to those about the
// account, which Do does not run.
var allowedWhileBarred = map[fault.Code][]string{
	fault.Suspended: {"appeal", "confirmSecondFactor", "endSecondFactor", "endSession", "renewRecoveryCodes", "startSecondFactor",
		"updateProfile"},
	fault.EmailUnverified:   {"acceptInvitation", "appeal", "endSession", "markNoticesRead", "updateProfile"},
	fault.ProfileIncomplete: {"appeal", "endSession", "markNoticesRead", "updateProfile"},
}

// RefuseBarred refuses the mutation to anyone who may only read and manage the account. Codes: SUSPENDED, EMAIL_UNVERIFIED,
// PROFILE_INCOMPLETE.
func (c Call) RefuseBarred() error {
	code, until := c.Actor.Barred(), c.Actor.SuspendedUntil
	if code == "" || slices.Contains(allowedWhileBarred[code], c.Name) {
		return nil
	}
	if code != fault.Suspended || until == nil {
		return fault.New(code)
	}
	return fault.Because(code, "The account is suspended until "+almaty.Day(*until)+".").With(fault.Until, *until)
}

// Do runs a change and returns the id of what it made or changed. The change gets one transaction, may run again after a
// deadlock, and must have no effects outside it. The audit log's entry is written in the same transaction; that of a refusal,
// which is rolled back, is written afterwards; a repetition has no entry, because it changes nothing. invalid is the error of the
// input's Validate: it is returned only to somebody who is signed in, and not for a repetition, which is answered with the first
// result. Codes: UNAUTHENTICATED, those of RefuseBarred, IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_IN_USE, TRY_LATER and those of
// the change.
func (c Call) Do(ctx context.Context, db *postgres.DB, invalid error, change func(tx *sqlx.Tx) (uuid.UUID, error)) (uuid.UUID, error) {
	return c.do(ctx, db, invalid, func(tx *sqlx.Tx) (uuid.UUID, []*audit.AuditEntry, error) {
		id, err := change(tx)
		return id, []*audit.AuditEntry{c.Entry().On(id)}, err
	})
}

// do runs a change that returns its entries of the audit log.
func (c Call) do(ctx context.Context, db *postgres.DB, invalid error,
	change func(tx *sqlx.Tx) (uuid.UUID, []*audit.AuditEntry, error)) (uuid.UUID, error) {
	if c.Actor == nil {
		return uuid.Nil, fault.New(fault.Unauthenticated)
	}
	if err := c.RefuseBarred(); err != nil {
		return uuid.Nil, c.Refused(ctx, db, c.Entry(), err)
	}
	if invalid != nil && c.Key == "" {
		return uuid.Nil, invalid
	}
	var id uuid.UUID
	err := db.Tx(ctx, func(tx *sqlx.Tx) error {
		wait, err := c.hold(ctx, tx)
		if err != nil {
			return err
		}
		earlier, repeated, err := c.claim(ctx, tx)
		if err != nil {
			return err
		}
		switch {
		case repeated:
			id = earlier
			if wait > 0 {
				return nil
			}
			return attempt.OfMutation(c.Name, c.Actor.PersonID.String()).Undo(ctx, tx, c.Now)
		case invalid != nil:
			return invalid
		case wait > 0:
			return attempt.TryLater(wait)
		}
		var entries []*audit.AuditEntry
		if id, entries, err = change(tx); err != nil {
			return err
		}
		if err := c.keep(ctx, tx, id); err != nil {
			return err
		}
		for _, e := range entries {
			if err := audit.Write(ctx, tx, e); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return uuid.Nil, c.Refused(ctx, db, c.Entry(), err)
	}
	return id, nil
}

const holdActor = `select p.id from people p where p.id = ? and p.erased_at is null
	and (? or p.suspended_id is null or exists (select from decisions d where d.id = p.suspended_id and d.until <= ?))
	and (?::uuid is null or exists (select from sessions s where s.id = ? and s.ended_at is null))
	for no key update of p`

// hold locks the actor's account until the transaction ends: it is not erased or suspended meanwhile, and no other change of the
// same actor runs, so that nobody is confirmed on two overlapping shifts. It refuses if the account was erased or suspended, or
// the session has ended, since the rights were read before the transaction. In the same round trip it counts the change against the
// limit that every mutation has, and returns how long to wait if there were too many. Codes: UNAUTHENTICATED.
func (c Call) hold(ctx context.Context, tx *sqlx.Tx) (wait time.Duration, err error) {
	session := uuid.NullUUID{UUID: c.Actor.SessionID, Valid: c.Actor.SessionID != uuid.Nil} // a caller with an emailed link has none
	wait, held, err := attempt.OfMutation(c.Name, c.Actor.PersonID.String()).TakeIf(ctx, tx, c.Now, holdActor,
		c.Actor.PersonID, c.Actor.Suspended, c.Now, session, session)
	if err == nil && !held {
		err = fault.New(fault.Unauthenticated)
	}
	return wait, err
}

// Note counts a change of a person's account that Do does not run, not one that is refused, and records it in the audit log.
// Codes: TRY_LATER.
func (c Call) Note(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) error {
	wait, err := attempt.OfMutation(c.Name, person.String()).Take(ctx, tx, c.Now)
	if err != nil {
		return err
	}
	if wait > 0 {
		return attempt.TryLater(wait)
	}
	return audit.Write(ctx, tx, c.Entry().By(person).On(person))
}

const claimKey = `insert into idempotency_keys (person_id, key, mutation, input_hash, result_id, created_at)
	values ($1, $2, $3, $4, $5, $6) on conflict do nothing`

// claim takes the key for this transaction, or returns the result that it already stands for. Where another transaction holds the
// key, the insert waits for it, up to lock_timeout.
func (c Call) claim(ctx context.Context, tx *sqlx.Tx) (result uuid.UUID, repeated bool, err error) {
	if c.Key == "" {
		return uuid.Nil, false, nil
	}
	claimed, err := tx.ExecContext(ctx, claimKey, c.Actor.PersonID, c.Key, c.Name, c.Hash, uuid.Nil, c.Now)
	if fault.CodeOf(postgres.Map(err)) == fault.Conflict {
		return uuid.Nil, false, fault.New(fault.IdempotencyKeyInUse)
	}
	if err != nil {
		return uuid.Nil, false, err
	}
	if n, err := claimed.RowsAffected(); err != nil || n == 1 {
		return uuid.Nil, false, err
	}
	var kept struct {
		Mutation string    `db:"mutation"`
		Hash     []byte    `db:"input_hash"`
		Result   uuid.UUID `db:"result_id"`
	}
	// A transaction that only reads does not wait for the standby, and the first result may exist on this server only. Locking a
	// row counts as a write: the repetition is answered once the standby has it, and by then the standby has everything before
	// it.
	err = tx.GetContext(ctx, &kept,
		`select mutation, input_hash, result_id from idempotency_keys where person_id = $1 and key = $2 for update`, c.Actor.PersonID, c.Key)
	if err != nil {
		return uuid.Nil, false, err
	}
	if kept.Mutation != c.Name || !bytes.Equal(kept.Hash, c.Hash) {
		return uuid.Nil, false, fault.New(fault.IdempotencyKeyReused)
	}
	return kept.Result, true, nil
}

func (c Call) keep(ctx context.Context, tx *sqlx.Tx, result uuid.UUID) error {
	if c.Key == "" {
		return nil
	}
	_, err := tx.ExecContext(ctx,
		`update idempotency_keys set result_id = $3 where person_id = $1 and key = $2`, c.Actor.PersonID, c.Key, result)
	return err
}

// KeepKeys is how long a repetition is recognised.
const KeepKeys = 7 * 24 * time.Hour

// ForgetKeys deletes keys older than KeepKeys.
func ForgetKeys(ctx context.Context, db *postgres.DB, now time.Time) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, err := tx.ExecContext(ctx, `delete from idempotency_keys where created_at < $1`, now.Add(-KeepKeys))
		return err
	})
}
