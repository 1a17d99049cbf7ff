package say

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
	"golang.org/x/text/message"

	"jastarhub/internal/lang"
)

var tags = map[lang.Language]language.Tag{lang.Kazakh: language.Kazakh, lang.Russian: language.Russian, lang.English: language.English}

// forms are the plural categories of whole numbers, in the order in which Count takes the forms of a noun.
var forms = map[lang.Language][]plural.Form{
	lang.Kazakh:  {plural.One, plural.Other},
	lang.Russian: {plural.One, plural.Few, plural.Many},
	lang.English: {plural.One, plural.Other},
}

// Count returns a number with its noun, of which all forms are given: one and other, in Russian one, few and many.
func Count(l lang.Language, n int, noun ...string) (string, error) {
	if len(noun) != len(forms[l]) {
		return "", fmt.Errorf("%q are not the %d forms of a noun", noun, len(forms[l]))
	}
	form := plural.Cardinal.MatchPlural(tags[l], n, 0, 0, 0, 0)
	return Number(l, n) + "\u00a0" + noun[slices.Index(forms[l], form)], nil
}

// Number returns a number with its thousands separated.
func Number(l lang.Language, n int) string { return message.NewPrinter(tags[l]).Sprint(n) }

var (
	filled = regexp.MustCompile(`(?s)\{\{.*?\}\}`) // what a template fills in
	groups = regexp.MustCompile(`(\d) (\d{3}\b)`)
	units  = regexp.MustCompile(`(?:№|No\.)[ \x{a0}]?\d+ |\d (\p{L}+)`)
	signs  = regexp.MustCompile(`(№|No\.) ?(\d)`)
	dashes = regexp.MustCompile(` ([—–])`)
	// Words that may follow a number but are not counted by it.
	joins = regexp.MustCompile(`^(?:до|из|по|и|или|с|в|на|to|or|and|of|in|at|мен|пен|бен|және|не)$`)
)

// Unbroken puts no-break spaces between a number and what it counts, after № and, except in English, before a dash; noBreak in
// web/build/words.ts does the same for the app, held to the same cases. What a template fills in is not changed. Emails, notifications, words, consent texts and names of the reference data pass through it when they are loaded.
func Unbroken(l lang.Language, text string) string {
	var whole strings.Builder
	from := 0
	for _, at := range append(filled.FindAllStringIndex(text, -1), []int{len(text), len(text)}) {
		piece := text[from:at[0]]
		piece = groups.ReplaceAllString(piece, "$1\u00a0$2")
		piece = units.ReplaceAllStringFunc(piece, func(found string) string {
			if word := units.FindStringSubmatch(found)[1]; word == "" || joins.MatchString(word) {
				return found
			}
			return strings.Replace(found, " ", "\u00a0", 1)
		})
		piece = signs.ReplaceAllString(piece, "$1\u00a0$2")
		if l != lang.English {
			piece = dashes.ReplaceAllString(piece, "\u00a0$1")
		}
		whole.WriteString(piece + text[at[0]:at[1]])
		from = at[1]
	}
	return whole.String()
}
