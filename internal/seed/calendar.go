package seed

import (
	"time"

	"jastarhub/internal/almaty"
)

// calendar divides time into slots, two a day, in which shifts are held. Slots do not overlap, so a person who takes at most one
// shift in each slot is never in two places at once.
type calendar struct {
	midnight time.Time // of the day of slots 0 and 1; earlier slots are negative
	latest   int       // the last slot in which every shift has begun
}

func newCalendar(now time.Time) calendar {
	day := now.In(almaty.Zone)
	c := calendar{midnight: time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, almaty.Zone), latest: 1}
	for ; ; c.latest-- {
		if from, _ := c.window(c.latest); !from.Add(90 * time.Minute).After(now) {
			return c
		}
	}
}

// upcoming returns the n-th slot after the first in which no shift has begun: the shift of the slot before it may be beginning.
func (c calendar) upcoming(n int) int { return c.latest + 2 + n }

// window returns the time of a slot: after school, or on a day off.
func (c calendar) window(slot int) (from, to time.Time) {
	day := c.midnight.AddDate(0, 0, slot>>1)
	hours, length := [2]time.Duration{15, 18}, 150*time.Minute
	if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
		hours, length = [2]time.Duration{10, 14}, 3*time.Hour
	}
	from = day.Add(hours[slot&1] * time.Hour)
	return from, from.Add(length)
}

func earliest(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
