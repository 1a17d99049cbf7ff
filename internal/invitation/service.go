package invitation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/account"
	"jastarhub/internal/attempt"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/mutation"
	"jastarhub/internal/outbox"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"
	"jastarhub/internal/tokens"
)

const mailInvitation outbox.Kind = "INVITATION"

// Service is what people do with invitations.
type Service struct {
	DB       *postgres.DB
	Accounts *account.Service
}

// ByIDs reads invitations, whether or not the viewer may see them; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Invitation, error) {
	return byIDs(ctx, s.DB, ids)
}

// OfCentres reads a page of the open invitations to each centre, newest first, for officers.
func (s *Service) OfCentres(ctx context.Context, centres []uuid.UUID, args paging.Args) (map[uuid.UUID]*InvitationConnection, error) {
	return s.of(ctx, "centre_id", centres, func(i *Invitation) uuid.UUID { return i.CentreID.UUID }, args)
}

// OfNgos reads a page of the open invitations to lead each NGO, newest first, for its leads and officers.
func (s *Service) OfNgos(ctx context.Context, ngos []uuid.UUID, args paging.Args) (map[uuid.UUID]*InvitationConnection, error) {
	return s.of(ctx, "ngo_id", ngos, func(i *Invitation) uuid.UUID { return i.NgoID.UUID }, args)
}

// OfTeams reads a page of the open invitations to each team, newest first, for its leads.
func (s *Service) OfTeams(ctx context.Context, teams []uuid.UUID, args paging.Args) (map[uuid.UUID]*InvitationConnection, error) {
	return s.of(ctx, "team_id", teams, func(i *Invitation) uuid.UUID { return i.TeamID.UUID }, args)
}

func (s *Service) of(ctx context.Context, column string, scopes []uuid.UUID, scope func(*Invitation) uuid.UUID,
	args paging.Args) (map[uuid.UUID]*InvitationConnection, error) {
	rows, err := pageOf(ctx, s.DB, column, scopes, args)
	return paging.Each(scopes, rows, scope, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countsOf(ctx, s.DB, column, scopes) }), err
}

// List reads a page of the city's open invitations, newest first, without those to teams. Codes: UNAUTHENTICATED, NOT_OFFICER,
// INVALID.
func (s *Service) List(ctx context.Context, a *auth.Actor, first int, after *string) (*InvitationConnection, error) {
	if err := fault.If(rule.OnlyOfficers(a)); err != nil {
		return nil, err
	}
	args, err := paging.Parse(first, after, Order)
	if err != nil {
		return nil, err
	}
	rows, err := ofCity(ctx, s.DB, args)
	return paging.Of(rows, args, paging.ByID(id), func(ctx context.Context) (int, error) { return countOfCity(ctx, s.DB) }), err
}

// Invite emails a link to an address, whether or not it has an account, and ends an older invitation to the same role. Codes:
// NOT_FOUND, NOT_OFFICER, NOT_YOUR_NGO, NOT_LEAD, NGO_NOT_WORKING, TRY_LATER.
func (s *Service) Invite(ctx context.Context, c mutation.Call, in InviteByEmailInput) (*InvitationPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		i := in.invitation()
		if err := admit(ctx, tx, c.Actor, i); err != nil {
			return uuid.Nil, err
		}
		wait, err := attempt.Mails(in.Email).Take(ctx, tx, c.Now)
		if err == nil && wait > 0 {
			err = attempt.TryLater(wait)
		}
		if err != nil {
			return uuid.Nil, err
		}
		return send(ctx, tx, c, i, in.Language)
	})
	return s.payload(ctx, c, id, err)
}

// admit checks whether the actor may send the invitation now. The row of a team stays locked.
func admit(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, i *Invitation) error {
	if !i.TeamID.Valid {
		if err := fault.If(i.refuseActor(a)); err != nil {
			return err
		}
		return grant.ScopeExists(ctx, tx, i.grant(uuid.Nil))
	}
	t, err := team.Lock(ctx, tx, a, i.TeamID.UUID, "teamId")
	if err != nil {
		return err
	}
	return fault.If(t.RefuseInvitation(a))
}

// send stores the invitation and its email.
func send(ctx context.Context, tx *sqlx.Tx, c mutation.Call, i *Invitation, language lang.Language) (uuid.UUID, error) {
	elder, err := endElder(ctx, tx, i, c.Now)
	if err != nil {
		return uuid.Nil, err
	}
	token, hash := tokens.New()
	i.ID, i.InvitedBy, i.CreatedAt, i.ExpiresAt = postgres.NewID(), c.Actor.PersonID, c.Now, c.Now.Add(patience)
	if err := insert(ctx, tx, i, hash); err != nil {
		return uuid.Nil, err
	}
	moves := []history.Move{history.To(i.ID, "", Sent)}
	for _, ended := range elder {
		moves = append(moves, history.To(*ended, Sent, Withdrawn))
	}
	if err := c.As(i.actingAs(c.Actor), InviteByEmail).Record(ctx, tx, moves...); err != nil {
		return uuid.Nil, err
	}
	return i.ID, outbox.Put(ctx, tx, c.Now, outbox.Mail{Kind: mailInvitation, To: *i.Email, Language: language,
		Data: map[string]any{"token": token, "role": i.Role}})
}

// Withdraw withdraws an invitation. Codes: NOT_FOUND, WRONG_STATE.
func (s *Service) Withdraw(ctx context.Context, c mutation.Call, in WithdrawInvitationInput) (*InvitationPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		i, err := lock(ctx, tx, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if !i.Visible(c.Actor) {
			return uuid.Nil, fault.Missing("id")
		}
		if err := fault.If(i.refuse(WithdrawInvitation, c.Now)); err != nil {
			return uuid.Nil, err
		}
		if err := end(ctx, tx, i.ID, Withdrawn, c.Now); err != nil {
			return uuid.Nil, err
		}
		return i.ID, c.As(i.actingAs(c.Actor), WithdrawInvitation).Because(in.Reason).Record(ctx, tx, history.To(i.ID, Sent, Withdrawn))
	})
	return s.payload(ctx, c, id, err)
}

// Tidy ends invitations that nobody accepted in time, a limited number in each run, and forgets addresses. Several processes may
// run it at once.
func (s *Service) Tidy(ctx context.Context, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		lapsed, err := expire(ctx, tx, now, 500)
		if err != nil {
			return err
		}
		if err := recordExpired(ctx, tx, lapsed, now); err != nil {
			return err
		}
		return forget(ctx, tx, now.Add(-remembered))
	})
}

// ExpireAll ends the open invitations to the address of an account that ends.
func ExpireAll(ctx context.Context, tx *sqlx.Tx, email string, now time.Time) error {
	ended, err := expireTo(ctx, tx, email, now)
	if err != nil {
		return err
	}
	return recordExpired(ctx, tx, ended, now)
}

func recordExpired(ctx context.Context, tx *sqlx.Tx, ended []*uuid.UUID, now time.Time) error {
	moves := make([]history.Move, len(ended))
	for i, id := range ended {
		moves[i] = history.To(*id, Sent, Expired)
	}
	return history.ByHub(history.Expire, now).Record(ctx, tx, moves...)
}

// payload returns the invitation that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*InvitationPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Invitation).Visible, func(rows []*Invitation) *InvitationPayload { return &InvitationPayload{Invitation: rows[0]} })
}
