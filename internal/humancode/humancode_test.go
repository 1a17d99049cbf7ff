package humancode

import (
	"bytes"
	"strings"
	"testing"
)

func TestCode(t *testing.T) {
	t.Parallel()
	for _, one := range [][]byte{make([]byte, 8), bytes.Repeat([]byte{255}, 32)} {
		if code := Code(one, 12); len(code) != 12 || !Are(code) {
			t.Errorf("%x is %q", one, code)
		}
	}
	if a, b := Code([]byte("12345678"), 6), Code([]byte("12345679"), 6); a == b {
		t.Errorf("both are %s", a)
	}
	if strings.ContainsAny(alphabet, "01ILO") || len(alphabet) != 31 {
		t.Error(alphabet)
	}
	if Are("ABC0") || Are("abc") || !Are("") {
		t.Error("what is of the alphabet")
	}
}

func TestClean(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{" jh-2026-abcd ": "JH2026ABCD", "a b\tc–d—e": "ABCDE", "ә": "Ә", "": ""} {
		if got := Clean(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// TestCheck: every single wrong character, and every swap of two neighbours, is noticed.
func TestCheck(t *testing.T) {
	t.Parallel()
	const text = "20267K4MQ2XW9RT"
	right := Check(text)
	for i := range len(text) {
		for _, other := range []byte(alphabet) {
			wrong := text[:i] + string(other) + text[i+1:]
			if text[i] != '0' && other != text[i] && Check(wrong) == right {
				t.Errorf("%s checks like %s", wrong, text)
			}
		}
		if i > 3 && text[i] != text[i-1] {
			if wrong := text[:i-1] + text[i:i+1] + text[i-1:i] + text[i+1:]; Check(wrong) == right {
				t.Errorf("%s checks like %s", wrong, text)
			}
		}
	}
}
