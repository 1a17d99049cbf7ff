package consent

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/email"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/outbox"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/signup"
	"jastarhub/internal/tokens"
)

// Service is what people do with consents.
type Service struct {
	DB      *postgres.DB
	People  *person.Service
	Signups *signup.Service
}

// ByIDs reads consents, whether or not the viewer may see them; unknown ids are left out.
func (s *Service) ByIDs(ctx context.Context, ids []uuid.UUID) ([]*Consent, error) {
	return byIDs(ctx, s.DB, ids)
}

// OfPersons reads the latest consent to each scope for each of the people. MaySee decides who may see it.
func (s *Service) OfPersons(ctx context.Context, people []uuid.UUID) (map[uuid.UUID][]*Consent, error) {
	rows, err := latestOf(ctx, s.DB, people)
	of := make(map[uuid.UUID][]*Consent, len(people))
	for _, c := range rows {
		of[c.PersonID] = append(of[c.PersonID], c)
	}
	return of, err
}

// Request emails the actor's guardian. An earlier request for the same scopes expires, and its link with it. Codes: NOT_A_MINOR,
// CONSENT_GIVEN, ASKED_TOO_OFTEN.
func (s *Service) Request(ctx context.Context, c mutation.Call, in RequestConsentInput) (*ConsentPayload, error) {
	token, hash := tokens.New()
	invalid := in.validate()
	id, err := versioned(c).Do(ctx, s.DB, invalid, func(tx *sqlx.Tx) (uuid.UUID, error) {
		p, err := person.Lock(ctx, tx, c.Actor.PersonID, "personId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := in.allowed(ctx, tx, p, c.Now); err != nil {
			return uuid.Nil, err
		}
		expires := c.Now.Add(answerIn)
		request, err := begin(ctx, tx, c.As(history.Person, RequestConsent), in.Scopes, &Consent{
			PersonID: p.ID, State: Asked, Language: p.Private.Language, GuardianEmail: &in.GuardianEmail, ExpiresAt: &expires}, hash)
		if err != nil {
			return uuid.Nil, err
		}
		return request, outbox.Put(ctx, tx, c.Now, outbox.Mail{Kind: RequestMail, To: in.GuardianEmail, Language: p.Private.Language,
			Data: map[string]any{"token": token, "name": p.DisplayName(nil, c.Now), "scopes": in.Scopes, "version": textVersion}, Person: p.ID})
	})
	return s.payload(ctx, c, id, err, s.ofRequest)
}

// versioned records in the audit log which version of the text a call is about.
func versioned(c mutation.Call) mutation.Call {
	c.Fields = append(slices.Clone(c.Fields), "textVersion."+textVersion)
	return c
}

