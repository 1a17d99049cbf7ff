// Package workday knows on which days Almaty works, from the list that the city's officers maintain.
package workday

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
	"jastarhub/internal/rule"
)

// SpecialDay is a day that is an exception from the five-day week; the embedded Text is its name.
type SpecialDay struct {
	ID        uuid.UUID  `db:"id"`
	Day       time.Time  `db:"day"`
	Works     bool       `db:"works"`
	RemovedAt *time.Time `db:"removed_at"`
	lang.Text
}

// SpecialDayPayload is what a mutation changed.
type SpecialDayPayload struct{ SpecialDay *SpecialDay }

type (
	RemoveSpecialDayPayload = SpecialDayPayload
	SetSpecialDayPayload    = SpecialDayPayload
)

// The verbs.
const (
	SetSpecialDay    rule.Verb = "SET_SPECIAL_DAY"
	RemoveSpecialDay rule.Verb = "REMOVE_SPECIAL_DAY"
)

// Days are the special days by their dates: true is a working day.
type Days map[string]bool

// Works reports whether a day of the calendar is a working day.
func (d Days) Works(day time.Time) bool {
	if works, special := d[day.Format(time.DateOnly)]; special {
		return works
	}
	return weekday(day)
}

func weekday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

func (d *SpecialDay) refuseRemoval(a *auth.Actor) fault.Code {
	return cmp.Or(rule.OnlyOfficers(a), fault.When(d.RemovedAt != nil, fault.WrongState))
}

// Actions returns what the actor may do to the day now. A removed day may be added again.
func (d *SpecialDay) Actions(a *auth.Actor) []*rule.Action {
	return []*rule.Action{rule.For(SetSpecialDay, rule.OnlyOfficers(a)), rule.For(RemoveSpecialDay, d.refuseRemoval(a))}
}
