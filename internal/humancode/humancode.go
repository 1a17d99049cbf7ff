// Package humancode makes codes that people read from a screen or from paper and type: no character looks like another.
package humancode

import (
	"encoding/binary"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alphabet has a prime number of characters, so that one of them can check the others. It has no 0, 1, I, L or O.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const base = uint64(len(alphabet))

// Code encodes at least 8 bytes, random or from a signature, as a text of that many characters, 12 at most.
func Code(bytes []byte, characters int) string {
	n, text := binary.BigEndian.Uint64(bytes), make([]byte, characters)
	for i := range text {
		text[i] = alphabet[n%base]
		n /= base
	}
	return string(text)
}

// Clean returns a code as it was meant: in Latin capitals, without spaces, hyphens of any kind and invisible characters, which
// come from documents and from keyboards of other scripts.
func Clean(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Pd, unicode.Cf) || unicode.IsSpace(r) || r == '−' || r == '_' {
			return -1
		}
		r = unicode.ToUpper(r)
		if latin, like := lookAlikes[r]; like {
			return latin
		}
		return r
	}, norm.NFKC.String(text))
}

// lookAlikes are Cyrillic and Greek capitals that look the same as letters of the alphabet.
var lookAlikes = map[rune]rune{'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Ԍ': 'G', 'Н': 'H', 'Һ': 'H', 'Ј': 'J', 'К': 'K', 'М': 'M', 'Р': 'P', 'Ԛ': 'Q', 'Ѕ': 'S', 'Т': 'T',
	'Ү': 'Y', 'У': 'Y', 'Ѵ': 'V', 'Ԝ': 'W', 'Х': 'X', 'З': '3', 'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y',
	'Χ': 'X'}

// Check returns a check character that differs if one character of the text is wrong, or two have changed places. Characters
// outside the alphabet count with their byte value.
func Check(text string) byte {
	sum := uint64(0)
	for i := range len(text) {
		value := uint64(text[i])
		if at := strings.IndexByte(alphabet, text[i]); at >= 0 {
			value = uint64(at)
		}
		sum += uint64(i+1) * value
	}
	return alphabet[sum%base]
}

// Are reports whether all characters are in the alphabet.
func Are(text string) bool {
	return strings.Trim(text, alphabet) == ""
}
