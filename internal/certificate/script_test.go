package certificate

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"jastarhub/internal/lang"
)

// TestRuns: each script has its font; a character that no font has is replaced visibly, and an invisible one is left out.
func TestRuns(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Әйгерім Құнанбаева": "serif", "გიორგი": "georgian", "Արամ": "armenian", "สมชาย": "thai", "李小龍": "han", "김민준": "hangul", "さくら": "han",
		"Team 李": "serif han", "ئالىم": "lacks", "محمد": "lacks", "שלום": "lacks", "हिन्दी": "lacks", "🌱": "lacks", "𠮷": "lacks", "\u200b": "",
	} {
		all, lacks := runs("serif", text)
		var got []string
		for _, r := range all {
			switch {
			case lacks:
				if strings.Trim(r.text, string(unprintable)) != "" {
					t.Errorf("%q: %q", text, r.text)
				}
				got = []string{"lacks"}
			case r.face == nil:
				got = append(got, "serif")
			default:
				got = append(got, r.face.family)
			}
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q: %v, want %s", text, got, want)
		}
	}
}

// TestPrintAnyName: a PDF is printed whatever a person or a team is called.
func TestPrintAnyName(t *testing.T) {
	t.Parallel()
	for i, name := range []string{"🌱🌱", "𠮷田", "李 김민준 さくら", "محمد", "გიორგი Արամ สมชาย", "Сухарто", strings.Repeat("ә", 80), strings.Repeat("Аа ", 26), "a\u0301\u0302\u0303\u0304", ""} {
		for _, language := range lang.All {
			c, parts := sample(language, 2)
			c.GivenName, c.FamilyName, parts[0].Team.KK, parts[0].Ngo.RU = name, strings.Repeat("Ю", 8*i), name, name
			var out bytes.Buffer
			if err := Print(&out, c, parts, verifying); err != nil || !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) {
				t.Errorf("%q: %v", name, err)
			}
			if *show != "" && language == lang.Kazakh {
				if err := os.WriteFile(*show+"/name"+string(rune('a'+i))+".pdf", out.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestLongNamesAreWhole: no letter of a name is left out, and no line is wider than the page allows.
func TestLongNamesAreWhole(t *testing.T) {
	t.Parallel()
	for _, name := range []string{strings.Repeat("Ю", 161), strings.Repeat("Құнанбаева ", 14) + "Айя", "Айя"} {
		c, parts := sample(lang.Kazakh, 1)
		p := blank(c, parts)
		for _, size := range []float64{28, 14, 7} {
			p.choose("serif", "B", size)
			lines := p.wrapped(name, inner)
			if got := strings.Join(lines, ""); strings.ReplaceAll(got, " ", "") != strings.ReplaceAll(name, " ", "") {
				t.Errorf("%q becomes %q", name, lines)
			}
			for _, line := range lines {
				if p.width(line) > inner {
					t.Errorf("%q is too wide", line)
				}
			}
		}
	}
}
