package moderation

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/account"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/say"
	"jastarhub/internal/signup"
)

// mostByCoordinators is the longest suspension that a coordinator may impose.
const mostByCoordinators = 30 * 24 * time.Hour

// refuseSuspension returns why the actor may not suspend a person; officers are the people who act for the city.
func refuseSuspension(a *auth.Actor, person uuid.UUID, f facts, officers []uuid.UUID) fault.Code {
	another := func(officer uuid.UUID) bool { return officer != person }
	return cmp.Or(
		rule.OnlyFor(a, func(a *auth.Actor) bool { return a.IsOfficer() || a.Coordinates(f.CentreID.UUID) }, fault.NotYourCentre),
		rule.OnlyFor(a, func(a *auth.Actor) bool { return a.IsOfficer() || !f.Staff }, fault.NotOfficer),
		fault.When(a.Is(person), fault.OwnCase),
		fault.When(f.Staff && !slices.ContainsFunc(officers, another), fault.LastOfficer),
		fault.When(f.Suspended, fault.WrongState))
}

// Suspend suspends somebody: officers may suspend anyone, coordinators people of their centre's teams and proposals for up to 30
// days. It ends the person's sessions, and their sign-ups for that time. Codes: NOT_FOUND, NOT_YOUR_CENTRE, NOT_OFFICER,
// OWN_CASE, LAST_OFFICER, WRONG_STATE.
func (s *Service) Suspend(ctx context.Context, c mutation.Call, in SuspendPersonInput) (*DecisionPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(c.Now), func(tx *sqlx.Tx) (uuid.UUID, error) {
		officers, err := grant.LockOfficers(ctx, tx)
		if err != nil {
			return uuid.Nil, err
		}
		about, err := in.lock(ctx, tx, c.Actor)
		if err != nil {
			return uuid.Nil, err
		}
		if err := endDue(ctx, tx, uuid.NullUUID{UUID: about.SubjectID, Valid: true}, c.Now); err != nil {
			return uuid.Nil, err
		}
		f, err := factsOf(ctx, tx, about.SubjectID, cmp.Or(c.Actor.WithSecondFactor(), c.Actor).Centres)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(refuseSuspension(c.Actor, about.SubjectID, f, officers)); err != nil {
			return uuid.Nil, err
		}
		if most := c.Now.Add(mostByCoordinators); !c.Actor.IsOfficer() && (in.Until == nil || in.Until.After(most)) {
			return uuid.Nil, fault.Field("until", "must be within 30 days").With(fault.Max, most.UTC())
		}
		d := &Decision{Kind: Suspend, Subject: about.Subject, Reason: in.Reason, Words: in.Words, Until: in.Until}
		d.CentreID = uuid.NullUUID{}
		if !c.Actor.IsOfficer() {
			d.CentreID = f.CentreID
		}
		if err := decide(ctx, tx, c, d, SuspendPerson); err != nil {
			return uuid.Nil, err
		}
		return d.ID, s.keepOut(ctx, tx, d, d.SubjectID, c.As(d.actingAs(c.Actor), SuspendPerson))
	})
	return s.decision(ctx, c, id, err)
}

// lock finds and locks the person. Only officers may name an account by its address. Codes: NOT_FOUND, NOT_OFFICER.
func (in *SuspendPersonInput) lock(ctx context.Context, tx *sqlx.Tx, a *auth.Actor) (*standing, error) {
	id, field := in.Person.ID, "person.id"
	if in.Person.Email != nil {
		if err := fault.If(rule.OnlyOfficers(a)); err != nil {
			return nil, err
		}
		found, err := person.FindByEmail(ctx, tx, *in.Person.Email)
		if err != nil {
			return nil, err
		}
		id, field = &found, "person.email"
	}
	// Whatever the person is doing at this moment is finished first, and then cancelled with the rest.
	if _, err := person.LockWhole(ctx, tx, *id, field); err != nil {
		return nil, err
	}
	return find(ctx, tx, a, *id, field)
}

// KeepOut suspends somebody by a decision about another account of the same mailbox. Codes: NOT_FOUND, LAST_OFFICER.
func (s *Service) KeepOut(ctx context.Context, tx *sqlx.Tx, id, decision uuid.UUID, now time.Time) error {
	if _, err := person.LockWhole(ctx, tx, id, "id"); err != nil {
		return err
	}
	if err := grant.RefuseLast(ctx, tx, id); err != nil {
		return err
	}
	found, err := decisionsByIDs(ctx, tx, []uuid.UUID{decision})
	if err != nil {
		return err
	}
	return s.keepOut(ctx, tx, found[0], id, history.ByHub(SuspendPerson, now))
}

// keepOut applies a suspension: it ends sessions, and cancels sign-ups for shifts that start before its end. Seats offered on
// later shifts go to others, because the person could not accept them in the meantime; places on the waiting list are kept.
func (s *Service) keepOut(ctx context.Context, tx *sqlx.Tx, d *Decision, id uuid.UUID, act history.Act) error {
	err := notice.Changing(ctx, tx, act.By, act.Now, notice.ShiftsLedBy(id), "", func() error { return person.Suspend(ctx, tx, id, d.ID) })
	if err != nil {
		return err
	}
	if err := account.EndSessions(ctx, tx, id, act.Now); err != nil {
		return err
	}
	meanwhile := func(slot *signup.Slot) bool { return d.Until == nil || slot.StartsAt.Before(*d.Until) }
	act = act.Because(new(say.CancelledByHub)) // all that a sign-up says about the suspension
	cancelled, err := s.Signups.CancelComing(ctx, tx, id, meanwhile, act)
	if err != nil {
		return err
	}
	if err := s.Signups.ReturnOffers(ctx, tx, id, act.Because(nil)); err != nil {
		return err
	}
	return tellLeads(ctx, tx, act.Now, cancelled)
}

// EndDue ends the suspensions whose time is over. They have no effect from then on, whether or not EndDue has run. Several
// processes may run it at once.
func (s *Service) EndDue(ctx context.Context, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error { return endDue(ctx, tx, uuid.NullUUID{}, now) })
}

func endDue(ctx context.Context, tx *sqlx.Tx, person uuid.NullUUID, now time.Time) error {
	over, err := due(ctx, tx, person, now)
	if err != nil {
		return err
	}
	var moves []history.Move
	for _, d := range over {
		moves = append(moves, history.To(d.ID, d.State, Ended))
		d.State = Ended
		if err := updateDecision(ctx, tx, d); err != nil {
			return err
		}
		if err := d.lift(ctx, tx, nil, now); err != nil {
			return err
		}
	}
	return history.ByHub(history.Expire, now).Record(ctx, tx, moves...)
}
