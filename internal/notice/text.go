package notice

import (
	"cmp"
	"embed"
	"strings"
	"time"

	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

// texts/<language>.txt has the text of each kind: a line that sums it up, then the rest. Title of the subject and details are
// filled in.
//
//go:embed texts/*.txt
var files embed.FS

var texts = say.Templates(files, "texts/%s.txt")

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

func (f *Facts) text(leads names, in voice) *factsText {
	if f == nil {
		return nil
	}
	text := &factsText{Place: where(in.said(f.Place), f.Point), Leads: in.said(leads.String())}
	if f.StartsAt != nil {
		text.Time = say.Span(in.language, *f.StartsAt, *f.EndsAt, in.now)
	}
	return text
}

// voice is how a notice is written: the language, the present time, and how people's words are written.
type voice struct {
	language lang.Language
	now      time.Time
	said     func(string) string
}

func (in voice) moment(t *time.Time) string {
	if t == nil {
		return ""
	}
	return say.Moment(in.language, *t, in.now)
}

// Text returns a notice's text in a language, for somebody who reads it now.
func (n *Notice) Text(language lang.Language, now time.Time) (line, rest string, err error) {
	return n.text(voice{language, now, func(words string) string { return words }})
}

func (n *Notice) text(in voice) (line, rest string, err error) {
	d := n.Details
	text, err := write(string(n.Kind), in.language, filling{Title: cmp.Or(in.said(n.Called.In(in.language)), "…"), Step: d.Step, Words: in.said(d.Words),
		When: in.moment(d.When), Until: in.moment(d.Until), Number: d.Number, Hours: say.Lasted(in.language, d.Minutes),
		Place: where(in.said(n.Place), n.Point()), Scopes: d.Scopes, Was: d.Was.text(n.LedBefore, in), Is: d.Is.text(n.LedNow, in), CheckIn: d.CheckIn})
	line, rest, _ = strings.Cut(text, "\n")
	return line, strings.TrimSpace(rest), err
}

func write(name string, language lang.Language, with any) (string, error) {
	var text strings.Builder
	err := texts[language].ExecuteTemplate(&text, name, with)
	return strings.TrimSpace(text.String()), err
}
