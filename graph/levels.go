package graph

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/scalar"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
)

// relation reads one field of all the objects of a level at once. It answers in their order; an error in place of a value
// concerns that object only.
type relation func(ctx context.Context, objects []any, args arguments) ([]any, error)

// levels reads relations level by level: as soon as a root field has its rows, everything that was selected below them is read,
// with one statement for each relation, before gqlgen writes anything. So the number of statements depends on the query only.
type levels struct {
	schema    *ast.Schema
	relations map[string]relation // by "Type.field"
	reaching  map[string]bool     // the types with a relation at or below them
}

func newLevels(schema *ast.Schema, relations map[string]relation) *levels {
	l := &levels{schema: schema, relations: relations, reaching: map[string]bool{}}
	for name := range relations {
		typeName, _, _ := strings.Cut(name, ".")
		l.reaching[typeName] = true
	}
	for grown := true; grown; {
		grown = false
		for _, def := range schema.Types {
			if !l.reaching[def.Name] && l.reaches(def) {
				l.reaching[def.Name], grown = true, true
			}
		}
	}
	return l
}

func (l *levels) reaches(def *ast.Definition) bool {
	for _, field := range def.Fields {
		if l.reaching[field.Type.Name()] {
			return true
		}
	}
	for _, possible := range l.schema.GetPossibleTypes(def) {
		if l.reaching[possible.Name] {
			return true
		}
	}
	return false
}

// around is gqlgen's field middleware.
func (l *levels) around(ctx context.Context, next graphql.Resolver) (any, error) {
	result, err := next(ctx)
	field := graphql.GetFieldContext(ctx)
	if err != nil || field.Object != "Query" && field.Object != "Mutation" {
		return result, err
	}
	return result, l.read(ctx, field.Field.Definition.Type.Name(), flatten(nil, reflect.ValueOf(result)), field.Field.Selections)
}

// read reads what is selected below the objects, which are of the named type in the schema.
func (l *levels) read(ctx context.Context, typeName string, objects []any, selected ast.SelectionSet) error {
	if len(objects) == 0 || !l.reaching[typeName] {
		return nil
	}
	objects = distinct(objects)
	if l.schema.Types[typeName].IsAbstractType() {
		return l.readAbstract(ctx, objects, selected)
	}
	for _, field := range graphql.CollectFields(graphql.GetOperationContext(ctx), selected, l.satisfied(typeName)) {
		below, err := l.follow(ctx, typeName, objects, field)
		if err != nil {
			return err
		}
		if err := l.read(ctx, field.Definition.Type.Name(), below, field.Selections); err != nil {
			return err
		}
	}
	return nil
}

// plain rejects selections that need extra reads: one read of an object serves all its subscribers, so only its own fields may be
// selected. Codes: TOO_COSTLY.
func (l *levels) plain(ctx context.Context, typeName string, _ []any, selected ast.SelectionSet) error {
	for _, field := range graphql.CollectFields(graphql.GetOperationContext(ctx), selected, l.satisfied(typeName)) {
		if l.relations[typeName+"."+field.Name] != nil || l.reaching[field.Definition.Type.Name()] {
			return fault.Because(fault.TooCostly, "A subscription can select only the own fields of "+typeName+", not "+field.Name+".")
		}
	}
	return nil
}

// readAbstract reads the objects of each type separately. A Go type has the name of its schema type.
func (l *levels) readAbstract(ctx context.Context, objects []any, selected ast.SelectionSet) error {
	types, of := []string{}, map[string][]any{}
	for _, object := range objects {
		name := reflect.TypeOf(object).Elem().Name()
		if of[name] == nil {
			types = append(types, name)
		}
		of[name] = append(of[name], object)
	}
	for _, name := range types {
		if err := l.read(ctx, name, of[name], selected); err != nil {
			return err
		}
	}
	return nil
}

// satisfied returns the types whose fragments apply to an object of the type.
func (l *levels) satisfied(typeName string) []string {
	return append([]string{typeName}, l.schema.Types[typeName].Interfaces...)
}

// follow returns the objects that the field leads to: read as a relation, or held by the objects themselves.
func (l *levels) follow(ctx context.Context, typeName string, objects []any, field graphql.CollectedField) (below []any, err error) {
	relation, known := l.relations[typeName+"."+field.Name]
	if !known {
		if l.reaching[field.Definition.Type.Name()] {
			for _, object := range objects {
				below = flatten(below, member(object, field.Name))
			}
		}
		return below, nil
	}
	values, err := relation(ctx, objects, field.ArgumentMap(graphql.GetOperationContext(ctx).Variables))
	if err != nil {
		return nil, fmt.Errorf("%s.%s: %w", typeName, field.Name, err)
	}
	from(ctx).loaded.put(objects, field.Field, values)
	for _, value := range values {
		if _, refused := value.(error); !refused {
			below = flatten(below, reflect.ValueOf(value))
		}
	}
	return below, nil
}

