package factor

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/pquerna/otp/totp"

	"jastarhub/internal/attempt"
	"jastarhub/internal/fault"
	"jastarhub/internal/secret"
)

// Start makes a secret for a locked person, and its address for authenticators. The secret is used from its first correct code on.
func Start(ctx context.Context, tx *sqlx.Tx, key *secret.Key, person uuid.UUID, account string) (made, uri string, err error) {
	generated, err := totp.Generate(totp.GenerateOpts{Issuer: issuer, AccountName: account})
	if err != nil {
		return "", "", err
	}
	made = generated.Secret()
	return made, generated.URL(), setPending(ctx, tx, person, key.Seal(made, person[:]))
}

// Confirm makes the pending secret the current one, if the code is one of it, and returns new recovery codes. Codes: WRONG_STATE,
// WRONG_CODE.
func Confirm(ctx context.Context, tx *sqlx.Tx, key *secret.Key, person uuid.UUID, code string, now time.Time) (recovery []string, err error) {
	f, err := lock(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	if f.Pending == nil {
		return nil, fault.New(fault.WrongState)
	}
	step, err := f.step(key, f.Pending, person, strip(code), now)
	if err != nil {
		return nil, err
	}
	if err := attempt.Limits.Codes.Of(person.String()).Clear(ctx, tx); err != nil {
		return nil, err
	}
	if err := confirmPending(ctx, tx, person, step, now); err != nil {
		return nil, err
	}
	return renew(ctx, tx, person)
}

// Renew makes new recovery codes for a locked person with a second factor, for a code; the older ones are no longer valid. Left is
// that of Take. Codes: WRONG_STATE, WRONG_CODE.
func Renew(ctx context.Context, tx *sqlx.Tx, key *secret.Key, person uuid.UUID, code string, now time.Time) (recovery []string, left *int, err error) {
	on, err := On(ctx, tx, person)
	if err == nil && !on {
		err = fault.New(fault.WrongState)
	}
	if err != nil {
		return nil, nil, err
	}
	if left, err = Take(ctx, tx, key, person, code, now); err != nil {
		return nil, nil, err
	}
	recovery, err = renew(ctx, tx, person)
	return recovery, left, err
}

func renew(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) ([]string, error) {
	codes, hashes := newRecoveryCodes()
	return codes, setRecoveryCodes(ctx, tx, person, hashes)
}

// Take accepts a code, once: one of the authenticator that is newer than the last one, or a recovery code; left is then how many
// of these are left. Codes: WRONG_CODE.
func Take(ctx context.Context, tx *sqlx.Tx, key *secret.Key, person uuid.UUID, code string, now time.Time) (left *int, err error) {
	code = strip(code)
	if err := attempt.Limits.Codes.Of(person.String()).Clear(ctx, tx); err != nil {
		return nil, err
	}
	if !ofAuthenticator(code) {
		n, err := useRecoveryCode(ctx, tx, person, hashRecovery(code))
		return &n, err
	}
	f, err := lock(ctx, tx, person)
	if err != nil {
		return nil, err
	}
	step, err := f.step(key, f.Secret, person, code, now)
	if err == nil && step <= f.LastStep {
		err = fault.New(fault.WrongCode)
	}
	if err != nil {
		return nil, err
	}
	return nil, setStep(ctx, tx, person, step)
}

var errOtherKey = errors.New("this database's second factors were encrypted with another key: set HUB_SECRET_KEY, or the data folder's secret.key, to that key")

// CheckKey refuses a key that the database's secrets were not encrypted with.
func CheckKey(ctx context.Context, tx *sqlx.Tx, key *secret.Key) error {
	kept, err := sealedWith(ctx, tx, key.Seal(issuer, nil))
	if err != nil {
		return err
	}
	if _, err := key.Open(kept, nil); err != nil {
		return errOtherKey
	}
	return nil
}

// step decrypts a secret and finds the time step of one of its codes. Codes: WRONG_CODE.
func (f *factor) step(key *secret.Key, sealed []byte, person uuid.UUID, code string, now time.Time) (int64, error) {
	if sealed == nil || !ofAuthenticator(code) {
		return 0, fault.New(fault.WrongCode)
	}
	opened, err := key.Open(sealed, person[:])
	if err != nil {
		return 0, fmt.Errorf("decrypt a second factor (perhaps encrypted with another key): %w", err)
	}
	step, found, err := stepOf(opened, code, now)
	if err == nil && !found {
		err = fault.New(fault.WrongCode)
	}
	return step, err
}
