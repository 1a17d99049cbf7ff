package account

import (
	"context"
	"runtime"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/auth"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/secret"
	"jastarhub/internal/tokens"
)

// Service is what people do with accounts.
type Service struct {
	Key     *secret.Key      // encrypts second factors, and signs the marks of devices; nil where neither is used
	Hashing *argon2id.Params // the cost of hashing a new password

	// Vacate erases an account whose address was never verified, for a person who has just proved to own the address: they get an
	// account with nothing of a stranger's in it.
	Vacate func(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, now time.Time) error
	// Adopt links the identity of a token to an account that is being made. Codes: TOKEN_INVALID, OTHER_EMAIL, IDENTITY_TAKEN.
	Adopt func(ctx context.Context, tx *sqlx.Tx, p *person.Person, token string, now time.Time) error
	// KeepOut suspends somebody by a decision about another account of theirs, with everything that a suspension includes. Codes:
	// LAST_OFFICER.
	KeepOut func(ctx context.Context, tx *sqlx.Tx, person, decision uuid.UUID, now time.Time) error

	People *person.Service

	db        *postgres.DB
	passwords *hasher
}

// New returns the service. There is one for all requests: it limits how many passwords are hashed at once.
func New(db *postgres.DB, people *person.Service) *Service {
	return &Service{Hashing: params, People: people, db: db, passwords: newHasher(runtime.GOMAXPROCS(0))}
}

// Register creates an account, emails a link to verify its address, and signs in. A person who accepts an invitation with it, or
// comes from a provider, has proved to own the address: accept, which is nil without an invitation, runs in the same transaction.
// Codes: INVALID, NOT_FOUND, EMAIL_TAKEN, TRY_LATER, BUSY, those of an identity's token and of accept.
func (s *Service) Register(ctx context.Context, v Visit, in RegisterInput, accept func(*sqlx.Tx, *person.Person) error) (*SessionPayload, error) {
	if err := in.validate(v.Now); err != nil {
		return nil, err
	}
	wait, err := attempt.Take(ctx, s.db, v.Now, attempt.Limits.Registrations.Of(attempt.Network(v.Address)))
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	if err != nil {
		return nil, err
	}
	hash := noPassword
	if in.Password != nil {
		if hash, err = s.hash(ctx, v, *in.Password); err != nil {
			return nil, err
		}
	}
	p := in.person()
	payload, err := s.Begin(ctx, v, p.ID, false, func(tx *sqlx.Tx) error {
		if err := person.DistrictExists(ctx, tx, in.DistrictID, "districtId"); err != nil {
			return err
		}
		if in.IdentityToken != nil || in.InvitationToken != nil {
			if err := s.makeWay(ctx, tx, in.Email, v.Now); err != nil {
				return err
			}
		}
		if err := person.Insert(ctx, tx, p, hash, v.Now); err != nil {
			return err
		}
		if err := Welcome(ctx, tx, in.Email, v.Address, v.Now); err != nil {
			return err
		}
		return s.greet(ctx, tx, v, p, in.IdentityToken, accept)
	})
	if err != nil {
		return nil, v.Refused(ctx, s.db, v.Entry(), err)
	}
	return payload, nil
}

// greet accepts the proof that the new account's address is the person's, or asks for one.
func (s *Service) greet(ctx context.Context, tx *sqlx.Tx, v Visit, p *person.Person, identity *string, accept func(*sqlx.Tx, *person.Person) error) error {
	if identity != nil {
		if err := s.Adopt(ctx, tx, p, *identity, v.Now); err != nil {
			return err
		}
	}
	if accept != nil {
		return accept(tx, p)
	}
	if identity != nil {
		return nil
	}
	return askToVerify(ctx, tx, p, p.Private.Email, v.Now)
}

// makeWay erases an account that somebody began with an address and never verified, for a person who proves to own the address in
// the same transaction.
func (s *Service) makeWay(ctx context.Context, tx *sqlx.Tx, address string, now time.Time) error {
	held, err := person.LockWholeByEmail(ctx, tx, address)
	if err != nil || len(held) == 0 || held[0].Private.Verified {
		return err
	}
	return s.Vacate(ctx, tx, held[0].ID, now)
}

func (in *RegisterInput) person() *person.Person {
	p := &person.Person{ID: postgres.NewID(), Private: person.Private{GivenName: in.GivenName, FamilyName: in.FamilyName, Email: in.Email,
		BirthDate: in.BirthDate, Language: in.Language}}
	if in.DistrictID != nil {
		p.Private.DistrictID = uuid.NullUUID{UUID: *in.DistrictID, Valid: true}
	}
	return p
}

