package scalar

import (
	"time"

	"github.com/99designs/gqlgen/graphql"
)

// Years outside these are typing errors, and for distant years PostgreSQL and JavaScript disagree with Go.
const (
	firstYear = 1900
	lastYear  = 2200
)

func sane(t time.Time) bool { return t.Year() >= firstYear && t.Year() <= lastYear }

// MarshalDateTime writes a moment, in UTC.
func MarshalDateTime(t time.Time) graphql.Marshaler {
	return graphql.MarshalString(t.UTC().Format(time.RFC3339Nano))
}

// UnmarshalDateTime reads a moment, with its offset, to the microsecond: so what is checked is what the database stores.
func UnmarshalDateTime(v any) (time.Time, error) {
	text, _ := v.(string)
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		return time.Time{}, invalid("must be a moment with its offset, such as 2026-05-09T10:00:00+05:00")
	}
	if t = t.UTC().Round(time.Microsecond); !sane(t) {
		return time.Time{}, invalid("must be in the years 1900 to 2200")
	}
	return t, nil
}

// MarshalDate writes a calendar day.
func MarshalDate(day time.Time) graphql.Marshaler {
	return graphql.MarshalString(day.Format(time.DateOnly))
}

// UnmarshalDate reads a calendar day, as its midnight in UTC.
func UnmarshalDate(v any) (time.Time, error) {
	text, _ := v.(string)
	day, err := time.Parse(time.DateOnly, text)
	if err != nil {
		return time.Time{}, invalid("must be a calendar day, such as 2010-03-21")
	}
	if !sane(day) {
		return time.Time{}, invalid("must be in the years 1900 to 2200")
	}
	return day, nil
}
