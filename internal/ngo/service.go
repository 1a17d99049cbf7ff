package ngo

import (
	"cmp"
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Service is what people do with NGOs.
type Service struct{ DB *postgres.DB }

// ByIDs reads NGOs; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Ngo, error) {
	return byIDs(ctx, s.DB, ids)
}

// Get reads one NGO. Codes: NOT_FOUND, also for a hidden one that the actor may not see.
func (s *Service) Get(ctx context.Context, a *auth.Actor, id uuid.UUID) (*Ngo, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// List reads a page of NGOs, newest first. Codes: INVALID.
func (s *Service) List(ctx context.Context, f *NgoFilter, first int, after *string) (*NgoConnection, error) {
	args, err := paging.Parse(first, after, Order)
	if err != nil {
		return nil, err
	}
	f = cmp.Or(f, &NgoFilter{})
	rows, err := list(ctx, s.DB, f, args)
	return paging.Of(rows, args, cursor, func(ctx context.Context) (int, error) { return count(ctx, s.DB, f) }), err
}

// Create creates an NGO, FORMING. Codes: NOT_OFFICER.
func (s *Service) Create(ctx context.Context, c mutation.Call, in CreateNgoInput) (*NgoPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := fault.If(rule.OnlyOfficers(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		n := &Ngo{ID: postgres.NewID(), Text: in.Name, Mission: in.Mission, Language: in.Language, Focus: in.Focus,
			State: Forming, BIN: in.BIN, CreatedAt: c.Now}
		if err := refuseBIN(ctx, tx, n); err != nil {
			return uuid.Nil, err
		}
		if err := insert(ctx, tx, n); err != nil {
			return uuid.Nil, err
		}
		return n.ID, c.As(history.Officer, CreateNgo).Record(ctx, tx, history.To(n.ID, "", n.State))
	})
	return s.payload(ctx, c, id, err)
}

// Update changes an NGO's texts or sets its BIN. Codes: NOT_FOUND, NOT_YOUR_NGO, WRONG_STATE.
func (s *Service) Update(ctx context.Context, c mutation.Call, in UpdateNgoInput) (*NgoPayload, error) {
	return s.change(ctx, c, in.ID, UpdateNgo, in.validate(), nil, func(tx *sqlx.Tx, n *Ngo) error {
		in.apply(n)
		return refuseBIN(ctx, tx, n)
	})
}

// SetState moves an NGO's state. Codes: NOT_FOUND, NOT_OFFICER, WRONG_STATE.
func (s *Service) SetState(ctx context.Context, c mutation.Call, in SetNgoStateInput) (*NgoPayload, error) {
	invalid := in.validate()
	return s.change(ctx, c, in.ID, SetNgoState, invalid, in.Reason, func(_ *sqlx.Tx, n *Ngo) error {
		if err := fault.If(n.refuseInto(in.State)); err != nil {
			return err
		}
		n.State = in.State
		return nil
	})
}

// change locks an NGO, checks whether the actor may change it, and records the change.
func (s *Service) change(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error, words *string,
	apply func(*sqlx.Tx, *Ngo) error) (*NgoPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		n, err := lock(ctx, tx, c.Actor, id)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(n.refuse(verb, c.Actor)); err != nil {
			return uuid.Nil, err
		}
		from := n.State
		if err := apply(tx, n); err != nil {
			return uuid.Nil, err
		}
		if err := update(ctx, tx, n); err != nil {
			return uuid.Nil, err
		}
		return n.ID, c.As(n.actingAs(verb, c.Actor), verb).Because(words).Record(ctx, tx, history.To(n.ID, from, n.State))
	})
	return s.payload(ctx, c, id, err)
}

// payload returns the NGO that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*NgoPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Ngo).Visible, func(rows []*Ngo) *NgoPayload { return &NgoPayload{Ngo: rows[0]} })
}
