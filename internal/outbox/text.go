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

// The text of a mail is texts/<kind>.<language>.txt: the subject on the first line, an empty line, then the body. The mail's data
// and hub, the address at which people reach the hub, are filled in. texts/parts has parts that several mails share.
//
//go:embed texts/*.txt texts/parts/*.txt
var files embed.FS

var texts = template.Must(template.New("").Option("missingkey=error").ParseFS(files, "texts/*.txt", "texts/parts/*.txt"))

func textLanguage(language lang.Language) string { return strings.ToLower(string(language)) }

func textName(kind Kind, language lang.Language) string {
	return strings.ToLower(string(kind)) + "." + textLanguage(language) + ".txt"
}

// Unlinked keeps mail programs from turning a web address that a person has as a name, or writes to others, into a link: a word
// joiner, which is invisible, ends it for them. Characters at the end of a sentence or before a space need none.
func Unlinked(words string) string { return unlinked.Replace(words) }

var unlinked = strings.NewReplacer(". ", ". ", ".\n", ".\n", ": ", ": ", ":\n", ":\n", ".", ".\u2060", ":", ":\u2060", "/", "/\u2060", "@", "@\u2060")

// unlink applies Unlinked to what people wrote, wherever it is in a mail's data.
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

// written are the names of the data that people write.
var written = []string{"name", "title", "words"}

// render writes a mail's subject and body.
func render(kind Kind, language lang.Language, hub string, data []byte) (subject, body string, err error) {
	var values map[string]any
	if err := json.Unmarshal(data, &values); err != nil {
		return "", "", err
	}
	if values == nil { // a mail without data is stored as null
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
