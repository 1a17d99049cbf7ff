package outbox

import (
	"time"

	"jastarhub/internal/auth"
)

// The quiet hours, in Almaty: nothing is pushed then that can wait.
const quietFrom, quietTo = 22, 8

// Quiet reports whether it is night.
func Quiet(t time.Time) bool {
	hour := t.In(auth.Almaty).Hour()
	return hour >= quietFrom || hour < quietTo
}

// Awake is the moment itself by day, and by night when the next day begins.
func Awake(t time.Time) time.Time {
	if !Quiet(t) {
		return t
	}
	return Next(t, quietTo)
}

// Next is the next time at which it is so many o'clock in Almaty.
func Next(t time.Time, hour int) time.Time {
	local := t.In(auth.Almaty)
	next := time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, auth.Almaty)
	if !next.After(local) {
		next = next.AddDate(0, 0, 1)
	}
	return next
}
