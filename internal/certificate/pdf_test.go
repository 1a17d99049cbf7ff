package certificate

import (
	"bytes"
	"flag"
	"os"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/lang"
)

var show = flag.String("show", "", "a folder to write the printed certificates to")

// sample returns a certificate with the given number of teams, and the longest names.
func sample(language lang.Language, teams int) (*Certificate, []*CertificatePart) {
	day := func(d int) time.Time { return time.Date(2026, 3, d, 0, 0, 0, 0, time.UTC) }
	c := &Certificate{Number: "JH-2026-7K4M-Q2XW-9RTB", GivenName: "Әйгерім", FamilyName: "Құнанбаева-Өтеғұлқызы", Language: language, From: day(1), To: day(31),
		Minutes: 2190, Shifts: 14, IssuedAt: day(31)}
	parts := make([]*CertificatePart, teams)
	for i := range parts {
		parts[i] = &CertificatePart{Team: lang.Text{KK: "Әуезов ауданының жасыл қоңырау командасы", RU: "Команда «Зелёный Ауэзов»", EN: "Green Auezov"},
			Ngo:     lang.Text{KK: "«Таза Алматы» жастар экологиялық ұйымы, һәм достары", RU: "Молодёжная организация «Чистый Алматы»", EN: "Clean Almaty youth organisation"},
			Minutes: 730, Shifts: 5, FirstOn: day(2), LastOn: day(29)}
	}
	return c, parts
}

const verifying = "https://hub.almaty.example/certificates/JH-2026-7K4M-Q2XW-9RTB"

// TestPrintToRead: one page for a few teams, more for many, in each language.
func TestPrintToRead(t *testing.T) {
	t.Parallel()
	for _, language := range lang.All {
		for teams, pages := range map[int]int{3: 1, 30: 3} {
			var out bytes.Buffer
			c, parts := sample(language, teams)
			if err := Print(&out, c, parts, verifying); err != nil {
				t.Fatal(err)
			}
			if !bytes.HasPrefix(out.Bytes(), []byte("%PDF-")) || bytes.Count(out.Bytes(), []byte("/Type /Page\n")) != pages {
				t.Errorf("%s, %d teams: %d pages, want %d", language, teams, bytes.Count(out.Bytes(), []byte("/Type /Page\n")), pages)
			}
			if *show != "" && teams == 3 {
				if err := os.WriteFile(*show+"/certificate."+strings.ToLower(string(language))+".pdf", out.Bytes(), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// TestNumbers: what was typed leads to the number, and a mistake is noticed.
func TestNumbers(t *testing.T) {
	t.Parallel()
	number := newNumber(2026)
	for _, typed := range []string{number, strings.ToLower(number), strings.ReplaceAll(number, "-", ""), " " + strings.ReplaceAll(number, "-", " ") + " ",
		strings.ReplaceAll(number, "-", "\u2011"), strings.ReplaceAll(number, "-", "\u00a0\u2013\u200b"), strings.ReplaceAll(number, "-", "\u2212"), "\ufeff" + number + "\t",
		strings.NewReplacer("J", "Ј", "H", "Н", "A", "А", "B", "В", "C", "С", "E", "Е", "K", "К", "M", "М", "P", "Р", "T", "Т", "X", "Х", "Y", "У").Replace(number),
		strings.ToLower(strings.NewReplacer("H", "Н", "K", "К", "X", "Х", "2", "２").Replace(number))} {
		if got, ok := ParseNumber(typed); !ok || got != number {
			t.Errorf("%q is %q, %v", typed, got, ok)
		}
	}
	other := map[byte]string{'2': "3"}[number[9]]
	if other == "" {
		other = "2"
	}
	for _, wrong := range []string{"", "JH", number[3:], number + "2", number[:9] + other + number[10:], strings.Replace(number, "2026", "2025", 1), strings.Replace(number, "2026", "20a6", 1)} {
		if got, ok := ParseNumber(wrong); ok {
			t.Errorf("%q is %q", wrong, got)
		}
	}
	if newNumber(2026) == number {
		t.Error("twice the same")
	}
}

func BenchmarkPrint(b *testing.B) {
	c, parts := sample(lang.Kazakh, 5)
	for b.Loop() {
		if err := Print(&bytes.Buffer{}, c, parts, verifying); err != nil {
			b.Fatal(err)
		}
	}
}
