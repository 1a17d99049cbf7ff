package graph

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestEveryRelationIsRead: what a resolver takes is in the table of relations, and what is in the table is taken.
func TestEveryRelationIsRead(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("*.resolvers.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no resolvers", err)
	}
	taking := regexp.MustCompile(`func \(r \*(\w+)Resolver\) (\w+)\(.*\{\n\treturn take\[`)
	left := NewResolver(nil).relations()
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range taking.FindAllSubmatch(text, -1) {
			of, name := string(m[1]), string(m[2])
			field := strings.ToUpper(of[:1]) + of[1:] + "." + strings.ToLower(name[:1]) + name[1:]
			if left[field] == nil {
				t.Errorf("a resolver takes %s, which is not read: add it to graph/relations.go", field)
			}
			delete(left, field)
		}
	}
	for _, field := range slices.Sorted(maps.Keys(left)) {
		t.Errorf("no resolver takes %s: its body is return take[…](ctx, obj)", field)
	}
}

// TestEveryNodeIsFound: an id leads to an object of each type that is a Node.
func TestEveryNodeIsFound(t *testing.T) {
	t.Parallel()
	var want, got []string
	for _, def := range realSchema.GetPossibleTypes(realSchema.Types["Node"]) {
		want = append(want, def.Name)
	}
	for _, node := range NewResolver(nil).nodes.types {
		got = append(got, node.name)
	}
	slices.Sort(want)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("graph/nodes.go has %v, and the schema's Node is %v", got, want)
	}
}
