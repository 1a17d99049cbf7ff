package walks

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"jastarhub/graph/stories/hub"
)

// noun is one state table.
type noun struct {
	name, table string
	states      string
	roles       string
	begins      string // mutations that create one, and are not moves
	rows        []row
	put         func(w *hub.World, state string) (id string)
	hidden      func(role, state string) bool // to whom the object is not shown
	concealed   bool                          // whether those get NOT_FOUND
}

// TestEveryCell puts an object into every state, lets everybody try every verb, and compares what availableActions said, what was
// answered, what was written and what the history says.
func TestEveryCell(t *testing.T) {
	t.Parallel()
	for _, n := range nouns {
		t.Run(n.name, func(t *testing.T) {
			t.Parallel()
			w := hub.NewWorld(t)
			cells, moved := 0, 0
			for _, state := range strings.Fields(n.states) {
				object := ""
				for _, r := range n.rows {
					for _, role := range strings.Fields(n.roles) {
						want := n.answer(r, state, role)
						if want == skip {
							continue
						}
						if object == "" {
							object = n.put(w, state)
						}
						if cells++; try(w, n, r, object, state, role, want) {
							object, moved = "", moved+1
						}
					}
				}
			}
			t.Logf("%d cells, %d of them move", cells, moved)
		})
	}
}

const skip = "skip"

// answer returns the table's code for a cell, "" if the verb moves the object.
func (n *noun) answer(r row, state, role string) string {
	named := slices.ContainsFunc(n.rows, func(o row) bool { return o.verb == r.verb && o.covers(state) })
	if r.from == "" && named {
		return skip
	}
	as, may := r.who[role]
	switch {
	case role == "visitor":
		return "UNAUTHENTICATED"
	case n.concealed && n.hidden(role, state):
		return "NOT_FOUND"
	case !r.covers(state) && r.from != "" && n.fallback(r.verb):
		return skip // the verb's rows differ in who may: another row decides
	case !may:
		return r.other
	case as == "OWN_TEAM" || as == "OWN_CASE":
		return as
	case !r.covers(state):
		return "WRONG_STATE"
	}
	return ""
}

func (r row) covers(state string) bool { return slices.Contains(strings.Fields(r.from), state) }

func (n *noun) fallback(verb string) bool {
	return slices.ContainsFunc(n.rows, func(o row) bool { return o.verb == verb && o.from == "" })
}

// told returns what availableActions says about a verb: it does not know the input, so one row that moves is enough.
func (n *noun) told(verb, state, role string) (code string) {
	for _, r := range n.rows {
		if r.verb != verb {
			continue
		}
		if want := n.answer(r, state, role); want == "" {
			return ""
		} else if want != skip {
			code = want
		}
	}
	return code
}

// try lets a role try a verb on the object in the state, and reports whether that moved it.
func try(w *hub.World, n noun, r row, object, state, role, want string) bool {
	w.T.Helper()
	at := fmt.Sprintf("%s %s %s by %s", n.name, state, r.verb, role)
	who := w.Roles[role]
	if r.verb == "withdrawSupport" {
		w.Support(object, role)
	} else if r.verb == "supportProposal" {
		w.Exec(`update supports set withdrawn_at = now() where proposal_id = $1 and withdrawn_at is null`, object)
	}
	if r.verb == "answerMerge" {
		w.Asking(object, role)
	}
	compareTold(w, n, r.verb, object, state, role, at)
	mutation, payload := n.ask(r.verb)
	in := input(w, n, r, object, role)
	before := lookAt(w, n.table, object)
	a := who.Ask(hub.Document(mutation, payload), hub.Vars{"in": in}).OfRow(mutation, "")
	after := lookAt(w, n.table, object)
	if got := a.Code(); got != want {
		w.T.Errorf("%s: %q, want %q: %s", at, got, want, a.RawBody)
	}
	if want != "" && !hub.Documented(r.verb, want) {
		w.T.Errorf("the schema does not tell that %s answers %s", r.verb, want)
	}
	if len(a.Errors) > 0 {
		if before != after {
			w.T.Errorf("%s was refused with %s, yet\n%+v became\n%+v", at, a.Code(), before, after)
		}
		return false
	}
	changed := changes(before.Row, after.Row)
	if wanted := slices.Sorted(slices.Values(strings.Fields(r.changes + " " + r.also[state]))); !slices.Equal(changed, wanted) {
		w.T.Errorf("%s changed %v, want %v", at, changed, wanted)
	}
	wanted := cmp.Or(r.moves, 1)
	if r.silent {
		wanted = 0
	}
	if got := after.Moves - before.Moves; before.Others != after.Others || got != wanted {
		w.T.Errorf("%s wrote %d moves, want %d; the others are as before: %v", at, got, wanted, before.Others == after.Others)
	}
	compareHistory(w, a, n, r, state, role, at)
	return true
}

