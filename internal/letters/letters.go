// Package letters has what the hub knows about characters: which of them are visible, and which ones a name may have.
package letters

import (
	"strings"
	"unicode"
)

// OneLine reports whether the text has no line break and no tab.
func OneLine(text string) bool { return !strings.ContainsAny(text, "\n\r\t\v\f\u0085\u2028\u2029") }

// blanks look like a space, although Unicode counts them among letters and symbols: an empty pattern of Braille, a null note.
const blanks = "\u2800\U0001d159"

// Invisible reports whether a character shows nothing and takes no space: format characters, fillers, variation selectors, and
// code points that Unicode has not assigned.
func Invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Co, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector) ||
		strings.ContainsRune(blanks, r) || r == '\ufffc' || !unicode.In(r, unicode.L, unicode.M, unicode.N, unicode.P, unicode.S, unicode.Z)
}

// Visible counts the visible characters of a text: 0 where there are only blanks.
func Visible(text string) (n int) {
	shows := false
	for _, r := range text {
		if !Invisible(r) || r == '\n' || r == '\t' {
			n++
			shows = shows || !unicode.IsSpace(r) && !unicode.IsMark(r) && !Invisible(r)
		}
	}
	if !shows {
		return 0
	}
	return n
}

// Spaced returns a name with one plain space in place of each run of blanks, and none at its ends.
func Spaced(name string) string { return strings.Join(strings.Fields(name), " ") }

// Initial returns the first letter of a name, with its accents and a full stop; "" for an empty name.
func Initial(name string) string {
	if name == "" {
		return ""
	}
	all := []rune(name)
	end := 1
	for end < len(all) && unicode.IsMark(all[end]) {
		end++
	}
	return string(all[:end]) + "."
}

// mostMarks is how many accents and other marks a letter may have: those of real scripts have fewer.
const mostMarks = 4

// WrongName returns what is wrong with a name, as a sentence; "" for a valid name. A name has a letter; invisible characters are
// allowed only where a script or an emoji needs them: joiners between two characters, a variation selector after one.
func WrongName(name string) string {
	all, letters, marks := []rune(name), 0, 0
	for i, r := range all {
		shown := i > 0 && bears(all[i-1])
		switch {
		case joiner(r):
			if !shown || i == len(all)-1 || !joins(all[i+1]) {
				return "must not contain invisible characters"
			}
		case unicode.Is(unicode.Variation_Selector, r):
			if !shown {
				return "must not contain invisible characters"
			}
		case Invisible(r):
			return "must not contain invisible characters"
		case unicode.IsMark(r):
			if marks++; marks > mostMarks || i == 0 || unicode.IsSpace(all[i-1]) {
				return "must not contain accents without a letter, or more than four on one"
			}
			continue
		case unicode.IsLetter(r):
			letters++
		}
		marks = 0
	}
	if letters == 0 {
		return "must have at least one letter"
	}
	return ""
}

// joiner reports whether the character joins its neighbours, or keeps them apart, as in Persian and Indic scripts and in emoji.
func joiner(r rune) bool { return r == '\u200c' || r == '\u200d' }

func joins(r rune) bool { return !Invisible(r) && unicode.In(r, unicode.L, unicode.S) }

func bears(r rune) bool {
	return joins(r) || unicode.Is(unicode.Variation_Selector, r) || unicode.IsMark(r)
}
