package stories

import (
	"testing"
	"time"
)

const search = `query($text: String!, $types: [SearchType!], $district: ID, $first: Int! = 20) {
	search(text: $text, filter: {types: $types, districtId: $district}, first: $first) { __typename id } }`

func TestSearchFindsWhatIsMisspelled(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task, proposal, team := w.putTask("OPEN"), w.putProposal("SUBMITTED"), w.putTeam()
	w.exec(`update tasks set title = 'Скворечники в роще', description = 'Қайың тоғайында құс ұясы' where id = $1`, task)
	w.exec(`update proposals set title = 'Заросшая площадка', text = 'Во дворе нужны скворечники и скамейки' where id = $1`, proposal)
	w.exec(`update teams set name_ru = 'Скворец', name_kk = 'Қараторғай', about = null where id = $1`, team)
	if err := w.r.Search.Learn(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	found := func(typename, id string) vars { return vars{"__typename": typename, "id": id} }
	for text, want := range map[string][]any{
		"скворечники":         {found("Task", task), found("Proposal", proposal)},
		"СКВОРЕЧНИКИ роща":    {found("Task", task)},
		"скворешники":         {found("Task", task), found("Proposal", proposal)},
		"заросшая плащадка":   {found("Proposal", proposal)},
		"кус уясы":            {found("Task", task)},
		"Құс ұясы":            {found("Task", task)},
		"карато":              {found("Team", team)},
		"скворечники самолёт": {},
		"!!!":                 {},
		"a' | b:* & \\":       {},
	} {
		t.Log(text)
		w.visitor().must(search, vars{"text": text}).shows("search", want)
	}
}

// A copy of the database may have been restored without the contents of its views.
func TestSearchLearnsAgainWhatWasEmptied(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task := w.putTask("OPEN")
	w.exec(`update tasks set title = 'Скворечники' where id = $1`, task)
	w.exec(`refresh materialized view search_words with no data`)
	for range 2 { // first into the empty view, then while people search
		if err := w.r.Search.Learn(t.Context(), time.Now()); err != nil {
			t.Fatal(err)
		}
		w.visitor().must(search, vars{"text": "скворешники"}).shows("search", []any{vars{"__typename": "Task", "id": task}})
	}
}

func TestSearchNarrows(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	task, proposal := w.putTask("OPEN"), w.putProposal("SUBMITTED")
	w.exec(`update tasks set title = 'Скворечники' where id = $1`, task)
	w.exec(`update proposals set title = 'Скворечники' where id = $1`, proposal)
	district := w.text(`select district_id from tasks where id = $1`, task)
	other := w.text(`select id from districts where id not in (select district_id from tasks union select district_id from proposals) limit 1`)
	types := func(in vars) vars {
		in["text"] = "скворечники"
		return in
	}
	w.visitor().must(search, types(vars{"types": []string{"TASK"}})).shows("search", []any{vars{"__typename": "Task", "id": task}})
	w.visitor().must(search, types(vars{"types": []string{"TASK"}, "district": district})).shows("search", []any{vars{"__typename": "Task", "id": task}})
	w.visitor().must(search, types(vars{"district": other})).shows("search", []any{})
	w.visitor().must(search, types(vars{"types": []string{"CENTRE"}})).shows("search", []any{})
	w.exec(`update centres set name_kk = 'Балауса' where code = 'AUEZOV-1'`)
	w.visitor().must(search, vars{"text": "балауса", "types": []string{"CENTRE"}, "first": 1}).shows("search",
		[]any{vars{"__typename": "Centre", "id": w.text(`select id from centres where code = 'AUEZOV-1'`)}})
	for field, wrong := range map[string]vars{"first": types(vars{"first": 51}), "text": {"text": "ab"}} {
		if a := w.visitor().ask(search, wrong); a.code() != "INVALID" {
			t.Errorf("%s: %s", field, a.code())
		}
	}
}

// TestSearchFindsWhatMayBeSeen leaves out drafts, withdrawn and cancelled objects, and hidden ones, at once.
func TestSearchFindsWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	draft, cancelled, withdrawn, hidden := w.putTask("DRAFT"), w.putTask("CANCELLED"), w.putProposal("WITHDRAWN"), w.hiddenTask()
	for _, task := range []string{draft, cancelled, hidden} {
		w.exec(`update tasks set title = 'Скворечники' where id = $1`, task)
	}
	w.exec(`update proposals set title = 'Скворечники' where id = $1`, withdrawn)
	w.visitor().must(search, vars{"text": "скворечники"}).shows("search", []any{})
	w.exec(`update tasks set state = 'OPEN' where id = $1`, draft)
	w.visitor().must(search, vars{"text": "скворечники"}).shows("search", []any{vars{"__typename": "Task", "id": draft}})
}
