package privacy

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/account"
	"jastarhub/internal/attempt"
	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/certificate"
	"jastarhub/internal/consent"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/invitation"
	"jastarhub/internal/membership"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/photo"
	"jastarhub/internal/postgres"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/say"
	"jastarhub/internal/signup"
)

// Service is what people may demand about their data.
type Service struct {
	DB       *postgres.DB
	People   *person.Service
	Accounts *account.Service
	Consents *consent.Service
}

const day = 24 * time.Hour

// purgeAfter is how long after the account its person's texts are purged: by then the last email has been sent or given up, and a
// person who did not ask for the erasure has been able to say so.
const purgeAfter = 3 * day

// EraseAccountInput is the password of the account that is to be erased, and a code where it has a second factor.
type EraseAccountInput struct {
	Password string
	Code     *string
}

// EraseAccountPayload says when the rest is purged.
type EraseAccountPayload struct{ PurgeAt time.Time }

// ErasePersonInput names the person whose account the city erases, and the reason.
type ErasePersonInput struct {
	Email  string
	Reason string
}

func (in *ErasePersonInput) validate() error {
	var c fault.Check
	email.Check(&c, "email", &in.Email)
	c.Text("reason", &in.Reason, 3, 1000)
	return c.Err()
}

// ErasePersonPayload says when the rest is purged.
type ErasePersonPayload struct{ PurgeAt time.Time }

// EraseAccount erases the actor's account. Codes: UNAUTHENTICATED, INVALID, WRONG_CREDENTIALS, SECOND_FACTOR_REQUIRED,
// WRONG_CODE, TRY_LATER, BUSY, LAST_LEAD, LAST_OFFICER.
func (s *Service) EraseAccount(ctx context.Context, v account.Visit, in EraseAccountInput) (*EraseAccountPayload, error) {
	accept, err := s.Accounts.Reauthenticate(ctx, v, in.Password, in.Code)
	if err != nil {
		return nil, err
	}
	own := erasure{consents: s.Consents, people: s.People, person: v.Actor.PersonID, Act: v.As(history.Person, ""), network: attempt.Network(v.Address)}
	err = s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		if err := accept(tx); err != nil {
			return err
		}
		if err := own.do(ctx, tx); err != nil {
			return err
		}
		return v.Note(ctx, tx, own.person)
	})
	if err != nil {
		return nil, v.Refused(ctx, s.DB, v.Entry(), err)
	}
	return &EraseAccountPayload{PurgeAt: own.due()}, nil
}

// ErasePerson erases the account of a person at the person's, or the parents', request to the city. Codes: UNAUTHENTICATED,
// INVALID, NOT_OFFICER, NOT_FOUND, LAST_LEAD, LAST_OFFICER.
func (s *Service) ErasePerson(ctx context.Context, c mutation.Call, in ErasePersonInput) (*ErasePersonPayload, error) {
	readable := func(_ *time.Time, a *auth.Actor) bool { return a.IsOfficer() }
	payload := func(due []*time.Time) *ErasePersonPayload { return &ErasePersonPayload{PurgeAt: *due[0]} }
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := fault.If(rule.OnlyOfficers(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		return eraseByEmail(ctx, tx, in.Email, erasure{consents: s.Consents, people: s.People, Act: c.As(history.Officer, ""), reason: &in.Reason})
	})
	return mutation.Answer(ctx, c, id, err, s.due, readable, payload)
}

// Erase erases an account from the command line. Codes: INVALID, NOT_FOUND, LAST_LEAD, LAST_OFFICER.
func (s *Service) Erase(ctx context.Context, email, reason string, now time.Time) error {
	in := ErasePersonInput{Email: email, Reason: reason}
	if err := in.validate(); err != nil {
		return err
	}
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		id, err := eraseByEmail(ctx, tx, in.Email, erasure{consents: s.Consents, people: s.People, Act: history.ByHub("", now), reason: &in.Reason})
		if err != nil {
			return err
		}
		return audit.Write(ctx, tx, audit.New(nil, now, "", "erasePerson", []uuid.UUID{id}, []string{"email", "reason"}))
	})
}

// Vacate erases an account that somebody began with an address which another person has proved to own. What belongs to the
// address stays, and nobody is told, because the address is not the account owner's.
func (s *Service) Vacate(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, now time.Time) error {
	p, err := person.LockWhole(ctx, tx, id, "email")
	if err != nil {
		return err
	}
	e := erasure{consents: s.Consents, people: s.People, person: id, Act: history.ByHub("", now), reason: new("The address is somebody else's.")}
	if err := e.empty(ctx, tx, p); err != nil {
		return err
	}
	return audit.Write(ctx, tx, audit.New(nil, now, "", "erasePerson", []uuid.UUID{id}, nil))
}

func eraseByEmail(ctx context.Context, tx *sqlx.Tx, email string, e erasure) (id uuid.UUID, err error) {
	if e.person, err = person.FindByEmail(ctx, tx, email); err != nil {
		return uuid.Nil, err
	}
	return e.person, e.do(ctx, tx)
}

// erasure is an act that erases an account. What it ends has a verb each, and its reason is not theirs.
type erasure struct {
	history.Act
	person  uuid.UUID
	reason  *string // where somebody else than the person erases it
	network string  // from which the person asked

	people   *person.Service
	consents *consent.Service
}

func (e erasure) due() time.Time { return e.Now.Add(purgeAfter) }

// do erases the account, and handles what belongs to its address. Codes: NOT_FOUND, LAST_LEAD, LAST_OFFICER.
func (e erasure) do(ctx context.Context, tx *sqlx.Tx) error {
	p, err := person.LockWhole(ctx, tx, e.person, "email")
	if err != nil {
		return err
	}
	if err := invitation.ExpireAll(ctx, tx, p.Private.Email, e.Now); err != nil {
		return err
	}
	if err := e.people.KeepSuspended(ctx, tx, p, e.Now); err != nil {
		return err
	}
	if err := e.empty(ctx, tx, p); err != nil {
		return err
	}
	return account.Close(ctx, tx, p, e.network, e.Now)
}

// empty ends everything that is open, empties the account's row, and records what is left to purge. Codes: LAST_LEAD,
// LAST_OFFICER.
func (e erasure) empty(ctx context.Context, tx *sqlx.Tx, p *person.Person) error {
	author, deleted := e.Act, e.Because(new(say.AccountDeleted))
	if e.As == history.Person {
		author.As = history.Author
	}
	if err := e.consents.WithdrawAll(ctx, tx, p, deleted); err != nil {
		return err
	}
	all := func(*signup.Slot) bool { return true }
	if _, err := e.consents.Signups.CancelComing(ctx, tx, p.ID, all, deleted.Doing(signup.CancelSignup)); err != nil {
		return err
	}
	if err := photo.RemoveOf(ctx, tx, p.ID, e.Now); err != nil {
		return err
	}
	if err := certificate.RevokeAll(ctx, tx, p.ID, e.Act); err != nil {
		return err
	}
	if err := membership.EndAll(ctx, tx, p, e.Act); err != nil {
		return err
	}
	if err := proposal.WithdrawAll(ctx, tx, p.ID, author); err != nil {
		return err
	}
	if err := grant.EndAll(ctx, tx, p, e.Act); err != nil {
		return err
	}
	return e.blank(ctx, tx)
}
