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

// mostDocumentBytes limits the text of the cached documents. Parsed, they take up to 120 times as much.
const mostDocumentBytes = 512 << 10

// documents caches the parsed and validated documents that were used last: the app sends the same few all day.
type documents struct {
	mu     sync.Mutex
	order  list.List // last used first
	byText map[string]*list.Element
	bytes  int
}

type document struct {
	text   string
	parsed *ast.QueryDocument
}

var _ graphql.Cache[*ast.QueryDocument] = (*documents)(nil)

func newDocuments() *documents { return &documents{byText: map[string]*list.Element{}} }

// Get finds a cached document.
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

// Add caches a document, and drops the least recently used ones.
func (d *documents) Add(_ context.Context, text string, parsed *ast.QueryDocument) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if _, ok := d.byText[text]; ok {
		return // another request was faster
	}
	d.byText[text] = d.order.PushFront(document{text, parsed})
	for d.bytes += len(text); d.bytes > mostDocumentBytes; {
		last := d.order.Remove(d.order.Back()).(document)
		delete(d.byText, last.text)
		d.bytes -= len(last.text)
	}
}

// validation returns the rules for documents: the specification's, without their hints at names that the client did not ask for,
// and the scalars' own. gqlgen itself replaces two rules that give hints, see SetDisableSuggestion.
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
