package invitation

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/membership"
	"jastarhub/internal/person"
	"jastarhub/internal/team"
	"jastarhub/internal/tokens"
)

// Offer shows an invitation to anyone who has its link. Codes: NOT_FOUND.
func (s *Service) Offer(ctx context.Context, token string, now time.Time) (*InvitationOffer, error) {
	i, err := s.find(ctx, token, now)
	if fault.CodeOf(err) == fault.TokenInvalid {
		err = fault.Missing("token")
	}
	if err != nil {
		return nil, err
	}
	return i.offer(), nil
}

// find reads the invitation of a link's token. Codes: TOKEN_INVALID.
func (s *Service) find(ctx context.Context, token string, now time.Time) (*Invitation, error) {
	hash, ok := tokens.Hash(token)
	if !ok {
		return nil, fault.New(fault.TokenInvalid)
	}
	rows, err := byHash(ctx, s.DB, hash, now)
	if err == nil && len(rows) == 0 {
		err = fault.New(fault.TokenInvalid)
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Accept accepts a role with the token of an emailed link, in a new session. Having the link also proves that the address is the
// actor's. Codes: UNAUTHENTICATED, TOKEN_INVALID, OTHER_EMAIL, ADULTS_ONLY, ALREADY_MEMBER, NGO_NOT_WORKING.
func (s *Service) Accept(ctx context.Context, v account.Visit, in AcceptInvitationInput) (*account.SessionPayload, error) {
	if v.Actor == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	i, err := s.find(ctx, in.Token, v.Now)
	if err != nil {
		return nil, v.Refused(ctx, s.DB, v.Entry(), err)
	}
	v.IDs = append(v.IDs, i.ID)
	return s.Accounts.Renew(ctx, v, func(tx *sqlx.Tx, p *person.Person) error { return s.accept(ctx, tx, i, p, v.Now) })
}

// Register creates an account and, with the token of an invitation, accepts its role in the same transaction. Codes: those of
// account.Register and of Accept.
func (s *Service) Register(ctx context.Context, v account.Visit, in account.RegisterInput) (*account.SessionPayload, error) {
	if in.InvitationToken == nil {
		return s.Accounts.Register(ctx, v, in, nil)
	}
	i, err := s.find(ctx, *in.InvitationToken, v.Now)
	if err != nil {
		return nil, err
	}
	v.IDs = append(v.IDs, i.ID)
	return s.Accounts.Register(ctx, v, in, func(tx *sqlx.Tx, p *person.Person) error { return s.accept(ctx, tx, i, p, v.Now) })
}

// accept gives the role to the person, who is locked, and ends the invitation.
func (s *Service) accept(ctx context.Context, tx *sqlx.Tx, i *Invitation, p *person.Person, now time.Time) error {
	inviter, err := account.RightsOf(ctx, tx, i.InvitedBy, now)
	if err != nil {
		return err
	}
	var t *team.Team
	if i.TeamID.Valid { // before the invitation, in the same order as when one is sent
		if t, err = team.LockAny(ctx, tx, i.TeamID.UUID, "token"); err != nil {
			return err
		}
	}
	locked, err := lock(ctx, tx, i.ID)
	if err != nil {
		return err
	}
	switch {
	case locked.refuse(AcceptInvitation, now) != "": // another request was faster
		return fault.New(fault.TokenInvalid)
	case locked.refuseActor(inviter) != "":
		return fault.Because(fault.TokenInvalid, "The person who sent the invitation no longer has the right to. Ask for another one.")
	case *locked.Email != p.Private.Email:
		return fault.New(fault.OtherEmail)
	}
	if err := s.Accounts.ConfirmEmail(ctx, tx, p, now); err != nil {
		return err
	}
	if err := end(ctx, tx, i.ID, Accepted, now); err != nil {
		return err
	}
	holder := &auth.Actor{PersonID: p.ID}
	act := history.Act{By: holder, As: history.Person, Verb: AcceptInvitation, Now: now}
	if err := act.Record(ctx, tx, history.To(i.ID, Sent, Accepted)); err != nil {
		return err
	}
	if t != nil {
		return membership.Join(ctx, tx, t, inviter, holder, inTeam[i.Role], now)
	}
	_, err = grant.Give(ctx, tx, inviter, i.grant(p.ID), now)
	return err
}
