package task

import (
	"time"

	"jastarhub/internal/auth"
	"jastarhub/internal/postgres"
)

// whereShift wants one shift for all its conditions.
func (f *TaskFilter) whereShift(q *postgres.Query, v viewer) {
	if f.From == nil && f.To == nil && !f.AllowedForMe {
		return
	}
	q.Where(`exists (select from shifts s where s.task_id = t.id and s.state = 'PLANNED'`)
	if f.From != nil {
		q.Add(`and s.starts_at >= ?`, *f.From)
	}
	if f.To != nil {
		q.Add(`and s.starts_at < ?`, *f.To)
	}
	if f.AllowedForMe {
		q.Add(`and s.starts_at > ? and t.state in ('OPEN', 'IN_PROGRESS')
			and (t.min_age is null or age_on(?::date, s.starts_at) >= t.min_age)
			and not exists (select from signups g where g.person_id = ?
				and (g.shift_id = s.id and g.state not in ('CANCELLED', 'EXPIRED')
					or g.state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED')
						and tstzrange(g.starts_at, g.ends_at) && tstzrange(s.starts_at, s.ends_at)))`,
			v.now, v.actor.BirthDate, v.actor.PersonID)
		v.whereMinor(q)
	}
	q.Add(`)`)
}

// viewer is who asks which tasks are allowed, when, and where the consent age lies.
type viewer struct {
	actor      *auth.Actor
	now        time.Time
	consentAge int
}

// whereMinor wants shift s to be allowed to a minor by class of work and consent. Who is of age stays so.
func (v viewer) whereMinor(q *postgres.Query) {
	birth := v.actor.BirthDate
	if auth.AgeOn(birth, v.now) >= auth.Adult {
		return
	}
	q.Add(`and (not adults_only(t.work_class) or age_on(?::date, s.starts_at) >= ?)
		and (age_on(?::date, s.starts_at) >= ? or exists (select from consents c
			where c.person_id = ? and c.scope = 'TAKING_PART' and c.state = 'GIVEN'))`,
		birth, auth.Adult, birth, v.consentAge, v.actor.PersonID)
}
