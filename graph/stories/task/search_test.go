package task

import (
	"testing"

	"jastarhub/graph/stories/hub"
)

const search = `query($text: String!, $types: [SearchType!], $district: ID, $first: Int! = 20) {
	search(text: $text, filter: {types: $types, districtId: $district}, first: $first) { __typename id } }`

func TestSearchFindsWhatIsMisspelled(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task, proposal, team := w.PutTask("OPEN"), w.PutProposal("SUBMITTED"), w.PutTeam()
	w.Exec(`update tasks set title = 'Скворечники в роще', description = 'Қайың тоғайында құс ұясы' where id = $1`, task)
	w.Exec(`update proposals set title = 'Заросшая площадка', text = 'Во дворе нужны скворечники и скамейки' where id = $1`, proposal)
	w.Exec(`update teams set name_ru = 'Скворец', name_kk = 'Қараторғай', about = null where id = $1`, team)
	if err := w.Resolver.Search.Learn(t.Context(), w.Present()); err != nil {
		t.Fatal(err)
	}
	found := func(typename, id string) hub.Vars { return hub.Vars{"__typename": typename, "id": id} }
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
		w.Visitor().Must(search, hub.Vars{"text": text}).Shows("search", want)
	}
}

// A copy of the database may have been restored without the contents of its views.
func TestSearchLearnsAgainWhatWasEmptied(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task := w.PutTask("OPEN")
	w.Exec(`update tasks set title = 'Скворечники' where id = $1`, task)
	w.Exec(`refresh materialized view search_words with no data`)
	for range 2 { // first into the empty view, then while people search
		if err := w.Resolver.Search.Learn(t.Context(), w.Present()); err != nil {
			t.Fatal(err)
		}
		w.Visitor().Must(search, hub.Vars{"text": "скворешники"}).Shows("search", []any{hub.Vars{"__typename": "Task", "id": task}})
	}
}

func TestSearchNarrows(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task, proposal := w.PutTask("OPEN"), w.PutProposal("SUBMITTED")
	w.Exec(`update tasks set title = 'Скворечники' where id = $1`, task)
	w.Exec(`update proposals set title = 'Скворечники' where id = $1`, proposal)
	district := w.Text(`select district_id from tasks where id = $1`, task)
	other := w.Text(`select id from districts where id not in (select district_id from tasks union select district_id from proposals) limit 1`)
	types := func(in hub.Vars) hub.Vars {
		in["text"] = "скворечники"
		return in
	}
	w.Visitor().Must(search, types(hub.Vars{"types": []string{"TASK"}})).Shows("search", []any{hub.Vars{"__typename": "Task", "id": task}})
	w.Visitor().Must(search, types(hub.Vars{"types": []string{"TASK"}, "district": district})).Shows("search", []any{hub.Vars{"__typename": "Task", "id": task}})
	w.Visitor().Must(search, types(hub.Vars{"district": other})).Shows("search", []any{})
	w.Visitor().Must(search, types(hub.Vars{"types": []string{"CENTRE"}})).Shows("search", []any{})
	w.Exec(`update centres set name_kk = 'Балауса' where code = 'AUEZOV-1'`)
	w.Visitor().Must(search, hub.Vars{"text": "балауса", "types": []string{"CENTRE"}, "first": 1}).Shows("search",
		[]any{hub.Vars{"__typename": "Centre", "id": w.Text(`select id from centres where code = 'AUEZOV-1'`)}})
	for field, wrong := range map[string]hub.Vars{"first": types(hub.Vars{"first": 51}), "text": {"text": "ab"}} {
		if a := w.Visitor().Ask(search, wrong); a.Code() != "INVALID" {
			t.Errorf("%s: %s", field, a.Code())
		}
	}
}

// TestSearchFindsWhatMayBeSeen leaves out drafts, withdrawn and cancelled objects, and hidden ones, at once.
func TestSearchFindsWhatMayBeSeen(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	draft, cancelled, withdrawn, hidden := w.PutTask("DRAFT"), w.PutTask("CANCELLED"), w.PutProposal("WITHDRAWN"), w.HiddenTask()
	for _, task := range []string{draft, cancelled, hidden} {
		w.Exec(`update tasks set title = 'Скворечники' where id = $1`, task)
	}
	w.Exec(`update proposals set title = 'Скворечники' where id = $1`, withdrawn)
	w.Visitor().Must(search, hub.Vars{"text": "скворечники"}).Shows("search", []any{})
	w.Exec(`update tasks set state = 'OPEN' where id = $1`, draft)
	w.Visitor().Must(search, hub.Vars{"text": "скворечники"}).Shows("search", []any{hub.Vars{"__typename": "Task", "id": draft}})
}
