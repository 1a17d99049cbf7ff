package stories

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jmoiron/sqlx"
	"github.com/vektah/gqlparser/v2/ast"
)

// checksum returns a checksum of all tables, down to when each row was last written; without attempts, which count failures too,
// and the audit log, which records refusals too.
func (h *hub) checksum() string {
	h.t.Helper()
	return h.checksumIn(h.db)
}

func (h *hub) checksumIn(q sqlx.Queryer) (line string) {
	h.t.Helper()
	var tables []string
	if err := sqlx.Select(q, &tables, `select tablename::text from pg_tables where schemaname = 'public'
		and tablename <> 'attempts' and tablename not like 'audit%' order by 1`); err != nil {
		h.t.Fatal(err)
	}
	for i, table := range tables {
		tables[i] = fmt.Sprintf(`select '%s ' || count(*) || ' ' || coalesce(md5(string_agg(t::text || t.xmin, '' order by t::text)), '') as line from %[1]s t`, table)
	}
	if err := sqlx.Get(q, &line, `select string_agg(line, E'\n' order by line) from (`+strings.Join(tables, " union all ")+`) all_of_them`); err != nil {
		h.t.Fatal(err)
	}
	return line
}

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
	w := newWorld(t)
	goods, another := w.goods(), w.text(`select id from indicators limit 1`)
	before, tried := w.checksum(), 0
	for _, m := range theSchema().Mutation.Fields {
		g, there := goods[m.Name]
		if !there || len(m.Arguments) != 1 {
			t.Errorf("%s has no good input", m.Name)
			continue
		}
		walked := &walk{schema: theSchema(), another: another}
		walked.value([]string{"input"}, m.Arguments[0].Type, false, "", false, g.in)
		walked.unseen = slices.DeleteFunc(walked.unseen, func(name string) bool { return instead[m.Name+" "+name] })
		if len(walked.unseen) > 0 {
			t.Errorf("%s: the good input leaves out %v", m.Name, walked.unseen)
		}
		for _, bad := range walked.found {
			w.refuses(m, g, bad)
			tried++
		}
		if after := w.checksum(); after != before {
			t.Fatalf("%s wrote:\n%s\nwas\n%s", m.Name, after, before)
		}
	}
	t.Logf("%d wrong values", tried)
	w.exec(`delete from attempts`)
	goods["confirmSecondFactor"].in["code"] = w.codeOf(factorSecret) // the previous code is too old now
	goods["checkInWithCode"].in["code"] = w.r.Signups.CodeFor(rowID(goods["checkInWithCode"].in["shiftId"].(string)), time.Now())
	for name, g := range goods {
		if a := g.who.ask(document(name, selected(name)), vars{"in": g.in}).ofRow(name, ""); a.code() != "" {
			t.Errorf("%s does not take a good input: %s", name, a.rawBody)
		}
	}
}

func (w *world) refuses(m *ast.FieldDefinition, g good, bad wrong) {
	w.t.Helper()
	want, field := bad.codes, bad.field
	if code, ok := exceptions[m.Name+" "+field]; ok && want == "INVALID" {
		want = want + " " + code
	}
	input := with(vars{"input": g.in}, bad.path, bad.value).(vars)
	at := fmt.Sprintf("%s %s = %.60v", m.Name, strings.Join(bad.path, "."), bad.value)
	a := g.who.ask(fmt.Sprintf(`mutation($input: %s) { %s(input: $input) { %s } }`, m.Arguments[0].Type, m.Name, selected(m.Name)), input).ofRow(m.Name, field)
	w.compareRefusal(at, a, want, field)
	if _, given := input["input"]; !given {
		return
	}
	a = g.who.ask(fmt.Sprintf(`mutation { %s(input: %s) { %s } }`, m.Name, literal(m.Arguments[0].Type, input["input"]), selected(m.Name))).ofRow(m.Name, field)
	w.compareRefusal("literal "+at, a, want+" GRAPHQL_VALIDATION_FAILED TOO_MANY_TOKENS", "")
}

// compareRefusal checks that one of the errors has one of the codes and, for input, the field.
func (w *world) compareRefusal(at string, a *answer, codes, field string) {
	w.t.Helper()
	for _, e := range a.Errors {
		code := e.Extensions.Code
		if slices.Contains(strings.Fields(codes), code) && e.Message != "" &&
			(field == "" || code != "INVALID" && code != "NOT_FOUND" || e.Extensions.Field == field) {
			return
		}
	}
	w.t.Errorf("%s: want %s %s: %d %.300s", at, codes, field, a.Status, a.rawBody)
}

// literal writes a value in GraphQL's syntax, enums as names.
func literal(t *ast.Type, value any) string {
	def := theSchema().Types[t.Name()]
	switch v := value.(type) {
	case vars:
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
