package identity

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/tokens"
)

const mailIdentityLinked outbox.Kind = "IDENTITY_LINKED"

// Service is what people do with identities.
type Service struct {
	DB       *postgres.DB
	People   *person.Service
	Accounts *account.Service
}

// OfPersons reads the identities that open each of the accounts, oldest first.
func (s *Service) OfPersons(ctx context.Context, people []uuid.UUID) (map[uuid.UUID][]*Identity, error) {
	rows, err := ofPersons(ctx, s.DB, people)
	identities := make(map[uuid.UUID][]*Identity, len(people))
	for _, i := range rows {
		identities[i.PersonID] = append(identities[i.PersonID], i)
	}
	return identities, err
}

// Pending returns what a provider said about a person who registers with it. Codes: NOT_FOUND.
func (s *Service) Pending(ctx context.Context, token string, now time.Time) (*PendingIdentity, error) {
	p, err := pendingOf(ctx, s.DB, token, now)
	if fault.CodeOf(err) == fault.TokenInvalid {
		err = fault.Missing("token")
	}
	return p, err
}

// Enter begins a session, without a second factor, of the person whose identity the claims name. An identity that is nobody's
// leads to registration, if the provider has verified the address and it has no account, or one whose address was never verified.
// Codes: EMAIL_UNVERIFIED, EMAIL_TAKEN.
func (s *Service) Enter(ctx context.Context, v account.Visit, c Claims) (*Entry, error) {
	found, err := identityOf(ctx, s.DB, c)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return s.propose(ctx, v, c)
	}
	begun, err := s.Accounts.Begin(ctx, v, found[0].PersonID, false, func(tx *sqlx.Tx) error {
		p, err := person.Lock(ctx, tx, found[0].PersonID, "id")
		if err != nil {
			return err
		}
		still, err := identityOf(ctx, tx, c)
		if err == nil && (len(still) == 0 || still[0].ID != found[0].ID) { // unlinked in the meantime
			err = fault.New(fault.Conflict)
		}
		if err != nil {
			return err
		}
		return account.Welcome(ctx, tx, p.Private.Email, v.Address, v.Now)
	})
	if err != nil {
		return nil, v.Refused(ctx, s.DB, v.Entry().On(found[0].PersonID), err)
	}
	return &Entry{Session: begun.Token}, nil
}

// propose stores the claims until the person registers.
func (s *Service) propose(ctx context.Context, v account.Visit, c Claims) (*Entry, error) {
	p := c.pending(v.Now)
	if _, ok := email.Fold(c.Email); !ok || !c.EmailVerified {
		return nil, v.Refused(ctx, s.DB, v.Entry(), fault.New(fault.EmailUnverified))
	}
	holders, err := s.People.ByEmail(ctx, p.Email)
	if err != nil {
		return nil, err
	}
	if len(holders) > 0 && holders[0].Private.Verified {
		return nil, v.Refused(ctx, s.DB, v.Entry().On(holders[0].ID), fault.New(fault.EmailTaken))
	}
	token, hash := tokens.New()
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return insertPending(ctx, tx, p, hash) })
	return &Entry{Register: token}, err
}

// Adopt links the identity of a token to an account that is being made with its address, which the provider has verified. Codes:
// TOKEN_INVALID, OTHER_EMAIL, IDENTITY_TAKEN.
func (s *Service) Adopt(ctx context.Context, tx *sqlx.Tx, p *person.Person, token string, now time.Time) error {
	pending, err := takePending(ctx, tx, token, now)
	if err != nil {
		return err
	}
	if pending.Email != p.Private.Email {
		return fault.New(fault.OtherEmail)
	}
	if _, err := insert(ctx, tx, p.ID, pending.Issuer, pending.Subject, now); err != nil {
		return err
	}
	return s.Accounts.ConfirmEmail(ctx, tx, p, now)
}

// MayLink refuses unless the actor signed in so recently that another way to sign in may be added. Codes: UNAUTHENTICATED,
// SIGN_IN_AGAIN.
func (s *Service) MayLink(ctx context.Context, a *auth.Actor, now time.Time) error {
	if a == nil {
		return fault.New(fault.Unauthenticated)
	}
	fresh, err := account.BeganSince(ctx, s.DB, a.SessionID, now.Add(-freshFor))
	if err == nil && !fresh {
		err = fault.New(fault.SignInAgain)
	}
	return err
}

// Link lets an identity open the actor's account, and tells the address. Codes: UNAUTHENTICATED, IDENTITY_TAKEN, WRONG_STATE.
func (s *Service) Link(ctx context.Context, v account.Visit, c Claims) error {
	_, err := v.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		p, err := person.Lock(ctx, tx, v.Actor.PersonID, "id")
		if err != nil {
			return uuid.Nil, err
		}
		found, err := identityOf(ctx, tx, c)
		if err != nil {
			return uuid.Nil, err
		}
		if len(found) > 0 && found[0].PersonID == p.ID {
			return found[0].ID, nil
		}
		if len(found) > 0 {
			return uuid.Nil, fault.New(fault.IdentityTaken)
		}
		if linked, err := ofPersons(ctx, tx, []uuid.UUID{p.ID}); err != nil || len(linked) >= mostIdentities {
			return uuid.Nil, cmp.Or(err, error(fault.Because(fault.WrongState, "You have too many ways to sign in: remove one first.")))
		}
		id, err := insert(ctx, tx, p.ID, c.Issuer, c.Subject, v.Now)
		if err != nil {
			return uuid.Nil, err
		}
		return id, p.Tell(ctx, tx, v.Now, mailIdentityLinked, nil)
	})
	return err
}

// Unlink ends that an identity opens the actor's account, unless nothing else does. Codes: UNAUTHENTICATED, NOT_FOUND,
// LAST_WAY_IN.
func (s *Service) Unlink(ctx context.Context, c mutation.Call, in UnlinkIdentityInput) (*UnlinkIdentityPayload, error) {
	payload := func(rows []*person.Person) *UnlinkIdentityPayload { return &UnlinkIdentityPayload{Person: rows[0]} }
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		p, err := person.Lock(ctx, tx, c.Actor.PersonID, "id")
		if err != nil {
			return uuid.Nil, err
		}
		if err := remove(ctx, tx, p.ID, in.ID); err != nil {
			return uuid.Nil, err
		}
		left, err := countWaysIn(ctx, tx, p.ID)
		if err == nil && left == 0 {
			err = fault.New(fault.LastWayIn)
		}
		return p.ID, err
	})
	return mutation.Answer(ctx, c, id, err, s.People.ByIDs, (*person.Person).Own, payload)
}

// Forget deletes claims with which nobody registered in time.
func (s *Service) Forget(ctx context.Context, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return forgetPending(ctx, tx, now) })
}
