package consent

import (
	"context"
	"embed"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
	"jastarhub/internal/say"
	"jastarhub/internal/tokens"
)

// Question is what an emailed link leads to.
type Question struct {
	Name     string        // the minor's name, as others see it
	Language lang.Language // the language in which the guardian was asked
	Version  string        // the version of the text
	Consents []*Consent
}

// Open reports whether it waits for an answer.
func (q *Question) Open(now time.Time) bool {
	return slices.ContainsFunc(q.Consents, func(c *Consent) bool { return c.Open(now) })
}

// Live reports whether there is a consent to withdraw.
func (q *Question) Live() bool {
	return slices.ContainsFunc(q.Consents, func(c *Consent) bool { return c.State == Given })
}

// Lapsed reports whether nobody answered in time, or a later request has replaced it.
func (q *Question) Lapsed(now time.Time) bool {
	return !slices.ContainsFunc(q.Consents, func(c *Consent) bool { return c.State != Expired && (c.State != Asked || c.Open(now)) })
}

// Question reads what a link leads to. Codes: NOT_FOUND, NOT_A_MINOR.
func (s *Service) Question(ctx context.Context, token string, now time.Time) (*Question, error) {
	rows, err := byLink(ctx, s.DB, token)
	if err != nil {
		return nil, err
	}
	people, err := s.People.ByIDs(ctx, []uuid.UUID{rows[0].PersonID})
	if err != nil {
		return nil, err
	}
	if len(people) == 0 || people[0].Erased {
		return nil, fault.Missing("token")
	}
	if !people[0].Minor(now) {
		return nil, fault.New(fault.NotAMinor)
	}
	return &Question{Name: people[0].DisplayName(nil, now), Language: rows[0].Language, Version: rows[0].TextVersion, Consents: rows}, nil
}

func byLink(ctx context.Context, q sqlx.QueryerContext, token string) ([]*Consent, error) {
	hash, ok := tokens.Hash(token)
	if !ok {
		return nil, fault.Missing("token")
	}
	rows, err := byToken(ctx, q, hash)
	if err == nil && len(rows) == 0 {
		err = fault.Missing("token")
	}
	return rows, err
}

// Answer gives consent to the scopes and declines the others; read is the language in which the text was read. Codes: NOT_FOUND,
// NOT_A_MINOR, WRONG_STATE.
func (s *Service) Answer(ctx context.Context, token string, scopes []ConsentScope, read lang.Language, now time.Time) error {
	return s.byGuardian(ctx, token, now, func(tx *sqlx.Tx, _ *person.Person, rows []*Consent) error {
		given := func(c *Consent) bool { return c.Open(now) && slices.Contains(scopes, c.Scope) }
		if len(scopes) > 0 && !slices.ContainsFunc(rows, given) {
			return fault.New(fault.WrongState) // a yes to another scope does not decline this one
		}
		var moves []history.Move
		var answered []*Consent
		for _, c := range rows {
			if !c.Open(now) {
				continue
			}
			verb, to := DeclineConsent, Declined
			if given(c) {
				verb, to, c.GivenAt, c.Language = GiveConsent, Given, &now, read
			}
			moves = append(moves, history.Act{As: history.Guardian, Verb: verb, Now: now}.Done(history.To(c.ID, c.State, to)))
			c.State, answered = to, append(answered, c)
			if err := update(ctx, tx, c); err != nil {
				return err
			}
		}
		if len(moves) == 0 {
			return fault.New(fault.WrongState)
		}
		if err := tellYoung(ctx, tx, nil, now, answered); err != nil {
			return err
		}
		return history.Record(ctx, tx, moves...)
	})
}

// Revoke withdraws the guardian's consent to the scopes. Codes: NOT_FOUND, NOT_A_MINOR, WRONG_STATE.
func (s *Service) Revoke(ctx context.Context, token string, scopes []ConsentScope, now time.Time) error {
	return s.byGuardian(ctx, token, now, func(tx *sqlx.Tx, p *person.Person, rows []*Consent) error {
		live := slices.DeleteFunc(rows, func(c *Consent) bool { return c.State != Given || !slices.Contains(scopes, c.Scope) })
		if len(live) == 0 {
			return fault.New(fault.WrongState)
		}
		act := history.Act{As: history.Guardian, Verb: WithdrawConsent, Now: now}
		if err := (withdrawal{person: p, act: act, signups: s.Signups}).of(ctx, tx, live); err != nil {
			return err
		}
		return tellYoung(ctx, tx, nil, now, live)
	})
}

// byGuardian changes the consents of a link, with the person locked.
func (s *Service) byGuardian(ctx context.Context, token string, now time.Time, change func(*sqlx.Tx, *person.Person, []*Consent) error) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		rows, err := byLink(ctx, tx, token)
		if err != nil {
			return err
		}
		p, err := person.Lock(ctx, tx, rows[0].PersonID, "token")
		if err != nil {
			return err
		}
		if !p.Minor(now) {
			return fault.New(fault.NotAMinor)
		}
		if rows, err = byLink(ctx, tx, token); err != nil { // read again, now that they cannot change
			return err
		}
		return change(tx, p, rows)
	})
}

// Every version to which a consent was given is kept: it must be shown as it was.
//
//go:embed texts/*.txt
var texts embed.FS

// Text returns what a guardian consents to, in paragraphs.
func Text(version string, l lang.Language) ([]string, error) {
	text, err := texts.ReadFile("texts/" + version + "." + strings.ToLower(string(l)) + ".txt")
	return strings.Split(strings.TrimSpace(say.Unbroken(l, string(text))), "\n\n"), err
}
