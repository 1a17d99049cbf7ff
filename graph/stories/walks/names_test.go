package walks

import (
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// unnamed are invisible names, and names with impossible accents.
var unnamed = []string{"\u200b", "\u2800", "\u3164", "\ufeff", "\u00ad", "\u200d\u200d\u200d", "  \u00a0  ", "12345", "!!!!!", "Аты\u200bжоқ", "Аты\u00adжоқ",
	"a" + strings.Repeat("\u0335", 70), strings.Repeat("ә", 161)}

// badField returns the input field of the first error.
func badField(a *hub.Answer) string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Field
}

// TestNamesShow: whatever has a name has a visible one, whoever enters it.
func TestNamesShow(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	goods := goods(w)
	before := w.Checksum()
	for mutation, fields := range map[string]string{"register": "givenName familyName", "updateProfile": "givenName familyName", "createNgo": "name.kk name.ru name.en",
		"updateNgo": "name.kk", "createTeam": "name.kk name.en", "submitProposal": "title", "createTask": "title", "updateTask": "title"} {
		for field := range strings.FieldsSeq(fields) {
			for _, name := range unnamed {
				optional := field == "familyName" || strings.HasPrefix(field, "name.")
				if optional && strings.Trim(name, "\u200b\u2800\u3164\ufeff\u00ad\u200d \u00a0") == "" {
					continue // the same as none
				}
				g := goods[mutation]
				in := hub.Vars{"in": hub.With(g.In, strings.Split(field, "."), name)}
				a := g.Who.Ask(hub.Document(mutation, hub.Selected(mutation)), in)
				if a.Code() != "INVALID" || badField(a) != field {
					t.Errorf("%s %s %+.40q: %s", mutation, field, name, a.RawBody)
				}
			}
		}
	}
	if after := w.Checksum(); after != before {
		t.Errorf("something was written:\n%s\nwas\n%s", after, before)
	}
}
