package rights

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jastarhub/graph/stories/hub"
	"jastarhub/internal/postgres"
)

// TestRepetitionsAskAnew does every mutation that accepts an idempotency key, takes away what gave the right to it, and repeats
// it: the answer then holds nothing but what the person may read by its id.
func TestRepetitionsAskAnew(t *testing.T) {
	t.Parallel()
	w, repeated, refused := hub.NewWorld(t), 0, 0
	for _, r := range rights {
		for _, column := range columns {
			if !contains(r.may, column) || column == "visitor" {
				continue
			}
			for _, loss := range losses {
				if !loss.concerns(column) {
					continue
				}
				answered, keyed := repeats(w, r, column, loss)
				if !keyed {
					break
				}
				repeated++
				if !answered {
					refused++
				}
			}
		}
	}
	if repeated < 200 || refused < 50 {
		t.Errorf("only %d repetitions, %d of them refused: the table of rights lost its mutations", repeated, refused)
	}
	t.Logf("%d repetitions, %d of them refused", repeated, refused)
}

// loss is a way in which a person's rights end between a mutation and its repetition.
type loss struct {
	name     string
	concerns func(column string) bool
	take     func(w *hub.World, who *hub.Caller) (later *hub.Caller)
	back     func(w *hub.World, who *hub.Caller)
}

// hiding are the tables of what can be hidden.
var hiding = []string{"ngos", "teams", "proposals", "tasks", "shifts", "progress_updates"}

var losses = []loss{
	{"every role ended", func(column string) bool { return contains("member lead ngoLead coordinator elsewhere officer", column) },
		func(w *hub.World, who *hub.Caller) *hub.Caller {
			w.Exec(`update grants set ended_at = '2020-01-01' where person_id = $1 and ended_at is null`, who.ID)
			w.Exec(`update memberships set state = 'LEFT', ended_at = '2020-01-01' where person_id = $1 and state = 'ACTIVE'`, who.ID)
			return who
		},
		func(w *hub.World, who *hub.Caller) {
			w.Exec(`update grants set ended_at = null where person_id = $1 and ended_at = '2020-01-01'`, who.ID)
			w.Exec(`update memberships set state = 'ACTIVE', ended_at = null where person_id = $1 and ended_at = '2020-01-01'`, who.ID)
		}},
	{"no second factor", func(column string) bool { return contains("coordinator elsewhere officer", column) },
		func(w *hub.World, who *hub.Caller) *hub.Caller {
			weak := anotherSession(w, who)
			weak.Key = who.Key
			return weak
		},
		func(*hub.World, *hub.Caller) {}},
	{"all is hidden", func(column string) bool { return column != "visitor" && column != "officer" }, // officers see what is hidden
		func(w *hub.World, who *hub.Caller) *hub.Caller {
			id := w.Decided("HIDE", "PERSON", who.ID, "IN_FORCE", nil, nil, nil, who.ID)
			for _, table := range hiding {
				w.Exec(`update `+table+` set hidden_id = $1 where hidden_id is null`, id)
			}
			return who
		},
		func(w *hub.World, who *hub.Caller) {
			for _, table := range hiding {
				w.Exec(`update `+table+` set hidden_id = null where hidden_id in (select id from decisions where kind = 'HIDE' and subject_id = $1)`, who.ID)
			}
			w.Exec(`update decisions set state = 'ENDED' where kind = 'HIDE' and subject_id = $1`, who.ID)
		}},
	{"suspended", func(column string) bool { return column != "visitor" },
		func(w *hub.World, who *hub.Caller) *hub.Caller {
			id := w.Decided("SUSPEND", "PERSON", who.ID, "IN_FORCE", nil, nil, nil, who.ID)
			w.Exec(`update people set suspended_id = $1 where id = $2`, id, who.ID)
			return who
		},
		func(w *hub.World, who *hub.Caller) {
			w.Exec(`update people set suspended_id = null where id = $1`, who.ID)
			w.Exec(`update decisions set state = 'ENDED' where kind = 'SUSPEND' and subject_id = $1`, who.ID)
		}},
}

// repeats reports whether the repetition was answered, and whether the mutation accepts a key at all.
func repeats(w *hub.World, r right, column string, l loss) (answered, keyed bool) {
	w.T.Helper()
	mutation, _, _ := strings.Cut(r.what, " ")
	in, who := r.fresh(w, r.role(column)), *as(w, column, r)
	who.Key = postgres.NewID().String()
	first := who.Ask(hub.Document(mutation, readBack(mutation)), hub.Vars{"in": in})
	keyless := hub.Schema().Mutation.Fields.ForName(mutation).Directives.ForName("keyless") != nil
	if refused := first.Code() == "IDEMPOTENCY_KEY_NOT_SUPPORTED"; refused != keyless {
		w.T.Errorf("%s is @keyless: %t, and a key is refused: %t", mutation, keyless, refused)
	}
	if keyless {
		return false, false
	}
	what := fmt.Sprintf("%s by %s, %s", r.what, column, l.name)
	if first.Code() != "" {
		w.T.Errorf("%s: %s", what, first.RawBody)
		return false, false
	}
	later := l.take(w, &who)
	defer l.back(w, &who)
	again := later.Ask(hub.Document(mutation, readBack(mutation)), hub.Vars{"in": in})
	switch code := again.Code(); {
	case code == "" && mayRead(w, later, again):
		return true, true
	case code == "":
		w.T.Errorf("%s: a repetition shows %s", what, again.RawBody)
	case l.name == "suspended":
		if code != "SUSPENDED" {
			w.T.Errorf("%s: %s", what, again.RawBody)
		}
	case code != "NOT_FOUND" || mayRead(w, later, first):
		w.T.Errorf("%s: %s, after %s", what, again.RawBody, first.RawBody)
	}
	return false, true
}

// readBack selects the ids of everything in a mutation's answer, or else its fields.
func readBack(mutation string) string {
	payload := hub.Schema().Types[hub.Schema().Mutation.Fields.ForName(mutation).Type.Name()]
	var fields []string
	for _, f := range payload.Fields {
		held := hub.Schema().Types[f.Type.Name()]
		switch {
		case strings.HasPrefix(f.Name, "__"):
		case f.Name == "results":
			of := strings.ToLower(strings.TrimSuffix(held.Name, "Result"))
			fields = append(fields, "results { "+of+" { __typename id } }")
		case held.IsCompositeType():
			fields = append(fields, f.Name+" { __typename id }")
		default:
			fields = append(fields, f.Name)
		}
	}
	return strings.Join(fields, " ")
}

// mayRead reports whether the person may read by its id everything in an answer.
func mayRead(w *hub.World, who *hub.Caller, a *hub.Answer) bool {
	w.T.Helper()
	reader := *who
	reader.Key = ""
	ids := idsIn(a.Data)
	for _, id := range ids {
		if reader.Ask(`query($id: ID!) { node(id: $id) { id } }`, hub.Vars{"id": id}).At("node") == nil {
			return false
		}
	}
	text, _ := json.Marshal(a.Data)
	return len(ids) > 0 || strings.Contains(string(text), `"results":[{`)
}

func idsIn(v any) (ids []string) {
	switch held := v.(type) {
	case map[string]any:
		if id, ok := held["id"].(string); ok {
			ids = append(ids, id)
		}
		for _, value := range held {
			ids = append(ids, idsIn(value)...)
		}
	case []any:
		for _, value := range held {
			ids = append(ids, idsIn(value)...)
		}
	}
	return ids
}
