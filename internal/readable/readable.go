// Package readable makes codes that people read from a screen or a paper and type: no character looks like another.
package readable

import (
	"encoding/binary"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// alphabet has a prime number of characters, so that one of them can check others. It has no 0, 1, I, L or O.
const alphabet = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

const base = uint64(len(alphabet))

// Code is the text of as many characters, up to 12, that at least 8 bytes at random or of a signature stand for.
func Code(bytes []byte, characters int) string {
	n, text := binary.BigEndian.Uint64(bytes), make([]byte, characters)
	for i := range text {
		text[i] = alphabet[n%base]
		n /= base
	}
	return string(text)
}

// Clean is a code as it was meant: in Latin capitals, without blanks, hyphens of any kind and what does not show, as it comes out of
// documents and off keyboards of other scripts.
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

// lookAlikes are Cyrillic and Greek capitals that nobody tells from the alphabet's.
var lookAlikes = map[rune]rune{'А': 'A', 'В': 'B', 'С': 'C', 'Е': 'E', 'Ԍ': 'G', 'Н': 'H', 'Һ': 'H', 'Ј': 'J', 'К': 'K', 'М': 'M', 'Р': 'P', 'Ԛ': 'Q', 'Ѕ': 'S', 'Т': 'T',
	'Ү': 'Y', 'У': 'Y', 'Ѵ': 'V', 'Ԝ': 'W', 'Х': 'X', 'З': '3', 'Α': 'A', 'Β': 'B', 'Ε': 'E', 'Ζ': 'Z', 'Η': 'H', 'Κ': 'K', 'Μ': 'M', 'Ν': 'N', 'Ρ': 'P', 'Τ': 'T', 'Υ': 'Y',
	'Χ': 'X'}

// Check is the character that tells a text with one wrong character, or two that changed places, from the right one.
// What is not of the alphabet stands for itself.
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

// Are reports whether all characters are of the alphabet.
func Are(text string) bool {
	return strings.Trim(text, alphabet) == ""
}
