package proposal

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/geo"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/photo"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/workday"
)

// Service is what people do with proposals.
type Service struct {
	DB *postgres.DB

	// The number of working days in which a centre has to react to a proposal, and to decide on it.
	ReactDays, DecideDays int
}

// ByIDs reads proposals; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Proposal, error) {
	return byIDs(ctx, s.DB, ids)
}

// Get reads one proposal. Codes: NOT_FOUND, also for one that the actor may not see.
func (s *Service) Get(ctx context.Context, a *auth.Actor, id uuid.UUID) (*Proposal, error) {
	rows, err := byIDs(ctx, s.DB, []uuid.UUID{id})
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// List reads a page of proposals. Codes: INVALID.
func (s *Service) List(ctx context.Context, now time.Time, f *ProposalFilter, order ProposalOrder, first int, after *string) (*ProposalConnection, error) {
	if f == nil {
		f = &ProposalFilter{}
	}
	args, err := paging.Parse(first, after, orders[order])
	if err != nil {
		return nil, err
	}
	if err := f.validate(); err != nil {
		return nil, err
	}
	rows, err := list(ctx, s.DB, now, f, order, args)
	return paging.Of(rows, args, order.cursor, func(ctx context.Context) (int, error) { return count(ctx, s.DB, now, f) }), err
}

// OfAuthors reads a page of each author's proposals, newest first.
func (s *Service) OfAuthors(ctx context.Context, authors []uuid.UUID, args paging.Args) (map[uuid.UUID]*ProposalConnection, error) {
	rows, err := ofAuthors(ctx, s.DB, authors, args)
	if err != nil {
		return nil, err
	}
	return paging.Each(authors, rows, func(p *Proposal) uuid.UUID { return p.AuthorID }, args, paging.ByID(id),
		func(ctx context.Context) (map[uuid.UUID]int, error) { return countOfAuthors(ctx, s.DB, authors) }), nil
}

// Actions returns what the actor may do to each of the proposals.
func (s *Service) Actions(ctx context.Context, a *auth.Actor, proposals []*Proposal) ([][]*rule.Action, error) {
	facts, err := factsOf(ctx, s.DB, a.ID(), paging.IDs(proposals, id))
	actions := make([][]*rule.Action, len(proposals))
	for i, p := range proposals {
		actions[i] = p.actions(a, facts[p.ID])
	}
	return actions, err
}

// Supported returns which of the proposals the actor supports.
func (s *Service) Supported(ctx context.Context, a *auth.Actor, proposals []*Proposal) ([]bool, error) {
	facts, err := factsOf(ctx, s.DB, a.ID(), paging.IDs(proposals, id))
	answers := make([]bool, len(proposals))
	for i, p := range proposals {
		answers[i] = facts[p.ID].Supports
	}
	return answers, err
}

// Submit submits a proposal. Codes: NOT_FOUND, CENTRE_NOT_OPEN, OTHER_DISTRICT, PHOTO_CONSENT_MISSING.
func (s *Service) Submit(ctx context.Context, c mutation.Call, in SubmitProposalInput) (*ProposalPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		days, err := workday.Since(ctx, tx, c.Now)
		if err != nil {
			return uuid.Nil, err
		}
		p := &Proposal{ID: postgres.NewID(), DistrictID: in.DistrictID, AuthorID: c.Actor.PersonID, Title: in.Title,
			Text: in.Text, Language: in.Language, Place: in.Place, Columns: geo.ColumnsOf(in.Point), State: Submitted,
			CreatedAt: c.Now, UpdatedAt: c.Now, ReactBy: Deadline(days, c.Now, s.ReactDays), Deciding: Deadline(days, c.Now, s.DecideDays)}
		if err := districtExists(ctx, tx, in.DistrictID); err != nil {
			return uuid.Nil, err
		}
		if in.CentreID == nil {
			p.CentreID, err = responsible(ctx, tx, in.DistrictID)
		} else {
			p.CentreID, err = *in.CentreID, centreFor(ctx, tx, *in.CentreID, in.DistrictID)
		}
		if err != nil {
			return uuid.Nil, err
		}
		if err := insert(ctx, tx, p); err != nil {
			return uuid.Nil, err
		}
		if err := photo.Attach(ctx, tx, c, photo.Target{ProposalID: p.ID}, in.Photos); err != nil {
			return uuid.Nil, err
		}
		if err := p.tellNew(ctx, tx, c.Actor, c.Now); err != nil {
			return uuid.Nil, err
		}
		return p.ID, c.As(history.Author, SubmitProposal).Record(ctx, tx, history.To(p.ID, "", p.State))
	})
	return s.payload(ctx, c, id, err)
}

// Review begins the review of a proposal. Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE.
func (s *Service) Review(ctx context.Context, c mutation.Call, in ReviewProposalInput) (*ProposalPayload, error) {
	return s.move(ctx, c, in.ID, ReviewProposal, nil, nil, func(p *Proposal) { p.State = InReview })
}

// Ask puts a question to the author. Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE.
func (s *Service) Ask(ctx context.Context, c mutation.Call, in AskForInfoInput) (*ProposalPayload, error) {
	return s.move(ctx, c, in.ID, AskForInfo, in.validate(), &in.Question, func(p *Proposal) {
		p.State, p.Question, p.AskedAt = NeedsInfo, &in.Question, &c.Now
	})
}

