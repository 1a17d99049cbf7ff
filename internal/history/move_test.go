package history_test

import (
	"flag"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

var writes = flag.Bool("moves", false, "write schema/move.graphqls")

// ofNoEnum are the states of what has no enum of states.
var ofNoEnum = map[string]string{
	"HELD":    "A role is held.",
	"GOOD":    "A certificate holds.",
	"REVOKED": "A certificate no longer holds.",
	"ON":      "A second factor is on.",
	"OFF":     "A second factor is off.",
}

// TestMovesHaveEveryState: a history can tell every state and reason that an enum of the schema has, and says which enums.
func TestMovesHaveEveryState(t *testing.T) {
	t.Parallel()
	const written = "../../schema/move.graphqls"
	states, reasons := map[string][]string{}, map[string][]string{}
	for _, def := range enums(t, written) {
		for _, v := range def.EnumValues {
			switch {
			case strings.HasSuffix(def.Name, "State"):
				states[v.Name] = append(states[v.Name], def.Name)
			case strings.HasSuffix(def.Name, "Reason"), def.Name == "CertificateRevocation":
				reasons[v.Name] = append(reasons[v.Name], def.Name)
			}
		}
	}
	var want strings.Builder
	want.WriteString(`"A state in a history: of the object's own enum of states, or of a role, a certificate or a second factor, which have no enum."
enum MoveState {
`)
	writeValues(&want, states, ofNoEnum)
	want.WriteString(`
"Why something was moved, as a code: of the enum of reasons that the verb has."
enum MoveReason {
`)
	writeValues(&want, reasons, nil)
	if *writes {
		if err := os.WriteFile(written, []byte(want.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(written); err != nil || string(got) != want.String() {
		t.Errorf("%s does not have the states and reasons of the enums (%v): run make generate", written, err)
	}
}

// enums returns those of the schema, without a file.
func enums(t *testing.T, without string) (all ast.DefinitionList) {
	t.Helper()
	files, err := filepath.Glob("../../schema/*.graphqls")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range files {
		if name == without {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := parser.ParseSchema(&ast.Source{Name: name, Input: string(text)})
		if err != nil {
			t.Fatal(err)
		}
		for _, def := range doc.Definitions {
			if def.Kind == ast.Enum {
				all = append(all, def)
			}
		}
	}
	if len(all) < 20 {
		t.Fatalf("only %d enums", len(all))
	}
	return all
}

// writeValues writes an enum's values, each with the enums that have it, and the others with their descriptions.
func writeValues(to *strings.Builder, of map[string][]string, others map[string]string) {
	described := map[string]string{}
	maps.Copy(described, others)
	for name, enums := range of {
		slices.Sort(enums)
		described[name] = "Of " + strings.Join(enums, ", ") + "."
	}
	for _, name := range slices.Sorted(maps.Keys(described)) {
		fmt.Fprintf(to, "  %q\n  %s\n", described[name], name)
	}
	to.WriteString("}\n")
}
