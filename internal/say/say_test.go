package say

import (
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/lang"
)

// visible makes no-break spaces visible.
func visible(text string) string { return strings.ReplaceAll(text, "\u00a0", "_") }

func TestTimes(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		moment, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return moment // in UTC, five hours before Almaty
	}
	now := at("2026-05-01 00:00")
	for name, c := range map[string]struct {
		said func(lang.Language) string
		want []string
	}{
		"a day":                        {func(l lang.Language) string { return Day(l, at("2026-05-09 00:00")) }, []string{"2026_ж. 9_мамыр", "9_мая 2026", "9_May 2026"}},
		"the day of a late moment":     {func(l lang.Language) string { return DayOf(l, at("2026-05-08 20:00")) }, []string{"2026_ж. 9_мамыр", "9_мая 2026", "9_May 2026"}},
		"one day":                      {func(l lang.Language) string { return Days(l, at("2026-05-09 00:00"), at("2026-05-09 00:00")) }, []string{"2026_ж. 9_мамыр", "9_мая 2026", "9_May 2026"}},
		"days":                         {func(l lang.Language) string { return Days(l, at("2026-03-01 00:00"), at("2026-03-31 00:00")) }, []string{"2026_ж. 1_наурыз_– 2026_ж. 31_наурыз", "1_марта 2026_– 31_марта 2026", "1_March 2026_– 31_March 2026"}},
		"a moment":                     {func(l lang.Language) string { return Moment(l, at("2026-05-09 05:00"), now) }, []string{"9_мамыр, 10:00", "9_мая в_10:00", "9_May, 10:00"}},
		"a moment of another year":     {func(l lang.Language) string { return Moment(l, at("2027-05-09 05:00"), now) }, []string{"2027_ж. 9_мамыр, 10:00", "9_мая 2027 в_10:00", "9_May 2027, 10:00"}},
		"the first moment of the year": {func(l lang.Language) string { return Moment(l, at("2026-12-31 19:00"), now) }, []string{"2027_ж. 1_қаңтар, 00:00", "1_января 2027 в_00:00", "1_January 2027, 00:00"}},
		"a span":                       {func(l lang.Language) string { return Span(l, at("2026-05-09 05:00"), at("2026-05-09 07:30"), now) }, []string{"9_мамыр, 10:00–12:30", "9_мая, 10:00–12:30", "9_May, 10:00–12:30"}},
		"a span over midnight":         {func(l lang.Language) string { return Span(l, at("2026-05-09 17:00"), at("2026-05-09 20:00"), now) }, []string{"9_мамыр, 22:00_– 10_мамыр, 01:00", "9_мая в_22:00_– 10_мая в_01:00", "9_May, 22:00_– 10_May, 01:00"}},
		"hours and minutes":            {func(l lang.Language) string { return Lasted(l, 150) }, []string{"2_сағ 30_мин", "2_ч 30_мин", "2_h 30_min"}},
		"hours":                        {func(l lang.Language) string { return Lasted(l, 120) }, []string{"2_сағ", "2_ч", "2_h"}},
		"minutes":                      {func(l lang.Language) string { return Lasted(l, 45) }, []string{"45_мин", "45_мин", "45_min"}},
		"nothing":                      {func(l lang.Language) string { return Lasted(l, 0) }, []string{"0_мин", "0_мин", "0_min"}},
	} {
		for i, l := range lang.All {
			if got := visible(c.said(l)); got != c.want[i] {
				t.Errorf("%s in %s is %q, want %q", name, l, got, c.want[i])
			}
		}
	}
}

// TestWordsOfTheApp: what emails, the guardian's page and the register say of the values of these enums, the app says too.
func TestWordsOfTheApp(t *testing.T) {
	t.Parallel()
	for enum, values := range map[string][]string{
		"ConsentScope":     {"TAKING_PART", "PHOTO", "NAME"},
		"ModerationReason": {"INSULT", "DANGER", "PRIVATE_DATA", "SPAM", "SEXUAL", "UNTRUE", "OTHER"},
		"WorkClass":        {"LIGHT", "STANDARD", "HEAVY", "HAZARDOUS", "EMERGENCY_AID", "OFFENDER_AID", "PUBLIC_FUNDRAISING"},
	} {
		for _, l := range lang.All {
			for _, value := range values {
				if word, err := Word(l, enum, value); err != nil || word == "" {
					t.Errorf("%q, %v", word, err)
				}
			}
		}
	}
	if _, err := Word(lang.Kazakh, "ConsentScope", "NO_SUCH_SCOPE"); err == nil {
		t.Error("a scope that is not there has a word")
	}
}

func TestCount(t *testing.T) {
	t.Parallel()
	nouns := map[lang.Language][]string{lang.Kazakh: {"ағаш", "ағаш"}, lang.Russian: {"дерево", "дерева", "деревьев"}, lang.English: {"tree", "trees"}}
	for l, want := range map[lang.Language]string{
		lang.Kazakh:  "0_ағаш 1_ағаш 2_ағаш 5_ағаш 11_ағаш 21_ағаш 22_ағаш 112_ағаш",
		lang.Russian: "0_деревьев 1_дерево 2_дерева 5_деревьев 11_деревьев 21_дерево 22_дерева 112_деревьев",
		lang.English: "0_trees 1_tree 2_trees 5_trees 11_trees 21_trees 22_trees 112_trees",
	} {
		var got []string
		for _, n := range []int{0, 1, 2, 5, 11, 21, 22, 112} {
			text, err := Count(l, n, nouns[l]...)
			if err != nil {
				t.Error(err)
			}
			got = append(got, visible(text))
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %q", l, got)
		}
	}
	if _, err := Count(lang.Russian, 2, "дерево", "деревья"); err == nil {
		t.Error("two forms in Russian")
	}
}

// TestUnbroken holds the hub to the cases that the app is held to as well.
func TestUnbroken(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../web/test/no-break.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases map[lang.Language]map[string]string
	if err := json.Unmarshal(text, &cases); err != nil {
		t.Fatal(err)
	}
	cases[lang.Kazakh]["{{if eq 1 .x}}a — b{{end}} — c"] = "{{if eq 1 .x}}a_— b{{end}}_— c" // templates are the hub's alone
	for _, l := range lang.All {
		for typed, want := range cases[l] {
			once := Unbroken(l, typed)
			if visible(once) != want {
				t.Errorf("%s: %q becomes %q, not %q", l, typed, visible(once), want)
			}
			if Unbroken(l, once) != once {
				t.Errorf("%s: %q changes again at the second time", l, typed)
			}
		}
	}
}
