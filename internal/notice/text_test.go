package notice

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/geo"
	"jastarhub/internal/lang"
	"jastarhub/internal/outbox"
	"jastarhub/internal/say"
)

// present is when the notices of the tests are read.
var present = time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)

// steps are the steps that the texts distinguish, by kind.
var steps = map[NoticeKind][]string{
	ProposalMoved: {"REVIEW_PROPOSAL", "ASK_FOR_INFO", "ANSWER_INFO", "ACCEPT_PROPOSAL", "DECLINE_PROPOSAL", "WITHDRAW_PROPOSAL",
		"REASSIGN_PROPOSAL", "ADOPT_PROPOSAL", "ANOTHER"},
	TaskFromProposal:   {"OPEN_TASK", "START_TASK", "POST_PROGRESS", "CLAIM_DONE", "VERIFY_TASK", "SEND_BACK", "DISPUTE_RESULT", "CANCEL_TASK", "ANOTHER"},
	MembershipAnswered: {"REQUEST_ACCEPTED", "REQUEST_DECLINED", "INVITATION_ACCEPTED", "INVITATION_DECLINED"},
	MembershipEnded:    {"REMOVED", "LEFT", "WITHDRAWN", "REQUEST_WITHDRAWN", "EXPIRED"},
	ShiftChanged:       {"HIDDEN", "SHOWN", "ANOTHER"},
	ConsentAnswered:    {"GIVEN", "DECLINED", "WITHDRAWN", "EXPIRED"},
	HoursAnswered:      {"APPROVED", "ADJUSTED", "REJECTED"},
}

// TestEveryKindInEveryLanguage: every kind and step has a line of its own, and a text that says what it is about.
func TestEveryKindInEveryLanguage(t *testing.T) {
	when := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	for _, language := range lang.All {
		seen := map[string]string{}
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			for _, step := range append([]string{""}, steps[kind]...) {
				if step == "" && len(steps[kind]) > 0 {
					continue
				}
				n := &Notice{Kind: kind, Called: lang.Text{KK: "Арық", RU: "Арык", EN: "Ditch"},
					Details: Details{Step: step, Words: "Zq.", When: &when, Until: &when, Minutes: 90, Number: "N-1", Scopes: []string{"TAKING_PART", "NAME"}}}
				line, rest, err := n.Text(language, present)
				at := string(kind) + " " + step + " " + string(language)
				if err != nil || line == "" || rest == "" || len([]rune(line)) > 100 || strings.Contains(line+rest, "<no value>") {
					t.Errorf("%s: %q, %q, %v", at, line, rest, err)
				}
				nameless := kind == CertificateRevoked || kind == ConsentAnswered || step == withdrawn
				if title := n.Called.In(language); strings.Contains(line+rest, title) == nameless {
					t.Errorf("%s names %s: %q, %q", at, title, line, rest)
				}
				if strings.Contains(line, n.Called.In(language)) || strings.Contains(line, "Zq.") {
					t.Errorf("%s has people's words in the subject: %q", at, line)
				}
				if other := seen[line+rest]; other != "" {
					t.Errorf("%s and %s say the same", at, other)
				}
				seen[line+rest] = at
			}
		}
		for _, name := range []string{"answer", "footer", "linked", "unlinked", "unknown"} {
			if text, err := write(name, language, nil); err != nil || text == "" {
				t.Errorf("%s in %s: %q, %v", name, language, text, err)
			}
		}
	}
}

var show = flag.String("show", "", "a folder to write the notices to")

