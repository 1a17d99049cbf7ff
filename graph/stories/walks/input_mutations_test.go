package walks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
)

// exceptions are refusals that differ from what the types say, each for a reason.
var exceptions = map[string]string{
	"signIn email":    "WRONG_CREDENTIALS", // reveals nothing about which addresses exist
	"signIn password": "WRONG_CREDENTIALS TRY_LATER",

	"changeEmail password":    "WRONG_CREDENTIALS TRY_LATER",
	"changePassword password": "WRONG_CREDENTIALS TRY_LATER",
	"requestData password":    "WRONG_CREDENTIALS TRY_LATER",
	"eraseAccount password":   "WRONG_CREDENTIALS TRY_LATER",
	"requestData code":        "WRONG_CODE SECOND_FACTOR_REQUIRED TRY_LATER",
	"eraseAccount code":       "WRONG_CODE SECOND_FACTOR_REQUIRED TRY_LATER",
	"verifyEmail token":       "TOKEN_INVALID",

	"signIn code": "WRONG_CREDENTIALS WRONG_CODE TRY_LATER",

	"startSecondFactor password": "WRONG_CREDENTIALS TRY_LATER",
	"startSecondFactor code":     "WRONG_CODE SECOND_FACTOR_REQUIRED TRY_LATER",
	"confirmSecondFactor code":   "WRONG_CODE TRY_LATER",
	"endSecondFactor password":   "WRONG_CREDENTIALS TRY_LATER",
	"endSecondFactor code":       "WRONG_CODE TRY_LATER",
	"renewRecoveryCodes code":    "WRONG_CODE TRY_LATER",
	"resetPassword token":        "TOKEN_INVALID",
	"acceptInvitation token":     "TOKEN_INVALID",
	"invitation token":           "NOT_FOUND",
	"pendingIdentity token":      "NOT_FOUND",
}

// instead are fields that another field may replace.
var instead = map[string]bool{"giveRole input.person.email": true, "giveRole input.ngoId": true, "resetSecondFactor input.person.email": true, "suspendPerson input.person.email": true,
	"inviteByEmail input.ngoId": true, "inviteByEmail input.teamId": true, "register input.invitationToken": true,
	"register input.identityToken": true, "markNoticesRead input.ids": true, "updateProfile input.birthDate": true}

// TestEveryInputOfEveryMutation puts every wrong value that the schema knows into every field of every input, as variables and
// written into the document. Nothing may be written, nothing may be INTERNAL, and at the end the good inputs are accepted.
func TestEveryInputOfEveryMutation(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	goods, another := goods(w), w.Text(`select id from indicators limit 1`)
	before, tried := w.Checksum(), 0
	for _, m := range hub.Schema().Mutation.Fields {
		g := goods[m.Name]
		walked := &walk{schema: hub.Schema(), another: another, now: w.Present()}
		walked.value([]string{"input"}, m.Arguments[0].Type, false, "", false, g.In)
		walked.unseen = slices.DeleteFunc(walked.unseen, func(name string) bool { return instead[m.Name+" "+name] })
		if len(walked.unseen) > 0 {
			t.Errorf("%s: the good input leaves out %v", m.Name, walked.unseen)
		}
		for _, bad := range walked.found {
			refuses(w, m, g, bad)
			tried++
		}
		if after := w.Checksum(); after != before {
			t.Fatalf("%s wrote:\n%s\nwas\n%s", m.Name, after, before)
		}
	}
	t.Logf("%d wrong values", tried)
	w.Exec(`delete from attempts`)
	goods["confirmSecondFactor"].In["code"] = w.CodeOf(hub.FactorSecret) // the previous code is too old now
	goods["checkInWithCode"].In["code"] = w.Resolver.Signups.CodeFor(hub.RowID(goods["checkInWithCode"].In["shiftId"].(string)), w.Present())
	for name, g := range goods {
		if a := g.Who.Ask(hub.Document(name, hub.Selected(name)), hub.Vars{"in": g.In}).OfRow(name, ""); a.Code() != "" {
			t.Errorf("%s does not take a good input: %s", name, a.RawBody)
		}
	}
}

func refuses(w *hub.World, m *ast.FieldDefinition, g hub.Good, bad wrong) {
	w.T.Helper()
	want, field := bad.codes, bad.field
	if code, ok := exceptions[m.Name+" "+field]; ok && want == "INVALID" {
		want = want + " " + code
	}
	input := hub.With(hub.Vars{"input": g.In}, bad.path, bad.value).(hub.Vars)
	at := fmt.Sprintf("%s %s = %.60v", m.Name, strings.Join(bad.path, "."), bad.value)
	a := g.Who.Ask(fmt.Sprintf(`mutation($input: %s) { %s(input: $input) { %s } }`, m.Arguments[0].Type, m.Name, hub.Selected(m.Name)), input).OfRow(m.Name, field)
	compareRefusal(w, at, a, want, field)
	if _, given := input["input"]; !given {
		return
	}
	a = g.Who.Ask(fmt.Sprintf(`mutation { %s(input: %s) { %s } }`, m.Name, literal(m.Arguments[0].Type, input["input"]), hub.Selected(m.Name))).OfRow(m.Name, field)
	compareRefusal(w, "literal "+at, a, want+" GRAPHQL_VALIDATION_FAILED TOO_MANY_TOKENS", "")
}

// compareRefusal checks that one of the errors has one of the codes and, for input, the field.
func compareRefusal(w *hub.World, at string, a *hub.Answer, codes, field string) {
	w.T.Helper()
	for _, e := range a.Errors {
		code := e.Extensions.Code
		if slices.Contains(strings.Fields(codes), code) && e.Message != "" &&
			(field == "" || code != "INVALID" && code != "NOT_FOUND" || e.Extensions.Field == field) {
			return
		}
	}
	w.T.Errorf("%s: want %s %s: %d %.300s", at, codes, field, a.Status, a.RawBody)
}

// literal writes a value in GraphQL's syntax, enums as names.
func literal(t *ast.Type, value any) string {
	def := hub.Schema().Types[t.Name()]
	switch v := value.(type) {
	case hub.Vars:
		var parts []string
		for name, child := range v {
			of := ast.NamedType("String", nil)
			if f := def.Fields.ForName(name); f != nil {
				of = f.Type
			}
			parts = append(parts, name+": "+literal(of, child))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	case []any:
		of, parts := t, []string{}
		if t.Elem != nil {
			of = t.Elem
		}
		for _, child := range v {
			parts = append(parts, literal(of, child))
		}
		return "[" + strings.Join(parts, ", ") + "]"
	case string:
		if def.Kind == ast.Enum && v != "" {
			return v
		}
	}
	text, err := json.Marshal(value)
	if err != nil {
		panic(err)
	}
	return string(text)
}
