package walks

import (
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
)

// TestOneOf: of an input marked @oneOf exactly one field is given, as a variable and in the document.
func TestOneOf(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	reset := hub.Document("resetSecondFactor", "person { id }")
	for _, who := range []hub.Vars{{}, {"id": nil}, {"id": c.Other.ID, "email": "other@example.org"}, {"id": c.Other.ID, "email": nil}, {"name": "Other"}} {
		a := c.Officer.Ask(reset, hub.Vars{"in": hub.Vars{"person": who, "reason": "The phone is lost."}})
		if a.Code() != "INVALID" || !strings.HasPrefix(badField(a), "person") {
			t.Errorf("%v: %s", who, a.RawBody)
		}
	}
	for _, who := range []string{`{}`, `{id: null}`, `{id: "` + c.Other.ID + `", email: "other@example.org"}`} {
		a := c.Officer.Ask(`mutation { resetSecondFactor(input: {person: `+who+`, reason: "The phone is lost."}) { person { id } } }`, nil)
		if a.Code() != "GRAPHQL_VALIDATION_FAILED" {
			t.Errorf("%s: %s", who, a.RawBody)
		}
	}
	for _, in := range []hub.Vars{{}, {"ids": []string{}}, {"ids": []string{c.Other.ID}, "upTo": c.In(0)}} {
		if a := c.Other.Ask(hub.Document("markNoticesRead", "person { id }"), hub.Vars{"in": in}); a.Code() != "INVALID" {
			t.Errorf("%v: %s", in, a.RawBody)
		}
	}
}
