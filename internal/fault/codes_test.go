package fault_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/format"
	"os"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/parser"
)

var writes = flag.Bool("codes", false, "write codes.go")

// TestCodesAreTheSchemas: codes.go has the codes of the schema's enum Code, with their descriptions as sentences.
func TestCodesAreTheSchemas(t *testing.T) {
	t.Parallel()
	const schema, written = "../../schema/code.graphqls", "codes.go"
	text, err := os.ReadFile(schema)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := parser.ParseSchema(&ast.Source{Name: schema, Input: string(text)})
	if err != nil {
		t.Fatal(err)
	}
	codes := doc.Definitions.ForName("Code")
	if codes == nil {
		t.Fatalf("%s has no enum Code", schema)
	}
	var consts, texts strings.Builder
	for _, v := range codes.EnumValues {
		name := ""
		for word := range strings.SplitSeq(v.Name, "_") {
			name += word[:1] + strings.ToLower(word[1:])
		}
		fmt.Fprintf(&consts, "%s Code = %q\n", name, v.Name)
		fmt.Fprintf(&texts, "%s: %q,\n", name, v.Description)
	}
	want, err := format.Source(fmt.Appendf(nil, `// Code generated from schema/code.graphqls by make generate. DO NOT EDIT.

package fault

// The codes that the hub answers with.
const (
%s)

var texts = map[Code]string{
%s}
`, &consts, &texts))
	if err != nil {
		t.Fatal(err)
	}
	if *writes {
		if err := os.WriteFile(written, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(written); err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s does not have the codes of %s (%v): run make generate", written, schema, err)
	}
}
