package graph

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"

	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"
	"github.com/vektah/gqlparser/v2/validator/core"

	"jastarhub/graph/scalar"
	"jastarhub/internal/fault"
	"jastarhub/internal/letters"
)

// scalars return what is wrong with a scalar's value.
var scalars = map[string]func(any) error{
	"ID":       check(scalar.UnmarshalID),
	"String":   check(scalar.UnmarshalString),
	"Int":      check(scalar.UnmarshalInt),
	"Float":    check(scalar.UnmarshalFloat),
	"DateTime": check(scalar.UnmarshalDateTime),
	"Date":     check(scalar.UnmarshalDate),
	"Boolean": func(v any) error {
		if _, ok := v.(bool); !ok {
			return fault.Because(fault.Invalid, "must be true or false")
		}
		return nil
	},
}

func check[T any](unmarshal func(any) (T, error)) func(any) error {
	return func(v any) error {
		_, err := unmarshal(v)
		return err
	}
}

// input collects everything that is wrong with the values that a client sent: gqlgen stops at the first, and accepts enums in any
// case and numbers in place of strings.
type input struct {
	schema *ast.Schema
	items  int           // the maximum length of a list
	at     *ast.Position // of the current literal
	bad    []*gqlerror.Error
}

func (in *input) refuse(path []string, text string) { in.add(fault.Field(fieldName(path), text)) }

func (in *input) add(f *fault.Fault) {
	if len(in.bad) >= mostErrors {
		return
	}
	err := gqlerror.Wrap(f)
	if in.at != nil {
		err.Locations = []gqlerror.Location{{Line: in.at.Line, Column: in.at.Column}}
	}
	in.bad = append(in.bad, err)
}

// fieldName returns a path as people are told it: without the argument `input`, unless that is all.
func fieldName(path []string) string {
	if len(path) > 1 && path[0] == "input" {
		path = path[1:]
	}
	return strings.Join(path, ".")
}

// below returns path with one more name, without sharing memory with it.
func below(path []string, name string) []string { return append(path[:len(path):len(path)], name) }

// variables checks the values of an operation's variables.
func (in *input) variables(doc *ast.QueryDocument, op *ast.OperationDefinition, values map[string]any) {
	var uses map[string]usage
	for _, v := range op.VariableDefinitions {
		value, given := values[v.Variable]
		if !given && (v.DefaultValue != nil || !v.Type.NonNull) {
			continue
		}
		if uses == nil {
			uses = in.usages(doc, op)
		}
		use, used := uses[v.Variable]
		if !used {
			use.path = []string{v.Variable}
		}
		in.value(v.Type, value, use.path, use.lines)
	}
}

// severalLines is the directive of texts that may have several lines.
const severalLines = "multiline"

func mayBreak(directives ast.DirectiveList) bool { return directives.ForName(severalLines) != nil }

// value checks one value; lines is whether a text may have several.
func (in *input) value(t *ast.Type, value any, path []string, lines bool) {
	if value == nil {
		if t.NonNull {
			in.refuse(path, "must be given")
		}
		return
	}
	if t.Elem != nil {
		in.list(t.Elem, value, path, lines)
		return
	}
	switch def := in.schema.Types[t.NamedType]; def.Kind {
	case ast.Enum:
		name, ok := value.(string)
		if !ok || def.EnumValues.ForName(name) == nil {
			in.refuse(path, "must be one of the values of "+def.Name)
		}
	case ast.InputObject:
		in.object(def, value, path)
	default:
		in.scalar(def.Name, value, path, lines)
	}
}

// list checks a list; a single value stands for a list of one. gqlparser leaves lists of types other than []any behind.
func (in *input) list(elem *ast.Type, value any, path []string, lines bool) {
	values := reflect.ValueOf(value)
	if values.Kind() != reflect.Slice {
		in.value(elem, value, path, lines)
		return
	}
	if values.Len() > in.items {
		in.add(fault.TooMany(fieldName(path), in.items))
		return
	}
	for i := range values.Len() {
		in.value(elem, values.Index(i).Interface(), below(path, strconv.Itoa(i)), lines)
	}
}

func (in *input) object(def *ast.Definition, value any, path []string) {
	object, ok := value.(map[string]any)
	if !ok {
		in.refuse(path, "must be an object")
		return
	}
	for name := range object {
		if def.Fields.ForName(name) == nil {
			in.refuse(path, "has a field that "+def.Name+" does not have")
			break
		}
	}
	if def.Directives.ForName("oneOf") != nil {
		in.oneOf(def, object, path)
		return
	}
	for _, f := range def.Fields {
		value, given := object[f.Name]
		if given || f.DefaultValue == nil {
			in.value(f.Type, value, below(path, f.Name), mayBreak(f.Directives))
		}
	}
}

