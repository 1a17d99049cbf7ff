package outbox

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

// present is when the emails of the tests are sent.
var present = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

func TestEveryTextInEveryLanguage(t *testing.T) {
	names, err := fs.Glob(files, "texts/*.txt")
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	data := []byte(`{"token": "T0KEN", "left": 9, "task": "Trees", "when": "2027-02-01T05:00:00Z", "role": "NGO_LEAD", "name": "Әсел Т.", "scopes": ["NAME"], "tasks": [], "id": "1", "kind": "HIDE",
		"subject": "TASK", "reason": "SPAM", "words": "Why.", "until": "2027-02-01T00:00:00Z", "appealBy": "2027-01-01T00:00:00Z", "upheld": true,
		"shifts": [{"title": "Trees", "when": "2027-02-01T05:00:00Z"}]}`)
	subjects := map[string]string{}
	for _, name := range names {
		kind, _, _ := strings.Cut(strings.TrimPrefix(name, "texts/"), ".")
		for _, language := range lang.All {
			subject, body, err := render(Kind(strings.ToUpper(kind)), language, "https://hub.example", data, present)
			if err != nil {
				t.Errorf("%s in %s: %v", kind, language, err)
				continue
			}
			if subject == "" || len(subject) > 150 || strings.Contains(body, "<no value>") {
				t.Errorf("%s in %s: %q, %q", kind, language, subject, body)
			}
			if of := kind + "." + string(language); subjects[subject] != "" && subjects[subject] != of {
				t.Errorf("%s and %s have one subject", of, subjects[subject])
			} else {
				subjects[subject] = of
			}
		}
	}
}

var show = flag.String("show", "", "a folder to write the mails to")

// TestToRead renders all emails as people get them, one file for each language.
func TestToRead(t *testing.T) {
	names, err := fs.Glob(files, "texts/*.en.txt")
	if err != nil {
		t.Fatal(err)
	}
	shift := `{"title": "Арық тазалау", "when": "2026-05-09T05:00:00Z"}, {"title": "Арық тазалау", "when": "2027-01-16T05:00:00Z"}`
	of := map[string][]string{
		"invitation":         {`{"token": "T0KEN", "role": "CITY_OFFICER"}`, `{"token": "T0KEN", "role": "CONSULTANT"}`, `{"token": "T0KEN", "role": "MEMBER"}`},
		"consent_request":    {`{"token": "T0KEN", "name": "Әсел Т.", "scopes": ["TAKING_PART", "PHOTO", "NAME"], "version": "2"}`},
		"consent_withdrawn":  {`{"name": "Әсел Т.", "scopes": ["TAKING_PART", "PHOTO"], "tasks": [` + shift + `]}`, `{"name": "Әсел Т.", "scopes": ["NAME"], "tasks": null}`},
		"signups_cancelled":  {`{"shifts": [` + shift + `]}`},
		"recovery_code_used": {`{"left": 9}`},
		"report_decided":     {`{"upheld": true}`, `{"upheld": false}`},
	}
	decision := func(kind, subject, reason, until string) string {
		return fmt.Sprintf(`{"id": "1", "kind": %q, "subject": %q, "reason": %q, "words": "Мәтінде бөтен адамның телефоны бар.", "until": %q, "appealBy": "2026-06-08T05:00:00Z"}`,
			kind, subject, reason, until)
	}
	for _, kind := range []string{"content_hidden", "content_shown", "decision_overturned", "decision_upheld"} {
		of[kind] = []string{decision("HIDE", "PROGRESS_UPDATE", "PRIVATE_DATA", ""), decision("HIDE", "PROPOSAL", "DANGER", "")}
	}
	of["person_suspended"] = []string{decision("SUSPEND", "PERSON", "INSULT", "2026-06-01T05:00:00Z"), decision("SUSPEND", "PERSON", "UNTRUE", "")}
	of["suspension_ended"] = of["person_suspended"][:1]
	of["decision_overturned"] = append(of["decision_overturned"], of["suspension_ended"]...)
	for _, language := range lang.All {
		var all strings.Builder
		for _, name := range names {
			kind := strings.TrimSuffix(strings.TrimPrefix(name, "texts/"), ".en.txt")
			if of[kind] == nil {
				of[kind] = []string{`{"token": "T0KEN"}`}
			}
			for _, data := range of[kind] {
				subject, body, err := render(Kind(strings.ToUpper(kind)), language, "https://hub.example", []byte(data), present)
				if err != nil {
					t.Errorf("%s in %s: %v", kind, language, err)
				}
				fmt.Fprintf(&all, "===== %s =====\n%s\n\n%s\n\n", kind, subject, strings.TrimSpace(body))
			}
		}
		if *show == "" {
			continue
		}
		if err := os.WriteFile(*show+"/mails."+textLanguage(language)+".txt", []byte(all.String()), 0o600); err != nil {
			t.Error(err)
		}
	}
}

