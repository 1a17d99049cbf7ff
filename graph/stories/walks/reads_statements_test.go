package walks

import (
	"fmt"
	"testing"

	"jastarhub/graph/stories/hub"
)

// read is a query and the number of SQL statements it takes, however many rows there are.
type read struct {
	name       string
	who        string
	query      string
	statements int
}

var reads = []read{
	{"a task list", "visitor", `{ tasks(first: 100) { nodes { title seats { free } team { name } ngo { name } centre { name } district { name }
		updates(first: 3) { nodes { text author { displayName } } } } } }`, 7},
	{"a task list, signed in", "volunteer", `{ tasks(first: 100) { nodes { title seats { free } team { name } ngo { name } centre { name }
		district { name } updates(first: 3) { nodes { text author { displayName } } } } } }`, 8},
	{"a task list by edges", "visitor", `{ tasks(first: 100) { edges { cursor node { title team { name } updates(first: 3) {
		edges { node { text author { displayName } } } } } } pageInfo { hasNextPage endCursor } } }`, 4},
	{"a task with its sign-ups and updates", "lead", `query($task: ID!) { task(id: $task) { title
		signups(first: 100) { nodes { state person { displayName } } }
		updates(first: 20) { nodes { text author { displayName } results { metric amount } } } } }`, 7},
	{"centres with counts", "visitor", `{ centres(first: 100) { nodes { name state teamCount taskCounts { state tasks } } } }`, 3},
	{"teams with counts", "visitor", `{ teams(first: 100) { nodes { name memberCount taskCounts { state tasks } } } }`, 2},
	{"the viewer's own sign-ups", "volunteer", `{ viewer { displayName signups(first: 100) { nodes { state position offerExpiresAt
		shift { startsAt task { title team { name } } } } } } }`, 7},

	{"trails", "visitor", `{ proposals(first: 100) { nodes { overdue mergedInto { title } merged { nodes { id } }
		trail(first: 10) { nodes { verb next nextBy task { claim { words } } } } } } }`, 6},
	{"results", "visitor", `{ results { amount } teams(first: 100) { nodes { results(year: 2026) { amount } centre { results { amount } district { results { amount } } } } } }`, 7},
	{"merges to answer", "volunteer", `{ viewer { mergesToAnswer(first: 100) { nodes { mergedInto { title } } } } }`, 4},

	{"actions on tasks", "lead", `{ tasks(first: 100) { nodes { id availableActions { action allowed reason } } } }`, 2},
	{"actions on proposals", "lead", `{ proposals(first: 100) { nodes { id supportedByMe availableActions { action allowed reason } } } }`, 4},
	{"actions on teams", "lead", `{ teams(first: 100) { nodes { id availableActions { action allowed reason } myMembership { state } } } }`, 4},
	{"actions on centres and NGOs", "officer", `{ centres(first: 100) { nodes { availableActions { action allowed reason } } }
		ngos(first: 100) { nodes { availableActions { action allowed reason } } } }`, 3},
	{"actions on shifts", "volunteer", `{ tasks(first: 100) { nodes { shifts(first: 10) { nodes { id availableActions { action allowed reason }
		mySignup { state availableActions { action allowed } } } } } } }`, 6},
	{"actions on sign-ups", "lead", `query($task: ID!) { task(id: $task) { signups(first: 100) { nodes { id availableActions { action allowed } } } } }`, 4},
	{"actions on memberships", "lead", `query($team: ID!) { team(id: $team) { memberships(first: 100) { nodes { id availableActions { action allowed } } } } }`, 4},

	{"the same, counted", "visitor", `{ tasks(first: 100) { totalCount nodes { id } } }`, 2},
	{"not counted", "visitor", `{ tasks(first: 100) { nodes { id } } }`, 1},
	{"counts of nested lists", "visitor", `{ teams(first: 100) { nodes { tasks(first: 1) { totalCount nodes { id } } } } }`, 3},
	{"nested lists, not counted", "visitor", `{ teams(first: 100) { nodes { tasks(first: 1) { nodes { id } } } } }`, 2},
	{"counts of all nested lists", "lead", `{ tasks(first: 100) { totalCount nodes { shifts { totalCount } updates { totalCount } history { totalCount } } } }`, 9},
	{"shifts to come, and why it was sent back", "visitor", `{ tasks(first: 100) { nodes { sentBack { words by { displayName } }
		shifts(filter: {from: "2026-01-01T00:00:00Z"}, first: 10) { totalCount nodes { startsAt } } } } }`, 4},
	{"three levels of lists", "visitor", `{ ngos(first: 100) { nodes { teams(first: 10) { nodes { tasks(first: 10) { nodes { shifts(first: 10) {
		nodes { startsAt seats { free } } } } } } } } } }`, 4},
	{"there and back", "visitor", `{ tasks(first: 100) { nodes { team { ngo { teams(first: 5) { nodes { centre { district { name } } } } } } } } }`, 6},
	{"histories", "visitor", `{ tasks(first: 100) { nodes { history(first: 5) { nodes { verb by { displayName } } } } } }`, 3},
	{"photos", "visitor", `{ tasks(first: 100) { nodes { photos(first: 5) { nodes { id sizes { url } } } updates(first: 3) { nodes { photos { id } } } } }
		proposals(first: 100) { nodes { photos { id } } } }`, 6},
	{"the same list twice", "visitor", `{ teams(first: 100) { nodes { a: tasks(first: 1) { nodes { id } } b: tasks(first: 2) { nodes { id } } } } }`, 3},

	{"node", "visitor", `query($task: ID!) { node(id: $task) { id ... on Task { title team { name } } } }`, 3},
	{"nodes of one type", "visitor", `query($tasks: [ID!]!) { nodes(ids: $tasks) { id ... on Task { title team { name } } } }`, 3},
	{"nodes of five types", "volunteer", `query($mixed: [ID!]!) { nodes(ids: $mixed) { id ... on Task { team { name } } ... on Team { ngo { name } }
		... on Ngo { name } ... on Centre { district { name } } ... on Proposal { author { displayName } } } }`, 11},
}

