// Package register is the register of volunteer work that is required by the Law of the Republic of Kazakhstan 42-VI on volunteer
// activity: who worked for which organisation, on what, where, when, and what was required of them.
package register

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/account"
	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/person"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/work"
)

// Service reads the register.
type Service struct {
	DB     *postgres.DB
	People *person.Service
}

// Wanted selects a part of the register, and its language.
type Wanted struct {
	From, To time.Time // days
	Ngo      *uuid.UUID
	Language lang.Language
}

func (w *Wanted) validate() error {
	var c fault.Check
	c.That(!w.To.Before(w.From), "to", "must not be before from")
	return c.Err()
}

// Entry is one line: approved hours of one person on one shift.
type Entry struct {
	ID        uuid.UUID      `db:"id"`
	PersonID  uuid.UUID      `db:"person_id"`
	StartsAt  time.Time      `db:"starts_at"`
	EndsAt    time.Time      `db:"ends_at"`
	Minutes   int            `db:"minutes"`
	Title     string         `db:"title"`
	Place     *string        `db:"place"`
	MinAge    *int           `db:"min_age"`
	WorkClass work.WorkClass `db:"work_class"`
	BIN       *string        `db:"bin"`
	Ngo       lang.Text      `db:"ngo"`
	Team      lang.Text      `db:"team"`
	District  lang.Text      `db:"district"`

	Person *person.Person
}

// mayRead reports whether the actor may read the city's register, or that of NGOs that the actor leads.
func mayRead(a *auth.Actor) bool { return a.IsOfficer() || len(a.LeadNgos()) > 0 }

// scopes returns the NGOs of the actor's part of the register; a null one is the whole city.
func (w *Wanted) scopes(a *auth.Actor) ([]uuid.NullUUID, fault.Code) {
	some := func(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }
	switch {
	case w.Ngo != nil:
		reads := func(a *auth.Actor) bool { return a.IsOfficer() || a.LeadsNgo(*w.Ngo) }
		return []uuid.NullUUID{some(*w.Ngo)}, rule.OnlyFor(a, reads, fault.Forbidden)
	case a.IsOfficer():
		return []uuid.NullUUID{{}}, ""
	}
	var own []uuid.NullUUID
	for _, id := range a.LeadNgos() {
		own = append(own, some(id))
	}
	return own, rule.OnlyFor(a, mayRead, fault.Forbidden)
}

// pageSize is how many lines are read at once.
const pageSize = 500

// Read reads the register line by line, ordered by time for each NGO; open is called once, before the first line, if the actor
// may read it. Reading it, or being refused, is recorded in the audit log. Codes: UNAUTHENTICATED, INVALID, FORBIDDEN.
func (s *Service) Read(ctx context.Context, v account.Visit, w Wanted, open func() error, line func(*Entry) error) error {
	if v.Actor == nil {
		return fault.New(fault.Unauthenticated)
	}
	if err := w.validate(); err != nil {
		return err
	}
	scopes, refused := w.scopes(v.Actor)
	if refused != "" {
		return v.Refused(ctx, s.DB, v.Entry(), fault.New(refused))
	}
	reading := v.Entry()
	for _, scope := range scopes {
		if scope.Valid {
			reading.On(scope.UUID)
		}
	}
	if err := audit.Read(ctx, s.DB, reading); err != nil {
		return err
	}
	if err := open(); err != nil {
		return err
	}
	for _, scope := range scopes {
		if err := s.read(ctx, w, scope, line); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) read(ctx context.Context, w Wanted, ngo uuid.NullUUID, line func(*Entry) error) error {
	var last *Entry
	for {
		rows, err := entries(ctx, s.DB, w, ngo, last)
		if err != nil {
			return err
		}
		if err := s.name(ctx, rows); err != nil {
			return err
		}
		for _, row := range rows {
			if err := line(row); err != nil {
				return err
			}
			last = row
		}
		if len(rows) < pageSize {
			return nil
		}
	}
}

// name reads the people of the lines.
func (s *Service) name(ctx context.Context, rows []*Entry) error {
	of := map[uuid.UUID]*person.Person{}
	ids := []uuid.UUID{}
	for _, row := range rows {
		if _, known := of[row.PersonID]; !known {
			of[row.PersonID] = nil
			ids = append(ids, row.PersonID)
		}
	}
	people, err := s.People.ByIDs(ctx, ids)
	for _, p := range people {
		of[p.ID] = p
	}
	for _, row := range rows {
		row.Person = of[row.PersonID]
	}
	return err
}
