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