// member returns the value that an object holds under a field's name, in a field or a method without arguments.
func member(object any, name string) reflect.Value {
	v := reflect.ValueOf(object)
	if held := v.Elem().FieldByNameFunc(func(n string) bool { return strings.EqualFold(n, name) }); held.IsValid() {
		return held
	}
	return v.MethodByName(strings.ToUpper(name[:1]) + name[1:]).Call(nil)[0]
}

// flatten appends the objects in a value: a pointer, or a slice of pointers, interfaces or structs.
func flatten(objects []any, v reflect.Value) []any {
	switch v.Kind() {
	case reflect.Slice:
		for i := range v.Len() {
			objects = flatten(objects, v.Index(i))
		}
	case reflect.Interface:
		objects = flatten(objects, v.Elem())
	case reflect.Struct:
		objects = append(objects, v.Addr().Interface())
	case reflect.Pointer:
		if !v.IsNil() {
			objects = append(objects, v.Interface())
		}
	}
	return objects
}

// distinct removes duplicates, such as the one team of many tasks.
func distinct[T comparable](all []T) []T {
	seen, kept := make(map[T]bool, len(all)), make([]T, 0, len(all))
	for _, v := range all {
		if !seen[v] {
			seen[v], kept = true, append(kept, v)
		}
	}
	return kept
}

// loaded is what relations have read for one operation: by the object, which is the same pointer for the reader and for gqlgen,
// and by the field's place in the document.
type loaded struct {
	mu     sync.RWMutex // root fields are resolved concurrently
	values map[slot]any
}

type slot struct {
	object any
	field  *ast.Field
}

func (l *loaded) put(objects []any, field *ast.Field, values []any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.values == nil {
		l.values = map[slot]any{}
	}
	for i, object := range objects {
		l.values[slot{object, field}] = values[i]
	}
}

func (l *loaded) get(object any, field *ast.Field) (any, bool) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	value, found := l.values[slot{object, field}]
	return value, found
}

// take returns what a relation has read for an object: it is the whole body of a relation's resolver.
func take[T any](ctx context.Context, object any) (value T, err error) {
	field := graphql.GetFieldContext(ctx).Field
	read, found := from(ctx).loaded.get(object, field.Field)
	if !found {
		return value, fmt.Errorf("%s.%s was not read", field.ObjectDefinition.Name, field.Name)
	}
	switch read := read.(type) {
	case nil:
		return value, nil
	case error:
		return value, read
	}
	return read.(T), nil
}

// arguments are the arguments of a field, from the document and the variables, including defaults.
type arguments map[string]any

// page returns the page that a connection's arguments ask for.
func (a arguments) page(order paging.Order) (paging.Args, error) {
	first, err := graphql.UnmarshalInt(a["first"])
	if err != nil {
		return paging.Args{}, fault.Field("first", "must be a whole number")
	}
	var after *string
	if v, ok := a["after"].(string); ok {
		after = &v
	}
	return paging.Parse(first, after, order)
}

// filter returns the conditions of a list's argument `filter`.
func (a arguments) filter() arguments {
	conditions, _ := a["filter"].(map[string]any)
	return conditions
}

// number returns an integer, nil if the argument was left out.
func (a arguments) number(name string) (*int, error) {
	if a[name] == nil {
		return nil, nil
	}
	n, err := graphql.UnmarshalInt(a[name])
	if err != nil {
		return nil, fault.Field(name, "must be a whole number")
	}
	return &n, nil
}

// moment returns a time, nil if the argument was left out.
func (a arguments) moment(name string) (*time.Time, error) {
	if a[name] == nil {
		return nil, nil
	}
	at, err := scalar.UnmarshalDateTime(a[name])
	if err != nil {
		return nil, fault.Field(name, err.Error())
	}
	return &at, nil
}

// names returns the values of an enum list, nil if the argument was left out.
func names[S ~string](a arguments, name string) []S {
	if a[name] == nil {
		return nil
	}
	values := []S{}
	each := reflect.ValueOf(a[name])
	if each.Kind() != reflect.Slice { // a single value stands for a list of one
		return append(values, S(each.String()))
	}
	for i := range each.Len() {
		values = append(values, S(fmt.Sprint(each.Index(i).Interface())))
	}
	return values
}
