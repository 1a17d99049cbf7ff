package email

import (
	"strings"
	"testing"
)

func TestFold(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]string{
		"a@mail.kz": "a@mail.kz", " Aia.Zhanga+hub@Mail.KZ ": "aia.zhanga+hub@mail.kz", "o'neil@mail.kz": "o'neil@mail.kz", "a_b-c@m-1.mail.kz": "a_b-c@m-1.mail.kz",
		"q@почта.қаз": "q@xn--80a1acny.xn--80ao21a", "q@ПОЧТА.ҚАЗ": "q@xn--80a1acny.xn--80ao21a", "q@xn--80a1acny.xn--80ao21a": "q@xn--80a1acny.xn--80ao21a",
		"q@XN--80A1ACNY.xn--80ao21a": "q@xn--80a1acny.xn--80ao21a", "q@mail。kz": "q@mail.kz", "q@ｍａｉｌ.kz": "q@mail.kz",
		"Әлем@mail.kz": "әлем@mail.kz", "e\u0301@mail.kz": "é@mail.kz", "ｑ@mail.kz": "q@mail.kz",

		"a@mail.kz.example.org": "a@mail.kz.example.org", "a@localhost.kz": "a@localhost.kz",
		"a@a.invalid": "", "a@a.TEST": "", "a@printer.local": "", "a@wiki.internal": "", "a@a.onion": "", "a@a.example": "", "a@a.alt": "", "a@home.arpa": "",
		"a@example.c": "",

		"": "", "a": "", "@": "", "a@": "", "@mail.kz": "", "x@b": "", "x@localhost": "", "x@a.localhost": "", "a@[127.0.0.1]": "", "a@127.0.0.1": "",
		"a@[IPv6:::1]": "", "a@1.2": "", "a@mail.kz.": "", "a@.mail.kz": "", "a@mail..kz": "", "a@-mail.kz": "", "a@mail_1.kz": "", "a@ma il.kz": "",
		"a b@mail.kz": "", `"a b"@mail.kz`: "", `"a"@mail.kz`: "", "Aia <a@mail.kz>": "", "a@mail.kz (Aia)": "", "a@mail.kz,b@mail.kz": "", "a@b@mail.kz": "",
		".a@mail.kz": "", "a.@mail.kz": "", "a..b@mail.kz": "", "a\\b@mail.kz": "", "a:b@mail.kz": "", "a\r\nBcc: b@mail.kz": "",
		"a\u200b@mail.kz": "", "a\u200d@mail.kz": "", "\ufeffa@mail.kz": "", "a\u00ad@mail.kz": "", "a@ma\u200eil.kz": "", "a@ma\u200bil.kz": "", "a@ma\u00adil.kz": "", "a\u2800@mail.kz": "", "a\u3164@mail.kz": "",
		"a@xn--a.kz": "", "a@" + strings.Repeat("a.", 126) + "kz": "",
	} {
		if got, ok := Fold(address); ok != (want != "") || ok && got != want {
			t.Errorf("%+q: %q, %v; want %q", address, got, ok, want)
		}
	}
}

// TestFoldAgain: folding a folded address changes nothing.
func TestFoldAgain(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"q@почта.қаз", "straße@faß.de", "a@İstanbul.tr", "Σας@mail.kz"} {
		first, ok := Fold(address)
		if again, still := Fold(first); ok && (!still || again != first) {
			t.Errorf("%+q folds to %q, and that to %q", address, first, again)
		}
	}
}
