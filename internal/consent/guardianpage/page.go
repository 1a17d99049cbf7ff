// Package guardianpage is the page behind an emailed link on which a guardian, who has no account, answers.
package guardianpage

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"jastarhub/internal/consent"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

//go:embed page.html words.json page.css
var files embed.FS

// policy allows the page's own style, the app's fonts and the page's own form.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const mostBytes = 8 << 10 // of a form

// page handles requests.
type page struct {
	consents *consent.Service
	template *template.Template
	words    map[lang.Language]map[string]string
	log      *slog.Logger
	now      func() time.Time
}

// New returns the handler of /consent/. The link alone identifies the request: the page needs no cookie, and another site cannot
// submit the form, because it does not know the link. Look is the style that the page shares with the app.
func New(consents *consent.Service, look string, log *slog.Logger, now func() time.Time) http.Handler {
	p := &page{consents: consents, log: log, now: now, words: say.Words(files, "words.json"), template: template.Must(template.ParseFS(files, "page.html"))}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /consent/page.css", style(look))
	routes.HandleFunc("GET /consent/{token}", p.show)
	routes.HandleFunc("POST /consent/{token}", p.change)
	routes.HandleFunc("/consent/", func(w http.ResponseWriter, r *http.Request) { p.fail(w, r, fault.Missing("token")) })
	return httpfault.SameSite(nil, routes)
}

func style(look string) http.HandlerFunc {
	own, err := files.ReadFile("page.css")
	if err != nil {
		panic(err) // an embedded file is broken
	}
	return func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Cache-Control", "no-cache")
		http.ServeContent(w, r, "page.css", time.Time{}, strings.NewReader(look+string(own)))
	}
}

// view is what the template is filled with.
type view struct {
	Words     map[string]string
	Lang      string
	Languages []string
	Question  *consent.Question
	Text      []string
	Rows      []row
	Open      bool
	Live      bool
	Message   string
}

// row is a scope and its state.
type row struct {
	Scope, Label, State, When string
	Open, Live                bool
}

func (p *page) show(w http.ResponseWriter, r *http.Request) { p.write(w, r, http.StatusOK, "") }

// write shows the request, with a message where the form was not accepted.
func (p *page) write(w http.ResponseWriter, r *http.Request, status int, message string) {
	now := p.now()
	q, err := p.consents.Question(r.Context(), r.PathValue("token"), now)
	if err != nil {
		p.fail(w, r, err)
		return
	}
	language := languageOf(r, q.Language)
	if q.Lapsed(now) {
		p.render(w, r, http.StatusGone, language, "lapsed", view{})
		return
	}
	text, err := consent.Text(q.Version, language)
	rows, noWord := p.rows(q, language, now)
	if err := cmp.Or(err, noWord); err != nil {
		p.fail(w, r, err)
		return
	}
	v := view{Question: q, Text: text, Open: q.Open(now), Live: q.Live(), Rows: rows}
	p.render(w, r, status, language, message, v)
}

func (p *page) rows(q *consent.Question, l lang.Language, now time.Time) ([]row, error) {
	rows := make([]row, len(q.Consents))
	for i, c := range q.Consents {
		label, err := say.Word(l, "ConsentScope", string(c.Scope))
		if err != nil {
			return nil, err
		}
		state, when := c.State, c.AskedAt
		switch {
		case c.State == consent.Asked && !c.Open(now):
			state = consent.Expired
		case c.RevokedAt != nil:
			when = *c.RevokedAt
		case c.GivenAt != nil:
			when = *c.GivenAt
		}
		rows[i] = row{Scope: string(c.Scope), Label: label, State: p.words[l][string(state)], When: say.DayOf(l, when), Open: c.Open(now), Live: c.State == consent.Given}
	}
	return rows, nil
}

// change handles the submitted form.
func (p *page) change(w http.ResponseWriter, r *http.Request) {
	if err := httpfault.Form(w, r, mostBytes); err != nil {
		p.write(w, r, httpfault.Status(fault.CodeOf(err)), "unread")
		return
	}
	err := p.act(r.Context(), r)
	switch code := fault.CodeOf(err); {
	case err == nil:
		language := languageOf(r, "")
		http.Redirect(w, r, "/consent/"+r.PathValue("token")+"?lang="+strings.ToLower(string(language)), http.StatusSeeOther)
	case code == fault.WrongState:
		p.write(w, r, httpfault.Status(code), "changed")
	case code == fault.Invalid:
		p.write(w, r, httpfault.Status(code), "none")
	default:
		p.fail(w, r, err)
	}
}

// act does what the form asks for. Codes: INVALID (no scope, or an action that the form does not have) and those of
// consent.Service.
func (p *page) act(ctx context.Context, r *http.Request) error {
	var scopes []consent.ConsentScope
	for _, scope := range r.PostForm["scope"] {
		scopes = append(scopes, consent.ConsentScope(scope))
	}
	token, now := r.PathValue("token"), p.now()
	switch action := r.PostForm.Get("action"); {
	case action == "decline":
		return p.consents.Answer(ctx, token, nil, languageOf(r, lang.Kazakh), now)
	case len(scopes) == 0:
		return fault.Field("scope", "must name at least one scope")
	case action == "give":
		return p.consents.Answer(ctx, token, scopes, languageOf(r, lang.Kazakh), now)
	case action == "withdraw":
		return p.consents.Revoke(ctx, token, scopes, now)
	}
	return fault.Field("action", "must be give, decline or withdraw")
}

// fail says what is wrong without revealing what exists.
func (p *page) fail(w http.ResponseWriter, r *http.Request, err error) {
	f := httpfault.Refusal(r.Context(), p.log, err)
	status, message := httpfault.Status(f.Code), "failed"
	switch f.Code {
	case fault.NotFound:
		message = "missing"
	case fault.NotAMinor:
		status, message = http.StatusGone, "grown"
	}
	httpfault.SetHeaders(w.Header(), status, f.Wait)
	p.render(w, r, status, languageOf(r, ""), message, view{})
}

func (p *page) render(w http.ResponseWriter, r *http.Request, status int, l lang.Language, message string, v view) {
	v.Words, v.Lang, v.Message, v.Languages = p.words[l], strings.ToLower(string(l)), p.words[l][message], []string{"kk", "ru", "en"}
	var filled bytes.Buffer
	if err := p.template.Execute(&filled, v); err != nil {
		httpfault.Write(r.Context(), w, p.log, err)
		return
	}
	header := w.Header()
	header.Set("Content-Security-Policy", policy)
	header.Set("Content-Type", "text/html; charset=utf-8")
	header.Set("Cache-Control", "no-store")
	header.Set("Referrer-Policy", "no-referrer")
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("X-Robots-Tag", "noindex")
	w.WriteHeader(status)
	_, _ = w.Write(filled.Bytes())
}

// languageOf returns the language chosen on the page, otherwise the one in which the guardian was asked, otherwise the browser's.
func languageOf(r *http.Request, asked lang.Language) lang.Language {
	chosen := cmp.Or(r.PostForm.Get("lang"), r.URL.Query().Get("lang"))
	if l := lang.Language(strings.ToUpper(chosen)); slices.Contains(lang.All, l) {
		return l
	}
	if asked != "" {
		return asked
	}
	return lang.Match(r.Header.Get("Accept-Language"))
}
