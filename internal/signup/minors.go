package signup

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// WorkClass is what kind of work a task is.
type WorkClass string

// The classes. All but the first two are closed to people under 18: Law of the RK 42-VI on volunteer activity, art. 12.
const (
	Light             WorkClass = "LIGHT"
	Standard          WorkClass = "STANDARD"
	Heavy             WorkClass = "HEAVY"
	Hazardous         WorkClass = "HAZARDOUS"
	EmergencyAid      WorkClass = "EMERGENCY_AID"
	OffenderAid       WorkClass = "OFFENDER_AID"
	PublicFundraising WorkClass = "PUBLIC_FUNDRAISING"
)

// AdultsOnly tells whether the law closes the class to people under 18.
func (w WorkClass) AdultsOnly() bool {
	switch w {
	case Heavy, Hazardous, EmergencyAid, OffenderAid, PublicFundraising:
		return true
	}
	return false
}

// Contradicts tells whether people may be signed up by their age for whom the law closes the class.
func (w WorkClass) Contradicts(minAge *int) bool {
	return w.AdultsOnly() && (minAge == nil || *minAge < auth.Adult)
}

// ConsentAge is the age from which a person needs no guardian's consent, unless the city sets another.
const ConsentAge = 16

// refuseAge says why a person cannot come because of the age on the day of the shift.
func (s *Slot) refuseAge(a *auth.Actor, f Facts) fault.Code {
	age := auth.AgeOn(a.BirthDate, s.StartsAt)
	switch {
	case age < auth.Adult && s.WorkClass.AdultsOnly():
		return fault.WorkForbidden
	case s.MinAge != nil && age < *s.MinAge:
		return fault.TooYoung
	case age < f.ConsentAge && !f.Consented:
		return fault.ConsentMissing
	}
	return ""
}

// consented is the condition that a guardian's consent to taking part is live.
const consented = `exists (select from consents c where c.person_id = ? and c.scope = 'TAKING_PART' and c.state = 'GIVEN')`

// RefuseMove refuses a locked shift's new time where somebody on it would come without the consent that is needed then.
// Codes: CONSENT_MISSING.
func (s *Service) RefuseMove(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID) error {
	n, err := postgres.Count(ctx, tx, postgres.Select(`select count(*) from signups g join people p on p.id = g.person_id
		where g.shift_id = ? and g.state in ('WAITLISTED', 'OFFERED', 'CONFIRMED') and age_on(p.birth_date, g.starts_at) < ?
			and not exists (select from consents c
				where c.person_id = g.person_id and c.scope = 'TAKING_PART' and c.state = 'GIVEN')`, shift, s.ConsentAge))
	if err == nil && n > 0 {
		err = fault.New(fault.ConsentMissing)
	}
	return err
}
