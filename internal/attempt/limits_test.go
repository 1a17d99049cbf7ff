package attempt_test

import (
	"flag"
	"os"
	"strings"
	"testing"

	"jastarhub/internal/attempt"
)

var write = flag.Bool("write", false, "write the table of limits into docs/security.md")

func TestTheLimitsAreWritten(t *testing.T) {
	const path, from, to = "../../docs/security.md", "<!-- writing -->\n", "<!-- end of writing -->\n"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, begins := strings.Cut(string(text), from)
	table, after, ends := strings.Cut(rest, to)
	if !begins || !ends {
		t.Fatalf("no table of limits in %s", path)
	}
	want := "| what | free | then | within |\n|---|---|---|---|\n"
	names := map[string]bool{}
	for _, limit := range attempt.Writing {
		want += limit.Row() + "\n"
		if limit.Free < 1 || limit.First <= 0 || limit.Most < limit.First || limit.Window <= 0 || names[limit.Name] {
			t.Errorf("%+v is no limit, or its name is another's", limit)
		}
		names[limit.Name] = true
	}
	if *write {
		if err := os.WriteFile(path, []byte(before+from+want+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if table != want {
		t.Errorf("%s has other limits: run go test ./internal/attempt -run LimitsAreWritten -args -write", path)
	}
}
