package consent

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"
	"text/template"

	"jastarhub/internal/lang"
)

// published are the texts that guardians have been shown. One that differs needs a version of its own.
var published = map[string]string{
	"1.kk": "040a2f515157d418",
	"1.ru": "894632a12190d138",
	"1.en": "af0265da74d3455d",
}

func TestPublishedTextsStay(t *testing.T) {
	t.Parallel()
	entries, err := texts.ReadDir("texts")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, err := texts.ReadFile("texts/" + entry.Name())
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(text)
		if name := strings.TrimSuffix(entry.Name(), ".txt"); published[name] != hex.EncodeToString(sum[:8]) {
			t.Errorf("%s is %q, not what was published", name, hex.EncodeToString(sum[:8]))
		}
	}
	for _, l := range []lang.Language{lang.Kazakh, lang.Russian, lang.English} {
		if paragraphs, err := Text(textVersion, l); err != nil || len(paragraphs) != 6 {
			t.Errorf("%s: %d paragraphs, %v", l, len(paragraphs), err)
		}
	}
}

// TestMails: the templates take the data as the outbox keeps it, and name every scope.
func TestMails(t *testing.T) {
	t.Parallel()
	var data map[string]any
	if err := json.Unmarshal([]byte(`{"Name": "Әсел Т.", "Link": "https://youth.example/consent/x", "Scopes": ["TAKING_PART", "PHOTO", "NAME"],
		"Tasks": [{"Title": "Арық", "When": "09.05.2026 10:00"}]}`), &data); err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"consent_request", "consent_withdrawn"} {
		for _, l := range []string{"kk", "ru", "en"} {
			file, err := template.ParseFiles("../outbox/templates/" + kind + "." + l + ".txt")
			if err != nil {
				t.Fatal(err)
			}
			var filled strings.Builder
			if err := file.Option("missingkey=error").Execute(&filled, data); err != nil {
				t.Fatal(err)
			}
			subject, body, _ := strings.Cut(filled.String(), "\n")
			what := map[string]string{"consent_request": "https://youth.example/consent/x", "consent_withdrawn": "Арық, 09.05.2026 10:00"}[kind]
			if !strings.Contains(subject, "Әсел Т.") || !strings.Contains(body, what) || strings.Count(body, ", ") < 2 {
				t.Errorf("%s.%s: %s", kind, l, filled.String())
			}
		}
	}
}
