package almaty

import (
	"testing"
	"time"
)

func TestAgeOn(t *testing.T) {
	t.Parallel()
	date := func(year int, month time.Month, day int) time.Time {
		return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	}
	midnight := time.Date(2026, 5, 8, 19, 0, 0, 0, time.UTC) // of the 9th in Almaty
	for name, c := range map[string]struct {
		birth, at time.Time
		want      int
	}{
		"on the birthday":             {date(2008, 5, 9), midnight, 18},
		"a second before":             {date(2008, 5, 9), midnight.Add(-time.Second), 17},
		"the day after":               {date(2008, 5, 8), midnight, 18},
		"a month before":              {date(2008, 6, 1), midnight, 17},
		"born today":                  {date(2026, 5, 9), midnight, 0},
		"born tomorrow":               {date(2026, 5, 10), midnight, -1},
		"29 February, on the 28th":    {date(2008, 2, 29), date(2026, 2, 28), 17},
		"29 February, on 1 March":     {date(2008, 2, 29), date(2026, 3, 1), 18},
		"29 February, in a leap year": {date(2008, 2, 29), date(2028, 2, 29), 20},
	} {
		if got := AgeOn(c.birth, c.at); got != c.want {
			t.Errorf("%s: %d, want %d", name, got, c.want)
		}
	}
}
