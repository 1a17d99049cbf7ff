package attempt_test

import (
	"flag"
	"os"
	"reflect"
	"strings"
	"testing"

	"jastarhub/internal/attempt"
)

var write = flag.Bool("write", false, "write the table of limits into docs/security.md")

func TestTheLimitsAreWritten(t *testing.T) {
	const path, from, to = "../../docs/security.md", "<!-- limits -->\n", "<!-- end of limits -->\n"
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
	for field, value := range reflect.ValueOf(attempt.Limits).Fields() {
		limit := value.Interface().(attempt.Limit)
		want += limit.Row() + "\n"
		if !limit.Sound() || names[limit.Name()] {
			t.Errorf("%s is no limit, or its name is another's: %+v", field.Name, limit)
		}
		names[limit.Name()] = limit.Name() != ""
	}
	if *write {
		if err := os.WriteFile(path, []byte(before+from+want+to+after), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if table != want {
		t.Errorf("%s has other limits: run go test ./internal/attempt -run LimitsAreWritten -args -write", path)
	}
}
