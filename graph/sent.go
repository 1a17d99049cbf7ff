package graph

import (
	"fmt"
	"reflect"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"
)

// sent is what the audit log may contain of a field's arguments: the ids, and the names of the fields that are set, in the order
// of the schema.
type sent struct {
	schema *ast.Schema
	ids    []uuid.UUID
	fields []string
}

func (s *sent) arguments(of *ast.Field, values map[string]any) {
	for _, def := range of.Definition.Arguments {
		if value, given := values[def.Name]; given && of.Arguments.ForName(def.Name) != nil { // sent, not a default
			s.value(def.Type, value, []string{def.Name})
		}
	}
}

// value descends to values that are not objects: positions in lists have no name.
func (s *sent) value(t *ast.Type, value any, path []string) {
	if list := reflect.ValueOf(value); t.Elem != nil && list.Kind() == reflect.Slice {
		for i := range list.Len() {
			s.value(t.Elem, list.Index(i).Interface(), path)
		}
		return
	}
	if t.Elem != nil {
		t = t.Elem
	}
	object, ok := value.(map[string]any)
	def := s.schema.Types[t.Name()]
	if !ok || def == nil || def.Kind != ast.InputObject {
		s.leaf(t, value, path)
		return
	}
	for _, field := range def.Fields {
		if inner, given := object[field.Name]; given {
			s.value(field.Type, inner, below(path, field.Name))
		}
	}
}

func (s *sent) leaf(t *ast.Type, value any, path []string) {
	s.fields = append(s.fields, fieldName(path))
	if t.Name() != "ID" || value == nil {
		return
	}
	if id, err := uuid.Parse(fmt.Sprint(value)); err == nil {
		s.ids = append(s.ids, id)
	}
}
