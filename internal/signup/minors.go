package signup

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/consent/given"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// refuseAge returns why a person cannot come because of their age on the day of the shift.
func (s *Slot) refuseAge(birth time.Time, f Facts) fault.Code {
	age := almaty.AgeOn(birth, s.StartsAt)
	switch {
	case age < almaty.Adult && s.WorkClass.AdultsOnly():
		return fault.WorkForbidden
	case s.MinAge != nil && age < *s.MinAge:
		return fault.TooYoung
	case age < f.ConsentAge && !f.Consented:
		return fault.ConsentMissing
	}
	return ""
}

// RefuseMove refuses a locked shift's new time if somebody who is on it or on its waiting list would be too young, or lack
// consent, on that day. Codes: WORK_FORBIDDEN, TOO_YOUNG, CONSENT_MISSING.
func (s *Service) RefuseMove(ctx context.Context, tx *sqlx.Tx, slot *Slot) error {
	people, err := postgres.Read[struct {
		BirthDate time.Time `db:"birth_date"`
		Consented bool      `db:"consented"`
	}](ctx, tx, postgres.Select(`select p.birth_date, `+given.TakingPart(`p.id`)+` as consented from signups g join people p on p.id = g.person_id
		where g.shift_id = ? and g.state in ('WAITLISTED', 'OFFERED', 'CONFIRMED', 'CHECKED_IN')`, slot.ID))
	if err != nil {
		return err
	}
	for _, p := range people {
		if err := fault.If(slot.refuseAge(p.BirthDate, Facts{Consented: p.Consented, ConsentAge: s.ConsentAge})); err != nil {
			return err
		}
	}
	return nil
}
