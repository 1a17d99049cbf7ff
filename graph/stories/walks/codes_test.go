package walks

import (
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/fault"
	"jastarhub/internal/httpfault"
)

// declared returns the codes of the schema; those of internal/fault are made from them.
func declared() (codes []string) {
	for _, v := range hub.Schema().Types["Code"].EnumValues {
		codes = append(codes, v.Name)
	}
	return codes
}

// compareSets checks that two lists have the same members.
func compareSets(t *testing.T, what string, got, want []string) {
	t.Helper()
	for _, name := range want {
		if !slices.Contains(got, name) {
			t.Errorf("%s lacks %s", what, name)
		}
	}
	for _, name := range got {
		if !slices.Contains(want, name) {
			t.Errorf("%s has %s, which is no code", what, name)
		}
	}
	if slices.Sort(got); len(slices.Compact(got)) != len(got) {
		t.Errorf("%s has a code twice", what)
	}
}

// TestCodesHaveStatuses: every code has a status for refusals outside GraphQL.
func TestCodesHaveStatuses(t *testing.T) {
	t.Parallel()
	for _, code := range declared() {
		if status := httpfault.Status(fault.Code(code)); status < 400 || (status == http.StatusInternalServerError) != (code == "INTERNAL") {
			t.Errorf("%s has the status %d", code, status)
		}
	}
}

var tableRow = regexp.MustCompile("(?m)^\\| `([A-Z_]+)` \\|(.*)\\|$")

func TestCodesAreInTheGuide(t *testing.T) {
	t.Parallel()
	guide, err := os.ReadFile("../../../docs/api.md")
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, row := range tableRow.FindAllStringSubmatch(string(guide), -1) {
		codes = append(codes, row[1])
		for cell := range strings.SplitSeq(row[2], "|") {
			if strings.TrimSpace(cell) == "" {
				t.Errorf("the row of %s has an empty cell", row[1])
			}
		}
	}
	compareSets(t, "docs/api.md", codes, declared())
}
