package graph

import (
	"strconv"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/internal/paging"
)

// What things cost.
const (
	mutationCost = 50        // a transaction, and a password's hash for account mutations
	plainItems   = 10        // for a list that no argument limits, such as the districts
	mostCost     = 1_000_000 // larger costs are all the same, and do not overflow
)

// measure computes what an operation asks for. A field with fields of its own costs 1 plus their cost; plain values cost nothing.
// What is inside a connection's nodes or edges costs that for each of its `first` rows, in `nodes(ids:)` for each id, and in
// another list of objects with ids ten times; a list of objects without ids, such as availableActions, is part of its parent and
// costs as much as one. A visitor's `viewer` costs 1: it is null. A mutation costs 50 more. Relations are read by level, not by
// row, so the cost of the team of each of 20 tasks, 20, stands for the growth of the answer. What is selected twice costs twice;
// @skip and @include are ignored.
//
// Each fragment is walked once, however often it is spread: fragments that spread each other twice would otherwise take for ever.
// Aliases and directives are counted where they are written; a long alias counts once more for every 50 characters.
type measure struct {
	schema    *ast.Schema
	variables map[string]any
	visitor   bool // whether a visitor asks
	fragments map[*ast.FragmentDefinition]size

	roots                            map[string]bool // by response name
	introspects                      bool
	depth, cost, aliases, directives int
	items                            int // in the longest list written into the document
	itemsAt                          []string
	visited                          int // nodes of the document: the work of measuring itself
}

// size is the size of a selection set.
type size struct {
	depth   int // levels of fields
	cost    int
	rowCost int // of each row, if the set is a connection's
}

func measured(schema *ast.Schema, op *ast.OperationDefinition, variables map[string]any, visitor bool) *measure {
	m := &measure{schema: schema, variables: variables, visitor: visitor, roots: map[string]bool{}, directives: len(op.Directives)}
	m.root(op.SelectionSet, map[*ast.FragmentDefinition]bool{})
	for _, v := range op.VariableDefinitions {
		m.directives += len(v.Directives)
		m.lists(v.DefaultValue, []string{v.Variable})
	}
	whole := m.set(op.SelectionSet)
	m.depth, m.cost = whole.depth, whole.cost
	if op.Operation == ast.Mutation {
		m.cost += mutationCost * len(m.roots)
	}
	return m
}

// root collects the operation's own fields.
func (m *measure) root(set ast.SelectionSet, seen map[*ast.FragmentDefinition]bool) {
	for _, selection := range set {
		m.visited++
		switch s := selection.(type) {
		case *ast.Field:
			m.introspects = m.introspects || s.Name == "__schema" || s.Name == "__type"
			if !strings.HasPrefix(s.Name, "__") {
				m.roots[s.Alias] = true
			}
		case *ast.InlineFragment:
			m.root(s.SelectionSet, seen)
		case *ast.FragmentSpread:
			if !seen[s.Definition] {
				seen[s.Definition] = true
				m.root(s.Definition.SelectionSet, seen)
			}
		}
	}
}

func (m *measure) set(set ast.SelectionSet) (whole size) {
	for _, selection := range set {
		m.visited++
		var part size
		switch s := selection.(type) {
		case *ast.Field:
			m.directives += len(s.Directives)
			part = m.field(s)
		case *ast.InlineFragment:
			m.directives += len(s.Directives)
			part = m.set(s.SelectionSet)
		case *ast.FragmentSpread:
			m.directives += len(s.Directives)
			part = m.fragment(s.Definition)
		}
		whole.depth = max(whole.depth, part.depth)
		whole.cost = min(whole.cost+part.cost, mostCost)
		whole.rowCost = min(whole.rowCost+part.rowCost, mostCost)
	}
	return whole
}

func (m *measure) fragment(f *ast.FragmentDefinition) size {
	known, walked := m.fragments[f]
	if !walked {
		if m.fragments == nil {
			m.fragments = map[*ast.FragmentDefinition]size{}
		}
		m.directives += len(f.Directives)
		known = m.set(f.SelectionSet)
		m.fragments[f] = known
	}
	return known
}

// field returns the size of a field with everything below it.
func (m *measure) field(f *ast.Field) size {
	if f.Alias != f.Name {
		m.aliases += 1 + len(f.Alias)/50 // each row of the answer repeats it
	}
	for _, a := range f.Arguments {
		if len(a.Value.Children) > 0 {
			m.lists(a.Value, []string{a.Name})
		}
	}
	below, depth := m.set(f.SelectionSet), 0
	if !strings.HasPrefix(f.Name, "__") { // the validator has a limit of its own for introspection
		depth = level(f) + below.depth
	}
	switch {
	case len(f.SelectionSet) == 0:
		return size{depth: depth}
	case m.visitor && f.Name == "viewer" && f.ObjectDefinition == m.schema.Query:
		return size{depth: depth, cost: 1}
	case isRows(f) && f.Name == "edges": // each edge has a node, which costs
		return size{depth: depth, rowCost: below.cost}
	case isRows(f):
		return size{depth: depth, rowCost: min(1+below.cost, mostCost)}
	}
	return size{depth: depth, cost: min(m.count(f)*(1+below.cost)+m.first(f)*below.rowCost, mostCost)}
}

// first returns how many rows a connection may have.
func (m *measure) first(f *ast.Field) int {
	n, err := graphql.UnmarshalInt(m.argument(f, "first"))
	if err != nil || n < 0 || n > paging.Most {
		return paging.Most
	}
	return n
}

// count returns how many objects a field that is not a connection may lead to.
func (m *measure) count(f *ast.Field) int {
	if f.Definition.Type.Elem == nil {
		return 1
	}
	switch ids := m.argument(f, "ids").(type) {
	case nil:
	case []any:
		return len(ids)
	default:
		return 1
	}
	if of := m.schema.Types[f.Definition.Type.Name()]; of.Fields.ForName("id") == nil {
		return 1
	}
	return plainItems
}

// argument returns an argument's value, or its default.
func (m *measure) argument(f *ast.Field, name string) any {
	if given := f.Arguments.ForName(name); given != nil {
		if v, err := given.Value.Value(m.variables); err == nil && v != nil {
			return v
		}
	}
	if def := f.Definition.Arguments.ForName(name); def != nil {
		v, _ := def.DefaultValue.Value(nil) // from the schema itself
		return v
	}
	return nil
}

// lists finds the longest list in a value.
func (m *measure) lists(v *ast.Value, path []string) {
	if v == nil {
		return
	}
	if v.Kind == ast.ListValue && len(v.Children) > m.items {
		m.items, m.itemsAt = len(v.Children), path
	}
	for i, child := range v.Children {
		m.visited++
		name := child.Name
		if v.Kind == ast.ListValue {
			name = strconv.Itoa(i)
		}
		m.lists(child.Value, below(path, name))
	}
}

// isRows reports whether a field is one of the two under which a connection has its rows.
func isRows(f *ast.Field) bool {
	return (f.Name == "edges" || f.Name == "nodes") && strings.HasSuffix(f.ObjectDefinition.Name, "Connection")
}

// level returns 0 for levels that are only the form of a connection.
func level(f *ast.Field) int {
	if isRows(f) || f.Name == "node" && strings.HasSuffix(f.ObjectDefinition.Name, "Edge") {
		return 0
	}
	return 1
}
