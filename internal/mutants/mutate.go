package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// mutant is one break.
type mutant struct {
	number int
	file   string
	line   int
	what   string
}

// mutator puts the mutants into a file.
type mutator struct {
	source  []byte
	path    string
	number  int // of the last mutant
	mutants []mutant
	pieces  []piece
}

// piece is a text that is put before a place in the file, in place of what stands there up to another.
type piece struct {
	at, to int
	rank   int // among those at one place
	text   string
}

// file puts mutants into each rule of a file, and into the tables that the package's rules look at.
func (m *mutator) file(p *pkg, file *ast.File, isRule func(*ast.FuncDecl) bool) {
	looked := map[string]bool{}
	for f := range functions([]*pkg{p}) {
		if isRule(f) {
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if name, ok := n.(*ast.Ident); ok {
					looked[name.Name] = true
				}
				return true
			})
		}
	}
	for _, d := range file.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Body != nil && isRule(d) {
				m.rule(d)
			}
		case *ast.GenDecl:
			for _, s := range d.Specs {
				if v, ok := s.(*ast.ValueSpec); ok && d.Tok == token.VAR && len(v.Values) == 1 && looked[v.Names[0].Name] {
					m.table(v.Names[0].Name, v.Values[0])
				}
			}
		}
	}
}

func (m *mutator) rule(f *ast.FuncDecl) {
	at := files.Position(f.Body.Lbrace).Offset + 1
	values := []string{`""`}
	if result(f.Type) == "bool" {
		values = []string{"true", "false"}
	}
	for _, value := range values {
		m.put(at, at, fmt.Sprintf(" if mutantIs(%d) { return %s };", m.add(f, "returns "+value+" at once"), value))
	}
	m.walk(f.Body, f.Type)
}

// walk puts mutants into what is below a node of a function.
func (m *mutator) walk(n ast.Node, in *ast.FuncType) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			m.walk(n.Body, n.Type)
			return false
		case *ast.IfStmt:
			if n.Init != nil {
				m.walk(n.Init, in)
			}
			m.condition(n.Cond, in)
			m.walk(n.Body, in)
			if n.Else != nil {
				m.walk(n.Else, in)
			}
			return false
		case *ast.ReturnStmt:
			if len(n.Results) == 1 && result(in) == "bool" {
				m.condition(n.Results[0], in)
				return false
			}
		case *ast.SwitchStmt:
			for _, clause := range n.Body.List {
				m.clause(clause.(*ast.CaseClause), n.Tag != nil, in)
			}
			if n.Init != nil {
				m.walk(n.Init, in)
			}
			return false
		case *ast.CallExpr:
			m.call(n, in)
			return false
		case *ast.SelectorExpr:
			if code, ok := n.X.(*ast.Ident); ok && code.Name == "fault" && n.Sel.Name != "Code" {
				m.wrap(n, fmt.Sprintf("mutantOther(%d, ", m.add(n, "answers another code than "+m.of(n))), ")")
			}
			return false
		case *ast.BinaryExpr, *ast.UnaryExpr:
			if e := n.(ast.Expr); isCondition(e) {
				m.condition(e, in)
				return false
			}
		}
		return true
	})
}

func (m *mutator) clause(c *ast.CaseClause, tagged bool, in *ast.FuncType) {
	for _, e := range c.List {
		if tagged {
			m.wrap(e, fmt.Sprintf("mutantDrop(%d, ", m.add(e, "drops case "+m.of(e))), ")")
		} else {
			m.condition(e, in)
		}
	}
	for _, s := range c.Body {
		m.walk(s, in)
	}
}

func (m *mutator) call(call *ast.CallExpr, in *ast.FuncType) {
	if s, ok := call.Fun.(*ast.SelectorExpr); ok {
		m.walk(s.X, in)
	}
	for i, argument := range call.Args {
		switch name := called(call); {
		case i == 0 && (name == "When" || name == "SignedIn"):
			m.condition(argument, in)
			continue
		case types.ExprString(call.Fun) == "cmp.Or":
			m.wrap(argument, fmt.Sprintf("mutantDrop(%d, ", m.add(argument, "drops "+m.of(argument))), ")")
		}
		m.walk(argument, in)
	}
}

// condition puts mutants into an expression that is true or false.
func (m *mutator) condition(e ast.Expr, in *ast.FuncType) {
	if p, ok := e.(*ast.ParenExpr); ok {
		m.condition(p.X, in)
		return
	}
	if b, ok := e.(*ast.BinaryExpr); ok && (b.Op == token.LAND || b.Op == token.LOR) {
		name, other := "mutantAnd", token.LOR
		if b.Op == token.LOR {
			name, other = "mutantOr", token.LAND
		}
		m.wrap(b, fmt.Sprintf("%s(%d, ", name, m.add(b, fmt.Sprintf("has %s for %s in %s", other, b.Op, m.of(b)))), "; return })")
		at := files.Position(b.OpPos).Offset
		m.put(at, at+2, ", func() (is bool) { is =")
		m.condition(b.X, in)
		m.condition(b.Y, in)
		return
	}
	m.wrap(e, fmt.Sprintf("mutantFlip(%d, ", m.add(e, "takes the opposite of "+m.of(e))), ")")
	if equal := m.edge(e); equal != "" {
		m.wrap(e, fmt.Sprintf("mutantEdge(%d, ", m.add(e, "moves the edge of "+m.of(e))), ", "+equal+")")
	}
	switch e := e.(type) {
	case *ast.UnaryExpr:
		if isCondition(e.X) {
			m.condition(e.X, in)
		} else {
			m.walk(e.X, in)
		}
	case *ast.BinaryExpr:
		m.walk(e.X, in)
		m.walk(e.Y, in)
	default:
		m.walk(e, in)
	}
}

