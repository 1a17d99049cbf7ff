package outbox

import (
	"embed"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"text/template"

	"jastarhub/internal/lang"
)

// A mail's text is texts/<kind>.<language>.txt: the subject in the first line, an empty one, then the body. It is filled
// in with the mail's data and with hub, the address that people reach the hub at. texts/parts has what several of them say.
//
//go:embed texts/*.txt texts/parts/*.txt
var files embed.FS

var texts = template.Must(template.New("").Option("missingkey=error").ParseFS(files, "texts/*.txt", "texts/parts/*.txt"))

func textLanguage(language lang.Language) string { return strings.ToLower(string(language)) }

func textName(kind Kind, language lang.Language) string {
	return strings.ToLower(string(kind)) + "." + textLanguage(language) + ".txt"
}

// Unlinked keeps programs from making a link of a web address that somebody has as a name, or writes to others: they end it at a word
// joiner, which does not show. What ends a sentence or stands before a space needs none.
func Unlinked(words string) string { return unlinked.Replace(words) }

var unlinked = strings.NewReplacer(". ", ". ", ".\n", ".\n", ": ", ": ", ":\n", ":\n", ".", ".\u2060", ":", ":\u2060", "/", "/\u2060", "@", "@\u2060")

// unlink unlinks what people wrote, wherever it stands in a mail's data.
func unlink(data any) {
	switch data := data.(type) {
	case []any:
		for _, one := range data {
			unlink(one)
		}
	case map[string]any:
		for name, value := range data {
			if words, is := value.(string); is && slices.Contains(written, name) {
				data[name] = Unlinked(words)
			} else {
				unlink(value)
			}
		}
	}
}

// written are the names of what people write in the data of mails.
var written = []string{"name", "title", "words"}

// render writes a mail's subject and body.
func render(kind Kind, language lang.Language, hub string, data []byte) (subject, body string, err error) {
	var values map[string]any
	if err := json.Unmarshal(data, &values); err != nil {
		return "", "", err
	}
	if values == nil { // a mail without data is written down as null
		values = map[string]any{}
	}
	unlink(values)
	values["hub"] = hub
	var text strings.Builder
	if err := texts.ExecuteTemplate(&text, textName(kind, language), values); err != nil {
		return "", "", err
	}
	subject, body, found := strings.Cut(text.String(), "\n\n")
	if !found || strings.Contains(subject, "\n") {
		return "", "", fmt.Errorf("the text %s has no subject", textName(kind, language))
	}
	return subject, body, nil
}
