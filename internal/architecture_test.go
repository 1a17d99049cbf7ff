package internal_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestArchitectureNamesWhatExists: every folder and file that the table of docs/architecture.md names is there. A file's name alone
// means a file in a folder that the row named before.
func TestArchitectureNamesWhatExists(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../docs/architecture.md")
	if err != nil {
		t.Fatal(err)
	}
	named := 0
	for line := range strings.Lines(string(page)) {
		cells := strings.Split(line, " | ")
		if len(cells) != 2 || !strings.HasPrefix(line, "|") {
			continue
		}
		folders := []string{".."}
		for _, found := range regexp.MustCompile("`([\\w/.*]+)`").FindAllStringSubmatch(cells[1], -1) {
			if !strings.Contains(found[1], "/") && !strings.HasSuffix(found[1], ".go") {
				continue
			}
			there := false
			for _, folder := range folders {
				files, _ := filepath.Glob(filepath.Join(folder, found[1]))
				there = there || len(files) > 0
			}
			named++
			if !there {
				t.Errorf("docs/architecture.md: there is no %s: %s", found[1], line)
			}
			if at := filepath.Join("..", found[1]); strings.HasSuffix(at, ".go") {
				folders = append(folders, filepath.Dir(at))
			} else {
				folders = append(folders, at)
			}
		}
	}
	if named < 50 {
		t.Errorf("only %d names", named)
	}
}
