package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sample is a program with two packages of rules.
var sample = map[string]string{
	"go.mod": "module sample\n\ngo 1.26.0\n",
	"internal/fault/fault.go": `package fault

type Code string

const (
	WrongState Code = "WRONG_STATE"
	TooLate    Code = "TOO_LATE"
)

func When(refused bool, code Code) Code {
	if refused {
		return code
	}
	return ""
}
`,
	"internal/loan/loan.go": `package loan

import (
	"cmp"
	"time"

	"sample/internal/fault"
)

var states = map[string][]string{
	"EXTEND": {"LENT", "LATE"},
	"END":    {"LENT"},
}

type Loan struct {
	State string
	Due   time.Time
}

func (l Loan) in(states []string) bool {
	for _, s := range states {
		if s == l.State {
			return true
		}
	}
	return false
}

func (l Loan) refuse(verb string, now time.Time) fault.Code {
	return cmp.Or(
		fault.When(!l.in(states[verb]), fault.WrongState),
		fault.When(verb == "EXTEND" &&
			!now.Before(l.Due), fault.TooLate))
}

// label is no rule.
func label(late bool) string {
	if !late {
		return ""
	}
	return "late"
}
`,
	"internal/loan/loan_test.go": `package loan

import (
	"testing"
	"time"

	"sample/internal/fault"
)

func TestRefuse(t *testing.T) {
	due := time.Unix(1e9, 0)
	for _, c := range []struct {
		verb, state string
		late        time.Duration
		want        fault.Code
	}{
		{"EXTEND", "LENT", -1, ""},
		{"EXTEND", "LATE", -1, ""},
		{"EXTEND", "BACK", -1, fault.WrongState},
		{"EXTEND", "LENT", 1, fault.TooLate}, // nobody tries the very moment
		{"END", "LENT", 1, ""},
		{"END", "LATE", 1, fault.WrongState},
	} {
		if got := (Loan{c.state, due}).refuse(c.verb, due.Add(c.late)); got != c.want {
			t.Errorf("%v: %q", c, got)
		}
	}
}
`,
	"internal/shelf/shelf.go": `package shelf

import "sample/internal/fault"

func refuse(n int, kind string) fault.Code {
	switch kind {
	case "ATLAS":
		return ""
	}
	if n > 7 || n < 0 {
		return fault.TooLate
	}
	return ""
}
`,
}

func TestSurvivorsAreSaid(t *testing.T) {
	dir := t.TempDir()
	for path, text := range sample {
		path = filepath.Join(dir, path)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	var out strings.Builder
	err := run(t.Context(), &out, nil)
	if err == nil || !strings.HasPrefix(err.Error(), "less than 90 % died") {
		t.Error(err)
	}
	want := `internal/loan             17 of  18 died
	internal/loan/loan.go:33 moves the edge of !now.Before(l.Due)
internal/shelf             0 of   8 died
	internal/shelf/shelf.go:5 returns "" at once
	internal/shelf/shelf.go:7 drops case "ATLAS"
	internal/shelf/shelf.go:10 has && for || in n > 7 || n < 0
	internal/shelf/shelf.go:10 takes the opposite of n > 7
	internal/shelf/shelf.go:10 moves the edge of n > 7
	internal/shelf/shelf.go:10 takes the opposite of n < 0
	internal/shelf/shelf.go:10 moves the edge of n < 0
	internal/shelf/shelf.go:11 answers another code than fault.TooLate
17 of 26 died: 65.4 %
`
	if out.String() != want {
		t.Errorf("%s\nwant\n%s", out.String(), want)
	}
	if err := run(t.Context(), &out, []string{"internal/fault"}); err == nil {
		t.Error("a folder without rules is enough")
	}
}
