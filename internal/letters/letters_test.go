package letters

import (
	"strings"
	"testing"
)

func TestNames(t *testing.T) {
	t.Parallel()
	const invisible, accents, letter = "must not contain invisible characters",
		"must not contain accents without a letter, or more than four on one", "must have at least one letter"
	for name, want := range map[string]string{
		"Әйгерім": "", "Құнанбаева-Өтеғұлқызы": "", "O’Brien": "", "Дәулет ұлы": "", "Ли": "", "李": "", "김민준": "", "გიორგი": "", "สมชาย": "", "ئالىم": "",
		"محمد": "", "Nguyễn": "", "Björk": "", "𠮷田": "", "Team 42": "", "Жасыл 🌱 ел": "", "❤\ufe0f Almaty": "", "👩‍🌾 Farm": "",
		"می\u200cخواهم": "", "क\u094d\u200dष": "", "ශ\u0dca\u200dරී": "", "บ้านน้ำ": "", "שָׁלוֹם": "",
		"": letter, "42": letter, "!!!": letter, "🌱": letter, "-": letter,
		"\u200b": invisible, "\u2800": invisible, "\u3164": invisible, "\ufeff": invisible, "\u00ad": invisible, "\u115f": invisible, "\uffa0": invisible,
		"\u034f": invisible, "\u180e": invisible, "\u2060": invisible, "\U000e0041": invisible, "\U000e0100": invisible, "\ue000": invisible, "\u0378": invisible,
		"\ufffc": invisible, "Al\u200bmaty": invisible, "Al\u00admaty": invisible, "\u200dAlma": invisible, "Alma\u200d": invisible, "Al \u200dma": invisible,
		"Al\u200d\u200dma": invisible, "Al\u200c1": invisible, "Al\u061cma": invisible, "Al\u200ema": invisible, " \ufe0fAl": invisible,
		"a" + strings.Repeat("\u0301", 70): accents, "a" + strings.Repeat("\u0335", 5): accents, "\u0301a": accents, "a \u0301b": accents,
	} {
		if got := WrongName(name); got != want {
			t.Errorf("%+q: %q, want %q", name, got, want)
		}
	}
}

func TestVisible(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]int{"": 0, "a b": 3, "a\nb": 3, "қала": 4, " \u00a0\u200b\u2800\u3164\ufeff\u00ad\u0301\n": 0, "e\u0301": 2, "👩‍🌾": 2} {
		if got := Visible(text); got != want {
			t.Errorf("%+q shows %d characters, want %d", text, got, want)
		}
	}
}

func TestInitial(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"": "", "Ли": "Л.", "हिन्दी": "हि.", "𠮷田": "𠮷."} {
		if got := Initial(name); got != want {
			t.Errorf("%q begins with %q, want %q", name, got, want)
		}
	}
}

func TestOneLine(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"a\nb", "a\rb", "a\tb", "a\u2028b", "a\u2029b", "a\u0085b", "a\vb"} {
		if OneLine(text) {
			t.Errorf("%q is one line", text)
		}
	}
	if !OneLine("a b") || Spaced(" Айя\u00a0 \u3000Ли\n") != "Айя Ли" {
		t.Error("a space ends a line, or stays")
	}
}
