package consent

import (
	"context"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/history"
	"jastarhub/internal/outbox"
	"jastarhub/internal/person"
	"jastarhub/internal/photo"
	"jastarhub/internal/say"
	"jastarhub/internal/signup"
)

// The kinds of emails.
const (
	RequestMail   outbox.Kind = "CONSENT_REQUEST"
	WithdrawnMail outbox.Kind = "CONSENT_WITHDRAWN"
)

// withdrawal is an act that withdraws consents of a locked person.
type withdrawal struct {
	person  *person.Person
	act     history.Act
	signups *signup.Service
}

// of ends the consents. If taking part is among those that were given, future sign-ups end too.
func (w withdrawal) of(ctx context.Context, tx *sqlx.Tx, consents []*Consent) error {
	lost, err := w.end(ctx, tx, consents)
	if err != nil || len(lost) == 0 {
		return err
	}
	return w.follow(ctx, tx, lost)
}

// end ends the consents, and returns the scopes for which one had been given.
func (w withdrawal) end(ctx context.Context, tx *sqlx.Tx, consents []*Consent) (lost []ConsentScope, err error) {
	var moves []history.Move
	for _, c := range consents {
		if c.State == Given {
			lost = append(lost, c.Scope)
		}
		moves = append(moves, history.To(c.ID, c.State, Withdrawn))
		c.State, c.RevokedAt, c.RevokedBy, c.Reason = Withdrawn, &w.act.Now, w.act.ByID(), w.act.Words
		if err := update(ctx, tx, c); err != nil {
			return nil, err
		}
	}
	return lost, w.act.Record(ctx, tx, moves...)
}

// WithdrawAll withdraws whatever is requested or given for a locked person whose account is erased. If the person is a minor, the
// leads are told.
func (s *Service) WithdrawAll(ctx context.Context, tx *sqlx.Tx, p *person.Person, act history.Act) error {
	live, err := liveOf(ctx, tx, p.ID)
	if err != nil || len(live) == 0 {
		return err
	}
	w := withdrawal{person: p, act: act.Doing(WithdrawConsent), signups: s.Signups}
	if p.Minor(act.Now) {
		return w.of(ctx, tx, live)
	}
	_, err = w.end(ctx, tx, live)
	return err
}

// follow carries out what the loss of scopes leads to.
func (w withdrawal) follow(ctx context.Context, tx *sqlx.Tx, lost []ConsentScope) error {
	leads, err := leadsOf(ctx, tx, w.person.ID, w.act.Now) // before the sign-ups end by which they are found
	if err != nil {
		return err
	}
	var cancelled []*signup.Slot
	for _, scope := range lost {
		if scope == Photo {
			if err := photo.RemoveShowing(ctx, tx, w.person.ID, w.act.Now); err != nil {
				return err
			}
		}
		if scope != TakingPart {
			continue
		}
		young := func(s *signup.Slot) bool { return almaty.AgeOn(w.person.Private.BirthDate, s.StartsAt) < almaty.Adult }
		// Readers of the sign-up need not know who withdrew, or why.
		cancelled, err = w.signups.CancelComing(ctx, tx, w.person.ID, young, w.act.Because(new(say.ConsentWithdrawn)))
		if err != nil {
			return err
		}
	}
	return w.tell(ctx, tx, leads, lost, cancelled)
}

// tell emails the leads of the person's teams what they must know.
func (w withdrawal) tell(ctx context.Context, tx *sqlx.Tx, leads []*lead, lost []ConsentScope, cancelled []*signup.Slot) error {
	tasks, err := signup.Lines(ctx, tx, cancelled)
	if err != nil {
		return err
	}
	for _, l := range leads {
		if err := outbox.Put(ctx, tx, w.act.Now, outbox.Mail{Kind: WithdrawnMail, To: l.Email, Language: l.Language, Data: map[string]any{
			"name": w.person.DisplayName(nil, w.act.Now), "scopes": lost, "tasks": tasks[l.TeamID]}}); err != nil {
			return err
		}
	}
	return nil
}
