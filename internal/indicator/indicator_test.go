package indicator

import (
	"testing"
	"time"

	"jastarhub/internal/fault"
)

func TestYears(t *testing.T) {
	for year, want := range map[int]bool{1999: false, 2000: true, 2026: true, 2100: true, 2101: false} {
		err := validate(year)
		if (err == nil) != want || err != nil && (fault.CodeOf(err) != fault.Invalid || err.Error() != "year: must be from 2000 to 2100") {
			t.Errorf("%d: %v", year, err)
		}
	}
}

func TestPresentYearIsAlmatys(t *testing.T) {
	newYear := time.Date(2026, 12, 31, 19, 0, 0, 0, time.UTC)
	if got := present(newYear); got != 2027 {
		t.Errorf("at midnight in Almaty: %d", got)
	}
	if got := present(newYear.Add(-time.Second)); got != 2026 {
		t.Errorf("a second before: %d", got)
	}
}
