package person

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCommonPasswords(t *testing.T) {
	list := commonPasswords()
	if len(list) < 1000 {
		t.Errorf("only %d", len(list))
	}
	for p := range list {
		if n := utf8.RuneCountInString(p); n < leastPassword || n > mostPassword || p != strings.ToLower(p) {
			t.Errorf("%q is never compared", p)
		}
	}
	for password, want := range map[string]bool{
		"1234567890": true, "QWERTYUIOP": true, "Password123": true, "йцукенгшщз": true, "ЙЦУКЕНГШЩЗ": true, "әіңғүұқөһ": false,
		"Қазақстан1": true, "Алматы2026": true, "kazakhstan1": true, "құпиясөз123": true,
		"correct horse battery": false, "jastar-2026-demo": false, "ат шаптырым жер": false,
	} {
		if isCommon(password) != want {
			t.Errorf("%q: %v", password, !want)
		}
	}
}
