package person

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// AgeBand is a person's age as far as others are told.
type AgeBand string

// The bands.
const (
	Under14    AgeBand = "UNDER_14"
	From14To15 AgeBand = "FROM_14_TO_15"
	From16To17 AgeBand = "FROM_16_TO_17"
	From18To24 AgeBand = "FROM_18_TO_24"
	From25To35 AgeBand = "FROM_25_TO_35"
	Over35     AgeBand = "OVER_35"
)

// AgeBand returns the person's age band on the day; an erased account has none.
func (p *Person) AgeBand(now time.Time) *AgeBand {
	if p.Erased {
		return nil
	}
	band := bandOf(p.Private.BirthDate, now)
	return &band
}

func bandOf(birth, now time.Time) AgeBand {
	switch age := almaty.AgeOn(birth, now); {
	case age < 14:
		return Under14
	case age < 16:
		return From14To15
	case age < almaty.Adult:
		return From16To17
	case age < 25:
		return From18To24
	case age <= 35:
		return From25To35
	}
	return Over35
}

// Contact is how to reach a person.
type Contact struct {
	PersonID uuid.UUID `db:"person_id"`
	Email    string    `db:"email"`
}

// ContactsOf reads the contacts that the actor may see among those of the people: the actor's own, and those of people who are
// active in a team that the actor leads, or have a seat on one of its shifts. Reading minors' contacts is recorded in the audit
// log, in the entry reading.
func (s *Service) ContactsOf(ctx context.Context, a *auth.Actor, people []*Person, reading *audit.AuditEntry) ([]*Contact, error) {
	if a == nil {
		return nil, nil
	}
	of := make(map[uuid.UUID]*Person, len(people))
	for _, p := range people {
		of[p.ID] = p
	}
	found, err := contactsOf(ctx, s.DB, a, paging.IDs(people, func(p *Person) uuid.UUID { return p.ID }))
	var minors []uuid.UUID
	for _, c := range found {
		if p := of[c.PersonID]; p.Minor(reading.At) && !p.Own(a) {
			minors = append(minors, p.ID)
		}
	}
	if err == nil && len(minors) > 0 {
		err = audit.Read(ctx, s.DB, reading.On(minors...))
	}
	if err != nil {
		return nil, err
	}
	return found, nil
}

func contactsOf(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, people []uuid.UUID) ([]*Contact, error) {
	return postgres.Read[Contact](ctx, q, postgres.Select(`with led as (
			select id from teams where id = any(?) or ngo_id = any(?))
		select p.id as person_id, p.email from people p where p.id = any(?) and p.erased_at is null and (p.id = ?
			or exists (select from memberships m
				where m.person_id = p.id and m.state = 'ACTIVE' and m.team_id in (select id from led))
			or exists (select from signups g join shifts s on s.id = g.shift_id join tasks t on t.id = s.task_id
				where g.person_id = p.id and g.state in ('CONFIRMED', 'CHECKED_IN') and t.team_id in (select id from led)))`,
		postgres.IDs(a.LeadTeams()), postgres.IDs(a.LeadNgos()), postgres.IDs(people), a.PersonID))
}
