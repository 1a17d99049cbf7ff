package internal_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// said is a text that people read, with its name in its file and its language.
type said struct{ name, language, text string }

var languages = []string{"kk", "ru", "en"}

// texts returns everything that the hub writes for people, except the first version of the consent's text, which stays as it was
// published, and what residents of the demo city write.
func texts(t *testing.T) (all []said) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(path, "seed/") || strings.HasPrefix(path, "consent/texts/1.") {
			return err
		}
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		switch {
		case strings.Contains(path, "/texts/") && strings.HasSuffix(path, ".txt"):
			all = append(all, said{path, ofFile.FindStringSubmatch(path)[1], string(content)})
		case strings.HasSuffix(path, "words.json"):
			var words map[string]map[string]string
			if err := json.Unmarshal(content, &words); err != nil {
				return err
			}
			for language, of := range words {
				for key, text := range of {
					all = append(all, said{path + " " + key, strings.ToLower(language), text})
				}
			}
		case path == "reference/almaty.json":
			for _, of := range ofColumn.FindAllStringSubmatch(string(content), -1) {
				all = append(all, said{path + " " + of[1], of[2], of[3]})
			}
		case strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, "_test.go"):
			typed, err := inCode(path, content)
			all = append(all, typed...)
			return err
		}
		return nil
	})
	if err != nil || len(all) < 300 {
		t.Fatal(len(all), err)
	}
	return all
}

var (
	ofFile   = regexp.MustCompile(`\b(kk|ru|en)\.txt$`)
	ofColumn = regexp.MustCompile(`"(\w+_(kk|ru|en))": "([^"]*)"`)
)

// inCode returns the texts of a Go file: those under the name of a language.
func inCode(path string, content []byte) (all []said, err error) {
	file, err := parser.ParseFile(token.NewFileSet(), path, content, 0)
	if err != nil {
		return nil, err
	}
	named := map[string]string{"KK": "kk", "Kazakh": "kk", "RU": "ru", "Russian": "ru", "EN": "en", "English": "en"}
	ast.Inspect(file, func(n ast.Node) bool {
		pair, is := n.(*ast.KeyValueExpr)
		if !is {
			return true
		}
		var key string
		switch of := pair.Key.(type) {
		case *ast.Ident:
			key = of.Name
		case *ast.SelectorExpr:
			key = of.Sel.Name
		}
		ast.Inspect(pair.Value, func(n ast.Node) bool {
			if literal, is := n.(*ast.BasicLit); is && literal.Kind == token.STRING && named[key] != "" {
				text, _ := strconv.Unquote(literal.Value) // the parser has read it
				all = append(all, said{path, named[key], text})
			}
			return true
		})
		return true
	})
	return all, nil
}

// kinds are the kinds of mistakes that texts have had, by language: no text may have them any more.
var kinds = []struct {
	name, language string
	found          *regexp.Regexp
}{
	{"a word that governs a case stands after a value: let a noun carry the ending, or put the value behind a colon", "kk",
		regexp.MustCompile(`(?:\}\}|%[a-z])»?,?\s*(?:дейін|шейін|бастап|кейін|соң|бұрын|бері|ішінде|күтеміз|беру)(?:\P{L}|$)`)},
	{"an ending stands after a value", "kk", regexp.MustCompile(`(?:\}\}|%[a-z])-(?:[^\p{L}]|[^онфа]|о[^р]|н[^ұ]|ф[^о]|а[^у])`)}, // орын, нұсқа, фото, ауысым
	{"a gender in brackets", "ru", regexp.MustCompile(`\((?:а|на|ла|ась|ая)\)`)},
	{"a verb agrees with a title or a person: put the noun before it", "ru", regexp.MustCompile(`(?:^|[\n.:!?}] ?)«?\{\{\.(?:Title|name|Leads)\}\}»?,?\s+\p{L}+(?:л|ла|ло|ли|но|та|то|лась|лось|лся|на)(?:\P{L}|$)`)},
	{"a name is declined", "ru", regexp.MustCompile(`(?i)(?:^|\P{L})(?:для|на имя|от|у|к|с|со|за|имени) «?\{\{\.(?:name|Leads)`)},
	{"a name that follows is declined", "ru", regexp.MustCompile(`(?:^|\P{L})(?:на имя|для|от|имени)$`)},
	{"a straight apostrophe", "", regexp.MustCompile(`\p{L}'\p{L}`)},
	{"a no-break space: they are put in as texts are loaded", "", regexp.MustCompile(`\x{a0}`)},
}

