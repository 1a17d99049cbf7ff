package moderation

import (
	"cmp"
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// DecisionsByIDs reads decisions; unknown ids are left out. Visible decides who may see them.
func (s *Service) DecisionsByIDs(ctx context.Context, ids []uuid.UUID) ([]*Decision, error) {
	return decisionsByIDs(ctx, s.DB, ids)
}

// Decisions reads a page of the city's decisions, oldest first. Codes: UNAUTHENTICATED, NOT_OFFICER, INVALID.
func (s *Service) Decisions(ctx context.Context, a *auth.Actor, f *DecisionFilter, first int, after *string) (*DecisionConnection, error) {
	args, err := officers(a, first, after, OldestDecision)
	if err != nil {
		return nil, err
	}
	states := or(cmp.Or(f, &DecisionFilter{}).States, Appealed)
	rows, err := decisions(ctx, s.DB, states, args)
	return paging.Of(rows, args, paging.ByID(decisionID), func(ctx context.Context) (int, error) { return countDecisions(ctx, s.DB, states) }), err
}

// DecisionsOfCentres reads a page of the decisions that each centre is responsible for, oldest first. MaySeeQueue decides who may
// see them.
func (s *Service) DecisionsOfCentres(ctx context.Context, centres []uuid.UUID, states []DecisionState,
	args paging.Args) (map[uuid.UUID]*DecisionConnection, error) {
	states = or(states, Appealed)
	rows, err := decisionsOfCentres(ctx, s.DB, centres, states, args)
	return paging.Each(centres, rows, decisionCentre, args, paging.ByID(decisionID),
		func(ctx context.Context) (map[uuid.UUID]int, error) {
			return countDecisionsOfCentres(ctx, s.DB, centres, states)
		}), err
}

// Own reads a page of the decisions about the actor, and about what the actor wrote or leads, newest first.
func (s *Service) Own(ctx context.Context, a *auth.Actor, args paging.Args) (*DecisionConnection, error) {
	rows, err := ownDecisions(ctx, s.DB, a, args)
	return paging.Of(rows, args, paging.ByID(decisionID), func(ctx context.Context) (int, error) { return countOwnDecisions(ctx, s.DB, a) }), err
}

// Hide hides something, closes the reports about it, and tells its owner and those who reported it. Codes: NOT_FOUND,
// NOT_YOUR_CENTRE, NOT_OFFICER, OWN_CASE, WRONG_STATE.
func (s *Service) Hide(ctx context.Context, c mutation.Call, in HideContentInput) (*DecisionPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		about, err := lock(ctx, tx, c.Actor, in.SubjectID, "subjectId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(about.RefuseHide(c.Actor, about.HiddenID.Valid)); err != nil {
			return uuid.Nil, err
		}
		if about.SubjectType == AboutPerson {
			about.CentreID = uuid.NullUUID{}
		}
		d := &Decision{Kind: Hide, Subject: about.Subject, Reason: in.Reason, Words: in.Words}
		if err := decide(ctx, tx, c, d, HideContent); err != nil {
			return uuid.Nil, err
		}
		return d.ID, notice.Changing(ctx, tx, c.Actor, c.Now, d.touched(), "", func() error { return d.hide(ctx, tx, d.ID) })
	})
	return s.decision(ctx, c, id, err)
}

// decide stores a new decision, closes the reports about its subject, and tells everyone who must know.
func decide(ctx context.Context, tx *sqlx.Tx, c mutation.Call, d *Decision, verb rule.Verb) error {
	d.ID, d.State, d.DecidedBy, d.DecidedAt = postgres.NewID(), InForce, c.Actor.PersonID, c.Now
	if err := insertDecision(ctx, tx, d); err != nil {
		return err
	}
	closed, err := upholdAbout(ctx, tx, d)
	if err != nil {
		return err
	}
	act := c.As(d.actingAs(c.Actor), verb)
	moves := []history.Move{act.Because(&d.Words).Done(history.To(d.ID, "", d.State))}
	moves[0].ReasonCode = (*history.MoveReason)(&d.Reason)
	for _, r := range closed {
		moves = append(moves, act.Done(history.To(r.ID, Open, r.State)))
	}
	if err := tellReporters(ctx, tx, c.Now, closed...); err != nil {
		return err
	}
	if err := d.tell(ctx, tx, c.Now, mailDecided[d.Kind], d.Words); err != nil {
		return err
	}
	return history.Record(ctx, tx, moves...)
}

