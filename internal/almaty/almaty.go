// Package almaty is the city's calendar: its time zone, when a day begins there, and how old people are on it.
package almaty

import "time"

// Zone is the city's time zone: UTC+5 since 1 March 2024.
var Zone = mustLoad("Asia/Almaty")

func mustLoad(name string) *time.Location {
	zone, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // time zones are built into the program
	}
	return zone
}

// Day returns the calendar day of a moment, as 2006-01-02.
func Day(moment time.Time) string { return moment.In(Zone).Format(time.DateOnly) }

// Midnight returns the moment when a calendar day begins.
func Midnight(day time.Time) time.Time {
	return time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, Zone)
}

// Adult is the age from which a person is no longer a minor.
const Adult = 18

// AgeOn returns the age in whole years of somebody born on birth, on the calendar day of at.
func AgeOn(birth, at time.Time) int {
	day := at.In(Zone)
	age := day.Year() - birth.Year()
	if day.Month() < birth.Month() || day.Month() == birth.Month() && day.Day() < birth.Day() {
		age--
	}
	return age
}
