package factor

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// Of reads the second factor of each of the people who have one, or began to.
func Of(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) ([]*SecondFactor, error) {
	return postgres.Read[SecondFactor](ctx, q, postgres.Select(`select person_id, secret is not null as active,
		(select count(*) from recovery_codes c where c.person_id = f.person_id) as recovery_codes_left
		from second_factors f where person_id = any(?)`, postgres.IDs(people)))
}

// On reports whether the person has a confirmed second factor.
func On(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID) (bool, error) {
	n, err := postgres.Count(ctx, q, postgres.Select(`select count(*) from second_factors
		where person_id = ? and secret is not null`, person))
	return n > 0, err
}

// With returns those of the people who have a confirmed second factor.
func With(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) (found []uuid.UUID, err error) {
	err = sqlx.SelectContext(ctx, q, &found, `select person_id from second_factors where person_id = any($1) and secret is not null`,
		postgres.IDs(people))
	return found, err
}

// lock reads a second factor and keeps others from changing it until the transaction ends; it returns an empty one where
// there is none.
func lock(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) (*factor, error) {
	rows, err := postgres.Read[factor](ctx, tx, postgres.Select(`select secret, pending, last_step from second_factors
		where person_id = ? for update`, person))
	if err != nil || len(rows) == 0 {
		return &factor{}, err
	}
	return rows[0], nil
}

// setPending stores a new secret beside the current one, in place of an older one that was not confirmed.
func setPending(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, sealed []byte) error {
	_, err := tx.ExecContext(ctx, `insert into second_factors (person_id, pending) values ($1, $2)
		on conflict (person_id) do update set pending = excluded.pending`, person, sealed)
	return err
}

// confirmPending makes the pending secret the current one.
func confirmPending(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, step int64, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update second_factors set secret = pending, pending = null, confirmed_at = $3, last_step = $2
		where person_id = $1`, person, step, at)
	return err
}

func setStep(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, step int64) error {
	_, err := tx.ExecContext(ctx, `update second_factors set last_step = $2 where person_id = $1`, person, step)
	return err
}

// Remove removes a second factor. Codes: WRONG_STATE.
func Remove(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) error {
	done, err := tx.ExecContext(ctx, `delete from second_factors where person_id = $1 and secret is not null`, person)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return fault.Because(fault.WrongState, "The account has no second factor.")
	}
	return nil
}

// setRecoveryCodes replaces the codes that are left with new ones.
func setRecoveryCodes(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, hashes [][]byte) error {
	if _, err := tx.ExecContext(ctx, `delete from recovery_codes where person_id = $1`, person); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into recovery_codes (person_id, code_hash) select $1, unnest($2::bytea[])`,
		person, pq.ByteaArray(hashes))
	return err
}

// useRecoveryCode uses up a code, and returns how many are left. Codes: WRONG_CODE.
func useRecoveryCode(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, hash []byte) (left int, err error) {
	done, err := tx.ExecContext(ctx, `delete from recovery_codes where person_id = $1 and code_hash = $2`, person, hash)
	if err != nil {
		return 0, err
	}
	if n, err := done.RowsAffected(); err != nil || n == 0 {
		return 0, fault.New(fault.WrongCode)
	}
	return postgres.Count(ctx, tx, postgres.Select(`select count(*) from recovery_codes where person_id = ?`, person))
}

// sealedWith stores something encrypted with the hub's key, the first time, and returns what is stored.
func sealedWith(ctx context.Context, tx *sqlx.Tx, sealed []byte) (kept []byte, err error) {
	if _, err := tx.ExecContext(ctx, `insert into sealed_with (sealed) values ($1) on conflict do nothing`, sealed); err != nil {
		return nil, err
	}
	err = tx.GetContext(ctx, &kept, `select sealed from sealed_with`)
	return kept, err
}
