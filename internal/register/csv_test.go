package register

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"jastarhub/internal/lang"
)

// TestNoFormulas: no cell begins a formula, with whatever separator a spreadsheet reads a line of either separator.
func TestNoFormulas(t *testing.T) {
	t.Parallel()
	for _, cell := range []string{"=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\u00ad=1", "\u2800=1", "\u3164=1", "＝1", "﹦1", "⁼1", "−1", "\r\n=1",
		`x;=cmd|' /C calc'!A0`, `x,=1`, "x\t=1", "x;\u200b =1", `x;"=1"`, "x\n=1", "a|=1", `"=1"`, `""=1`} {
		for _, comma := range separators {
			var line bytes.Buffer
			out := csv.NewWriter(&line)
			out.Comma = comma
			_ = out.Write([]string{"7", harmless(cell), "x"})
			out.Flush()
			for _, as := range []string{",", ";", "\t", "|", "\n"} {
				for part := range strings.SplitSeq(line.String(), as) {
					bare := strings.TrimLeft(part, " \"\r\n\t\u00a0\u200b\ufeff\u00ad\u2800\u3164")
					if strings.ContainsAny(bare[:min(3, len(bare))], "=＝﹦⁼") || strings.HasPrefix(bare, "+") || strings.HasPrefix(bare, "-") || strings.HasPrefix(bare, "@") || strings.HasPrefix(bare, "−") {
						if !strings.HasPrefix(bare, "'") {
							t.Errorf("%+q as %q, split at %q: %+q", cell, line.String(), as, part)
						}
					}
				}
			}
		}
	}
	for _, cell := range []string{"", "Арық тазалау", "16–17", "a-b", "a = b", "1.5", "Парк, қақпа"} {
		if got := harmless(cell); got != cell {
			t.Errorf("%q becomes %q", cell, got)
		}
	}
}

func TestSeparators(t *testing.T) {
	t.Parallel()
	for language := range headings {
		if separators[language] == 0 {
			t.Errorf("%s has no separator", language)
		}
	}
	if separators[lang.Russian] != ';' || separators[lang.Kazakh] != ';' {
		t.Error("Excel opens it in one column")
	}
}
