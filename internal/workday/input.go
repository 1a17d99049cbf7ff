package workday

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

const (
	firstYear, lastYear = 2026, 2100
	mostName            = 120
)

func validate(year int) error {
	var c fault.Check
	c.Between("year", year, firstYear, lastYear)
	return c.Err()
}

// SetSpecialDayInput is a day, whether it is a working day, and why.
type SetSpecialDayInput struct {
	Day   time.Time
	Works bool
	Name  lang.Text
}

func (in *SetSpecialDayInput) validate() error {
	var c fault.Check
	year := in.Day.Year()
	switch works := weekday(in.Day); {
	case year < firstYear || year > lastYear:
		c.Refuse(fault.Field("day", fmt.Sprintf("must be in a year from %d to %d", firstYear, lastYear)).
			With(fault.Min, fmt.Sprintf("%d-01-01", firstYear)).With(fault.Max, fmt.Sprintf("%d-12-31", lastYear)))
	case works && in.Works:
		c.That(false, "day", "is from Monday to Friday, which is a working day anyway")
	case !works && !in.Works:
		c.That(false, "day", "is a Saturday or Sunday, which is free anyway")
	}
	in.Name.Check(&c, "name", mostName)
	return c.Err()
}

// RemoveSpecialDayInput names the day.
type RemoveSpecialDayInput struct{ ID uuid.UUID }