// TestToRead renders all notices as emails and as Telegram messages, one file for each language.
func TestToRead(t *testing.T) {
	when, until, far := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC), time.Date(2026, 5, 8, 5, 0, 0, 0, time.UTC), time.Date(2027, 1, 16, 5, 0, 0, 0, time.UTC)
	ends, later := when.Add(3*time.Hour), when.Add(4*time.Hour)
	var all []*Notice
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		of := steps[kind]
		if of == nil {
			of = []string{""}
		}
		for _, step := range of {
			for _, words := range []string{"", "Мектеп жағы қалды."} {
				n := &Notice{Kind: kind, Called: lang.Text{KK: "Арық тазалау", RU: "Чистка арыков", EN: "Cleaning ditches"}, Place: "Абай даңғылы, 44",
					Details: Details{Step: step, Words: words, When: &when, Until: &until, Minutes: 150, Number: "JH-2026-7K4M-Q2XW-9RTB", Scopes: []string{"TAKING_PART", "NAME"}}}
				if kind == ShiftChanged && words != "" {
					n.Details.When, n.Details.Was = &far, &Facts{StartsAt: &when, EndsAt: &ends, Place: "Абай даңғылы, 44"}
					n.Details.Is, n.Details.CheckIn = &Facts{StartsAt: &far, EndsAt: &later}, checkInGone
				}
				all = append(all, n)
			}
		}
	}
	for _, language := range lang.All {
		for channel, file := range map[outbox.Channel]string{outbox.Email: "notices", outbox.Telegram: "telegram"} {
			var text strings.Builder
			last := ""
			add := func(of string, l *outbox.Letter, told ...*Notice) {
				subject, body, err := (&Service{}).letter(l, told, "https://hub.example", present)
				if err != nil {
					t.Errorf("%s in %s: %v", of, language, err)
				}
				if said := subject + "\n\n" + strings.TrimSpace(body); said != last {
					last = said
					fmt.Fprintf(&text, "===== %s =====\n%s\n\n", of, said)
				}
			}
			for _, n := range all {
				add(string(n.Kind)+" "+n.Details.Step, &outbox.Letter{Channel: channel, Language: language}, n)
			}
			if channel == outbox.Email {
				add("digest", &outbox.Letter{Channel: channel, Language: language, Kind: digest}, all[:2]...)
			}
			for _, name := range []string{"answer", "linked", "unlinked", "unknown"} {
				said, err := write(name, language, nil)
				if err != nil {
					t.Errorf("%s in %s: %v", name, language, err)
				}
				fmt.Fprintf(&text, "===== %s =====\n%s\n\n", name, said)
			}
			if *show == "" {
				continue
			}
			if err := os.WriteFile(*show+"/"+file+"."+strings.ToLower(string(language))+".txt", []byte(text.String()), 0o600); err != nil {
				t.Error(err)
			}
		}
	}
}

// TestAChangeTellsOldAndNew: each changed fact is told with its former value, and no other.
func TestAChangeTellsOldAndNew(t *testing.T) {
	at := func(hour int) *time.Time { return new(time.Date(2026, 5, 9, hour, 0, 0, 0, time.UTC)) }
	was := &Facts{StartsAt: at(5), EndsAt: at(7), Place: "The gate"}
	is := &Facts{StartsAt: at(6), EndsAt: at(7), Place: "The pond"}
	for _, language := range lang.All {
		n := &Notice{Kind: ShiftChanged, Details: Details{When: is.StartsAt, Was: was, Is: is}, LedBefore: names{{"Aliya", "Tanova"}}, LedNow: names{{"Bolat", "Serikov"}}}
		_, rest, err := n.Text(language, present)
		for _, want := range []string{say.Span(language, *was.StartsAt, *was.EndsAt, present), say.Span(language, *is.StartsAt, *is.EndsAt, present), "The gate", "The pond", "Aliya T.", "Bolat S."} {
			if err != nil || !strings.Contains(rest, want) {
				t.Errorf("%s: no %q in %q, %v", language, want, rest, err)
			}
		}
		n = &Notice{Kind: ShiftChanged, Details: Details{When: is.StartsAt, Was: &Facts{}, Is: &Facts{Place: "The pond"}}}
		if _, rest, err := n.Text(language, present); err != nil || !strings.Contains(rest, ": The pond\n") || strings.Count(rest, ": —") != 1 {
			t.Errorf("%s: %q, %v", language, rest, err)
		}
		endings := map[string]bool{}
		for _, checkIn := range []string{"", checkInStays, checkInGone} {
			n.Details.CheckIn = checkIn
			_, rest, err := n.Text(language, present)
			_, ending, _ := strings.Cut(rest, "—\n")
			if endings[ending] || err != nil {
				t.Errorf("%s, %s: %q is said twice, %v", language, checkIn, ending, err)
			}
			endings[ending] = true
		}
	}
}

// TestALetterSaysWhoIsThereNow, whatever became of a check-in since the notice was written.
func TestALetterSaysWhoIsThereNow(t *testing.T) {
	person := uuid.New()
	for _, c := range []struct {
		told string
		now  ids
		want string
	}{
		{"", nil, ""}, {"", ids{person}, checkInStays}, {checkInStays, ids{person}, checkInStays}, {checkInStays, nil, ""},
		{checkInGone, nil, checkInGone}, {checkInGone, ids{uuid.New(), person}, checkInStays},
	} {
		n := &Notice{Kind: ShiftChanged, PersonID: person, Details: Details{Was: &Facts{Place: "The gate"}, Is: &Facts{Place: "The pond"}, CheckIn: c.told}}
		if still := n.stillSo(&facts{Place: "The pond", There: c.now}); !still || n.Details.CheckIn != c.want {
			t.Errorf("told %q, there %v: %q", c.told, c.now, n.Details.CheckIn)
		}
	}
}

