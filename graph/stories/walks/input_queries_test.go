package walks

import (
	"encoding/base64"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/grant"
)

// place is a field with arguments somewhere in a query: a root field, or a list of a noun.
type place struct {
	name   string
	field  *ast.FieldDefinition
	around string   // a query with %s for the field
	args   hub.Vars // valid ones
}

// ask asks for the field with arguments in variables.
func (p *place) ask(who *hub.Caller, args hub.Vars, selection string) *hub.Answer {
	who.Hub.T.Helper()
	var defs, uses []string
	for _, arg := range p.field.Arguments {
		value, given := args[arg.Name]
		if _, bogus := args["bogus"]; !given && !bogus && arg.DefaultValue != nil {
			continue
		}
		defs, uses = append(defs, "$"+arg.Name+": "+arg.Type.String()), append(uses, arg.Name+": $"+arg.Name)
		_ = value
	}
	call := p.field.Name
	if len(uses) > 0 {
		call += "(" + strings.Join(uses, ", ") + ")"
	}
	head := "query"
	if len(defs) > 0 {
		head += "(" + strings.Join(defs, ", ") + ")"
	}
	return who.Ask(head+" { "+fmt.Sprintf(p.around, call+" "+selection)+" }", args)
}

// places returns all root fields and all lists of the city's nouns. An officer who leads the NGO may see them all, and is the one
// person among them.
func places(w *hub.World) (all []*place) {
	w.Grant(w.Officer, grant.NgoLead, w.Ngo)
	w.Grant(w.Officer, grant.Coordinator, "AUEZOV-1")
	minor := w.Aged(w.Crowd(1)[0], 15)
	one := map[string]string{"Person": w.Officer.ID}
	for _, n := range nouns {
		one[n.name] = n.put(w, strings.Fields(n.states)[1])
	}
	shift := w.PutShift(one["Task"], "30 hours", 2)
	one["Shift"], one["Signup"] = shift, w.PutSignup(w.Roles["stranger"], shift, "CONFIRMED")
	one["District"], one["Team"] = w.District("AUEZOV"), w.Team
	one["Grant"] = w.PutGrant("NGO_LEAD")
	one["Consent"] = w.PutConsent(w.Officer.ID, "NAME", "ASKED", "", "")
	one["Hosting"] = w.Text(`select id from hostings where team_id = $1`, w.Team)
	number := w.PutCertificate(w.Officer)
	one["Certificate"] = w.Text(`select id from certificates where number = $1`, number)
	upcoming := w.PutShift(one["Task"], "1 hour", 2)
	good := hub.Vars{"number": number, "shiftId": upcoming, "id": w.Ngo, "ids": []any{w.Ngo, w.Team}, "year": 2026, "first": 5, "order": "NEWEST", "text": "арық", "email": minor.ID + "@example.org",
		"districtId": w.District("AUEZOV"), "title": "Арық тазалау", "point": hub.SomePoint,
		"token": w.LinkOf(w.PutOffer("TEAM_MEMBER", "SENT"))}
	filter := hub.Vars{"districtId": w.District("AUEZOV"), "centreId": w.Centre("AUEZOV-1"), "teamId": w.Team, "ngoId": w.Ngo, "role": "NGO_LEAD", "types": []any{"TASK"},
		"unread": true, "focus": "SPORT", "workClass": []any{"LIGHT"}, "states": []any{"OPEN"},
		"from": w.In(1), "to": w.In(100), "freeSeats": true, "overdue": true, "allowedForMe": true, "near": hub.Vars{"point": hub.SomePoint, "metres": 500}, "text": "арық", "adoptableByTeamId": w.Team,
		"personId": w.Officer.ID, "action": "createNgo", "subjectId": w.Ngo}
	pending := hub.Vars{"token": w.PutVouched()}
	schema := hub.Schema()
	for _, root := range schema.Query.Fields {
		if len(root.Arguments) > 0 && !strings.HasPrefix(root.Name, "__") {
			args := pick(schema, root, good, filter, one)
			switch root.Name {
			case "pendingIdentity":
				args = pending
			case "myRecord":
				args = hub.Vars{"from": "2026-01-01", "to": "2026-01-31"}
			}
			all = append(all, &place{name: root.Name, field: root, around: "%s", args: args})
		}
	}
	for _, def := range schema.GetPossibleTypes(schema.Types["Node"]) {
		for _, f := range def.Fields {
			if f.Arguments.ForName("first") != nil {
				around := fmt.Sprintf(`node(id: %q) { ... on %s { %%s } }`, one[def.Name], def.Name)
				all = append(all, &place{name: def.Name + "." + f.Name, field: f, around: around, args: pick(schema, f, good, filter, one)})
			}
		}
	}
	return all
}