// Answer answers as the author. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE.
func (s *Service) Answer(ctx context.Context, c mutation.Call, in AnswerInfoInput) (*ProposalPayload, error) {
	return s.change(ctx, c, in.ID, AnswerInfo, in.validate(), func(tx *sqlx.Tx, p *Proposal) error {
		if err := p.goOn(ctx, tx, c.Now); err != nil {
			return err
		}
		return p.move(ctx, tx, c, AnswerInfo, &in.Answer, func(p *Proposal) { p.State, p.Question = InReview, nil })
	})
}

// Accept accepts a proposal. Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE.
func (s *Service) Accept(ctx context.Context, c mutation.Call, in AcceptProposalInput) (*ProposalPayload, error) {
	invalid := in.validate()
	return s.move(ctx, c, in.ID, AcceptProposal, invalid, in.Words, func(p *Proposal) { p.State = Accepted })
}

// Decline declines a proposal, with a reason. Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE.
func (s *Service) Decline(ctx context.Context, c mutation.Call, in DeclineProposalInput) (*ProposalPayload, error) {
	return s.move(ctx, c, in.ID, DeclineProposal, in.validate(), &in.Words, func(p *Proposal) {
		p.State, p.DeclineReason, p.DeclineWords = Declined, &in.Reason, &in.Words
	})
}

// Withdraw withdraws a proposal. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE.
func (s *Service) Withdraw(ctx context.Context, c mutation.Call, in WithdrawProposalInput) (*ProposalPayload, error) {
	invalid := in.validate()
	return s.move(ctx, c, in.ID, WithdrawProposal, invalid, in.Reason, func(p *Proposal) {
		p.State, p.Question, p.AskedAt = Withdrawn, nil, nil
	})
}

// Reassign hands a proposal to another centre of its district. Codes: NOT_FOUND, NOT_YOUR_CENTRE, WRONG_STATE,
// SAME_CENTRE, OTHER_DISTRICT, CENTRE_NOT_OPEN.
func (s *Service) Reassign(ctx context.Context, c mutation.Call, in ReassignProposalInput) (*ProposalPayload, error) {
	return s.change(ctx, c, in.ID, ReassignProposal, in.validate(), func(tx *sqlx.Tx, p *Proposal) error {
		if p.CentreID == in.CentreID {
			return fault.New(fault.SameCentre)
		}
		if err := centreFor(ctx, tx, in.CentreID, p.DistrictID); err != nil {
			return err
		}
		act := c.As(p.actingAs(ReassignProposal, c.Actor), ReassignProposal).Because(in.Reason)
		p.CentreID, p.UpdatedAt = in.CentreID, c.Now
		if err := p.tellNew(ctx, tx, c.Actor, c.Now); err != nil {
			return err
		}
		if err := p.Tell(ctx, tx, act); err != nil {
			return err
		}
		if err := update(ctx, tx, p); err != nil {
			return err
		}
		return act.Record(ctx, tx, history.To(p.ID, p.State, p.State))
	})
}

// Support adds the actor's support. Its person and time are in a row of its own, not in the history, which everybody can read.
// Codes: NOT_FOUND, WRONG_STATE, ALREADY_SUPPORTED.
func (s *Service) Support(ctx context.Context, c mutation.Call, in SupportProposalInput) (*ProposalPayload, error) {
	return s.change(ctx, c, in.ID, SupportProposal, nil, func(tx *sqlx.Tx, p *Proposal) error {
		return insertSupport(ctx, tx, p.ID, c.Actor.PersonID, c.Now)
	})
}

// Unsupport ends the actor's support. Codes: NOT_FOUND, WRONG_STATE, NOT_SUPPORTED.
func (s *Service) Unsupport(ctx context.Context, c mutation.Call, in WithdrawSupportInput) (*ProposalPayload, error) {
	return s.change(ctx, c, in.ID, WithdrawSupport, nil, func(tx *sqlx.Tx, p *Proposal) error {
		return endSupport(ctx, tx, p.ID, c.Actor.PersonID, c.Now)
	})
}

// move changes a proposal's own row.
func (s *Service) move(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error, words *string,
	apply func(*Proposal)) (*ProposalPayload, error) {
	return s.change(ctx, c, id, verb, invalid, func(tx *sqlx.Tx, p *Proposal) error {
		return p.move(ctx, tx, c, verb, words, apply)
	})
}

// move changes the proposal's row, tells people about the move, and records it.
func (p *Proposal) move(ctx context.Context, tx *sqlx.Tx, c mutation.Call, verb rule.Verb, words *string, apply func(*Proposal)) error {
	from := p.State
	apply(p)
	p.UpdatedAt = c.Now
	act := c.As(p.actingAs(verb, c.Actor), verb).Because(words)
	if err := p.Tell(ctx, tx, act); err != nil {
		return err
	}
	if err := update(ctx, tx, p); err != nil {
		return err
	}
	move := history.To(p.ID, from, p.State)
	move.ReasonCode = (*history.MoveReason)(p.DeclineReason) // set by a decline only
	return act.Record(ctx, tx, move)
}

// change locks a proposal, checks whether the actor may change it, and changes it.
func (s *Service) change(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error,
	apply func(*sqlx.Tx, *Proposal) error) (*ProposalPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		p, err := s.permitted(ctx, tx, c.Actor, id, "id", verb)
		if err != nil {
			return uuid.Nil, err
		}
		return id, apply(tx, p)
	})
	return s.payload(ctx, c, id, err)
}

// payload returns the proposal that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*ProposalPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ByIDs, (*Proposal).Visible, func(rows []*Proposal) *ProposalPayload { return &ProposalPayload{Proposal: rows[0]} })
}