// TestReadsDoNotGrow queries with 2 of everything and with 40.
func TestReadsDoNotGrow(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Exec(`delete from memberships where person_id = $1`, w.Volunteer.ID)
	task := w.PutTask("OPEN")
	for _, rows := range []int{2, 40} {
		grow(w, task, rows)
		for _, r := range reads {
			who := map[string]*hub.Caller{"visitor": w.Visitor(), "volunteer": w.Volunteer, "lead": w.Lead, "officer": w.Officer}[r.who]
			a := who.Must(r.query, some(w, task, rows))
			if got := a.Took(); got != r.statements {
				t.Errorf("%s, %d rows: %d statements, want %d", r.name, rows, got, r.statements)
			}
		}
	}
	a := w.Lead.Must(`query($id: ID!) { task(id: $id) { signups { totalCount } updates { totalCount } } tasks { totalCount } }`, hub.Vars{"id": task})
	a.Shows("task.signups.totalCount", 40).Shows("task.updates.totalCount", 40)
	if n := a.At("tasks.totalCount").(float64); n < 40 {
		t.Errorf("only %v tasks", n)
	}
}

// grow adds that many of everything.
func grow(w *hub.World, task string, rows int) {
	w.T.Helper()
	shift := w.Text(`select id from shifts where task_id = $1`, task)
	w.Exec(`update shifts set capacity = 100 where id = $1`, shift)
	have := w.Count(`select count(*) from progress_updates where task_id = $1`, task)
	for i := have; i < rows; i++ {
		author := w.Crowd(1)[0]
		w.PutSignup(author, shift, []string{"CONFIRMED", "WAITLISTED"}[i%2])
		w.Enrol(author, w.Team, "MEMBER")
		w.Exec(`insert into progress_updates (id, task_id, author_id, text, language, created_at) values (gen_random_uuid(), $1, $2, 'Жүріп жатыр.', 'KK', now())`, task, author.ID)
		w.Exec(`insert into progress_results (update_id, metric, amount) select id, 'BAGS', 4 from progress_updates order by random() limit 1 on conflict do nothing`)
		other := w.PutTask("OPEN")
		w.Exec(`insert into progress_updates (id, task_id, author_id, text, language, created_at) values (gen_random_uuid(), $1, $2, 'Басталды.', 'KK', now())`, other, author.ID)
		w.Exec(`insert into moves (id, subject_id, verb, to_state, by_id, acting_as, at) values (gen_random_uuid(), $1, 'CREATE_TASK', 'DRAFT', $2, 'LEAD', now())`, other, author.ID)
		w.Exec(`insert into moves (id, subject_id, verb, from_state, to_state, by_id, acting_as, at) values (gen_random_uuid(), $1, 'OPEN_TASK', 'DRAFT', 'OPEN', $2, 'LEAD', now())`, other, author.ID)
		w.Exec(`insert into merge_questions (id, proposal_id, into_id, person_id, asked_at) select gen_random_uuid(), id, merged_into, $2, now() from proposals where id = $1`,
			w.PutProposal("MERGED"), w.Volunteer.ID)
		w.Exec(`insert into photos (id, uploader_id, width, height, created_at, stored_at, task_id, update_id, position, minors_shown, attached_at)
			select gen_random_uuid(), author_id, 4, 3, now(), now(), task_id, id, 0, false, now() from progress_updates where task_id = $1`, other)
		own := w.PutShift(other, fmt.Sprintf("%d hours", 100+3*i), 1)
		w.PutSignup(w.Volunteer, own, []string{"CONFIRMED", "WAITLISTED"}[i%2])
		w.PutProposal("ACCEPTED")
		w.PutCentre("OPEN")
		team := w.Text(`insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at)
			values (gen_random_uuid(), $1, 'Топ', '', '', 'KK', now()) returning id`, w.PutNgo("ACTIVE"))
		w.Exec(`insert into hostings (id, team_id, centre_id, state, asked_at, started_at) values (gen_random_uuid(), $1, $2, 'ACTIVE', now(), now())`, team, w.Centre("MEDEU-1"))
	}
}

// some returns the variables of the queries.
func some(w *hub.World, task string, rows int) hub.Vars {
	w.T.Helper()
	var tasks, mixed []string
	if err := w.DB.Select(&tasks, `select id from tasks order by id limit $1`, rows); err != nil {
		w.T.Fatal(err)
	}
	err := w.DB.Select(&mixed, `(select id from tasks limit $1) union all (select id from teams limit $1) union all (select id from ngos limit $1)
		union all (select id from centres limit $1) union all (select id from proposals limit $1)`, rows/2)
	if err != nil {
		w.T.Fatal(err)
	}
	return hub.Vars{"task": task, "team": w.Team, "tasks": tasks, "mixed": mixed}
}
