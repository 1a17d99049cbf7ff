// Package lang has the hub's three languages, and texts that exist in each of them.
package lang

import (
	"cmp"

	"golang.org/x/text/language"

	"jastarhub/internal/fault"
)

// Language is one of the hub's languages.
type Language string

// The hub's languages, in the order in which one replaces another that is missing.
const (
	Kazakh  Language = "KK"
	Russian Language = "RU"
	English Language = "EN"
)

// All are the hub's languages, in the same order.
var All = []Language{Kazakh, Russian, English}

var matcher = language.NewMatcher([]language.Tag{language.Kazakh, language.Russian, language.English})

// Match returns the best language for an Accept-Language header; Kazakh where it asks for none of the three.
func Match(acceptLanguage string) Language {
	tags, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(tags) == 0 {
		return Kazakh
	}
	_, i, _ := matcher.Match(tags...)
	return All[i]
}

// Text is a curated name: at least one of the three languages is present.
type Text struct {
	KK string `db:"name_kk"`
	RU string `db:"name_ru"`
	EN string `db:"name_en"`
}

// In returns the text in a language, falling back kk → ru → en.
func (t Text) In(l Language) string {
	own := map[Language]string{Kazakh: t.KK, Russian: t.RU, English: t.EN}[l]
	return cmp.Or(own, t.KK, t.RU, t.EN)
}

// Check limits the three texts and requires at least one of them.
func (t *Text) Check(c *fault.Check, field string, most int) {
	c.Name(field+".kk", &t.KK, 0, most)
	c.Name(field+".ru", &t.RU, 0, most)
	c.Name(field+".en", &t.EN, 0, most)
	c.That(t.KK != "" || t.RU != "" || t.EN != "", field, "must be given in at least one language")
}
