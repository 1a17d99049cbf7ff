package account

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
)

// The emails about accounts. None contains a name: anyone may enter anyone's address.
const (
	mailVerifyEmail      outbox.Kind = "VERIFY_EMAIL"
	mailEmailChangeAsked outbox.Kind = "EMAIL_CHANGE_ASKED"
	mailEmailChanged     outbox.Kind = "EMAIL_CHANGED"
	mailResetPassword    outbox.Kind = "RESET_PASSWORD"
	mailNoAccount        outbox.Kind = "NO_ACCOUNT"
	mailPasswordChanged  outbox.Kind = "PASSWORD_CHANGED"
	mailFactorOn         outbox.Kind = "SECOND_FACTOR_ON"
	mailFactorOff        outbox.Kind = "SECOND_FACTOR_OFF"
	mailFactorReset      outbox.Kind = "SECOND_FACTOR_RESET"
	mailRecoveryCodeUsed outbox.Kind = "RECOVERY_CODE_USED"
)

// askToVerify emails a link to the address that the person claims. Codes: TRY_LATER.
func askToVerify(ctx context.Context, tx *sqlx.Tx, p *person.Person, email string, now time.Time) error {
	wait, err := attempt.Mails(email).Take(ctx, tx, now)
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	if err != nil {
		return err
	}
	token, err := issue(ctx, tx, p.ID, verifyEmail, email, now)
	if err != nil {
		return err
	}
	return outbox.Put(ctx, tx, now, outbox.Mail{Kind: mailVerifyEmail, To: email, Language: p.Private.Language,
		Data: map[string]any{"token": token}, Person: p.ID})
}

// ConfirmEmail records that the person has proved to own the address.
func (s *Service) ConfirmEmail(ctx context.Context, tx *sqlx.Tx, p *person.Person, now time.Time) error {
	return s.prove(ctx, tx, p, p.Private.Email, now)
}

// prove makes an address that a locked person has proved to own the account's own. A suspension of the same mailbox, also through
// another account, applies from then on, and not before: otherwise anyone who registers with an address could learn that its
// owner is suspended. A suspension of the person stays with the address that is given up. An account that somebody began with the
// address and never verified is erased. The only officer cannot be suspended this way. Codes: EMAIL_TAKEN, LAST_OFFICER.
func (s *Service) prove(ctx context.Context, tx *sqlx.Tx, p *person.Person, address string, now time.Time) error {
	if p.Private.Verified && p.Private.Email == address {
		return nil
	}
	if p.Private.Email != address {
		if err := s.People.KeepSuspended(ctx, tx, p, now); err != nil {
			return err
		}
		if err := s.makeWay(ctx, tx, address, now); err != nil {
			return err
		}
	}
	waiting, err := s.People.SuspensionsAt(ctx, tx, p.ID, address, now)
	if err != nil {
		return err
	}
	for _, decision := range waiting {
		if err := s.KeepOut(ctx, tx, p.ID, *decision, now); err != nil {
			return err
		}
	}
	return setEmail(ctx, tx, p.ID, address, now)
}

// VerifyEmail accepts the token of an emailed link in a session of the account that asked for it: the address that it was emailed to
// becomes the account's own. Without the session it could give one person's address to another's account. The former address is
// told, the other sessions end, and every other link. Codes: UNAUTHENTICATED, TOKEN_INVALID, NOT_YOURS, EMAIL_TAKEN,
// LAST_OFFICER, TRY_LATER.
func (s *Service) VerifyEmail(ctx context.Context, v Visit, in VerifyEmailInput) (*VerifyEmailPayload, error) {
	if v.Actor == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	var verified string
	err := s.db.Tx(ctx, func(tx *sqlx.Tx) error {
		token, p, err := redeem(ctx, tx, verifyEmail, in.Token, v.Now)
		if err != nil {
			return err
		}
		if !p.Own(v.Actor) {
			return fault.New(fault.NotYours)
		}
		verified = token.Email
		if err := s.prove(ctx, tx, p, token.Email, v.Now); err != nil {
			return err
		}
		if err := v.Note(ctx, tx, p.ID); err != nil {
			return err
		}
		if p.Private.Email == token.Email {
			return nil
		}
		if _, err := void(ctx, tx, p.ID, v.Actor.SessionID, v.Now); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, v, p.ID); err != nil {
			return err
		}
		return p.Tell(ctx, tx, v.Now, mailEmailChanged, nil)
	})
	if err != nil {
		return nil, err
	}
	return &VerifyEmailPayload{Email: verified}, nil
}

// ChangeEmail emails a link to the new address, which is used once it is verified, and tells the present one. Whether the new one
// has an account is not revealed before the person has proved to own it. With the present address it emails another link to verify
// it. Codes: UNAUTHENTICATED, INVALID, WRONG_CREDENTIALS, TRY_LATER, BUSY.
func (s *Service) ChangeEmail(ctx context.Context, v Visit, in ChangeEmailInput) (*ChangeEmailPayload, error) {
	var c check
	email.Check(&c.Check, "email", &in.Email)
	if v.Actor != nil && c.Err() != nil {
		return nil, c.Err()
	}
	proved, p, err := s.reauthenticate(ctx, v, in.Password)
	if err != nil {
		return nil, err
	}
	err = s.db.Tx(ctx, func(tx *sqlx.Tx) error {
		if err := proved.accept(ctx, tx, v.Now); err != nil {
			return err
		}
		if err := v.Note(ctx, tx, p.ID); err != nil {
			return err
		}
		if err := askToVerify(ctx, tx, p, in.Email, v.Now); err != nil || in.Email == p.Private.Email {
			return err
		}
		return p.Tell(ctx, tx, v.Now, mailEmailChangeAsked, nil)
	})
	if err != nil {
		return nil, err
	}
	return &ChangeEmailPayload{Email: in.Email}, nil
}