// TestPeoplesWordsAreQuoted: people's words are in no subject, and web addresses among them are not links.
func TestPeoplesWordsAreQuoted(t *testing.T) {
	names, err := fs.Glob(files, "texts/*.txt")
	if err != nil {
		t.Fatal(err)
	}
	data := []byte(`{"token": "T0KEN", "left": 9, "when": "2027-02-01T05:00:00Z", "role": "NGO_LEAD", "name": "https://c4nary.kz/a", "scopes": ["NAME"],
		"tasks": [{"title": "https://c4nary.kz/a", "when": "2027-02-01T05:00:00Z"}], "id": "1", "kind": "HIDE", "subject": "TASK", "reason": "SPAM", "words": "https://c4nary.kz/a", "until": "2027-02-01T00:00:00Z",
		"appealBy": "2027-01-01T00:00:00Z", "upheld": true, "shifts": [{"title": "https://c4nary.kz/a", "when": "2027-02-01T05:00:00Z"}]}`)
	for _, name := range names {
		kind, language, _ := strings.Cut(strings.TrimSuffix(strings.TrimPrefix(name, "texts/"), ".txt"), ".")
		subject, body, err := render(Kind(strings.ToUpper(kind)), lang.Language(strings.ToUpper(language)), "https://hub.example", data, present)
		if err != nil || strings.Contains(strings.ToLower(subject), "c4nary") {
			t.Errorf("%s: %q, %v", name, subject, err)
		}
		if strings.Contains(body, "c4nary.kz") || strings.Contains(body, "https://c4nary") {
			t.Errorf("%s has a link of a person's: %s", name, body)
		}
	}
}

func TestWhatIsMissingIsNoMail(t *testing.T) {
	if _, _, err := render("VERIFY_EMAIL", lang.English, "https://hub.example", []byte(`{}`), present); err == nil {
		t.Error("a link without its token")
	}
	if _, _, err := render("NO_SUCH_KIND", lang.English, "https://hub.example", []byte(`{}`), present); err == nil {
		t.Error("a text that is not there")
	}
}

func TestATextWithoutData(t *testing.T) {
	for _, data := range []string{`null`, `{}`} {
		if _, _, err := render("EMAIL_CHANGED", lang.Kazakh, "https://hub.example", []byte(data), present); err != nil {
			t.Errorf("%s: %v", data, err)
		}
	}
}

// TestConsentTexts: every scope is named, and so is what a withdrawal ended.
func TestConsentTexts(t *testing.T) {
	data := []byte(`{"token": "T0KEN", "name": "Әсел Т.", "scopes": ["TAKING_PART", "PHOTO", "NAME"], "version": "2",
		"tasks": [{"title": "Арық", "when": "2026-05-09T05:00:00Z"}]}`)
	for _, language := range lang.All {
		for kind, want := range map[Kind]string{"CONSENT_REQUEST": "https://hub.example/consent/T0KEN",
			"CONSENT_WITHDRAWN": "- Арық, " + say.Moment(language, time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC), present)} {
			subject, body, err := render(kind, language, "https://hub.example", data, present)
			if err != nil || strings.Contains(subject, "Әсел") || !strings.Contains(body, "Әсел Т.") || !strings.Contains(body, want) || strings.Count(body, ", ") < 2 {
				t.Errorf("%s in %s: %q, %q, %v", kind, language, subject, body, err)
			}
		}
	}
}
