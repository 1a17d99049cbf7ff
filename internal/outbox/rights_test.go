package outbox

import (
	"testing"
	"time"

	"jastarhub/internal/almaty"
	"jastarhub/internal/auth/who"
	"jastarhub/internal/fault"
)

func TestWhoSendsAgain(t *testing.T) {
	failed := new(time.Now())
	for _, c := range []struct {
		name   string
		letter DeadLetter
		want   fault.Code
	}{
		{"one that was given up", DeadLetter{FailedAt: failed, Lasting: true}, ""},
		{"one that is due again", DeadLetter{Lasting: true}, fault.WrongState},
		{"one that opens an account", DeadLetter{FailedAt: failed}, fault.WrongState},
	} {
		who.Codes(t, c.name, c.letter.refuse, map[who.Actor]fault.Code{who.Visitor: fault.Unauthenticated, who.Officer: c.want,
			who.Waiting: fault.SecondFactorMissing, who.Everyone: fault.NotOfficer})
	}
}

// TestQuietHours are those from 22 to 8 in Almaty.
func TestQuietHours(t *testing.T) {
	at := func(hour, minute int) time.Time { return time.Date(2026, 5, 9, hour, minute, 0, 0, almaty.Zone).UTC() }
	for _, c := range []struct {
		at   time.Time
		want bool
	}{
		{at(7, 59), true}, {at(8, 0), false}, {at(15, 0), false}, {at(21, 59), false}, {at(22, 0), true}, {at(0, 0), true}, {at(3, 0), true},
	} {
		if got := Quiet(c.at); got != c.want {
			t.Errorf("%s: %v", c.at.In(almaty.Zone), got)
		}
	}
}
