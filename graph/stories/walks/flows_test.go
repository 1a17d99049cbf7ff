package walks

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/vektah/gqlparser/v2"

	"jastarhub/graph/stories/hub"
)

var block = regexp.MustCompile("(?s)```(graphql|json)\n(.*?)```")

// TestFlowsAreValid: the queries of docs/flows fit the schema, and the answers are JSON.
func TestFlowsAreValid(t *testing.T) {
	t.Parallel()
	guides, err := filepath.Glob("../../../docs/flows/*.md")
	if err != nil || len(guides) < 2 {
		t.Fatalf("%d guides: %v", len(guides), err)
	}
	for _, guide := range guides {
		text, err := os.ReadFile(guide)
		if err != nil {
			t.Fatal(err)
		}
		blocks := block.FindAllStringSubmatch(string(text), -1)
		if len(blocks) < 4 {
			t.Errorf("%s has %d examples", guide, len(blocks))
		}
		for _, b := range blocks {
			if b[1] == "json" && !json.Valid([]byte(b[2])) {
				t.Errorf("%s: no JSON: %s", guide, b[2])
			}
			if b[1] != "graphql" {
				continue
			}
			if _, errs := gqlparser.LoadQueryWithRules(hub.Schema(), b[2], nil); len(errs) > 0 {
				t.Errorf("%s: %v: %s", guide, errs, b[2])
			}
		}
	}
}
