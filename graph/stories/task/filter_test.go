package task

import (
	"fmt"
	"testing"
	"time"

	"jastarhub/graph/stories/hub"
)

func TestASearchTakesTextAsItIs(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task, proposal := w.PutTask("OPEN"), w.PutProposal("SUBMITTED")
	const title, text = "Акция «Өзен — өмір»", `Скидка 50% на_всё: C:\path, 5, 7 (абвг).`
	w.Exec(`update tasks set title = $2, description = $3 where id = $1`, task, title, text)
	w.Exec(`update proposals set title = $2, text = $3 where id = $1`, proposal, title, text)
	for words, finds := range map[string]int{
		"өзен — өмір": 1, "ОЗЕН - ОМИР": 1, `"өзен`: 1, "озеномир": 0, "озен омир": 0,
		"50%": 1, "%%%": 0, "5%н": 0, "на_в": 1, "на в": 0, "___": 0, "_на": 0, `c:\p`: 1, `c:p`: 0, `\\\`: 0,
		"5, 7": 1, "5. 7": 0, "все:": 1, "(абвг)": 1, "abvg": 0, "ABVG": 0, "path": 1, "PATH": 1,
	} {
		a := w.Visitor().Must(`query($text: String!) { tasks(filter: {text: $text}) { totalCount nodes { id } }
			proposals(filter: {text: $text}) { totalCount nodes { id } } }`, hub.Vars{"text": words})
		for root, id := range map[string]string{"tasks": task, "proposals": proposal} {
			want := hub.Vars{"totalCount": 0, "nodes": []any{}}
			if finds == 1 {
				want = hub.Vars{"totalCount": 1, "nodes": []hub.Vars{{"id": id}}}
			}
			t.Log(root, words)
			a.Shows(root, want)
		}
	}
}

// TestTheOldestFirst reverses the lists of tasks and proposals, page by page.
func TestTheOldestFirst(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	ids := map[string][]string{}
	for range 3 {
		ids["tasks"], ids["proposals"] = append(ids["tasks"], w.PutTask("OPEN")), append(ids["proposals"], w.PutProposal("SUBMITTED"))
	}
	page := `query($after: String) { %s(filter: {states: [%s]}, order: OLDEST, first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }`
	for root, state := range map[string]string{"tasks": "OPEN", "proposals": "SUBMITTED"} {
		query, want := fmt.Sprintf(page, root, state), ids[root]
		first := w.Visitor().Must(query).Shows(root+".nodes", []hub.Vars{{"id": want[0]}, {"id": want[1]}})
		w.Visitor().Must(query, hub.Vars{"after": first.Str(root + ".pageInfo.endCursor")}).Shows(root+".nodes", []hub.Vars{{"id": want[2]}})
	}
}

// TestTasksOfATime asks for a long period and for a short one, which are searched in different ways.
func TestTasksOfATime(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	task := func(shifts ...string) string {
		id := w.PutTask("OPEN")
		w.Exec(`update shifts set state = 'CANCELLED', cancel_reason = 'Rain.' where task_id = $1`, id)
		for _, in := range shifts {
			w.PutShift(id, in, 1)
		}
		return id
	}
	task()
	task("10 days")
	task("10 days", "400 days")
	within := task("10 days", "200 days", "400 days")
	first := task("201 days", "400 days")
	last := task("10 days", "199 days")
	rained := task("10 days", "200 days", "400 days")
	w.Exec(`update shifts set state = 'CANCELLED', cancel_reason = 'Rain.' where task_id = $1
		and starts_at between now() + interval '20 days' and now() + interval '300 days'`, rained)
	in := func(days int) string { return w.Present().AddDate(0, 0, days).Format(time.RFC3339) }
	for _, days := range []int{5, 100} {
		w.Visitor().Must(`query($from: DateTime!, $to: DateTime!) { tasks(filter: {from: $from, to: $to}) { totalCount nodes { id } } }`,
			hub.Vars{"from": in(200 - days), "to": in(200 + days)}).
			Shows("tasks", hub.Vars{"totalCount": 3, "nodes": []hub.Vars{{"id": last}, {"id": first}, {"id": within}}})
	}
}