// pick returns valid arguments for a field.
func pick(schema *ast.Schema, f *ast.FieldDefinition, good, filter hub.Vars, one map[string]string) hub.Vars {
	args := hub.Vars{}
	for _, arg := range f.Arguments {
		def := schema.Types[arg.Type.Name()]
		switch {
		case arg.Name == "id" && one[f.Type.Name()] != "":
			args["id"] = one[f.Type.Name()]
		case arg.Name == "filter":
			in := hub.Vars{}
			for _, field := range def.Fields {
				in[field.Name] = filter[field.Name]
			}
			if def.Fields.ForName("states") == nil {
				args["filter"] = in
				continue
			}
			in["states"] = []any{schema.Types[def.Fields.ForName("states").Type.Name()].EnumValues[1].Name}
			args["filter"] = in
		case arg.Name != "after":
			args[arg.Name] = good[arg.Name]
		}
	}
	return args
}

// TestEveryArgumentOfEveryQuery puts everything wrong into every argument of every root and every list.
func TestEveryArgumentOfEveryQuery(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	places := places(w)
	another, before, tried := w.Text(`select id from indicators limit 1`), w.Checksum(), 0
	for _, p := range places {
		if a := p.ask(w.Officer, p.args, "{ __typename }"); a.Code() != "" {
			t.Errorf("%s: good arguments: %s", p.name, a.RawBody)
		}
		for _, bad := range p.wrongs(another, w.Present()) {
			tried++
			a := p.ask(w.Officer, hub.With(p.args, bad.path, bad.value).(hub.Vars), "{ __typename }")
			compareRefusal(w, fmt.Sprintf("%s %s = %.60v", p.name, bad.field, bad.value), a,
				bad.codes+" "+exceptions[p.name+" "+bad.field], bad.field)
		}
	}
	if after := w.Checksum(); after != before {
		t.Errorf("questions wrote:\n%s\nwas\n%s", after, before)
	}
	t.Logf("%d places, %d wrong values", len(places), tried)
}

// wrongs leaves out what is not an error: filters with unknown ids find nothing, and node is null.
func (p *place) wrongs(another string, now time.Time) (all []wrong) {
	walked := &walk{schema: hub.Schema(), another: another, now: now}
	for _, arg := range p.field.Arguments {
		if arg.Name == "after" {
			walked.add([]string{"after"}, "INVALID", "", "abc", 5, "bnVsbA", strings.Repeat("a", 10_000), "\u202ebidi", "ү", []any{1})
			continue
		}
		walked.value([]string{arg.Name}, arg.Type, arg.DefaultValue != nil, arg.Description, arg.Directives.ForName("multiline") != nil, p.args[arg.Name])
	}
	for _, bad := range walked.found {
		if _, gone := bad.value.(hub.Missing); gone && len(bad.path) == 1 {
			continue // then the variable is missing, not the argument
		}
		if bad.codes == "NOT_FOUND" && (len(p.args) > 1 || p.name == "node" || p.name == "nodes") {
			continue
		}
		all = append(all, bad)
	}
	return all
}

