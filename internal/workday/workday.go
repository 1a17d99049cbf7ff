// Package workday tells on which days Kazakhstan works.
package workday

import (
	"sync"
	"time"
)

// national are the holidays that the law on holidays names. One that falls on a Saturday or Sunday makes the next working day free
// (Labour Code).
var national = []struct {
	month time.Month
	day   int
}{
	{time.January, 1}, {time.January, 2}, // New Year
	{time.March, 8},                                      // International Women's Day
	{time.March, 21}, {time.March, 22}, {time.March, 23}, // Nauryz
	{time.May, 1},       // Unity Day
	{time.May, 7},       // Defender of the Fatherland Day
	{time.May, 9},       // Victory Day
	{time.July, 6},      // Capital Day
	{time.August, 30},   // Constitution Day
	{time.October, 25},  // Republic Day
	{time.December, 16}, // Independence Day
}

// kurbanAit is its first day, which the lunar calendar and the clergy set for each year; it makes no other day free, as little as
// Orthodox Christmas does. A year that is not here has been told of none as yet.
var kurbanAit = map[int]string{
	2026: "2026-05-27",
}

// christmas is the day in January.
const christmas = 7

// decreed are days that the government has moved: true works, though it is a Saturday or Sunday; false does not.
var decreed = map[string]bool{}

// Works reports whether a day of the calendar is a working day, of five in a week.
func Works(day time.Time) bool {
	name := day.Format(time.DateOnly)
	if works, moved := decreed[name]; moved {
		return works
	}
	return weekday(day) && !holidays(day.Year())[name]
}

func weekday(day time.Time) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday
}

var years sync.Map // from a year to its free days

// holidays are the days of a year that are free beside Saturdays and Sundays.
func holidays(year int) map[string]bool {
	if known, ok := years.Load(year); ok {
		return known.(map[string]bool)
	}
	free := map[string]bool{time.Date(year, time.January, christmas, 0, 0, 0, 0, time.UTC).Format(time.DateOnly): true}
	if day, known := kurbanAit[year]; known {
		free[day] = true
	}
	days := make([]time.Time, len(national))
	for i, h := range national {
		days[i] = time.Date(year, h.month, h.day, 0, 0, 0, 0, time.UTC)
		free[days[i].Format(time.DateOnly)] = true
	}
	for _, day := range days {
		if weekday(day) {
			continue
		}
		for !weekday(day) || free[day.Format(time.DateOnly)] {
			day = day.AddDate(0, 0, 1)
		}
		free[day.Format(time.DateOnly)] = true
	}
	years.Store(year, free)
	return free
}