// oneOf checks an object of which exactly one field is given.
func (in *input) oneOf(def *ast.Definition, object map[string]any, path []string) {
	var names []string
	for _, f := range def.Fields {
		names = append(names, f.Name)
	}
	if len(object) != 1 {
		in.refuse(path, "must have exactly one of "+strings.Join(names, ", "))
		return
	}
	for _, f := range def.Fields {
		switch value, given := object[f.Name]; {
		case given && value == nil:
			in.refuse(below(path, f.Name), "must be given")
		case given:
			in.value(f.Type, value, below(path, f.Name), mayBreak(f.Directives))
		}
	}
}

func (in *input) scalar(name string, value any, path []string, lines bool) {
	wrong, known := scalars[name]
	if !known {
		return
	}
	if err := wrong(value); err != nil {
		in.refuse(path, err.Error())
	} else if text, ok := value.(string); ok && !lines && !letters.OneLine(strings.TrimSpace(text)) {
		in.refuse(path, "must be a single line, without tabs")
	}
}

// scalarLiterals is a validation rule: scalars written into the document are checked in the same way as those in variables.
// gqlgen itself panics if a number does not fit.
func scalarLiterals(observers *core.Events, addError core.AddErrFunc) {
	observers.OnField(func(w *core.Walker, f *ast.Field) {
		if f.Definition == nil {
			return
		}
		in := input{schema: w.Schema}
		for _, a := range f.Arguments {
			if def := f.Definition.Arguments.ForName(a.Name); def != nil {
				in.literal(def.Type, a.Value, []string{a.Name}, mayBreak(def.Directives))
			}
		}
		for _, bad := range in.bad {
			addError(func(err *gqlerror.Error) { *err = *bad })
		}
	})
}

// literal checks scalars only; everything else is left to the specification's own rules.
func (in *input) literal(t *ast.Type, v *ast.Value, path []string, lines bool) {
	switch {
	case v.Kind == ast.Variable, v.Kind == ast.NullValue:
	case t.Elem != nil && v.Kind == ast.ListValue:
		for i, child := range v.Children {
			in.literal(t.Elem, child.Value, below(path, strconv.Itoa(i)), lines)
		}
	case t.Elem != nil:
		in.literal(t.Elem, v, path, lines)
	case in.schema.Types[t.NamedType].Kind == ast.InputObject && v.Kind == ast.ObjectValue:
		for _, child := range v.Children {
			if f := in.schema.Types[t.NamedType].Fields.ForName(child.Name); f != nil {
				in.literal(f.Type, child.Value, below(path, child.Name), mayBreak(f.Directives))
			}
		}
	case in.schema.Types[t.NamedType].Kind == ast.Scalar:
		value, err := v.Value(nil)
		if err != nil {
			value = json.Number(v.Raw) // too large for Go's integers; the scalar reports that
		}
		in.at = v.Position
		in.scalar(t.NamedType, value, path, lines)
	}
}

// usage is where a variable is used: the path of the argument or input field where it is first used, and whether a text may have
// several lines in all its places.
type usage struct {
	path  []string
	lines bool
}

// usages finds where the variables of an operation are used.
func (in *input) usages(doc *ast.QueryDocument, op *ast.OperationDefinition) map[string]usage {
	uses := map[string]usage{}
	for _, f := range fields(doc, op.SelectionSet) {
		for _, a := range f.Arguments {
			if def := f.Definition.Arguments.ForName(a.Name); def != nil {
				in.use(uses, def.Type, a.Value, usage{[]string{a.Name}, mayBreak(def.Directives)})
			}
		}
	}
	return uses
}

func (in *input) use(uses map[string]usage, t *ast.Type, v *ast.Value, at usage) {
	if v.Kind == ast.Variable {
		if first, seen := uses[v.Raw]; seen {
			at = usage{first.path, first.lines && at.lines}
		}
		uses[v.Raw] = at
	}
	for i, child := range v.Children {
		switch {
		case v.Kind == ast.ListValue && t.Elem != nil:
			in.use(uses, t.Elem, child.Value, usage{below(at.path, strconv.Itoa(i)), at.lines})
		case v.Kind == ast.ObjectValue:
			if f := in.schema.Types[t.Name()].Fields.ForName(child.Name); f != nil {
				in.use(uses, f.Type, child.Value, usage{below(at.path, child.Name), mayBreak(f.Directives)})
			}
		}
	}
}

// fields returns the fields of a selection and of all its fragments, at any depth.
func fields(doc *ast.QueryDocument, of ast.SelectionSet) (found []*ast.Field) {
	var set func(ast.SelectionSet)
	set = func(selections ast.SelectionSet) {
		for _, selection := range selections {
			switch s := selection.(type) {
			case *ast.Field:
				found = append(found, s)
				set(s.SelectionSet)
			case *ast.InlineFragment:
				set(s.SelectionSet)
			}
		}
	}
	set(of)
	for _, f := range doc.Fragments {
		set(f.SelectionSet)
	}
	return found
}
