package account

import (
	"strings"
	"testing"
	"unicode/utf8"

	"jastarhub/internal/fault"
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

func TestWeakPasswords(t *testing.T) {
	own := []string{"aigul.serik@example.kz", "Айгүл", "Серік"}
	wrong := func(password string) string {
		var c check
		if c.password("password", password, own...); c.Err() == nil {
			return ""
		}
		return c.Err().(fault.List)[0].Text
	}
	for _, weak := range []string{"          ", "aaaaaaaaab", "aaaaabbbbb", "abcdefghij", "jihgfedcba", "12345678910", "0987654321", "abcd1234efgh",
		"абвгдежзий", "abcabcabca", "1234512345", "ab12ab12ab12", "Aigul.Serik@example.kz", "aigul.serik", "example.kz1", "АйгүлСерік",
		"айгүл-2009", "Password123!", "almaty2026!", "**qwerty2026!!", "password\u200b123", "1357924680", "+7 (701) 123-45-67", "7701123456", "short", strings.Repeat("correct horse ", 10)} {
		if wrong(weak) == "" {
			t.Errorf("%q passes", weak)
		}
	}
	if why := wrong(strings.Repeat(" ", leastPassword)); why != "must not be a repetition or a sequence" {
		t.Errorf("of spaces alone it says %q", why)
	}
	for _, good := range []string{"correct horse battery", "jastar-2026-demo", "ат шаптырым жер", "таудағы таза ауа", "k7#Qz!mW2p", "айгүл-таудағы-ауа",
		"another good one", "8701 555 2940 ер"} {
		if why := wrong(good); why != "" {
			t.Errorf("%q: %s", good, why)
		}
	}
}
