package scalar_test

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"

	"jastarhub/graph/scalar"
	"jastarhub/internal/fault"
)

// reads checks an Unmarshal function against a table: values that are not in wanted are refused with INVALID.
func reads[T comparable](t *testing.T, unmarshal func(any) (T, error), wanted map[any]T, refused ...any) {
	t.Helper()
	for given, want := range wanted {
		if got, err := unmarshal(given); err != nil || got != want {
			t.Errorf("%T %v: got %v, %v; want %v", given, given, got, err, want)
		}
	}
	for _, given := range append(refused, nil, true, []any{}, map[string]any{}) {
		if got, err := unmarshal(given); fault.CodeOf(err) != fault.Invalid {
			t.Errorf("%T %.60v: got %v, %v; want INVALID", given, given, got, err)
		}
	}
}

func writes(t *testing.T, m graphql.Marshaler, want string) {
	t.Helper()
	var b strings.Builder
	m.MarshalGQL(&b)
	if b.String() != want {
		t.Errorf("wrote %s; want %s", b.String(), want)
	}
}

const id = "0190c2a4-7b1e-7c3d-9f52-6a8b1c2d3e4f"

func TestID(t *testing.T) {
	reads(t, scalar.UnmarshalID, map[any]uuid.UUID{id: uuid.MustParse(id)},
		"", "abc", 4, int64(4), json.Number("4"), strings.ToUpper(id), "{"+id+"}", "urn:uuid:"+id,
		strings.ReplaceAll(id, "-", ""), id+" ", strings.Repeat("a", 100_000))
	writes(t, scalar.MarshalID(uuid.MustParse(id)), `"`+id+`"`)
}

func TestString(t *testing.T) {
	reads(t, scalar.UnmarshalString, map[any]string{
		"": "",
		"Қала тазалығы\n\tи «двор»": "Қала тазалығы\n\tи «двор»",
		"👩‍👧 family":                "👩‍👧 family", // the joiner between the two is not a bidi control
		"и\u0306ог cafe\u0301":      "йог café",   // as a Mac writes file names
		"e\u0301\u0323":             "\u1eb9\u0301",
		"\u0958":                    "\u0915\u093c", // has no composed form
		"ﬁ ½ Ａ":                     "ﬁ ½ Ａ",        // only looks differ: kept
		strings.Repeat("ә", 10_000): strings.Repeat("ә", 10_000),
	},
		"a\x00b", "\x07", "\x1b[31m", "\u0085", "\u202egpj.exe", "\u2066x\u2069", "\xff", "lost: \ufffd", strings.Repeat("ә", 10_001),
		int64(4), json.Number("4"))
	writes(t, scalar.MarshalString("\"a\"\n"), `"\"a\"\n"`)
}

func TestInt(t *testing.T) {
	reads(t, scalar.UnmarshalInt, map[any]int32{int64(7): 7, 20: 20, json.Number("-2147483648"): math.MinInt32,
		int64(math.MaxInt32): math.MaxInt32},
		int64(1<<31), int64(-1<<31-1), json.Number("2147483648"), json.Number("99999999999999999999"),
		json.Number("1.5"), "7", 1.5)
	writes(t, scalar.MarshalInt(-5), `-5`)
}

func TestFloat(t *testing.T) {
	reads(t, scalar.UnmarshalFloat, map[any]float64{int64(43): 43, 43: 43, 43.25: 43.25, json.Number("76.9"): 76.9,
		json.Number("-1e3"): -1000},
		math.NaN(), math.Inf(1), json.Number("1e999"), json.Number("NaN"), "43.25")
	writes(t, scalar.MarshalFloat(43.25), `43.25`)
}

func TestDateTime(t *testing.T) {
	at := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	reads(t, scalar.UnmarshalDateTime, map[any]time.Time{
		"2026-05-09T10:00:00+05:00":      at,
		"2026-05-09T05:00:00Z":           at,
		"2026-05-09T05:00:00.000000Z":    at,
		"1900-01-01T00:00:00Z":           time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC),
		"2026-05-09T05:00:00.000000499Z": at, // the nearest microsecond, as the database has it
		"2026-05-09T04:59:59.9999995Z":   at,
		"2200-12-31T23:59:59.999999499Z": time.Date(2200, 12, 31, 23, 59, 59, 999_999_000, time.UTC),
		"1899-12-31T23:59:59.9999999Z":   time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC),
	},
		"", "2026-05-09", "2026-05-09T10:00:00", "2026-13-09T10:00:00Z", "2026-02-30T10:00:00Z", "1899-12-31T23:59:59Z",
		"2201-01-01T00:00:00Z", "2200-12-31T23:59:59.9999995Z", "1900-01-01T00:00:00+05:00", "99999-01-01T00:00:00Z", int64(1), json.Number("1"))
	writes(t, scalar.MarshalDateTime(at.In(time.FixedZone("", 5*3600))), `"2026-05-09T05:00:00Z"`)
}

func TestDate(t *testing.T) {
	day := time.Date(2010, 3, 21, 0, 0, 0, 0, time.UTC)
	reads(t, scalar.UnmarshalDate, map[any]time.Time{"2010-03-21": day},
		"", "2010-3-21", "2010-02-30", "21.03.2010", "2010-03-21T00:00:00Z", "1899-12-31", "2201-01-01", "0000-00-00",
		int64(20100321), json.Number("20100321"))
	writes(t, scalar.MarshalDate(day), `"2010-03-21"`)
}
