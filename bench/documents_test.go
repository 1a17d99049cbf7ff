package main

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/validator"
	"github.com/vektah/gqlparser/v2/validator/rules"

	"jastarhub/graph"
)

// Nobody runs the benchmarks at every change, so this says whether they still fit the schema.
func TestDocumentsFitTheSchema(t *testing.T) {
	schema := new(graph.Resolver).Schema().Schema()
	fits := func(name, document string, variables map[string]any) {
		t.Helper()
		var sent map[string]any
		if text, err := json.Marshal(variables); err != nil || json.Unmarshal(text, &sent) != nil {
			t.Fatalf("%s: %v: %v", name, variables, err)
		}
		query, errs := gqlparser.LoadQueryWithRules(schema, document, rules.NewDefaultRules())
		if errs != nil {
			t.Errorf("%s: %v", name, errs)
			return
		}
		if _, err := validator.VariableValues(schema, query.Operations[0], sent); err != nil {
			t.Errorf("%s: %v: %v", name, variables, err)
		}
	}
	for _, q := range popular {
		fits(q.name, q.document, map[string]any{"id": uuid.NewString()})
	}
	fits("a sign-in", signInDocument, map[string]any{"in": map[string]any{"email": "a@example.kz", "password": "long enough"}})
	fits("a dear stream", dear, nil)
	fits("a stream of places", fmt.Sprintf(places, uuid.New()), nil)
	some := []uuid.UUID{uuid.New(), uuid.New()}
	s := &scene{districts: some, centres: some, teams: some, ngos: some, tasks: some, proposals: some, shifts: some}
	for _, l := range s.lists() {
		if len(l.variables) == 0 {
			t.Errorf("%s is never asked", l.name)
		}
		for _, variables := range l.variables {
			fits(l.name, l.document, variables)
		}
	}
}
