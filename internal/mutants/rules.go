package main

import (
	"go/ast"
	"go/types"
	"iter"
	"slices"
)

// rules returns what tells a rule: a function that returns nothing but a fault.Code, or a bool about an actor or a time, or a bool
// that another rule asks for. What needs a context is no rule: it asks the database.
func rules(packages []*pkg) func(*ast.FuncDecl) bool {
	asked := map[string]bool{}
	isRule := func(f *ast.FuncDecl) bool {
		switch result(f.Type) {
		case "fault.Code":
			return !takes(f, "context.Context")
		case "bool":
			return !takes(f, "context.Context") && (takes(f, "*auth.Actor") || takes(f, "*Actor") || takes(f, "time.Time") || asked[f.Name.Name])
		}
		return false
	}
	for known := -1; known < len(asked); { // until no rule asks for anything new
		known = len(asked)
		for f := range functions(packages) {
			if !isRule(f) {
				continue
			}
			ast.Inspect(f.Body, func(n ast.Node) bool {
				if call, ok := n.(*ast.CallExpr); ok {
					asked[called(call)] = true
				}
				return true
			})
		}
	}
	return isRule
}

func functions(packages []*pkg) iter.Seq[*ast.FuncDecl] {
	return func(yield func(*ast.FuncDecl) bool) {
		for _, p := range packages {
			for _, source := range p.sources {
				for _, d := range source.file.Decls {
					if f, ok := d.(*ast.FuncDecl); ok && f.Body != nil && !yield(f) {
						return
					}
				}
			}
		}
	}
}

// takes reports whether the function has a parameter, or a receiver, of the type.
func takes(f *ast.FuncDecl, name string) bool {
	is := func(p *ast.Field) bool { return types.ExprString(p.Type) == name }
	return slices.ContainsFunc(f.Type.Params.List, is) || f.Recv != nil && slices.ContainsFunc(f.Recv.List, is)
}

// result returns the type of the function's single result.
func result(f *ast.FuncType) string {
	if f.Results.NumFields() != 1 {
		return ""
	}
	return types.ExprString(f.Results.List[0].Type)
}

// called returns the name of the function that is called, without its package or receiver.
func called(call *ast.CallExpr) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		return f.Name
	case *ast.SelectorExpr:
		return f.Sel.Name
	}
	return ""
}
