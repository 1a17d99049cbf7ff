// Package reminderpage is the page behind the link of a reminder on which a person says whether they come to a shift.
package reminderpage

import (
	"bytes"
	"context"
	"embed"
	"html/template"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
	"jastarhub/internal/lang"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/say"
	"jastarhub/internal/signup"
)

//go:embed page.html words.json
var files embed.FS

// policy allows the style of the guardians' pages, the app's fonts and the page's own form.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

const mostBytes = 1 << 10 // of a form

// Page handles requests.
type Page struct {
	Notices   *notice.Service
	Signups   *signup.Service
	Log       *slog.Logger
	RequestID func(context.Context) string
	Now       func() time.Time

	template *template.Template
	words    map[lang.Language]map[string]string
}

// Handler returns the handler of /coming/. The link alone identifies the request, so no cookie is needed; programs that follow
// links in emails change nothing, because only the form does.
func (p *Page) Handler() http.Handler {
	p.template = template.Must(template.ParseFS(files, "page.html"))
	p.words = say.Words(files, "words.json")
	routes := http.NewServeMux()
	routes.HandleFunc("GET /coming/{token}", p.show)
	routes.HandleFunc("POST /coming/{token}", p.change)
	routes.HandleFunc("/coming/", func(w http.ResponseWriter, r *http.Request) {
		p.fail(w, r, lang.Match(r.Header.Get("Accept-Language")), fault.Missing("token"))
	})
	return httpfault.SameSite(nil, routes)
}

// view is what the template is filled with.
type view struct {
	Words                            map[string]string
	Lang, Title, When, Message, Path string
	Open, Said                       bool
}

func (p *Page) show(w http.ResponseWriter, r *http.Request) {
	language := lang.Match(r.Header.Get("Accept-Language"))
	n, g, err := p.signup(r)
	if err != nil {
		p.fail(w, r, language, err)
		return
	}
	v := view{Title: n.Called.In(language), Path: n.Path()}
	switch {
	case g == nil || g.State != signup.Confirmed:
		v.Message = "free"
	case g.Slot.HasBegun(p.Now()) || !g.Slot.Planned:
		v.Message = "over"
	case g.ComingAt != nil:
		v.Open, v.Said, v.Message = true, true, "said"
	default:
		v.Open, v.Message = true, "ask"
	}
	if g != nil {
		v.When = say.Moment(language, g.StartsAt(), p.Now())
	}
	p.render(w, r, http.StatusOK, language, v)
}

// signup returns the reminder that the link leads to, and the person's live sign-up for its shift, nil if there is none.
func (p *Page) signup(r *http.Request) (*notice.Notice, *signup.Signup, error) {
	n, err := p.Notices.Reminder(r.Context(), r.PathValue("token"))
	if err != nil {
		return nil, nil, err
	}
	mine, err := p.Signups.MineIn(r.Context(), &auth.Actor{PersonID: n.PersonID}, []uuid.UUID{n.SubjectID})
	if err != nil {
		return nil, nil, err
	}
	return n, mine[0], nil
}

// change handles the submitted form.
func (p *Page) change(w http.ResponseWriter, r *http.Request) {
	language := lang.Match(r.Header.Get("Accept-Language"))
	if err := httpfault.Form(w, r, mostBytes); err != nil {
		p.fail(w, r, language, err)
		return
	}
	n, g, err := p.signup(r)
	if err == nil && g != nil {
		c := mutation.Call{Actor: &auth.Actor{PersonID: n.PersonID}, Now: p.Now(), Request: p.RequestID(r.Context()), IDs: []uuid.UUID{g.ID}}
		switch r.PostForm.Get("action") {
		case "coming":
			c.Name = "sayComing"
			err = p.Signups.SayComing(r.Context(), c, g.ID)
		case "cannot":
			c.Name = "cancelSignup"
			_, err = p.Signups.Cancel(r.Context(), c, signup.CancelSignupInput{ID: g.ID})
		}
	}
	switch fault.CodeOf(err) {
	case fault.WrongState, fault.SignupClosed: // the page shows the present state
		err = nil
	}
	if err != nil {
		p.fail(w, r, language, err)
		return
	}
	http.Redirect(w, r, "/coming/"+r.PathValue("token"), http.StatusSeeOther)
}

// fail says what is wrong without revealing what exists.
func (p *Page) fail(w http.ResponseWriter, r *http.Request, language lang.Language, err error) {
	f := httpfault.Refusal(r.Context(), p.Log, err)
	status, message := httpfault.Status(f.Code), "failed"
	if f.Code == fault.NotFound {
		message = "missing"
	}
	httpfault.SetHeaders(w.Header(), status, f.Wait)
	p.render(w, r, status, language, view{Message: message})
}

func (p *Page) render(w http.ResponseWriter, r *http.Request, status int, l lang.Language, v view) {
	v.Words, v.Lang, v.Message = p.words[l], strings.ToLower(string(l)), p.words[l][v.Message]
	var filled bytes.Buffer
	if err := p.template.Execute(&filled, v); err != nil {
		httpfault.Write(r.Context(), w, p.Log, err)
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
