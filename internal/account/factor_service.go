package account

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/factor"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/tokens"
)

// SecondFactorsOf reads the second factor of each of the people; a person sees only their own.
func (s *Service) SecondFactorsOf(ctx context.Context, a *auth.Actor, people []*person.Person) ([]*factor.SecondFactor, error) {
	ids, at := make([]uuid.UUID, len(people)), map[uuid.UUID]*factor.SecondFactor{}
	for i, p := range people {
		ids[i] = p.ID
	}
	found, err := factor.Of(ctx, s.db, ids)
	for _, f := range found {
		at[f.PersonID] = f
	}
	all := make([]*factor.SecondFactor, len(people))
	for i, id := range ids {
		if all[i] = at[id]; all[i] == nil {
			all[i] = &factor.SecondFactor{PersonID: id}
		}
		all[i].RolesWait = a.WithSecondFactor() != nil
	}
	return all, err
}

// StartSecondFactor makes a secret, which is used from its first correct code on. Until then a second factor that is already on
// stays on, and is required. Codes: UNAUTHENTICATED, INVALID, WRONG_CREDENTIALS, SECOND_FACTOR_REQUIRED, WRONG_CODE, TRY_LATER,
// BUSY.
func (s *Service) StartSecondFactor(ctx context.Context, v Visit, in StartSecondFactorInput) (*StartSecondFactorPayload, error) {
	var c check
	c.optionalCode(&in.Code)
	var made *StartSecondFactorPayload
	_, err := s.proven(ctx, v, c.Err(), in.Password, in.Code, func(tx *sqlx.Tx, p *person.Person) error {
		secret, uri, err := factor.Start(ctx, tx, s.Key, p.ID, p.Private.Email)
		made = &StartSecondFactorPayload{Secret: secret, URI: uri}
		return err
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// ConfirmSecondFactor turns on the second factor that was started, with a code made from its secret. The person gets a new
// session, in which all roles act; all others end. Codes: UNAUTHENTICATED, INVALID, WRONG_STATE, WRONG_CODE, TRY_LATER.
func (s *Service) ConfirmSecondFactor(ctx context.Context, v Visit, in ConfirmSecondFactorInput) (*ConfirmSecondFactorPayload, error) {
	if err := s.mayShow(ctx, v, &in.Code); err != nil {
		return nil, err
	}
	token, hash := tokens.New()
	var codes []string
	p, err := s.change(ctx, v, func(tx *sqlx.Tx, p *person.Person) (err error) {
		if codes, err = factor.Confirm(ctx, tx, s.Key, p.ID, in.Code, v.Now); err != nil {
			return err
		}
		if _, err := void(ctx, tx, p.ID, uuid.Nil, v.Now); err != nil {
			return err
		}
		if err := insertSession(ctx, tx, p.ID, hash, v.Now, true); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, v, p.ID); err != nil {
			return err
		}
		return p.Tell(ctx, tx, v.Now, mailFactorOn, nil)
	})
	if err != nil {
		return nil, err
	}
	return &ConfirmSecondFactorPayload{Person: p, Token: token, RecoveryCodes: codes}, nil
}

// EndSecondFactor turns the second factor off, and ends the other sessions and every link. Codes: UNAUTHENTICATED, INVALID,
// WRONG_CREDENTIALS, WRONG_CODE, TRY_LATER, BUSY, WRONG_STATE, ROLE_HELD. If the person is given a role at the same moment, they
// sign in without a second factor, and the role waits.
func (s *Service) EndSecondFactor(ctx context.Context, v Visit, in EndSecondFactorInput) (*EndSecondFactorPayload, error) {
	var c check
	c.code(&in.Code)
	held, err := holdsNeeding(ctx, s.db, v.Actor.ID())
	if err == nil && held {
		err = v.Refused(ctx, s.db, v.Entry().On(v.Actor.PersonID), fault.New(fault.RoleHeld))
	}
	if err != nil {
		return nil, err
	}
	p, err := s.proven(ctx, v, c.Err(), in.Password, &in.Code, func(tx *sqlx.Tx, p *person.Person) error {
		if err := removeFactor(ctx, tx, p.ID); err != nil {
			return err
		}
		if _, err := void(ctx, tx, p.ID, v.Actor.SessionID, v.Now); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, v, p.ID); err != nil {
			return err
		}
		return p.Tell(ctx, tx, v.Now, mailFactorOff, nil)
	})
	if err != nil {
		return nil, err
	}
	return &EndSecondFactorPayload{Person: p}, nil
}

// RenewRecoveryCodes makes new recovery codes; the older ones are no longer valid. Codes: UNAUTHENTICATED, INVALID, WRONG_STATE,
// WRONG_CODE, TRY_LATER.
func (s *Service) RenewRecoveryCodes(ctx context.Context, v Visit, in RenewRecoveryCodesInput) (*RenewRecoveryCodesPayload, error) {
	if err := s.mayShow(ctx, v, &in.Code); err != nil {
		return nil, err
	}
	var codes []string
	_, err := s.change(ctx, v, func(tx *sqlx.Tx, p *person.Person) (err error) {
		var left *int
		if codes, left, err = factor.Renew(ctx, tx, s.Key, p.ID, in.Code, v.Now); err != nil {
			return err
		}
		return tellUsed(ctx, tx, p.ID, left, v.Now)
	})
	if err != nil {
		return nil, err
	}
	return &RenewRecoveryCodesPayload{RecoveryCodes: codes}, nil
}

// ResetSecondFactor removes the second factor of a person who has lost it, and ends their sessions. An officer does it, for
// others. Codes: UNAUTHENTICATED, INVALID, NOT_FOUND, NOT_OFFICER, OWN_ACCOUNT, WRONG_STATE.
func (s *Service) ResetSecondFactor(ctx context.Context, c mutation.Call, in ResetSecondFactorInput) (*ResetSecondFactorPayload, error) {
	readable := func(_ *person.Person, a *auth.Actor) bool { return a.IsOfficer() }
	payload := func(rows []*person.Person) *ResetSecondFactorPayload {
		return &ResetSecondFactorPayload{Person: rows[0]}
	}
	id, err := c.Do(ctx, s.db, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := fault.If(rule.OnlyOfficers(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		found, err := in.Person.Find(ctx, tx)
		if err != nil {
			return uuid.Nil, err
		}
		if c.Actor.Is(found) {
			return uuid.Nil, fault.New(fault.OwnAccount)
		}
		return found, reset(ctx, tx, found, c.As(history.Officer, ResetSecondFactor).Because(&in.Reason))
	})
	return mutation.Answer(ctx, c, id, err, s.People.ByIDs, readable, payload)
}

// TakeFactorAway is ResetSecondFactor from the command line. Codes: NOT_FOUND, WRONG_STATE.
func (s *Service) TakeFactorAway(ctx context.Context, address string, now time.Time) error {
	return s.db.Tx(ctx, func(tx *sqlx.Tx) error {
		found, err := person.FindByEmail(ctx, tx, address)
		if err != nil {
			return err
		}
		if err := reset(ctx, tx, found, history.ByHub(ResetSecondFactor, now)); err != nil {
			return err
		}
		return audit.Write(ctx, tx, audit.New(nil, now, "", "resetSecondFactor", []uuid.UUID{found}, []string{"email"}))
	})
}

// reset removes a second factor. Codes: WRONG_STATE.
func reset(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, act history.Act) error {
	p, err := person.Lock(ctx, tx, id, "id")
	if err != nil {
		return err
	}
	if err := removeFactor(ctx, tx, id); err != nil {
		return err
	}
	if _, err := void(ctx, tx, id, uuid.Nil, act.Now); err != nil {
		return err
	}
	if err := act.Record(ctx, tx, history.To(id, factorOn, factorOff)); err != nil {
		return err
	}
	return p.Tell(ctx, tx, act.Now, mailFactorReset, nil)
}

// removeFactor removes a second factor, and its effect on sessions. Codes: WRONG_STATE.
func removeFactor(ctx context.Context, tx *sqlx.Tx, person uuid.UUID) error {
	if err := factor.Remove(ctx, tx, person); err != nil {
		return err
	}
	return forgetFactor(ctx, tx, person)
}

// CheckKey refuses a key that the database's secrets were not encrypted with.
func (s *Service) CheckKey(ctx context.Context) error {
	return s.db.Tx(ctx, func(tx *sqlx.Tx) error { return factor.CheckKey(ctx, tx, s.Key) })
}
