package privacy

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
)

var write = flag.Bool("write", false, "write the tables of the download and of erasure into docs/privacy.md")

// TestTheTablesAreWritten compares docs/privacy.md with the sections and the classification.
func TestTheTablesAreWritten(t *testing.T) {
	const path = "../../docs/privacy.md"
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	is := string(text)
	want := put(t, put(t, is, "download", downloadTable()), "erasure", erasureTable())
	if *write {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if want != is {
		t.Errorf("%s does not have the tables of the program: run go test ./internal/privacy -run TablesAreWritten -args -write", path)
	}
}

// put puts a table between its marks.
func put(t *testing.T, text, name, table string) string {
	t.Helper()
	from, to := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
	before, rest, found := strings.Cut(text, from)
	_, after, ended := strings.Cut(rest, to)
	if !found || !ended {
		t.Fatalf("docs/privacy.md has no %s and %s", from, to)
	}
	return before + from + table + to + after
}

func downloadTable() string {
	var b strings.Builder
	b.WriteString("| part | what it is | fields |\n|---|---|---|\n")
	for _, s := range sections {
		fields := strings.Fields(s.fields)
		for _, f := range s.more {
			fields = append(fields, f.name)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s.name, s.what, strings.Join(fields, ", "))
	}
	return b.String()
}

func erasureTable() string {
	var b strings.Builder
	b.WriteString("| table | columns | what becomes of it | why, how long |\n|---|---|---|---|\n")
	for _, e := range entries {
		what, columns := string(e.fate), strings.ReplaceAll(e.columns, " ", ", ")
		switch {
		case e.now:
			what += " at once"
		case e.fate == blanked || e.fate == deleted:
			what += " at the purge"
		}
		if columns == "*" {
			columns = "all"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", e.table, columns, what, e.why)
	}
	return b.String()
}