// TestWhatIsHiddenHasNoTitle: there is a text that does without the title.
func TestWhatIsHiddenHasNoTitle(t *testing.T) {
	n := &Notice{Kind: TaskVerified, SubjectType: OfTask, SubjectID: uuid.New()}
	if _, rest, err := n.Text(lang.English, present); err != nil || !strings.Contains(rest, "“…”") {
		t.Errorf("%q, %v", rest, err)
	}
}

// TestTopics: every kind has a topic that people can choose.
func TestTopics(t *testing.T) {
	for kind, is := range kinds {
		if !slices.Contains(Topics, is.topic) {
			t.Errorf("%s has the topic %q", kind, is.topic)
		}
	}
}

// TestAtNight tests what is pushed in the quiet hours: 22:30 in Almaty is 17:30 in UTC.
func TestAtNight(t *testing.T) {
	late := time.Date(2026, 5, 8, 17, 30, 0, 0, time.UTC)
	after := func(d time.Duration) time.Time { return late.Add(d) }
	for name, c := range map[string]struct {
		news News
		want bool
	}{
		"an offer that runs out in the night":     {News{Kind: SeatOffered, Before: after(5 * time.Hour)}, true},
		"an offer that runs out just before ten":  {News{Kind: SeatOffered, Before: after(11*time.Hour + 30*time.Minute - 1)}, true},
		"an offer that runs out at ten":           {News{Kind: SeatOffered, Before: after(11*time.Hour + 30*time.Minute)}, false},
		"an offer that runs out in the afternoon": {News{Kind: SeatOffered, Before: after(18 * time.Hour)}, false},
		"a shift of this evening":                 {News{Kind: ShiftCancelled, Before: after(time.Hour)}, true},
		"a shift of tomorrow afternoon":           {News{Kind: ShiftCancelled, Before: after(18 * time.Hour)}, false},
		"what can wait":                           {News{Kind: ProposalMoved}, false},
	} {
		if got := c.news.atNight(late); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	midnight := late.Add(2 * time.Hour)
	if !(News{Kind: ShiftCancelled, Before: midnight.Add(18 * time.Hour)}).atNight(midnight) {
		t.Error("a shift of the same day was not told of by night")
	}
}

// TestPeoplesWordsAreNoLinks: no message has a link other than the hub's, whatever people write, and the app shows their words as
// they are.
func TestPeoplesWordsAreNoLinks(t *testing.T) {
	const evil = "https://c4nary.kz/a"
	at := time.Date(2026, 5, 9, 5, 0, 0, 0, time.UTC)
	for _, language := range lang.All {
		for kind := range kinds {
			for _, step := range append(steps[kind], "") {
				point := &geo.Point{Lat: 43.2, Lon: 76.9}
				n := &Notice{Kind: kind, Called: lang.Text{KK: evil, RU: evil, EN: evil}, Place: evil, Columns: geo.ColumnsOf(point),
					Details:   Details{Step: step, Words: evil, When: &at, Is: &Facts{Place: evil, Point: point}, Was: &Facts{Place: evil + "2"}},
					LedBefore: names{{evil, evil}}, LedNow: names{{"c4nary.kz", ""}}}
				for _, letter := range []*outbox.Letter{{Channel: outbox.Email, Language: language}, {Channel: outbox.Telegram, Language: language},
					{Channel: outbox.Email, Kind: digest, Language: language}} {
					_, body, err := (&Service{}).letter(letter, []*Notice{n}, "https://hub.example", present)
					if err != nil || strings.Contains(body, "c4nary.kz") || strings.Contains(body, "https://c4nary") {
						t.Errorf("%s %s in %s: %q, %v", kind, step, language, body, err)
					}
					if kind == ShiftChanged && step == "" && !strings.Contains(body, "(43.20000, 76.90000)") {
						t.Errorf("the point cannot be copied: %q", body)
					}
				}
				_, rest, err := n.Text(language, present)
				if nameless := kind == ConsentAnswered || step == withdrawn; err != nil || strings.Contains(rest, evil) == nameless && len(steps[kind]) == 0 {
					t.Errorf("%s %s in %s: %q, %v", kind, step, language, rest, err)
				}
			}
		}
	}
}
