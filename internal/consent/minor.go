package consent

import (
	"context"

	"jastarhub/internal/attempt"
	"jastarhub/internal/audit"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

// Minor finds the person a signed paper is about, by the exact address of the account. Somebody who is 18 or older is not found.
// Each call is recorded in the audit log, whether it finds somebody or not. Codes: UNAUTHENTICATED, FORBIDDEN, INVALID,
// TRY_LATER, NOT_FOUND.
func (s *Service) Minor(ctx context.Context, c mutation.Call, email string) (*person.Person, error) {
	if c.Actor == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	p, err := s.minor(ctx, c, email)
	if err != nil {
		return nil, c.Refused(ctx, s.DB, c.Entry(), err)
	}
	if err := audit.Read(ctx, s.DB, c.Entry().On(p.ID)); err != nil {
		return nil, err
	}
	return p, nil
}

func (s *Service) minor(ctx context.Context, c mutation.Call, address string) (*person.Person, error) {
	if err := fault.If(rule.OnlyFor(c.Actor, coordinates, fault.Forbidden)); err != nil {
		return nil, err
	}
	var check fault.Check
	email.Check(&check, "email", &address)
	if err := check.Err(); err != nil {
		return nil, err
	}
	wait, err := attempt.Take(ctx, s.DB, c.Now, attempt.Limits.Minors.Of(c.Actor.PersonID.String()))
	if err == nil && wait > 0 {
		err = attempt.TryLater(wait)
	}
	if err != nil {
		return nil, err
	}
	found, err := s.People.ByEmail(ctx, address)
	if err == nil && (len(found) == 0 || !found[0].Minor(c.Now)) {
		err = fault.Missing("email")
	}
	if err != nil {
		return nil, err
	}
	return found[0], nil
}
