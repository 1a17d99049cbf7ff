package outbox

import (
	"time"

	"jastarhub/internal/almaty"
)

// The quiet hours, in Almaty: what can wait is not pushed then.
const quietFrom, quietTo = 22, 8

// Quiet reports whether it is night.
func Quiet(t time.Time) bool {
	hour := t.In(almaty.Zone).Hour()
	return hour >= quietFrom || hour < quietTo
}

// Awake returns the moment itself outside quiet hours, otherwise their end.
func Awake(t time.Time) time.Time {
	if !Quiet(t) {
		return t
	}
	return Next(t, quietTo)
}

// Next returns the next time at which it is that hour in Almaty.
func Next(t time.Time, hour int) time.Time {
	local := t.In(almaty.Zone)
	next := time.Date(local.Year(), local.Month(), local.Day(), hour, 0, 0, 0, almaty.Zone)
	if !next.After(local) {
		next = next.AddDate(0, 0, 1)
	}
	return next
}
