package say

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"strings"
	"sync"
	"text/template"
	"unicode"
	"unicode/utf8"

	"jastarhub/internal/lang"
	"jastarhub/web"
)

// Templates parses the texts of each language that match the patterns, in which %s stands for the language, each text under the
// name of its file. They may call count, which is Count, and word and words, which return the app's words for one or several
// values of an enum in the form that they have within a sentence.
func Templates(files fs.FS, patterns ...string) map[lang.Language]*template.Template {
	all := make(map[lang.Language]*template.Template, len(lang.All))
	for _, l := range lang.All {
		all[l] = templates(files, l, patterns)
	}
	return all
}

func templates(files fs.FS, l lang.Language, patterns []string) *template.Template {
	within := func(enum, value string) (string, error) {
		word, err := Word(l, enum, value)
		first, size := utf8.DecodeRuneInString(word)
		return string(unicode.ToLower(first)) + word[size:], err
	}
	all := template.New("").Option("missingkey=error").Funcs(template.FuncMap{
		"count": func(n int, noun ...string) (string, error) { return Count(l, n, noun...) },
		"word":  within,
		"words": func(enum string, values any) (string, error) {
			var list []string
			for i := range reflect.ValueOf(values).Len() {
				word, err := within(enum, fmt.Sprint(reflect.ValueOf(values).Index(i)))
				if err != nil {
					return "", err
				}
				list = append(list, word)
			}
			return strings.Join(list, ", "), nil
		},
	})
	for _, pattern := range patterns {
		names, err := fs.Glob(files, fmt.Sprintf(pattern, strings.ToLower(string(l))))
		for _, name := range names {
			var text []byte
			if text, err = fs.ReadFile(files, name); err == nil {
				_, err = all.New(path.Base(name)).Parse(Unbroken(l, string(text)))
			}
			if err != nil {
				break
			}
		}
		if err != nil || len(names) == 0 {
			panic(fmt.Sprintf("an embedded text is broken or missing: %s: %v", pattern, err))
		}
	}
	return all
}

// Words reads the words in a JSON file, by language and key.
func Words(files fs.FS, name string) map[lang.Language]map[string]string {
	var words map[lang.Language]map[string]string
	text, err := fs.ReadFile(files, name)
	if err == nil {
		err = json.Unmarshal(text, &words)
	}
	if err != nil {
		panic(err) // an embedded file is broken
	}
	for l, of := range words {
		for key, word := range of {
			of[key] = Unbroken(l, word)
		}
	}
	return words
}

// apps are the app's words for the values of the schema's enums.
var apps = sync.OnceValue(func() map[lang.Language]map[string]map[string]string {
	all := map[lang.Language]map[string]map[string]string{}
	for l := range tags {
		all[l] = web.Words(strings.ToLower(string(l)))
	}
	return all
})

// Word returns the app's word for a value of an enum of the schema.
func Word(l lang.Language, enum, value string) (string, error) {
	word, known := apps()[l][enum][value]
	if !known {
		return "", fmt.Errorf("%s.%s has no word in %s", enum, value, l)
	}
	return Unbroken(l, word), nil
}
