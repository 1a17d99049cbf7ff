package graph

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/generated"
)

// prepare makes of the generated schema what clients see. It removes @defer, which gqlgen's parser adds: an answer is sent in one
// piece, and whatever a client deferred would be lost. And it adds what the directives say to the descriptions, because
// introspection does not show directives.
var prepare = sync.OnceFunc(func() {
	schema := generated.NewExecutableSchema(generated.Config{}).Schema()
	delete(schema.Directives, "defer")
	for _, name := range slices.Sorted(maps.Keys(schema.Types)) {
		def := schema.Types[name]
		def.Description = strings.TrimSpace(def.Description + said(def.Directives))
		for _, f := range def.Fields {
			f.Description = strings.TrimSpace(f.Description + said(f.Directives))
		}
	}
})

// said returns what the directives say, in sentences.
func said(directives ast.DirectiveList) (text string) {
	if directives.ForName("keyless") != nil {
		text += " Takes no idempotency key."
	}
	if refused := directives.ForName("errors"); refused != nil {
		for _, argument := range refused.Arguments {
			var codes []string
			for _, code := range argument.Value.Children {
				codes = append(codes, code.Value.Raw)
			}
			text += map[string]string{"codes": " Errors: ", "rows": " Errors of a row: "}[argument.Name] + strings.Join(codes, ", ") + "."
		}
	}
	return text
}
