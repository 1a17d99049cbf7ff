package stories

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"jastarhub/internal/postgres"
)

// TestRepetitionsAskAnew does every mutation that accepts an idempotency key, takes away what gave the right to it, and repeats
// it: the answer then holds nothing but what the person may read by its id.
func TestRepetitionsAskAnew(t *testing.T) {
	t.Parallel()
	w, repeated, refused := newWorld(t), 0, 0
	for _, r := range rights {
		for _, column := range columns {
			if !contains(r.may, column) || column == "visitor" {
				continue
			}
			for _, loss := range losses {
				if !loss.concerns(column) {
					continue
				}
				answered, keyed := w.repeats(r, column, loss)
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
	take     func(w *world, who *caller) (later *caller)
	back     func(w *world, who *caller)
}

// hiding are the tables of what can be hidden.
var hiding = []string{"ngos", "teams", "proposals", "tasks", "shifts", "progress_updates"}

var losses = []loss{
	{"every role ended", func(column string) bool { return contains("member lead ngoLead coordinator elsewhere officer", column) },
		func(w *world, who *caller) *caller {
			w.exec(`update grants set ended_at = '2020-01-01' where person_id = $1 and ended_at is null`, who.id)
			w.exec(`update memberships set state = 'LEFT', ended_at = '2020-01-01' where person_id = $1 and state = 'ACTIVE'`, who.id)
			return who
		},
		func(w *world, who *caller) {
			w.exec(`update grants set ended_at = null where person_id = $1 and ended_at = '2020-01-01'`, who.id)
			w.exec(`update memberships set state = 'ACTIVE', ended_at = null where person_id = $1 and ended_at = '2020-01-01'`, who.id)
		}},
	{"no second factor", func(column string) bool { return contains("coordinator elsewhere officer", column) },
		func(w *world, who *caller) *caller {
			weak := w.anotherSession(who)
			weak.key = who.key
			return weak
		},
		func(*world, *caller) {}},
	{"all is hidden", func(column string) bool { return column != "visitor" && column != "officer" }, // officers see what is hidden
		func(w *world, who *caller) *caller {
			id := w.decided("HIDE", "PERSON", who.id, "IN_FORCE", nil, nil, nil, who.id)
			for _, table := range hiding {
				w.exec(`update `+table+` set hidden_id = $1 where hidden_id is null`, id)
			}
			return who
		},
		func(w *world, who *caller) {
			for _, table := range hiding {
				w.exec(`update `+table+` set hidden_id = null where hidden_id in (select id from decisions where kind = 'HIDE' and subject_id = $1)`, who.id)
			}
			w.exec(`update decisions set state = 'ENDED' where kind = 'HIDE' and subject_id = $1`, who.id)
		}},
	{"suspended", func(column string) bool { return column != "visitor" },
		func(w *world, who *caller) *caller {
			id := w.decided("SUSPEND", "PERSON", who.id, "IN_FORCE", nil, nil, nil, who.id)
			w.exec(`update people set suspended_id = $1 where id = $2`, id, who.id)
			return who
		},
		func(w *world, who *caller) {
			w.exec(`update people set suspended_id = null where id = $1`, who.id)
			w.exec(`update decisions set state = 'ENDED' where kind = 'SUSPEND' and subject_id = $1`, who.id)
		}},
}

// repeats reports whether the repetition was answered, and whether the mutation accepts a key at all.
func (w *world) repeats(r right, column string, l loss) (answered, keyed bool) {
	w.t.Helper()
	mutation, _, _ := strings.Cut(r.what, " ")
	in, who := r.fresh(w, r.role(column)), *w.as(column, r)
	who.key = postgres.NewID().String()
	first := who.ask(document(mutation, readBack(mutation)), vars{"in": in})
	keyless := theSchema().Mutation.Fields.ForName(mutation).Directives.ForName("keyless") != nil
	if refused := first.code() == "IDEMPOTENCY_KEY_NOT_SUPPORTED"; refused != keyless {
		w.t.Errorf("%s is @keyless: %t, and a key is refused: %t", mutation, keyless, refused)
	}
	if keyless {
		return false, false
	}
	what := fmt.Sprintf("%s by %s, %s", r.what, column, l.name)
	if first.code() != "" {
		w.t.Errorf("%s: %s", what, first.rawBody)
		return false, false
	}
	later := l.take(w, &who)
	defer l.back(w, &who)
	again := later.ask(document(mutation, readBack(mutation)), vars{"in": in})
	switch code := again.code(); {
	case code == "" && w.mayRead(later, again):
		return true, true
	case code == "":
		w.t.Errorf("%s: a repetition shows %s", what, again.rawBody)
	case l.name == "suspended":
		if code != "SUSPENDED" {
			w.t.Errorf("%s: %s", what, again.rawBody)
		}
	case code != "NOT_FOUND" || w.mayRead(later, first):
		w.t.Errorf("%s: %s, after %s", what, again.rawBody, first.rawBody)
	}
	return false, true
}

// readBack selects the ids of everything in a mutation's answer, or else its fields.
func readBack(mutation string) string {
	payload := theSchema().Types[theSchema().Mutation.Fields.ForName(mutation).Type.Name()]
	var fields []string
	for _, f := range payload.Fields {
		held := theSchema().Types[f.Type.Name()]
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
func (w *world) mayRead(who *caller, a *answer) bool {
	w.t.Helper()
	reader := *who
	reader.key = ""
	ids := idsIn(a.Data)
	for _, id := range ids {
		if reader.ask(`query($id: ID!) { node(id: $id) { id } }`, vars{"id": id}).at("node") == nil {
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