// Show ends the hiding by a decision. Codes: NOT_FOUND, NOT_YOUR_CENTRE, NOT_OFFICER, OWN_CASE, WRONG_STATE.
func (s *Service) Show(ctx context.Context, c mutation.Call, in ShowContentInput) (*DecisionPayload, error) {
	return s.end(ctx, c, in, ShowContent)
}

// EndSuspension ends a suspension early. Codes: NOT_FOUND, NOT_YOUR_CENTRE, NOT_OFFICER, OWN_CASE, WRONG_STATE.
func (s *Service) EndSuspension(ctx context.Context, c mutation.Call, in EndSuspensionInput) (*DecisionPayload, error) {
	return s.end(ctx, c, in, EndSuspension)
}

func (s *Service) end(ctx context.Context, c mutation.Call, in EndInput, verb rule.Verb) (*DecisionPayload, error) {
	return s.change(ctx, c, in.ID, verb, in.validate(), &in.Reason, func(tx *sqlx.Tx, d *Decision) error {
		d.State = Ended
		if err := d.lift(ctx, tx, c.Actor, c.Now); err != nil {
			return err
		}
		return d.tell(ctx, tx, c.Now, mailEnded[d.Kind], in.Reason)
	})
}

// lift undoes what a decision did.
func (d *Decision) lift(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time) error {
	return notice.Changing(ctx, tx, by, now, d.touched(), "", func() error {
		if d.Kind == Suspend {
			return person.EndSuspension(ctx, tx, d.ID)
		}
		return d.show(ctx, tx, d.ID)
	})
}

// Appeal states why a decision is wrong, once. The words are stored in the decision only, where an erasure finds them. Codes:
// NOT_FOUND, NOT_YOURS, WRONG_STATE, TOO_LATE.
func (s *Service) Appeal(ctx context.Context, c mutation.Call, in AppealInput) (*DecisionPayload, error) {
	return s.change(ctx, c, in.ID, Appeal, in.validate(), nil, func(_ *sqlx.Tx, d *Decision) error {
		d.State, d.Appeal, d.AppealedAt = Appealed, &in.Text, &c.Now
		return nil
	})
}

// AnswerAppeal upholds or overturns a decision; the person who made it may not. Codes: NOT_FOUND, NOT_YOUR_CENTRE, NOT_OFFICER,
// OWN_CASE, WRONG_STATE.
func (s *Service) AnswerAppeal(ctx context.Context, c mutation.Call, in AnswerAppealInput) (*DecisionPayload, error) {
	return s.change(ctx, c, in.ID, AnswerAppeal, in.validate(), &in.Words, func(tx *sqlx.Tx, d *Decision) error {
		d.Answer, d.AnsweredAt, d.AnsweredBy = &in.Words, &c.Now, uuid.NullUUID{UUID: c.Actor.PersonID, Valid: true}
		d.State = Upheld
		if in.Uphold {
			return d.tell(ctx, tx, c.Now, mailUpheld, in.Words)
		}
		d.State = Overturned
		if err := d.lift(ctx, tx, c.Actor, c.Now); err != nil {
			return err
		}
		return d.tell(ctx, tx, c.Now, mailOverturned, in.Words)
	})
}

// change locks a decision, checks whether the actor may change it, and records the change.
func (s *Service) change(ctx context.Context, c mutation.Call, id uuid.UUID, verb rule.Verb, invalid error, words *string,
	apply func(*sqlx.Tx, *Decision) error) (*DecisionPayload, error) {
	id, err := c.Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		d, err := lockDecision(ctx, tx, c.Actor, id)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(d.refuse(verb, c.Actor, c.Now)); err != nil {
			return uuid.Nil, err
		}
		from, as := d.State, d.actingAs(c.Actor)
		if verb == Appeal {
			as = d.appealingAs()
		}
		if err := apply(tx, d); err != nil {
			return uuid.Nil, err
		}
		if err := updateDecision(ctx, tx, d); err != nil {
			return uuid.Nil, err
		}
		return id, c.As(as, verb).Because(words).Record(ctx, tx, history.To(id, from, d.State))
	})
	return s.decision(ctx, c, id, err)
}

// decision returns the decision that a mutation changed.
func (s *Service) decision(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*DecisionPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.DecisionsByIDs, (*Decision).Visible, func(rows []*Decision) *DecisionPayload { return &DecisionPayload{Decision: rows[0]} })
}
