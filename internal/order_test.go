package internal_test

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strings"
	"testing"
)

// anyOrder are the functions that may go through a map in any order, each with the reason why nobody notices.
var anyOrder = map[string]string{
	"bench.newScene":                    "each statement fills a list of its own",
	"bench.signIn":                      "the new rows have random ids",
	"bench.study.findings":              "sorted afterwards",
	"graph.Resolver.watchedSeats":       "each task gets its own shifts",
	"graph.input.object":                "one unknown field is enough to refuse the object, and is not named",
	"graph.newLevels":                   "goes on until nothing is added",
	"graph.readURL":                     "each parameter has its own place, and all mistakes have one answer",
	"graph.validation":                  "replaces one rule after the other; rules run in the order of their names",
	"internal/live.Broker.Changed":      "wakes each watcher",
	"internal/live.Broker.Close":        "ends each watching",
	"internal/live.Broker.Everything":   "wakes each watcher",
	"internal/live.Broker.facts":        "each topic is read by itself",
	"internal/live.Broker.signedIn":     "wakes each watcher",
	"internal/live.Broker.take":         "each watcher has a connection of its own",
	"internal/moderation.selectSubject": "sorted afterwards",
	"internal/moderation.tellLeads":     "the statement sorts what it finds",
	"internal/outbox.spell":             "each value is written in its own place",
	"internal/postgres.with":            "a URL's parameters are sorted when it is written",
	"internal/reference.identified":     "the ids of one table are in the order of its rows",
	"internal/seed.readTexts":           "each file fills a value of its own",
	"web.Paths":                         "each path becomes a route of its own",
}

// TestNoOrderByChance: Go goes through a map in another order each time. Where people see the order, or rows are locked in it,
// that is a mistake which shows only sometimes. So nothing goes through a map but what only fills other maps or adds up, and a few
// functions that say why.
func TestNoOrderByChance(t *testing.T) {
	t.Parallel()
	found := map[string]bool{}
	for _, p := range program(t) {
		for _, file := range p.files {
			for _, d := range file.Decls {
				name := p.path + "." + nameOf(d)
				for _, at := range byChance(d, p.info) {
					found[name] = true
					if anyOrder[name] == "" {
						t.Errorf("%s: %s goes through a map in any order: go through a slice, or sort the keys first", p.positions.Position(at), name)
					}
				}
			}
		}
	}
	for name := range anyOrder {
		if !found[name] {
			t.Errorf("%s goes through no map: it needs no reason", name)
		}
	}
}

// byChance returns the places where a declaration goes through a map in Go's order.
func byChance(d ast.Node, info *types.Info) (places []token.Pos) {
	isMap := func(e ast.Expr) bool {
		held := info.TypeOf(e)
		if held == nil {
			return false
		}
		_, is := held.Underlying().(*types.Map)
		return is
	}
	ast.Inspect(d, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.RangeStmt:
			if isMap(n.X) && !fills(n.Body.List, info) {
				places = append(places, n.Pos())
			}
		case *ast.CallExpr:
			called, ok := n.Fun.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			of, ok := info.Uses[called.Sel].(*types.Func)
			if ok && of.Pkg() != nil && of.Pkg().Path() == "slices" && strings.HasPrefix(of.Name(), "Sorted") {
				return false
			}
			if ok && of.Pkg() != nil && of.Pkg().Path() == "maps" && (of.Name() == "Keys" || of.Name() == "Values" || of.Name() == "All") {
				places = append(places, n.Pos())
			}
		}
		return true
	})
	return places
}

// fills reports whether statements only set entries of maps, or add numbers up, in which the order makes no difference.
func fills(statements []ast.Stmt, info *types.Info) bool {
	for _, s := range statements {
		var ok bool
		switch s := s.(type) {
		case *ast.AssignStmt:
			ok = s.Tok == token.DEFINE || !slices.ContainsFunc(s.Lhs, func(e ast.Expr) bool { return !settles(e, s.Tok, info) }) && !appends(s)
		case *ast.BlockStmt:
			ok = fills(s.List, info)
		case *ast.RangeStmt:
			ok = fills(s.Body.List, info)
		case *ast.IfStmt:
			ok = s.Else == nil && fills(s.Body.List, info)
		}
		if !ok {
			return false
		}
	}
	return true
}

// settles reports whether an assignment has the same effect in any order: to an entry of a map or slice, or of a sum.
func settles(to ast.Expr, by token.Token, info *types.Info) bool {
	held := info.TypeOf(to)
	if held == nil {
		return false
	}
	basic, is := held.Underlying().(*types.Basic)
	_, entry := to.(*ast.IndexExpr)
	return by == token.ASSIGN && entry || by == token.ADD_ASSIGN && is && basic.Info()&types.IsInteger != 0
}

func appends(s *ast.AssignStmt) (found bool) {
	ast.Inspect(s, func(n ast.Node) bool {
		name, is := n.(*ast.Ident)
		found = found || is && name.Name == "append"
		return true
	})
	return found
}

// nameOf returns the name of a function, with its receiver's type, or that of a variable.
func nameOf(d ast.Decl) string {
	switch d := d.(type) {
	case *ast.FuncDecl:
		if d.Recv == nil {
			return d.Name.Name
		}
		of := d.Recv.List[0].Type
		if star, is := of.(*ast.StarExpr); is {
			of = star.X
		}
		if index, is := of.(*ast.IndexExpr); is {
			of = index.X
		}
		return fmt.Sprint(of) + "." + d.Name.Name
	case *ast.GenDecl:
		if v, is := d.Specs[0].(*ast.ValueSpec); is {
			return v.Names[0].Name
		}
	}
	return ""
}