// edge returns the expression that is true at the edge of a comparison of numbers or times; "" of anything else.
func (m *mutator) edge(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.BinaryExpr:
		if slices.Contains([]token.Token{token.LSS, token.LEQ, token.GTR, token.GEQ}, e.Op) {
			return m.of(e.X) + " == " + m.of(e.Y)
		}
	case *ast.UnaryExpr:
		return m.edge(e.X)
	case *ast.CallExpr:
		if s, ok := e.Fun.(*ast.SelectorExpr); ok && (s.Sel.Name == "Before" || s.Sel.Name == "After") {
			return m.of(s.X) + ".Equal(" + m.of(e.Args[0]) + ")"
		}
	}
	return ""
}

// isCondition reports whether the expression is true or false whatever its parts are.
func isCondition(e ast.Expr) bool {
	switch e := e.(type) {
	case *ast.ParenExpr:
		return isCondition(e.X)
	case *ast.UnaryExpr:
		return e.Op == token.NOT
	case *ast.BinaryExpr:
		return slices.Contains([]token.Token{token.LAND, token.LOR, token.EQL, token.NEQ, token.LSS, token.LEQ, token.GTR, token.GEQ}, e.Op)
	}
	return false
}

// table takes each entry out of a map, or out of a list or a map's lists.
func (m *mutator) table(name string, value ast.Expr) {
	list, ok := value.(*ast.CompositeLit)
	if !ok {
		return
	}
	switch of := list.Type.(type) {
	case *ast.MapType, *ast.IndexExpr: // the latter is rule.States[…]
	case *ast.ArrayType:
		if of.Len != nil {
			return
		}
	default:
		return
	}
	structs := false // as values, which stand as bare as lists of lists do
	if of, ok := list.Type.(*ast.MapType); ok {
		_, lists := of.Value.(*ast.ArrayType)
		structs = !lists
	}
	for i, e := range list.Elts {
		entry, isMap := e.(*ast.KeyValueExpr)
		if !isMap {
			m.without(name, i, e)
			continue
		}
		if _, bare := entry.Key.(*ast.CompositeLit); bare {
			continue
		}
		if of, ok := entry.Value.(*ast.CompositeLit); ok && of.Type == nil && !structs {
			for i, e := range of.Elts {
				m.without(name+"["+m.of(entry.Key)+"]", i, e)
			}
			continue
		}
		m.at(fmt.Sprintf("delete(%s, %s)", name, m.of(entry.Key)), m.add(e, "drops "+m.of(e)+" of "+name))
	}
}

func (m *mutator) without(list string, i int, e ast.Expr) {
	m.at(fmt.Sprintf("%[1]s = append(%[1]s[:%[2]d:%[2]d], %[1]s[%[2]d+1:]...)", list, i), m.add(e, "drops "+m.of(e)+" of "+list))
}

// at lets the program begin with a statement where the mutant is chosen.
func (m *mutator) at(statement string, number int) {
	end := len(m.source)
	m.put(end, end, fmt.Sprintf("\nfunc init() { if mutantIs(%d) { %s } }", number, statement))
}

// add counts a mutant.
func (m *mutator) add(n ast.Node, what string) int {
	m.number++
	m.mutants = append(m.mutants, mutant{m.number, m.path, files.Position(n.Pos()).Line, what})
	return m.number
}

// of returns the source of a node, in one line.
func (m *mutator) of(n ast.Node) string {
	text := m.source[files.Position(n.Pos()).Offset:files.Position(n.End()).Offset]
	return strings.Join(strings.Fields(string(text)), " ")
}

func (m *mutator) put(at, to int, text string) {
	m.pieces = append(m.pieces, piece{at, to, len(m.pieces), text})
}

// wrap puts texts around a node. What is wrapped later is inside.
func (m *mutator) wrap(n ast.Node, before, after string) {
	start, end := files.Position(n.Pos()).Offset, files.Position(n.End()).Offset
	m.put(start, start, before)
	m.pieces = append(m.pieces, piece{end, end, -len(m.pieces), after})
}

// text returns the file with its mutants.
func (m *mutator) text() string {
	slices.SortStableFunc(m.pieces, func(a, b piece) int {
		if a.at != b.at {
			return a.at - b.at
		}
		return a.rank - b.rank
	})
	var text strings.Builder
	last := 0
	for _, p := range m.pieces {
		text.Write(m.source[last:p.at])
		text.WriteString(p.text)
		last = p.to
	}
	text.Write(m.source[last:])
	return text.String()
}

// helpers choose the mutant in a broken package.
const helpers = `

import (
	"os"
	"strconv"
)

var mutant, _ = strconv.Atoi(os.Getenv("MUTANT"))

func mutantIs(number int) bool { return number == mutant }

func mutantFlip(number int, is bool) bool { return is != mutantIs(number) }

func mutantEdge(number int, is, edge bool) bool { return is != (edge && mutantIs(number)) }

func mutantAnd(number int, x bool, y func() bool) bool {
	if mutantIs(number) {
		return x || y()
	}
	return x && y()
}

func mutantOr(number int, x bool, y func() bool) bool {
	if mutantIs(number) {
		return x && y()
	}
	return x || y()
}

func mutantDrop[T any](number int, value T) T {
	if mutantIs(number) {
		var none T
		return none
	}
	return value
}

func mutantOther[T ~string](number int, code T) T {
	if mutantIs(number) {
		return code + "?"
	}
	return code
}
`
