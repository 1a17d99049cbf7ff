package consent

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"jastarhub/internal/lang"
)

// published are the checksums of the texts that guardians have been shown. A changed text needs a new version.
var published = map[string]string{
	"1.kk": "040a2f515157d418",
	"1.ru": "894632a12190d138",
	"1.en": "af0265da74d3455d",
	"2.kk": "e7f55ac375ffe5b8",
	"2.ru": "cfdd71222d2eab4e",
	"2.en": "d33d0d2ebd728730",
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
	for name := range published {
		version, l, _ := strings.Cut(name, ".")
		if paragraphs, err := Text(version, lang.Language(strings.ToUpper(l))); err != nil || len(paragraphs) != 6 {
			t.Errorf("%s: %d paragraphs, %v", name, len(paragraphs), err)
		}
	}
	if published[textVersion+".kk"] == "" {
		t.Errorf("version %s was not published", textVersion)
	}
}
