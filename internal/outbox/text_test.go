package outbox

import (
	"io/fs"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

// present is when the mails of the tests are sent.
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
		for _, language := range []lang.Language{lang.Kazakh, lang.Russian, lang.English} {
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
	for _, language := range []lang.Language{lang.Kazakh, lang.Russian, lang.English} {
		for kind, want := range map[Kind]string{"CONSENT_REQUEST": "https://hub.example/consent/T0KEN",
			"CONSENT_WITHDRAWN": "- Арық, " + say.Moment(language, time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC), present)} {
			subject, body, err := render(kind, language, "https://hub.example", data, present)
			if err != nil || strings.Contains(subject, "Әсел") || !strings.Contains(body, "Әсел Т.") || !strings.Contains(body, want) || strings.Count(body, ", ") < 2 {
				t.Errorf("%s in %s: %q, %q, %v", kind, language, subject, body, err)
			}
		}
	}
}
