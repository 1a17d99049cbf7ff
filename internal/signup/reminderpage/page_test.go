package reminderpage

import (
	"flag"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

var show = flag.String("show", "", "a folder to write the pages to")

// TestToRead renders the page with each of its messages; its style is that of the guardian's page.
func TestToRead(t *testing.T) {
	p := &Page{Log: slog.New(slog.DiscardHandler)}
	p.Handler()
	when := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	for _, message := range []string{"ask", "said", "free", "over", "missing", "failed"} {
		for _, l := range lang.All {
			v := view{Message: message}
			if message != "missing" && message != "failed" {
				v = view{Title: "Арық тазалау", When: say.Moment(l, when, when), Path: "/tasks/1", Message: message, Open: message == "ask" || message == "said", Said: message == "said"}
			}
			answer := httptest.NewRecorder()
			p.render(answer, httptest.NewRequest(http.MethodGet, "/coming/x", nil), http.StatusOK, l, v)
			body := answer.Body.String()
			if p.words[l][message] == "" || !strings.Contains(body, p.words[l][message]) {
				t.Errorf("%s in %s: %s", message, l, body)
			}
			if *show == "" {
				continue
			}
			if err := os.WriteFile(*show+"/reminder-"+message+"."+strings.ToLower(string(l))+".html", []byte(strings.ReplaceAll(body, "/consent/page.css", "page.css")), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}
}
