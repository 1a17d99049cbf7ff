package guardianpage

import (
	"flag"
	"html/template"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/consent"
	"jastarhub/internal/lang"
	"jastarhub/internal/say"
	"jastarhub/web"
)

var show = flag.String("show", "", "a folder to write the pages to")

// TestToRead renders the page with each version of the text, before and after the answer, and its messages.
func TestToRead(t *testing.T) {
	p := &page{log: slog.New(slog.DiscardHandler), words: say.Words(files, "words.json"), template: template.Must(template.ParseFS(files, "page.html"))}
	now := time.Date(2026, 5, 1, 5, 0, 0, 0, time.UTC)
	until := now.Add(time.Hour)
	of := func(states ...consent.ConsentState) (all []*consent.Consent) {
		for i, scope := range []consent.ConsentScope{consent.TakingPart, consent.Photo, consent.Name} {
			c := &consent.Consent{Scope: scope, State: states[i%len(states)], AskedAt: now, ExpiresAt: &until, GivenAt: &now}
			if c.State == consent.Withdrawn {
				c.RevokedAt = &until
			}
			all = append(all, c)
		}
		return all
	}
	for name, question := range map[string]*consent.Question{
		"1-given": {Version: "1", Consents: of(consent.Given, consent.Declined, consent.Withdrawn)},
		"2-asked": {Version: "2", Consents: of(consent.Asked)},
		"2-given": {Version: "2", Consents: of(consent.Given, consent.Expired, consent.Declined)},
		"lapsed":  nil, "grown": nil, "missing": nil, "failed": nil, "changed": nil, "none": nil, "unread": nil,
	} {
		for _, l := range lang.All {
			var v view
			if question != nil {
				question.Name = "Әсел Т."
				text, err := consent.Text(question.Version, l)
				if err != nil {
					t.Fatal(err)
				}
				rows, err := p.rows(question, l, now)
				if err != nil {
					t.Fatal(err)
				}
				v = view{Question: question, Text: text, Open: question.Open(now), Live: question.Live(), Rows: rows}
			}
			answer := httptest.NewRecorder()
			p.render(answer, httptest.NewRequest(http.MethodGet, "/consent/x", nil), http.StatusOK, l, name, v)
			body := answer.Body.String()
			if answer.Code != http.StatusOK {
				t.Errorf("%s in %s: %d", name, l, answer.Code)
			}
			for _, paragraph := range v.Text {
				if !strings.Contains(body, template.HTMLEscapeString(paragraph)) {
					t.Errorf("%s in %s is without %q: %s", name, l, paragraph, body)
				}
			}
			for _, row := range v.Rows {
				if row.State == "" || !strings.Contains(body, template.HTMLEscapeString(row.Label)) || !row.Open && !strings.Contains(body, row.State) {
					t.Errorf("%s in %s: %+v in %s", name, l, row, body)
				}
			}
			if question == nil && (p.words[l][name] == "" || !strings.Contains(body, p.words[l][name])) {
				t.Errorf("%s in %s: %s", name, l, body)
			}
			if *show == "" {
				continue
			}
			if err := os.WriteFile(*show+"/consent-"+name+"."+strings.ToLower(string(l))+".html", []byte(strings.ReplaceAll(body, "/consent/page.css", "page.css")), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
	if *show != "" {
		answer := httptest.NewRecorder()
		style(web.Look())(answer, httptest.NewRequest(http.MethodGet, "/consent/page.css", nil))
		if err := os.WriteFile(*show+"/page.css", answer.Body.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
