package outbox

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

// The text of an email is texts/<kind>.<language>.txt: the subject on the first line, an empty line, then the body. The email's data
// and hub, the address at which people reach the hub, are filled in. texts/parts has parts that several emails share.
//
//go:embed texts/*.txt texts/parts/*.txt
var files embed.FS

var texts = say.Templates(files, "texts/*.%s.txt", "texts/parts/%s.txt")

func textLanguage(language lang.Language) string { return strings.ToLower(string(language)) }

func textName(kind Kind, language lang.Language) string {
	return strings.ToLower(string(kind)) + "." + textLanguage(language) + ".txt"
}

// Unlinked keeps email programs from turning a web address that a person has as a name, or writes to others, into a link: a word
// joiner, which is invisible, ends it for them. Characters at the end of a sentence or before a space need none.
func Unlinked(words string) string { return unlinked.Replace(words) }

var unlinked = strings.NewReplacer(". ", ". ", ".\n", ".\n", ": ", ": ", ":\n", ":\n", ".", ".\u2060", ":", ":\u2060", "/", "/\u2060", "@", "@\u2060")

// spell writes the values of an email's data as people read them: what people wrote without links, moments and days in the
// language.
func spell(data any, language lang.Language, now time.Time) {
	switch data := data.(type) {
	case []any:
		for _, one := range data {
			spell(one, language, now)
		}
	case map[string]any:
		for name, value := range data {
			text, is := value.(string)
			moment, err := time.Parse(time.RFC3339, text)
			switch {
			case !is:
				spell(value, language, now)
			case slices.Contains(written, name):
				data[name] = Unlinked(text)
			case err != nil:
			case slices.Contains(moments, name):
				data[name] = say.Moment(language, moment, now)
			case slices.Contains(days, name):
				data[name] = say.DayOf(language, moment)
			}
		}
	}
}

// written are the names of the data that people write; moments and days are the names of times.
var (
	written = []string{"name", "title", "words"}
	moments = []string{"when"}
	days    = []string{"until", "appealBy"}
)

// render writes an email's subject and body.
func render(kind Kind, language lang.Language, hub string, data []byte, now time.Time) (subject, body string, err error) {
	var values map[string]any
	if err := json.Unmarshal(data, &values); err != nil {
		return "", "", err
	}
	if values == nil { // an email without data is stored as null
		values = map[string]any{}
	}
	spell(values, language, now)
	values["hub"] = hub
	var text strings.Builder
	if err := texts[language].ExecuteTemplate(&text, textName(kind, language), values); err != nil {
		return "", "", err
	}
	subject, body, found := strings.Cut(text.String(), "\n\n")
	if !found || strings.Contains(subject, "\n") {
		return "", "", fmt.Errorf("the text %s has no subject", textName(kind, language))
	}
	return subject, body, nil
}
