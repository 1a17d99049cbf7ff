package account

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/factor"
	"jastarhub/internal/fault"
	"jastarhub/internal/person"
)

// mayTry counts a code before it is checked, from all addresses together: anyone who tries one already has the password or a
// session, so no stranger can lock out the owner. Codes: TRY_LATER.
func (s *Service) mayTry(ctx context.Context, v Visit, person uuid.UUID) error {
	wait, err := attempt.Take(ctx, s.db, v.Now, attempt.Limits.Codes.Of(person.String()))
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	return err
}

// mayShow is mayTry for a code of the actor. Codes: UNAUTHENTICATED, INVALID, TRY_LATER.
func (s *Service) mayShow(ctx context.Context, v Visit, code *string) error {
	if v.Actor == nil {
		return fault.New(fault.Unauthenticated)
	}
	var c check
	c.code(code)
	if err := c.Err(); err != nil {
		return err
	}
	return s.mayTry(ctx, v, v.Actor.PersonID)
}

// askCode reports whether a code is required after the password. Codes: SECOND_FACTOR_REQUIRED, TRY_LATER.
func (s *Service) askCode(ctx context.Context, v Visit, proved *proof, code *string) (asked bool, err error) {
	person := proved.account.ID
	asked, err = factor.On(ctx, s.db, person)
	if err != nil || !asked {
		return false, err
	}
	if code != nil {
		return true, s.mayTry(ctx, v, person)
	}
	// Nothing was guessed: the password was right, and will be sent again with a code.
	if err := s.db.Tx(ctx, func(tx *sqlx.Tx) error { return proved.uncount(ctx, tx, v.Now) }); err != nil {
		return false, err
	}
	return false, v.Refused(ctx, s.db, v.Entry().On(person), fault.New(fault.SecondFactorRequired))
}

// second accepts the code that askCode required. Codes: WRONG_CODE, SECOND_FACTOR_REQUIRED.
func (s *Service) second(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, asked bool, code *string, now time.Time) error {
	if asked {
		return s.take(ctx, tx, person, *code, now)
	}
	turnedOn, err := factor.On(ctx, tx, person) // in the time since askCode
	if err == nil && turnedOn {
		err = fault.New(fault.SecondFactorRequired)
	}
	return err
}

// take accepts a code, once. If it is a recovery code, the person is told. Codes: WRONG_CODE.
func (s *Service) take(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, code string, now time.Time) error {
	left, err := factor.Take(ctx, tx, s.Key, person, code, now)
	if err != nil {
		return err
	}
	return tellUsed(ctx, tx, person, left, now)
}

// tellUsed tells the person that a recovery code was used, if one was.
func tellUsed(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, left *int, now time.Time) error {
	if left == nil {
		return nil
	}
	p, err := person.Lock(ctx, tx, id, "id")
	if err != nil {
		return err
	}
	return p.Tell(ctx, tx, now, mailRecoveryCodeUsed, map[string]any{"left": *left})
}

// change runs a change of the actor's account and records it, or its refusal, in the audit log.
func (s *Service) change(ctx context.Context, v Visit, do func(tx *sqlx.Tx, p *person.Person) error) (p *person.Person, err error) {
	if err := v.RefuseBarred(); err != nil {
		return nil, v.Refused(ctx, s.db, v.Entry().On(v.Actor.PersonID), err)
	}
	err = s.db.Tx(ctx, func(tx *sqlx.Tx) (err error) {
		if p, err = person.Lock(ctx, tx, v.Actor.PersonID, "id"); err != nil {
			return err
		}
		if err := do(tx, p); err != nil {
			return err
		}
		return v.Note(ctx, tx, p.ID)
	})
	if err != nil {
		return nil, v.Refused(ctx, s.db, v.Entry().On(v.Actor.PersonID), err)
	}
	return p, nil
}

// proven runs a change that requires the password and, where a second factor is on, a code. invalid is what is wrong with the
// input. Codes: UNAUTHENTICATED, WRONG_CREDENTIALS, SECOND_FACTOR_REQUIRED, WRONG_CODE, TRY_LATER, BUSY.
func (s *Service) proven(ctx context.Context, v Visit, invalid error, password string, code *string,
	do func(tx *sqlx.Tx, p *person.Person) error) (*person.Person, error) {
	if v.Actor != nil && invalid != nil {
		return nil, invalid
	}
	proved, _, err := s.reauthenticate(ctx, v, password)
	if err != nil {
		return nil, err
	}
	asked, err := s.askCode(ctx, v, proved, code)
	if err != nil {
		return nil, err
	}
	return s.change(ctx, v, func(tx *sqlx.Tx, p *person.Person) error {
		if err := proved.accept(ctx, tx, v.Now); err != nil {
			return err
		}
		if err := s.second(ctx, tx, p.ID, asked, code, v.Now); err != nil {
			return err
		}
		return do(tx, p)
	})
}
