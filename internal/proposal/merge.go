package proposal

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
)

// Merge merges a proposal into another. There can be no cycles: a merged proposal is not live, and nothing can be merged into it.
// Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE, SAME_PROPOSAL, OTHER_DISTRICT, NOT_LIVE.
func (s *Service) Merge(ctx context.Context, c mutation.Call, in MergeProposalInput) (*ProposalPayload, error) {
	invalid := in.validate()
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := lockInOrder(ctx, tx, in.ID, in.IntoID); err != nil {
			return uuid.Nil, err
		}
		p, err := s.permitted(ctx, tx, c.Actor, in.ID, "id", MergeProposal)
		if err != nil {
			return uuid.Nil, err
		}
		into, err := Lock(ctx, tx, c.Actor, in.IntoID, "intoId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(p.refuseInto(into)); err != nil {
			return uuid.Nil, err
		}
		act, move := c.As(p.actingAs(MergeProposal, c.Actor), MergeProposal).Because(in.Words), history.To(p.ID, p.State, Merged)
		p.State, p.MergedInto, p.UpdatedAt = Merged, uuid.NullUUID{UUID: into.ID, Valid: true}, c.Now
		if err := update(ctx, tx, p); err != nil {
			return uuid.Nil, err
		}
		if err := p.Tell(ctx, tx, act); err != nil {
			return uuid.Nil, err
		}
		if err := askSupporters(ctx, tx, p.ID, into.ID, c.Now); err != nil {
			return uuid.Nil, err
		}
		return p.ID, act.Record(ctx, tx, move)
	})
	return s.payload(ctx, c, id, err)
}

// refuseInto returns why the proposal cannot be merged into the other.
func (p *Proposal) refuseInto(other *Proposal) fault.Code {
	switch {
	case p.ID == other.ID:
		return fault.SameProposal
	case p.DistrictID != other.DistrictID:
		return fault.OtherDistrict
	case !other.alive():
		return fault.NotLive
	}
	return ""
}

func (p *Proposal) alive() bool { return slices.Contains(live, p.State) && !p.HiddenID.Valid }

// AnswerMerge says whether the actor's support moves along with a merged proposal; otherwise it stays there. Codes: NOT_FOUND,
// WRONG_STATE, NOT_ASKED, NOT_LIVE.
func (s *Service) AnswerMerge(ctx context.Context, c mutation.Call, in AnswerMergeInput) (*ProposalPayload, error) {
	id, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		into, err := destination(ctx, tx, in.ProposalID, c.Actor.PersonID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := lockInOrder(ctx, tx, in.ProposalID, into); err != nil {
			return uuid.Nil, err
		}
		p, err := s.permitted(ctx, tx, c.Actor, in.ProposalID, "proposalId", AnswerMerge)
		if err != nil {
			return uuid.Nil, err
		}
		if err := answer(ctx, tx, p.ID, c.Actor.PersonID, in.Move, c.Now); err != nil {
			return uuid.Nil, err
		}
		if in.Move {
			err = s.moveSupport(ctx, tx, c, p.ID)
		}
		return p.ID, err
	})
	return s.payload(ctx, c, id, err)
}

// moveSupport moves the actor's support to the proposal into which the merged one has gone by now.
func (s *Service) moveSupport(ctx context.Context, tx *sqlx.Tx, c mutation.Call, from uuid.UUID) error {
	id, err := destination(ctx, tx, from, c.Actor.PersonID)
	if err != nil {
		return err
	}
	if err := lockInOrder(ctx, tx, id); err != nil {
		return err
	}
	rows, err := byIDs(ctx, tx, []uuid.UUID{id})
	if err != nil {
		return err
	}
	if len(rows) == 0 || !rows[0].alive() {
		return fault.New(fault.NotLive)
	}
	facts, err := factsOf(ctx, tx, c.Actor.PersonID, []uuid.UUID{id})
	if err != nil {
		return err
	}
	if err := endSupport(ctx, tx, from, c.Actor.PersonID, c.Now); err != nil || facts[id].Supports {
		return err
	}
	return insertSupport(ctx, tx, id, c.Actor.PersonID, c.Now)
}

// permitted locks a proposal if the actor may do this to it.
func (s *Service) permitted(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, id uuid.UUID, field string, verb rule.Verb) (*Proposal, error) {
	p, err := Lock(ctx, tx, a, id, field)
	if err != nil {
		return nil, err
	}
	facts, err := factsOf(ctx, tx, a.PersonID, []uuid.UUID{id})
	if err != nil {
		return nil, err
	}
	return p, fault.If(p.refuse(verb, a, facts[id]))
}

// MergedInto reads a page of the proposals merged into each of the proposals, newest first.
func (s *Service) MergedInto(ctx context.Context, into []uuid.UUID, args paging.Args) (map[uuid.UUID]*ProposalConnection, error) {
	rows, err := mergedInto(ctx, s.DB, into, args)
	if err != nil {
		return nil, err
	}
	return paging.Each(into, rows, func(p *Proposal) uuid.UUID { return p.MergedInto.UUID }, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countMergedInto(ctx, s.DB, into) }), nil
}

// ToAnswer reads a page of the merged proposals about which each of the people is asked, newest first.
func (s *Service) ToAnswer(ctx context.Context, people []uuid.UUID, args paging.Args) (map[uuid.UUID]*ProposalConnection, error) {
	rows, err := toAnswer(ctx, s.DB, people, args)
	if err != nil {
		return nil, err
	}
	proposals, askedOf := make([]*Proposal, len(rows)), map[*Proposal]uuid.UUID{}
	for i, row := range rows {
		proposals[i], askedOf[&row.Proposal] = &row.Proposal, row.PersonID
	}
	return paging.Each(people, proposals, func(p *Proposal) uuid.UUID { return askedOf[p] }, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countToAnswer(ctx, s.DB, people) }), nil
}