// TestCursorsAreOneListsOwn reads every list page by page, and sends it the cursors of all other lists, and forged ones.
func TestCursorsAreOneListsOwn(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	cursors := map[string]string{} // by the order's name
	var lists []*place
	for _, p := range places(w) {
		if p.field.Arguments.ForName("after") == nil {
			continue
		}
		orders := []string{""}
		if order := p.field.Arguments.ForName("order"); order != nil {
			orders = nil
			for _, v := range hub.Schema().Types[order.Type.Name()].EnumValues {
				orders = append(orders, v.Name)
			}
		}
		for _, order := range orders {
			args := hub.Vars{"first": 1}
			if order != "" {
				args["order"] = order
			}
			listed := &place{name: p.name + " " + order, field: p.field, around: p.around, args: args}
			lists = append(lists, listed)
			if cursor := listed.cursor(w.Officer); cursor != "" {
				cursors[orderOf(t, cursor)] = cursor
			}
		}
	}
	if len(cursors) < 12 {
		t.Errorf("only the cursors of %v", maps.Keys(cursors))
	}
	for _, p := range lists {
		own := p.cursor(w.Officer)
		for order, cursor := range cursors {
			if own == "" && cursorFits(p, order) {
				continue
			}
			want := "INVALID"
			if own != "" && orderOf(t, own) == order {
				want = ""
			}
			a := p.ask(w.Officer, hub.With(p.args, []string{"after"}, cursor).(hub.Vars), "{ __typename }")
			if want == "" && a.Code() != "" {
				t.Errorf("%s does not take its own cursor: %s", p.name, a.RawBody)
			} else if want != "" {
				compareRefusal(w, p.name+" after one of "+order, a, want, "after")
			}
		}
		if own != "" {
			forge(w, p, own)
		}
	}
}

// cursor returns the first row's cursor, "" if the list is empty.
func (p *place) cursor(who *hub.Caller) string {
	who.Hub.T.Helper()
	a := p.ask(who, p.args, "{ pageInfo { endCursor } }")
	for path := range strings.SplitSeq(p.field.Name+" node."+p.field.Name, " ") {
		if root, _, _ := strings.Cut(path, "."); a.Data[root] != nil {
			cursor, _ := a.At(path + ".pageInfo.endCursor").(string)
			return cursor
		}
	}
	return ""
}

func orderOf(t *testing.T, cursor string) string {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		t.Error(err)
	}
	name, _, _ := strings.Cut(string(raw), "|")
	return name
}

// cursorFits guesses whether an empty list has the order: its name begins with what the list holds.
func cursorFits(p *place, order string) bool {
	noun, _, _ := strings.Cut(order, "-")
	return strings.HasPrefix(strings.ToLower(p.field.Type.Name()), strings.TrimSuffix(noun, "s"))
}

// forge puts other keys and ids into a cursor. A value that the database cannot read must not reach it.
func forge(w *hub.World, p *place, cursor string) {
	w.T.Helper()
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		w.T.Fatal(err)
	}
	parts := strings.Split(string(raw), "|")
	for _, key := range []string{"", "x", "-1", "+1", "1.5", "99999999999", "0x10", "infinity", "-infinity", "now", "today",
		"0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2026-01-01T00:00:00+23:59", "2026-01-01T00:00:00.999999999Z",
		"2026-01-01T00:00:00Z", "2026-01-01", "'; drop table tasks; --", "a\x00b", "\xff", strings.Repeat("9", 100)} {
		for _, id := range []string{parts[2], strings.ToUpper(parts[2]), "", "00000000-0000-0000-0000-000000000000"} {
			forged := base64.RawURLEncoding.EncodeToString([]byte(parts[0] + "|" + key + "|" + id))
			a := p.ask(w.Officer, hub.With(p.args, []string{"after"}, forged).(hub.Vars), "{ __typename }")
			if a.Code() != "" {
				compareRefusal(w, fmt.Sprintf("%s after the forged %q %q", p.name, key, id), a, "INVALID", "after")
			} else if id == "" || id != strings.ToLower(id) || (key != "") != (parts[1] != "") && key != "" {
				w.T.Errorf("%s takes the forged %q %q", p.name, key, id)
			}
		}
	}
}
