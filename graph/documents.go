package graph

import (
	"container/list"
	"context"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/validator/core"
	"github.com/vektah/gqlparser/v2/validator/rules"
)

// mostDocumentBytes bounds the text of the kept documents. Parsed, they take up to 120 times that.
const mostDocumentBytes = 512 << 10

// documents keeps the parsed and validated documents that were used last: the app sends the same few all day.
type documents struct {
	mu     sync.Mutex
	order  list.List // the latest used in front
	byText map[string]*list.Element
	bytes  int
}

type document struct {
	text   string
	parsed *ast.QueryDocument
}

var _ graphql.Cache[*ast.QueryDocument] = (*documents)(nil)

func newDocuments() *documents { return &documents{byText: map[string]*list.Element{}} }

// Get finds a document that was kept.
func (d *documents) Get(_ context.Context, text string) (*ast.QueryDocument, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	e, ok := d.byText[text]
	if !ok {
		return nil, false
	}
	d.order.MoveToFront(e)
	return e.Value.(document).parsed, true
}

// Add keeps a document, and drops those that were not used for longest.
func (d *documents) Add(_ context.Context, text string, parsed *ast.QueryDocument) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.byText[text]; ok {
		return // a rival was faster
	}
	d.byText[text] = d.order.PushFront(document{text, parsed})
	for d.bytes += len(text); d.bytes > mostDocumentBytes; {
		last := d.order.Remove(d.order.Back()).(document)
		delete(d.byText, last.text)
		d.bytes -= len(last.text)
	}
}

// validation is what a document is held to: the specification's rules without their hints at names the client did not
// ask for, and the scalars' own. gqlgen replaces two rules with hints itself, see SetDisableSuggestion.
func validation() *rules.Rules {
	r := rules.NewDefaultRules()
	for name, quiet := range map[string]core.Rule{
		rules.KnownArgumentNamesRule.Name:  rules.KnownArgumentNamesRuleWithoutSuggestions,
		rules.KnownTypeNamesRule.Name:      rules.KnownTypeNamesRuleWithoutSuggestions,
		rules.ValuesOfCorrectTypeRule.Name: rules.ValuesOfCorrectTypeRuleWithoutSuggestions,
	} {
		r.ReplaceRule(name, quiet.RuleFunc)
	}
	r.AddRule("ScalarLiterals", scalarLiterals)
	return r
}
