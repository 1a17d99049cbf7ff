package stories

import (
	"strings"
	"testing"
)

// unnamed are invisible names, and names with impossible accents.
var unnamed = []string{"\u200b", "\u2800", "\u3164", "\ufeff", "\u00ad", "\u200d\u200d\u200d", "  \u00a0  ", "12345", "!!!!!", "Аты\u200bжоқ", "Аты\u00adжоқ",
	"a" + strings.Repeat("\u0335", 70), strings.Repeat("ә", 161)}

// badField returns the input field of the first error.
func (a *answer) badField() string {
	if len(a.Errors) == 0 {
		return ""
	}
	return a.Errors[0].Extensions.Field
}

// TestNamesShow: whatever has a name has a visible one, whoever enters it.
func TestNamesShow(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	goods := w.goods()
	before := w.checksum()
	for mutation, fields := range map[string]string{"register": "givenName familyName", "updateProfile": "givenName familyName", "createNgo": "name.kk name.ru name.en",
		"updateNgo": "name.kk", "createTeam": "name.kk name.en", "submitProposal": "title", "createTask": "title", "updateTask": "title"} {
		for field := range strings.FieldsSeq(fields) {
			for _, name := range unnamed {
				optional := field == "familyName" || strings.HasPrefix(field, "name.")
				if optional && strings.Trim(name, "\u200b\u2800\u3164\ufeff\u00ad\u200d \u00a0") == "" {
					continue // the same as none
				}
				g := goods[mutation]
				in := vars{"in": with(g.in, strings.Split(field, "."), name)}
				a := g.who.ask(document(mutation, selected(mutation)), in)
				if a.code() != "INVALID" || a.badField() != field {
					t.Errorf("%s %s %+.40q: %s", mutation, field, name, a.rawBody)
				}
			}
		}
	}
	if after := w.checksum(); after != before {
		t.Errorf("something was written:\n%s\nwas\n%s", after, before)
	}
}

// TestOneNameIsEnough: a person with a single name is shown by it everywhere.
func TestOneNameIsEnough(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	a := c.visitor().ask(`mutation { register(input: {email: "suharto@example.org", password: "` + password + `", givenName: " Сухарто ", birthDate: "1990-05-09"}) {
		token person { displayName givenName familyName } } }`)
	a.shows("register.person", vars{"displayName": "Сухарто", "givenName": "Сухарто", "familyName": ""})
	who := &caller{h: c.hub, token: a.str("register.token")}
	who.ask(`mutation { updateProfile(input: {familyName: "Оңғар"}) { person { displayName } } }`).shows("updateProfile.person", vars{"displayName": "Сухарто Оңғар"})
	who.ask(`mutation { updateProfile(input: {familyName: "", givenName: "გიორგი"}) { person { displayName } } }`).shows("updateProfile.person", vars{"displayName": "გიორგი"})
}