// SignIn begins a session. Refusing an account that does not exist takes as long as refusing a wrong password; whether an account
// has a second factor shows only after the right password. Codes: INVALID, WRONG_CREDENTIALS, SECOND_FACTOR_REQUIRED, WRONG_CODE,
// TRY_LATER, BUSY.
func (s *Service) SignIn(ctx context.Context, v Visit, in SignInInput) (*SessionPayload, error) {
	var c check
	c.optionalCode(&in.Code)
	if err := c.Err(); err != nil {
		return nil, err
	}
	proved, err := s.recognise(ctx, v, email.Sought(in.Email), in.Password)
	if err != nil {
		return nil, err
	}
	asked, err := s.askCode(ctx, v, proved, in.Code)
	if err != nil {
		return nil, err
	}
	id := proved.account.ID
	payload, err := s.Begin(ctx, v, id, asked, func(tx *sqlx.Tx) error {
		if err := proved.accept(ctx, tx, v.Now); err != nil {
			return err
		}
		return s.second(ctx, tx, id, asked, in.Code, v.Now)
	})
	if err != nil {
		return nil, v.Refused(ctx, s.db, v.Entry().On(id), err)
	}
	return payload, nil
}

// Begin begins a person's session, with or without a second factor, in one transaction with before, which locks the person.
func (s *Service) Begin(ctx context.Context, v Visit, person uuid.UUID, second bool,
	before func(*sqlx.Tx) error) (*SessionPayload, error) {
	token, hash := tokens.New()
	err := s.db.Tx(ctx, func(tx *sqlx.Tx) error {
		if err := before(tx); err != nil {
			return err
		}
		if err := insertSession(ctx, tx, person, hash, v.Now, second); err != nil {
			return err
		}
		if err := s.remember(ctx, tx, v, person); err != nil {
			return err
		}
		return v.Note(ctx, tx, person)
	})
	if err != nil {
		return nil, err
	}
	p, err := s.People.Get(ctx, person)
	return &SessionPayload{Person: p, Token: token}, err
}

// Renew replaces the actor's present session with a new one, with a second factor if the old one had it, in one transaction with
// before, which changes what they may do. Codes: UNAUTHENTICATED, those of RefuseBarred and of before.
func (s *Service) Renew(ctx context.Context, v Visit, before func(*sqlx.Tx, *person.Person) error) (*SessionPayload, error) {
	if v.Actor == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	if err := v.RefuseBarred(); err != nil {
		return nil, v.Refused(ctx, s.db, v.Entry(), err)
	}
	second, err := showedFactor(ctx, s.db, v.Actor.SessionID)
	if err != nil {
		return nil, err
	}
	payload, err := s.Begin(ctx, v, v.Actor.PersonID, second, func(tx *sqlx.Tx) error {
		p, err := person.Lock(ctx, tx, v.Actor.PersonID, "id")
		if err != nil {
			return err
		}
		if err := before(tx, p); err != nil {
			return err
		}
		_, err = endSession(ctx, tx, p.ID, v.Actor.SessionID, v.Now)
		return err
	})
	if err != nil {
		return nil, v.Refused(ctx, s.db, v.Entry(), err)
	}
	return payload, nil
}

// SignOut ends the actor's session, or all of them and every link. Codes: UNAUTHENTICATED.
func (s *Service) SignOut(ctx context.Context, c mutation.Call, in SignOutInput) (*SignOutPayload, error) {
	a := c.Actor
	if a == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	var ended int
	err := s.db.Tx(ctx, func(tx *sqlx.Tx) (err error) {
		if in.Everywhere {
			ended, err = void(ctx, tx, a.PersonID, uuid.Nil, c.Now)
		} else {
			ended, err = endSession(ctx, tx, a.PersonID, a.SessionID, c.Now)
		}
		if err != nil {
			return err
		}
		return c.Note(ctx, tx, a.PersonID)
	})
	return &SignOutPayload{Ended: ended}, err
}

// Actors returns the actors of those of the sessions that are still valid.
func (s *Service) Actors(ctx context.Context, sessions []uuid.UUID, now time.Time) (map[uuid.UUID]*auth.Actor, error) {
	rows, err := postgres.Read[session](ctx, s.db, postgres.Select(selectSession).Add(`and s.id = any(?)`, postgres.IDs(sessions)))
	actors := make(map[uuid.UUID]*auth.Actor, len(rows))
	for _, row := range rows {
		if row.alive(now) {
			actors[row.ID] = row.actor(now)
		}
	}
	return actors, err
}

// Authenticate returns the actor of a token. Codes: UNAUTHENTICATED.
func (s *Service) Authenticate(ctx context.Context, token string, now time.Time) (*auth.Actor, error) {
	hash, ok := tokens.Hash(token)
	if !ok {
		return nil, fault.New(fault.Unauthenticated)
	}
	found, err := sessionOf(ctx, s.db, hash)
	if err != nil {
		return nil, err
	}
	if !found.alive(now) {
		return nil, fault.New(fault.Unauthenticated)
	}
	if now.Sub(found.LastSeenAt) > seenAfresh {
		if err := s.db.Tx(ctx, func(tx *sqlx.Tx) error { return touch(ctx, tx, found.ID, now) }); err != nil {
			return nil, err
		}
	}
	return found.actor(now), nil
}
