package email

import "testing"

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