// allowed refuses a request that is not needed, or that was made too often.
func (in *RequestConsentInput) allowed(ctx context.Context, tx *sqlx.Tx, p *person.Person, now time.Time) error {
	if email.Same(in.GuardianEmail, p.Private.Email) {
		return fault.Field("guardianEmail", "must not be your own")
	}
	if err := needed(ctx, tx, p, in.Scopes, now); err != nil {
		return err
	}
	for _, asked := range []string{p.ID.String(), email.Mailbox(in.GuardianEmail)} {
		wait, err := attempt.Limits.Guardians.Of(asked).Take(ctx, tx, now)
		if err == nil && wait > 0 { // when is not said: others may have asked the same mailbox
			err = fault.New(fault.AskedTooOften)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// needed refuses a consent for an adult, and one that has been given already. Codes: NOT_A_MINOR, CONSENT_GIVEN.
func needed(ctx context.Context, tx *sqlx.Tx, p *person.Person, scopes []ConsentScope, now time.Time) error {
	if !p.Minor(now) {
		return fault.New(fault.NotAMinor)
	}
	n, err := given(ctx, tx, p.ID, scopes)
	if err == nil && n > 0 {
		err = fault.New(fault.ConsentGiven)
	}
	return err
}

// begin writes one consent for each scope, in place of the requests that are still open for them.
func begin(ctx context.Context, tx *sqlx.Tx, act history.Act, scopes []ConsentScope, like *Consent, hash []byte) (uuid.UUID, error) {
	replaced, err := expireAsked(ctx, tx, like.PersonID, scopes)
	if err != nil {
		return uuid.Nil, err
	}
	if err := recordExpired(ctx, tx, replaced, act.Now); err != nil {
		return uuid.Nil, err
	}
	request, moves := postgres.NewID(), make([]history.Move, len(scopes))
	for i, scope := range scopes {
		row := *like
		row.ID, row.RequestID, row.Scope, row.TextVersion, row.AskedAt = postgres.NewID(), request, scope, textVersion, act.Now
		if err := insert(ctx, tx, &row, hash); err != nil {
			return uuid.Nil, err
		}
		moves[i] = history.To(row.ID, "", row.State)
	}
	return request, act.Record(ctx, tx, moves...)
}

func recordExpired(ctx context.Context, tx *sqlx.Tx, ended []uuid.UUID, now time.Time) error {
	moves := make([]history.Move, len(ended))
	for i, id := range ended {
		moves[i] = history.To(id, Asked, Expired)
	}
	return history.ByHub(history.Expire, now).Record(ctx, tx, moves...)
}

// Record records a signed paper that the actor has seen. Codes: FORBIDDEN, NOT_FOUND, NOT_A_MINOR, CONSENT_GIVEN.
func (s *Service) Record(ctx context.Context, c mutation.Call, in RecordConsentInput) (*ConsentPayload, error) {
	id, err := versioned(c).Do(ctx, s.DB, in.validate(c.Now), func(tx *sqlx.Tx) (uuid.UUID, error) {
		if err := fault.If(refuseRecord(c.Actor, in.PersonID)); err != nil {
			return uuid.Nil, err
		}
		p, err := person.Lock(ctx, tx, in.PersonID, "personId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(p.Unready()); err != nil {
			return uuid.Nil, err
		}
		if err := needed(ctx, tx, p, in.Scopes, c.Now); err != nil {
			return uuid.Nil, err
		}
		request, err := begin(ctx, tx, c.As(history.Coordinator, RecordConsent), in.Scopes, &Consent{PersonID: p.ID, State: Given, Language: p.Private.Language, GivenAt: &c.Now,
			RecordedBy: uuid.NullUUID{UUID: c.Actor.PersonID, Valid: true}, SeenOn: &in.SeenOn, Note: in.Note}, nil)
		if err != nil {
			return uuid.Nil, err
		}
		recorded, err := byRequest(ctx, tx, request)
		if err != nil {
			return uuid.Nil, err
		}
		return request, tellYoung(ctx, tx, c.Actor, c.Now, recorded)
	})
	return s.payload(ctx, c, id, err, s.ofRequest)
}

// Withdraw withdraws a consent, or the request for it. Codes: NOT_FOUND, WRONG_STATE.
func (s *Service) Withdraw(ctx context.Context, c mutation.Call, in WithdrawConsentInput) (*ConsentPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		found, err := visibleByID(ctx, tx, c, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		p, err := person.Lock(ctx, tx, found.PersonID, "id")
		if err != nil {
			return uuid.Nil, err
		}
		if found, err = visibleByID(ctx, tx, c, in.ID); err != nil { // read again, now that it cannot change
			return uuid.Nil, err
		}
		if err := fault.If(found.refuse(WithdrawConsent, c.Actor)); err != nil {
			return uuid.Nil, err
		}
		given, withdrawn := found.State == Given, []*Consent{found}
		w := withdrawal{person: p, act: c.As(found.actingAs(c.Actor), WithdrawConsent).Because(&in.Reason), signups: s.Signups}
		if err := w.of(ctx, tx, withdrawn); err != nil || !given {
			return found.ID, err
		}
		return found.ID, tellYoung(ctx, tx, c.Actor, c.Now, withdrawn)
	})
	return s.payload(ctx, c, id, err, s.ByIDs)
}

func visibleByID(ctx context.Context, tx *sqlx.Tx, c mutation.Call, id uuid.UUID) (*Consent, error) {
	rows, err := byIDs(ctx, tx, []uuid.UUID{id})
	if err == nil && (len(rows) == 0 || !rows[0].Visible(c.Actor)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// ofRequest reads the consents that were requested or recorded together.
func (s *Service) ofRequest(ctx context.Context, requests []uuid.UUID) ([]*Consent, error) {
	return byRequest(ctx, s.DB, requests[0])
}

// payload returns the consents that a mutation changed.
func (s *Service) payload(ctx context.Context, c mutation.Call, id uuid.UUID, err error,
	read func(context.Context, []uuid.UUID) ([]*Consent, error)) (*ConsentPayload, error) {
	return mutation.Answer(ctx, c, id, err, read, (*Consent).Visible, func(rows []*Consent) *ConsentPayload { return &ConsentPayload{Consents: rows} })
}

// ExpireDue ends requests that nobody answered in time. It may run in several processes at once.
func (s *Service) ExpireDue(ctx context.Context, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		ended, err := expireDue(ctx, tx, now, 500)
		if err != nil {
			return err
		}
		if err := tellYoung(ctx, tx, nil, now, ended); err != nil {
			return err
		}
		return recordExpired(ctx, tx, paging.IDs(ended, func(c *Consent) uuid.UUID { return c.ID }), now)
	})
}
