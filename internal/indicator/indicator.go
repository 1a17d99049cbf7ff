// Package indicator is the city's plan: what is counted in a year, and where the figures stand.
package indicator

import (
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/lang"
)

// Comparison is how a figure is compared with its target.
type Comparison string

// Indicator is one figure of the plan for a year; the embedded Text is its definition.
type Indicator struct {
	ID          uuid.UUID   `db:"id"`
	Code        string      `db:"code"`
	Year        int         `db:"year"`
	Unit        string      `db:"unit"`
	Baseline    *int        `db:"baseline"`
	Target      *int        `db:"target"`
	Comparison  *Comparison `db:"comparison"`
	AnnouncedOn *time.Time  `db:"announced_on"`
	Fact        *int        `db:"fact"` // nil where nothing records it yet, and for years other than the current one
	AsOf        *time.Time  // when the fact was counted
	lang.Text
}

func validate(year int) error {
	var c fault.Check
	c.Between("year", year, 2000, 2100)
	return c.Err()
}
