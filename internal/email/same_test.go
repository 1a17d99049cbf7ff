package email

import "testing"

func TestMailbox(t *testing.T) {
	for address, want := range map[string]string{
		"own@example.kz":             "own@example.kz",
		"own+mum@example.kz":         "own@example.kz",
		"+mum@example.kz":            "+mum@example.kz",
		"a.ivan@example.kz":          "a.ivan@example.kz",
		"o.w.n+x+y@googlemail.com":   "own@gmail.com",
		"o-w.n@ya.ru":                "o.w.n@yandex.ru",
		"o-w.n+x@yandex.by":          "o.w.n@yandex.ru",
		"own@yandex.com.tr":          "own@yandex.ru",
		"own@narod.ru":               "own@yandex.ru",
		"q@xn--80a1acny.xn--80ao21a": "q@xn--80a1acny.xn--80ao21a",
	} {
		if got := Mailbox(address); got != want {
			t.Errorf("%s: %s, want %s", address, got, want)
		}
	}
}

func TestSame(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"own@example.kz", "own@example.kz", true},
		{"own@example.kz", "own+mum@example.kz", true},
		{"o.w.n+mum@gmail.com", "own+dad@googlemail.com", true},
		{"own@ya.ru", "own@yandex.kz", true},
		{"own@example.kz", "own@example.com", false},
		{"own@example.kz", "mum@example.kz", false},
	} {
		if got := Same(c.a, c.b); got != c.want {
			t.Errorf("%s and %s: %v", c.a, c.b, got)
		}
	}
}
