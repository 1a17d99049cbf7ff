package notice

import (
	"cmp"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"

	"jastarhub/internal/auth"
	"jastarhub/internal/lang"
)

// texts/<language>.txt has the text of each kind: a line that sums it up, then the rest. Title of the subject and details are
// filled in.
//
//go:embed texts/*.txt
var files embed.FS

var texts = map[lang.Language]*template.Template{lang.Kazakh: parse("kk"), lang.Russian: parse("ru"), lang.English: parse("en")}

func parse(language string) *template.Template {
	return template.Must(template.New("").Option("missingkey=error").ParseFS(files, "texts/"+language+".txt"))
}

// filling is the data of a text's template.
type filling struct {
	Title, Step, Words, When, Until, Number string
	Hours, Place                            string
	Scopes                                  []string
	Was, Is                                 *factsText
	CheckIn                                 string
}

// factsText are the changed facts of a shift; a fact that has not changed is empty.
type factsText struct{ Time, Place, Leads string }

func (f *Facts) text(leads names, said func(string) string) *factsText {
	if f == nil {
		return nil
	}
	text := &factsText{Place: where(said(f.Place), f.Point), Leads: said(leads.String())}
	if f.StartsAt != nil {
		text.Time = auth.Clock(*f.StartsAt) + " – " + auth.Clock(*f.EndsAt)
	}
	return text
}

// Text returns a notice's text in a language.
func (n *Notice) Text(language lang.Language) (line, rest string, err error) {
	return n.text(language, func(words string) string { return words })
}

// text fills in words that people wrote with the help of said.
func (n *Notice) text(language lang.Language, said func(string) string) (line, rest string, err error) {
	d := n.Details
	text, err := write(string(n.Kind), language, filling{Title: cmp.Or(said(n.Called.In(language)), "…"), Step: d.Step, Words: said(d.Words),
		When: clock(d.When), Until: clock(d.Until), Number: d.Number, Hours: fmt.Sprintf("%d:%02d", d.Minutes/60, d.Minutes%60),
		Place: where(said(n.Place), n.Point()), Scopes: d.Scopes, Was: d.Was.text(n.LedBefore, said), Is: d.Is.text(n.LedNow, said), CheckIn: d.CheckIn})
	line, rest, _ = strings.Cut(text, "\n")
	return line, strings.TrimSpace(rest), err
}

func write(name string, language lang.Language, with any) (string, error) {
	var text strings.Builder
	err := texts[language].ExecuteTemplate(&text, name, with)
	return strings.TrimSpace(text.String()), err
}

func clock(t *time.Time) string {
	if t == nil {
		return ""
	}
	return auth.Clock(*t)
}
