package workday

import (
	"slices"
	"testing"
	"time"
)

// free are the days from Monday to Friday of a year that are not worked.
func free(year int) (days []string) {
	for day := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC); day.Year() == year; day = day.AddDate(0, 0, 1) {
		if weekday(day) && !Works(day) {
			days = append(days, day.Format("01-02"))
		}
		if !weekday(day) && Works(day) {
			days = append(days, "+"+day.Format("01-02"))
		}
	}
	return days
}

// TestYears holds 2026 against the calendar that the government has published, and 2027 against the law, as yet without Kurban Ait.
func TestYears(t *testing.T) {
	t.Parallel()
	for year, want := range map[int][]string{
		2026: {"01-01", "01-02", "01-07", "03-09", "03-23", "03-24", "03-25", "05-01", "05-07", "05-11", "05-27", "07-06", "08-31", "10-26", "12-16"},
		2027: {"01-01", "01-04", "01-07", "03-08", "03-22", "03-23", "03-24", "05-03", "05-07", "05-10", "07-06", "08-30", "10-25", "12-16"},
	} {
		if got := free(year); !slices.Equal(got, want) {
			t.Errorf("%d: %v, want %v", year, got, want)
		}
	}
}

func TestDecreed(t *testing.T) {
	decreed["2026-05-02"], decreed["2026-05-08"] = true, false
	defer clear(decreed)
	if saturday, friday := time.Date(2026, 5, 2, 0, 0, 0, 0, time.UTC), time.Date(2026, 5, 8, 0, 0, 0, 0, time.UTC); !Works(saturday) || Works(friday) {
		t.Error("a day that the government has moved stays")
	}
}
