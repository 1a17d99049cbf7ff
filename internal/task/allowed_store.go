package task

import (
	"time"

	"jastarhub/internal/almaty"
	"jastarhub/internal/auth"
	"jastarhub/internal/consent/given"
	"jastarhub/internal/postgres"
)

// whereShift uses the task's own columns as far as possible. Several conditions must hold for one and the same shift.
func (f *TaskFilter) whereShift(q *postgres.Query, v viewer) {
	if f.From != nil {
		q.Anew().Where(`t.last_shift_at >= ?`, *f.From)
	}
	if f.To != nil {
		q.Anew().Where(`t.first_shift_at < ?`, *f.To)
	}
	if (f.From == nil || f.To == nil) && !f.AllowedForMe {
		return
	}
	q.Anew().Where(`(`)
	if f.long() {
		q.Add(`t.first_shift_at >= ? or t.last_shift_at < ? or`, *f.From, *f.To)
	}
	q.Add(`exists (select from shifts s where s.task_id = t.id and s.state = 'PLANNED' and s.hidden_id is null`)
	if f.From != nil {
		q.Add(`and s.starts_at >= ?`, *f.From)
	}
	if f.To != nil {
		q.Add(`and s.starts_at < ?`, *f.To)
	}
	if f.AllowedForMe {
		v.whereAllowed(q)
	}
	q.Add(`))`)
}

// long reports whether the period is so long that most tasks have their first or last shift in it, which saves looking at all the
// shifts. In a shorter period the few shifts lead to their tasks.
func (f *TaskFilter) long() bool {
	return f.From != nil && f.To != nil && !f.AllowedForMe && f.To.Sub(*f.From) > 90*24*time.Hour
}

// viewer is who asks which tasks are allowed, when, and at which consent age.
type viewer struct {
	actor      *auth.Actor
	now        time.Time
	consentAge int
}

// whereAllowed requires shift s to be one that the actor may sign up for. Sign-ups for past shifts do not matter.
func (v viewer) whereAllowed(q *postgres.Query) {
	q.Add(`and s.starts_at > ? and t.state in ('OPEN', 'IN_PROGRESS')
		and (t.min_age is null or age_on(?::date, s.starts_at) >= t.min_age)
		and not exists (select from signups g where g.person_id = ? and g.ends_at > ?
			and (g.shift_id = s.id and g.state not in ('CANCELLED', 'EXPIRED')
				or g.state in ('CONFIRMED', 'CHECKED_IN', 'COMPLETED')
					and tstzrange(g.starts_at, g.ends_at) && tstzrange(s.starts_at, s.ends_at)))`,
		v.now, v.actor.BirthDate, v.actor.PersonID, v.now)
	v.whereMinor(q)
}

// whereMinor requires shift s to be allowed to a minor by class of work and consent. An adult stays one.
func (v viewer) whereMinor(q *postgres.Query) {
	birth := v.actor.BirthDate
	if almaty.AgeOn(birth, v.now) >= almaty.Adult {
		return
	}
	q.Add(`and (not adults_only(t.work_class) or age_on(?::date, s.starts_at) >= ?)
		and (age_on(?::date, s.starts_at) >= ? or `+given.TakingPart(`?`)+`)`,
		birth, almaty.Adult, birth, v.consentAge, v.actor.PersonID)
}
