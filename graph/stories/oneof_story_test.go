package stories

import (
	"strings"
	"testing"
)

// TestOneOf: of an input marked @oneOf exactly one field is given, as a variable and in the document.
func TestOneOf(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	reset := document("resetSecondFactor", "person { id }")
	for _, who := range []vars{{}, {"id": nil}, {"id": c.other.id, "email": "other@example.org"}, {"id": c.other.id, "email": nil}, {"name": "Other"}} {
		a := c.officer.ask(reset, vars{"in": vars{"person": who, "reason": "The phone is lost."}})
		if a.code() != "INVALID" || !strings.HasPrefix(a.badField(), "person") {
			t.Errorf("%v: %s", who, a.rawBody)
		}
	}
	for _, who := range []string{`{}`, `{id: null}`, `{id: "` + c.other.id + `", email: "other@example.org"}`} {
		a := c.officer.ask(`mutation { resetSecondFactor(input: {person: `+who+`, reason: "The phone is lost."}) { person { id } } }`, nil)
		if a.code() != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s: %s", who, a.rawBody)
		}
	}
	for _, in := range []vars{{}, {"ids": []string{}}, {"ids": []string{c.other.id}, "upTo": at(0)}} {
		if a := c.other.ask(document("markNoticesRead", "person { id }"), vars{"in": in}); a.code() != "INVALID" {
			t.Errorf("%v: %s", in, a.rawBody)
		}
	}
}