func TestTextsMakeNoOldMistakes(t *testing.T) {
	t.Parallel()
	for _, of := range texts(t) {
		for _, kind := range kinds {
			if kind.language != "" && kind.language != of.language {
				continue
			}
			if found := kind.found.FindString(of.text); found != "" {
				t.Errorf("%s in %s: %s: %q", of.name, of.language, kind.name, found)
			}
		}
	}
}

// TestOneWordForOneThing refuses the words that docs/words.md says are not used.
func TestOneWordForOneThing(t *testing.T) {
	t.Parallel()
	refused := notUsed(t)
	for _, of := range texts(t) {
		text := plain(of.text)
		for _, word := range refused[of.language] {
			if found := word.FindString(text); found != "" {
				t.Errorf("%s in %s: %q is not used", of.name, of.language, found)
			}
		}
	}
}

var filled = regexp.MustCompile(`(?s)\{\{.*?\}\}`)

// plain returns a text without what a template fills in.
func plain(text string) string { return filled.ReplaceAllString(text, " ") }

func notUsed(t *testing.T) map[string][]*regexp.Regexp {
	t.Helper()
	glossary, err := os.ReadFile("../docs/words.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := regexp.MustCompile("(?m)^\\| (kk|ru|en) \\| `([^`]+)` \\|").FindAllStringSubmatch(string(glossary), -1)
	if len(rows) < 20 {
		t.Fatal(rows)
	}
	refused := map[string][]*regexp.Regexp{}
	for _, row := range rows {
		word := strings.ReplaceAll(regexp.QuoteMeta(row[2]), `\*`, `\p{L}*`)
		refused[row[1]] = append(refused[row[1]], regexp.MustCompile(`(?i)(?:^|\P{L})`+word+`(?:\P{L}|$)`))
	}
	return refused
}

// TestEveryLanguageHasAllWords: each language of a words.json has the same keys, and each language of the emails and notices has the
// same texts with the same values.
func TestEveryLanguageHasAllWords(t *testing.T) {
	t.Parallel()
	keys := map[string]map[string][]string{} // the values of each text, by its name without a language, and by language
	note := func(name, language, text string) {
		if keys[name] == nil {
			keys[name] = map[string][]string{}
		}
		values := map[string]bool{}
		for _, action := range filled.FindAllString(text, -1) {
			for _, of := range field.FindAllString(action, -1) {
				values[of] = true
			}
		}
		keys[name][language] = slices.Sorted(maps.Keys(values))
	}
	for _, of := range texts(t) {
		switch {
		case strings.HasPrefix(of.name, "notice/"):
			for _, part := range strings.Split(of.text, `{{define "`)[1:] {
				name, text, _ := strings.Cut(part, `"}}`)
				note("notice/"+name, of.language, text)
			}
		case strings.HasSuffix(of.name, ".txt"):
			note(ofFile.ReplaceAllString(of.name, ""), of.language, of.text)
		case strings.Contains(of.name, "words.json"):
			note(of.name, of.language, of.text)
		}
	}
	for name, in := range keys {
		for _, language := range languages {
			if values, is := in[language]; !is {
				t.Errorf("%s is missing in %s", name, language)
			} else if !slices.Equal(values, in["en"]) {
				t.Errorf("%s has %v in %s, and %v in English", name, values, language, in["en"])
			}
		}
	}
}

// field matches a value in an action of a template, or the name of a step or part.
var field = regexp.MustCompile(`\.\w+|"[A-Z_]+"`)
