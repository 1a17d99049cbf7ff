package account

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
)

// Visit is one call about accounts: who asks, if known, when, from where, and the language of the answer.
type Visit struct {
	mutation.Call
	Address  string // of the client
	Browser  Browser
	Language lang.Language
	Aside    func(wait func() error) error // waits for something other than the database, without occupying a request slot; nil where there are no slots
}

// proof is a password that was right.
type proof struct {
	account *account
	counted []attempt.Key // the attempt is counted under these until it is accepted
	pair    attempt.Key
	pause   attempt.Key // in place of pair while pair has to wait
	owner   attempt.Key
	known   attempt.Key
	device  []attempt.Key // in place of all of them, until it has to wait; empty where the device is not known
}

// recognise checks an account's password. It hashes in any case: for an account that does not exist, or an attempt that has to
// wait, it takes as long. Codes: WRONG_CREDENTIALS, TRY_LATER, BUSY.
func (s *Service) recognise(ctx context.Context, v Visit, email, password string) (*proof, error) {
	turn, err := s.passwords.turn(ctx, v)
	if err != nil {
		return nil, err
	}
	defer turn.end()
	account, err := accountOf(ctx, s.db, email)
	if err != nil {
		return nil, err
	}
	p := proofOf(account, email, v.Address)
	if mark := s.markOf(v.Browser, account, v.Now); mark != nil {
		p.device = []attempt.Key{attempt.Limits.OfDevice.Of(string(mark))}
	}
	wait, compared, err := s.count(ctx, v.Now, p)
	if err != nil {
		return nil, err
	}
	matches, err := turn.matches(password, account.PasswordHash)
	switch {
	case err != nil:
		return nil, err
	case wait > 0 && !(matches && compared):
		return nil, attempt.TryLater(wait)
	case !matches || account.ID == uuid.Nil:
		// An attempt at an account that does not exist is recorded as well, because that is as much work.
		return nil, v.Refused(ctx, s.db, v.Entry().On(account.ID), fault.New(fault.WrongCredentials))
	}
	return p, nil
}

func proofOf(a *account, email, address string) *proof {
	network := attempt.Network(address)
	pair := attempt.Limits.SignIns.Of(email, network)
	return &proof{account: a, pair: pair, pause: attempt.Limits.InPauses.Of(email, network), owner: attempt.Limits.OfOwner.Of(email, network), known: attempt.Known(email, network),
		counted: []attempt.Key{pair, attempt.Limits.OfAccount.Of(email), attempt.Limits.OfAddress.Of(network)}}
}

// count counts the attempt, or returns how long to wait, and whether the password is compared nevertheless.
func (s *Service) count(ctx context.Context, now time.Time, p *proof) (wait time.Duration, compared bool, err error) {
	var onDevice time.Duration
	if len(p.device) > 0 {
		if onDevice, err = attempt.Take(ctx, s.db, now, p.device...); err != nil || onDevice == 0 {
			p.counted = p.device
			return 0, true, err
		}
	}
	remembered, err := p.known.Remembered(ctx, s.db, now)
	if err != nil {
		return 0, false, err
	}
	if remembered { // counted separately from strangers, with the same statements
		p.counted[1] = p.owner
	}
	wait, err = attempt.Take(ctx, s.db, now, p.counted...)
	if err != nil || wait == 0 {
		return wait, true, err
	}
	p.counted[0] = p.pause
	longer, err := attempt.Take(ctx, s.db, now, p.counted...)
	if onDevice > 0 {
		wait = min(wait, onDevice)
	}
	return wait, longer == 0, err
}

func (p *proof) uncount(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	for _, k := range p.counted {
		if err := k.Undo(ctx, tx, now); err != nil {
			return err
		}
	}
	return nil
}

// accept checks, in the transaction that relies on it, that the account still has the password that was proved, and takes its
// attempts back. If the password was changed in the meantime, whatever it opened has ended. Codes: WRONG_CREDENTIALS.
func (p *proof) accept(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	same, err := stillHas(ctx, tx, p.account)
	if err != nil {
		return err
	}
	if !same {
		return fault.New(fault.WrongCredentials)
	}
	if err := p.welcome(ctx, tx, now); err != nil {
		return err
	}
	return p.uncount(ctx, tx, now)
}

// welcome remembers that the owner was at this address, and clears failed attempts there and on the device.
func (p *proof) welcome(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	for _, k := range slices.Concat(p.device, []attempt.Key{p.pair, p.pause}) {
		if err := k.Clear(ctx, tx); err != nil {
			return err
		}
	}
	return p.known.Remember(ctx, tx, now)
}

// Welcome remembers that the owner of an address was at a network address, without a password.
func Welcome(ctx context.Context, tx *sqlx.Tx, email, address string, now time.Time) error {
	return proofOf(nil, email, address).welcome(ctx, tx, now)
}

// reauthenticate checks the actor's present password. Codes: UNAUTHENTICATED, WRONG_CREDENTIALS, TRY_LATER, BUSY.
func (s *Service) reauthenticate(ctx context.Context, v Visit, password string) (*proof, *person.Person, error) {
	if v.Actor == nil {
		return nil, nil, fault.New(fault.Unauthenticated)
	}
	p, err := s.People.Get(ctx, v.Actor.PersonID)
	if err != nil {
		return nil, nil, err
	}
	proved, err := s.recognise(ctx, v, p.Private.Email, password)
	return proved, p, err
}

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
