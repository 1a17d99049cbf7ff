// Package walks goes over all types, inputs, fields and states of the schema.
package walks

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// wrong is a wrong value in place of a right one, and the expected answer.
type wrong struct {
	path  []string
	value any // missing{} removes the field
	codes string
	field string
}

// walk finds everything that can be wrong with a good value of a type; another is the id of an object that no input accepts.
type walk struct {
	schema  *ast.Schema
	another string
	now     time.Time
	found   []wrong
	unseen  []string // input fields that the good value does not set
}

func (w *walk) add(path []string, codes string, values ...any) {
	field := path
	if len(path) > 1 && path[0] == "input" {
		field = path[1:]
	}
	for _, v := range values {
		w.found = append(w.found, wrong{path, v, codes, strings.Join(field, ".")})
	}
}

// value walks one argument or input field.
func (w *walk) value(path []string, t *ast.Type, hasDefault bool, description string, lines bool, good any) {
	if t.NonNull {
		w.add(path, "INVALID", nil)
		if !hasDefault {
			w.add(path, "INVALID", hub.Missing{})
		}
	}
	if t.Elem != nil {
		for i, child := range slices.Collect(elements(good)) {
			w.value(below(path, strconv.Itoa(i)), t.Elem, true, "", lines, child)
		}
		return
	}
	def := w.schema.Types[t.NamedType]
	switch def.Kind {
	case ast.Enum:
		w.add(path, "INVALID", "BOGUS", strings.ToLower(def.EnumValues[0].Name), "", 1, true, hub.Vars{})
	case ast.InputObject:
		w.add(path, "INVALID", "text", 1, []any{1})
		w.found = append(w.found, wrong{below(path, "bogus"), 1, "INVALID", w.found[len(w.found)-1].field})
		for _, f := range def.Fields {
			child, given := good.(hub.Vars)[f.Name]
			if !given {
				w.unseen = append(w.unseen, strings.Join(below(path, f.Name), "."))
				continue
			}
			w.value(below(path, f.Name), f.Type, f.DefaultValue != nil, f.Description, f.Directives.ForName("multiline") != nil, child)
		}
	default:
		w.scalar(path, def.Name, description)
		if def.Name == "String" && !lines {
			w.add(path, "INVALID", "one line\nand another", "a column\tand another", "a line\u2028and another")
		}
	}
}

func (w *walk) scalar(path []string, name, description string) {
	w.add(path, "INVALID", hub.Vars{}, []any{})
	low, high, bounded := bounds(description)
	switch name {
	case "ID":
		id := uuid.NewString()
		w.add(path, "INVALID", "", "abc", 5, true, strings.ToUpper(id), "{"+id+"}", id+"'", strings.Repeat("a", 10_000))
		w.add(path, "NOT_FOUND", id, w.another)
	case "String":
		w.add(path, "INVALID", 5, true, "a\x00b", "a\x07bcd efgh ijkl", "a\u202egpj.exe efgh", "\u2066bidi bidi bidi", strings.Repeat("a", 20_001))
		if bounded {
			w.add(path, "INVALID", strings.Repeat("ә", int(high)+1), strings.Repeat("a", 10_000))
			if low > 0 {
				w.add(path, "INVALID", "", strings.Repeat("ә", int(low)-1))
			}
			if low > 0 && !strings.HasSuffix(strings.ToLower(path[len(path)-1]), "password") {
				w.add(path, "INVALID", " \n\t               ")
			}
		}
	case "Int":
		w.add(path, "INVALID", "5", 1.5, 1<<31, -1<<31-1, true)
		if bounded {
			w.add(path, "INVALID", int(low)-1, int(high)+1, -1)
		}
	case "Float":
		w.add(path, "INVALID", "5", true)
		if bounded {
			w.add(path, "INVALID", low-0.001, high+0.001)
		}
	case "Boolean":
		w.add(path, "INVALID", "true", 1)
	case "DateTime":
		w.add(path, "INVALID", "soon", "2030-05-09", "2030-05-09T10:00:00", "2030-02-30T10:00:00Z", "1800-01-01T00:00:00Z", "9999-01-01T00:00:00Z", 5)
		if last := path[len(path)-1]; last == "startsAt" || last == "endsAt" {
			w.add(path, "INVALID", w.now.Add(-time.Minute).Format(time.RFC3339), "2199-01-01T00:00:00Z")
		}
	case "Date":
		w.add(path, "INVALID", "yesterday", "2030-02-30", "2009-5-9", "1800-01-01", "2009-05-09T00:00:00Z", 5)
		if path[len(path)-1] == "day" { // a calendar day, usually in the future
			w.add(path, "INVALID", "2025-12-31", "2026-10-24", "2101-01-03")
		} else {
			w.add(path, "INVALID", w.now.AddDate(1, 0, 0).Format(time.DateOnly))
		}
	}
}

var numbers = regexp.MustCompile(`(?:([−-]?[\d,]+) to|[Uu]p to) ([\d,]+)`)

// bounds returns the limits in a description: "5 to 120 characters", "up to 1,000 characters", "−90 to 90".
func bounds(description string) (low, high float64, told bool) {
	m := numbers.FindStringSubmatch(description)
	if m == nil || strings.Contains(description, "Up to 100 ids") {
		return 0, 0, false
	}
	read := func(text string) float64 {
		f, _ := strconv.ParseFloat(strings.NewReplacer(",", "", "−", "-").Replace(text), 64)
		return f
	}
	return read(m[1]), read(m[2]), true
}

func elements(good any) func(func(any) bool) {
	list, _ := good.([]any)
	return slices.Values(list)
}

func below(path []string, name string) []string { return append(slices.Clone(path), name) }
