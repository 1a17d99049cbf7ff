package account

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/attempt"
	"jastarhub/internal/audit"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
)

// ChangePassword sets a new password and ends the person's other sessions, and every unused link. Codes: UNAUTHENTICATED,
// INVALID, WRONG_CREDENTIALS, TRY_LATER, BUSY.
func (s *Service) ChangePassword(ctx context.Context, v Visit, in ChangePasswordInput) (*ChangePasswordPayload, error) {
	if v.Actor == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	own, err := s.People.Get(ctx, v.Actor.PersonID)
	if err != nil {
		return nil, err
	}
	if err := in.validate(own.Private.Email, own.Private.GivenName, own.Private.FamilyName); err != nil {
		return nil, err
	}
	proved, p, err := s.reauthenticate(ctx, v, in.Password)
	if err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, v, in.NewPassword)
	if err != nil {
		return nil, err
	}
	var ended int
	err = s.db.Tx(ctx, func(tx *sqlx.Tx) (err error) {
		if err := proved.accept(ctx, tx, v.Now); err != nil {
			return err
		}
		if err := setPassword(ctx, tx, p.ID, hash); err != nil {
			return err
		}
		if ended, err = void(ctx, tx, p.ID, v.Actor.SessionID, v.Now); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, v, p.ID); err != nil {
			return err
		}
		if err := v.Note(ctx, tx, p.ID); err != nil {
			return err
		}
		return p.Tell(ctx, tx, v.Now, mailPasswordChanged, nil)
	})
	if err != nil {
		return nil, err
	}
	return &ChangePasswordPayload{Ended: ended}, nil
}

// RequestPasswordReset emails a link to set a new password; an address without an account gets an email that says so, so that the
// answer and the work are the same. Nobody's mailbox can be flooded: after a few emails within an hour further ones are left out,
// silently, because the person who asks need not be the owner. Codes: INVALID, TRY_LATER.
func (s *Service) RequestPasswordReset(ctx context.Context, v Visit, in RequestPasswordResetInput) (*RequestPasswordResetPayload, error) {
	var c check
	email.Check(&c.Check, "email", &in.Email)
	if err := c.Err(); err != nil {
		return nil, err
	}
	network := attempt.Network(v.Address)
	wait, err := attempt.Take(ctx, s.db, v.Now, attempt.Limits.Resets.Of(email.Mailbox(in.Email), network), attempt.Limits.ResetsFrom.Of(network))
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	if err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(tx *sqlx.Tx) error {
		tooMany, err := attempt.Mails(in.Email).Take(ctx, tx, v.Now)
		if err != nil || tooMany > 0 {
			return err
		}
		return mailReset(ctx, tx, v, in.Email)
	})
	if err != nil {
		return nil, err
	}
	return &RequestPasswordResetPayload{Accepted: true}, nil
}

// mailReset runs the same statements whether or not there is an account. It waits for the erasure of an account; afterwards there
// is none.
func mailReset(ctx context.Context, tx *sqlx.Tx, v Visit, email string) error {
	found, err := person.HoldByEmail(ctx, tx, email)
	if err != nil {
		return err
	}
	m, person := outbox.Mail{Kind: mailNoAccount, To: email, Language: v.Language}, uuid.Nil
	if m.Language == "" {
		m.Language = lang.Kazakh
	}
	if len(found) > 0 {
		m.Kind, m.Language, person = mailResetPassword, found[0].Private.Language, found[0].ID
	}
	if err := audit.Write(ctx, tx, v.Entry().On(person)); err != nil {
		return err
	}
	token, err := issue(ctx, tx, person, resetPassword, email, v.Now)
	if err != nil {
		return err
	}
	if len(found) > 0 {
		m.Data = map[string]any{"token": token}
	}
	return outbox.Put(ctx, tx, v.Now, m)
}

// ResetPassword sets a new password with the token of an emailed link and ends all of the person's sessions, and every other link.
// The link also proves that the address is theirs, and makes the place it is used from known. If nobody had verified the address
// of the account before, that account is erased, and the person gets a new one; until a birth date is entered, they count as a
// child. Codes: INVALID, TOKEN_INVALID, TRY_LATER, BUSY.
func (s *Service) ResetPassword(ctx context.Context, v Visit, in ResetPasswordInput) (*ResetPasswordPayload, error) {
	var c check
	c.password("password", in.Password)
	if err := c.Err(); err != nil {
		return nil, err
	}
	wait, err := attempt.Take(ctx, s.db, v.Now, attempt.Limits.ResetsFrom.Of(attempt.Network(v.Address)))
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	if err != nil {
		return nil, err
	}
	mailed, err := find(ctx, s.db, resetPassword, in.Token, v.Now)
	if err != nil {
		return nil, err // before the password is hashed, which is expensive
	}
	c.password("password", in.Password, mailed.Email)
	if err := c.Err(); err != nil {
		return nil, err
	}
	hash, err := s.hash(ctx, v, in.Password)
	if err != nil {
		return nil, err
	}
	var ended int
	err = s.db.Tx(ctx, func(tx *sqlx.Tx) error {
		_, p, err := redeem(ctx, tx, resetPassword, in.Token, v.Now)
		if err != nil {
			return err
		}
		if ended, err = void(ctx, tx, p.ID, uuid.Nil, v.Now); err != nil {
			return err
		}
		if p.Private.Verified {
			if c.password("password", in.Password, p.Private.Email, p.Private.GivenName, p.Private.FamilyName); c.Err() != nil {
				return c.Err()
			}
			err = setPassword(ctx, tx, p.ID, hash)
		} else {
			p, err = s.anew(ctx, tx, p, cmp.Or(v.Language, lang.Kazakh), hash, v.Now)
		}
		if err != nil {
			return err
		}
		if err := s.ConfirmEmail(ctx, tx, p, v.Now); err != nil {
			return err
		}
		proved := proofOf(&account{ID: p.ID, PasswordHash: hash}, p.Private.Email, v.Address)
		if err := proved.welcome(ctx, tx, v.Now); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, v, p.ID); err != nil {
			return err
		}
		if err := v.Note(ctx, tx, p.ID); err != nil {
			return err
		}
		return p.Tell(ctx, tx, v.Now, mailPasswordChanged, nil)
	})
	if err != nil {
		return nil, err
	}
	return &ResetPasswordPayload{Ended: ended}, nil
}

// anew returns a new account for a person who has proved that the address of a stranger's account is theirs.
func (s *Service) anew(ctx context.Context, tx *sqlx.Tx, stranger *person.Person, language lang.Language, hash string, now time.Time) (*person.Person, error) {
	if err := s.Vacate(ctx, tx, stranger.ID, now); err != nil {
		return nil, err
	}
	p := &person.Person{ID: postgres.NewID(), Private: person.Private{Email: stranger.Private.Email, Language: language, BirthDate: now.In(almaty.Zone)}}
	return p, person.Insert(ctx, tx, p, hash, now)
}