func compareTold(w *hub.World, n noun, verb, object, state, role, at string) {
	w.T.Helper()
	a := w.Roles[role].Must(`query($id: ID!) { node(id: $id) { ... on `+n.name+` { availableActions { action allowed reason } } } }`,
		hub.Vars{"id": object})
	hidden := n.hidden != nil && n.hidden(role, state)
	if a.At("node") == nil || hidden {
		if hidden != (a.At("node") == nil) {
			w.T.Errorf("%s: shown is %v: %s", at, !hidden, a.RawBody)
		}
		return
	}
	want := hub.Vars{"action": screaming(verb), "allowed": true, "reason": nil}
	if code := n.told(verb, state, role); code != "" {
		want["allowed"], want["reason"] = false, code
	}
	for _, action := range a.At("node.availableActions").([]any) {
		if action := action.(hub.Vars); action["action"] == want["action"] {
			if !maps.Equal(action, want) {
				w.T.Errorf("%s: told %v, want %v", at, action, want)
			}
			return
		}
	}
	w.T.Errorf("%s: availableActions do not tell of it: %s", at, a.RawBody)
}

func compareHistory(w *hub.World, a *hub.Answer, n noun, r row, state, role, at string) {
	w.T.Helper()
	mutation, payload := n.ask(r.verb)
	path := mutation
	for _, part := range strings.Fields(payload) {
		if part == "{" || part == "state" || part == "code" {
			continue
		}
		if part == "results" {
			part += ".0"
		}
		if path += "." + part; strings.EqualFold(part, n.name) {
			break
		}
	}
	to := cmp.Or(r.to, state)
	if got := a.Str(path + ".state"); got != to {
		w.T.Errorf("%s: is %s, want %s", at, got, to)
	}
	want := []hub.Vars{{"verb": screaming(r.verb), "fromState": state, "toState": to, "actingAs": r.who[role], "by": hub.Vars{"id": w.Roles[role].ID}}}
	if r.quiet || r.silent {
		want = []hub.Vars{}
	}
	a.Shows(path+".history.nodes", want)
}

// look is an object's row, the others in its table, and the length of all histories.
type look struct {
	Row, Others string
	Moves       int
}

func lookAt(w *hub.World, table, object string) (l look) {
	w.T.Helper()
	err := w.DB.Get(&l, `select (select row_to_json(o)::text from `+table+` o where id = $1) as row,
		(select coalesce(md5(string_agg(o::text || o.xmin::text, '' order by id)), '') from `+table+` o where id <> $1) as others,
		(select count(*) from moves) as moves`, object)
	if err != nil {
		w.T.Fatal(err)
	}
	return l
}

func changes(before, after string) (names []string) {
	var was, is map[string]any
	if err := json.Unmarshal([]byte(before), &was); err != nil {
		panic(err)
	}
	if err := json.Unmarshal([]byte(after), &is); err != nil {
		panic(err)
	}
	for name := range is {
		if fmt.Sprint(was[name]) != fmt.Sprint(is[name]) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// ask returns the mutation and what to read of what it changed.
func (n *noun) ask(verb string) (mutation, payload string) {
	payload = strings.ToLower(n.name) + " { state history(first: 100) { nodes { verb fromState toState actingAs by { id } } } }"
	switch verb {
	case "adoptProposal":
		return verb, "task { " + payload + " }"
	case "approveHours", "adjustHours", "rejectHours":
		return verb, "results { code " + payload + " }"
	case "addShift":
		return verb, "shift { " + payload + " }"
	case "postProgress":
		return verb, "update { " + payload + " }"
	}
	return verb, payload
}

// input returns a row's input for an object.
func input(w *hub.World, n noun, r row, object, role string) hub.Vars {
	in := maps.Clone(r.input)
	if in == nil {
		in = hub.Vars{}
	}
	switch r.verb {
	case "adoptProposal":
		in["proposalId"], in["teamId"] = object, w.Team
		if role == hub.Elsewhere {
			in["teamId"] = w.OtherTeam
		}
	case "addShift":
		in["taskId"], in["shift"] = object, w.NewShift(3, 90*time.Hour)
	case "postProgress":
		in["taskId"] = object
	case "mergeProposal":
		in["id"], in["intoId"] = object, w.PutProposal("ACCEPTED")
	case "answerMerge":
		in["proposalId"] = object
	case "approveHours", "rejectHours":
		in["ids"] = []any{object}
	case "adjustHours":
		in["rows"] = []any{hub.Vars{"id": object, "minutes": 90}}
	case "reassignProposal":
		in["id"], in["centreId"] = object, w.Reply
	default:
		in["id"] = object
	}
	return in
}

// screaming returns a mutation's name as an Action: SET_NGO_STATE for setNgoState.
func screaming(mutation string) string {
	var b strings.Builder
	for _, r := range mutation {
		if unicode.IsUpper(r) {
			b.WriteByte('_')
		}
		b.WriteRune(unicode.ToUpper(r))
	}
	return b.String()
}
