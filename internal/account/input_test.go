package account

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"jastarhub/internal/fault"
)

var now = time.Date(2026, 5, 8, 19, 0, 0, 0, time.UTC) // midnight of the 9th in Almaty

func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

func valid() RegisterInput {
	return RegisterInput{Email: "aigul@example.kz", Password: new("correct horse"), GivenName: "Айгүл", FamilyName: "Әбенова",
		BirthDate: date(2010, 3, 21), Language: "KK"}
}

func invalid(in RegisterInput) []string {
	var list fault.List
	errors.As(in.validate(now), &list)
	var fields []string
	for _, f := range list {
		fields = append(fields, f.Field)
	}
	return fields
}

func TestRegisterSaysAllThatIsWrong(t *testing.T) {
	want := []string{"email", "password", "givenName", "birthDate"}
	if got := invalid(RegisterInput{}); !slices.Equal(got, want) {
		t.Errorf("nothing given: %v, want %v", got, want)
	}
	if got := invalid(valid()); got != nil {
		t.Errorf("a valid one: %v", got)
	}
}

// mixed returns that many letters without a pattern.
func mixed(n int) string {
	letters := make([]rune, n)
	for i := range letters {
		letters[i] = 'а' + rune((i*i+i/7)%31)
	}
	return string(letters)
}

func TestRegisterBorders(t *testing.T) {
	for name, c := range map[string]struct {
		change func(*RegisterInput)
		want   string
	}{
		"six today":                    {func(in *RegisterInput) { in.BirthDate = date(2020, 5, 9) }, ""},
		"six tomorrow":                 {func(in *RegisterInput) { in.BirthDate = date(2020, 5, 10) }, "birthDate"},
		"120 until tomorrow":           {func(in *RegisterInput) { in.BirthDate = date(1905, 5, 10) }, ""},
		"121 today":                    {func(in *RegisterInput) { in.BirthDate = date(1905, 5, 9) }, "birthDate"},
		"10 characters":                {func(in *RegisterInput) { in.Password = new(mixed(10)) }, ""},
		"9 characters":                 {func(in *RegisterInput) { in.Password = new(mixed(9)) }, "password"},
		"128 characters":               {func(in *RegisterInput) { in.Password = new(mixed(128)) }, ""},
		"129 characters":               {func(in *RegisterInput) { in.Password = new(mixed(129)) }, "password"},
		"a password of blanks":         {func(in *RegisterInput) { in.Password = new(strings.Repeat(" ", 10)) }, "password"},
		"one's own address":            {func(in *RegisterInput) { in.Password = new("AIGUL@example.kz") }, "password"},
		"80 letters":                   {func(in *RegisterInput) { in.GivenName = strings.Repeat("қ", 80) }, ""},
		"81 letters":                   {func(in *RegisterInput) { in.GivenName = strings.Repeat("қ", 81) }, "givenName"},
		"a family name of none":        {func(in *RegisterInput) { in.FamilyName = "  " }, ""},
		"a name that does not show":    {func(in *RegisterInput) { in.GivenName = "\u2800\u3164" }, "givenName"},
		"a family name of none to see": {func(in *RegisterInput) { in.FamilyName = "Ли\u200b" }, "familyName"},
	} {
		in := valid()
		c.change(&in)
		if got := strings.Join(invalid(in), " "); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestEmail(t *testing.T) {
	for email, want := range map[string]string{
		"aigul@example.kz":                       "aigul@example.kz",
		"  Aigul@Example.KZ ":                    "aigul@example.kz",
		"aigul+hub@example.kz":                   "aigul+hub@example.kz",
		"Aigul <aigul@example.kz>":               "",
		"<aigul@example.kz>":                     "",
		"aigul@example.kz (a remark)":            "",
		`"ai gul"@example.kz`:                    "",
		"aigul@example.kz, b@c.kz":               "",
		"aigul":                                  "",
		"@example.kz":                            "",
		"aigul@":                                 "",
		strings.Repeat("a", 243) + "@example.kz": strings.Repeat("a", 243) + "@example.kz", // 254
		strings.Repeat("a", 244) + "@example.kz": "",
	} {
		in := valid()
		in.Email = email
		err := in.validate(now)
		if (err == nil) != (want != "") || err == nil && in.Email != want {
			t.Errorf("%q: %q, %v", email, in.Email, err)
		}
	}
}
