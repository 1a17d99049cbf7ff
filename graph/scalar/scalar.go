// Package scalar reads and writes the schema's scalars. A value that it cannot read is a fault.Invalid without a field, which is
// added where the position of the value is known.
package scalar

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"golang.org/x/text/unicode/norm"

	"jastarhub/internal/fault"
)

func invalid(text string) error { return fault.Because(fault.Invalid, text) }

// MarshalID writes an id.
func MarshalID(id uuid.UUID) graphql.Marshaler { return graphql.MarshalString(id.String()) }

// UnmarshalID reads an id in the only form in which the hub writes it.
func UnmarshalID(v any) (uuid.UUID, error) {
	text, _ := v.(string)
	id, err := uuid.Parse(text)
	// Parse accepts URNs, braces and capitals too; one id in two spellings is two keys in a client's cache.
	if err != nil || id.String() != text {
		return uuid.Nil, invalid("must be an id, 36 characters such as 0190c2a4-7b1e-7c3d-9f52-6a8b1c2d3e4f")
	}
	return id, nil
}

// mostBytes limits a text before anything else reads it.
const mostBytes = 20_000

// MarshalString writes a text.
func MarshalString(text string) graphql.Marshaler { return graphql.MarshalString(text) }

// UnmarshalString reads a text in Unicode's composed form, without characters that a database refuses or a page shows wrongly:
// what looks the same is found and compared as the same, on whatever keyboard it was written.
func UnmarshalString(v any) (string, error) {
	text, ok := v.(string)
	switch {
	case !ok:
		return "", invalid("must be a text")
	case len(text) > mostBytes:
		return "", invalid("must have at most 20,000 bytes")
	case !utf8.ValidString(text):
		return "", invalid("must be UTF-8")
	case strings.ContainsFunc(text, unwanted):
		return "", invalid("must not contain control characters")
	case strings.ContainsRune(text, utf8.RuneError):
		return "", invalid("must not contain U+FFFD, which stands for characters that were lost on the way")
	}
	return norm.NFC.String(text), nil
}

// unwanted characters change how their neighbours are read: control characters, and those that change the direction of writing,
// with which one text can look like another.
func unwanted(r rune) bool {
	switch {
	case r == '\n', r == '\t', r == '\r':
		return false
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return true
	}
	return unicode.IsControl(r)
}

// MarshalInt writes a whole number.
func MarshalInt(n int32) graphql.Marshaler { return graphql.MarshalInt32(n) }

// UnmarshalInt reads a whole number of 32 bits, the range of GraphQL's Int.
func UnmarshalInt(v any) (int32, error) {
	n, err := int64(0), error(nil)
	switch v := v.(type) {
	case int: // the schema's default of an input field
		n = int64(v)
	case int64:
		n = v
	case json.Number:
		n, err = v.Int64()
	default:
		return 0, invalid("must be a whole number")
	}
	if err != nil || n < math.MinInt32 || n > math.MaxInt32 {
		return 0, invalid("must be a whole number of 32 bits")
	}
	return int32(n), nil
}

// MarshalFloat writes a number.
func MarshalFloat(f float64) graphql.Marshaler { return graphql.MarshalFloat(f) }

// UnmarshalFloat reads a finite number.
func UnmarshalFloat(v any) (float64, error) {
	f, err := 0.0, error(nil)
	switch v := v.(type) {
	case int: // the schema's default of an input field
		f = float64(v)
	case int64:
		f = float64(v)
	case float64:
		f = v
	case json.Number:
		f, err = strconv.ParseFloat(v.String(), 64)
	default:
		return 0, invalid("must be a number")
	}
	if err != nil || math.IsInf(f, 0) || math.IsNaN(f) {
		return 0, invalid("must be a finite number")
	}
	return f, nil
}
