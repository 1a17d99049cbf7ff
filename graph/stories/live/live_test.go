// Package live has the stories of streams, and of clients that other people wrote.
package live

import (
	"encoding/json"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"jastarhub/graph"
	"jastarhub/graph/stories/hub"
)

func TestStreamsTellOfWhatAnotherProcessChanged(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	other := hub.NewOn(t, c.Database)
	other.Listen()
	task, shift := c.Task(1, 72*time.Hour)
	first, second := c.Person("first", 20), c.Person("second", 20)
	there := *second
	there.Hub = other

	seats, changes := other.Visitor().Watch(t, hub.WatchSeats, hub.Vars{"id": task}), other.Visitor().Watch(t, hub.WatchTask, hub.Vars{"id": task})
	mine, notices := there.Watch(t, hub.WatchSignups, nil), there.Watch(t, hub.WatchNotices, nil)
	seats.Until(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":1}}]}}`)
	changes.Until(`{"data":{"taskChanged":{"state":"OPEN","percent":0}}}`)
	mine.Until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
	notices.Until(`{"data":{"myNotices":{"unreadNotices":0}}}`)

	signup, _ := c.SignUp(first, shift)
	seats.Until(`{"data":{"shiftSeats":[{"seats":{"taken":1,"free":0}}]}}`)
	third := c.Person("third", 20)
	inLine, _ := c.SignUp(third, shift)
	c.SignUp(second, shift)
	mine.Until(`{"data":{"mySignups":{"signups":{"nodes":[{"state":"WAITLISTED","position":2}]}}}}`)
	third.Must(`mutation($input: CancelSignupInput!) { cancelSignup(input: $input) { signup { id } } }`, hub.Vars{"input": hub.Vars{"id": inLine}})
	mine.Until(`{"data":{"mySignups":{"signups":{"nodes":[{"state":"WAITLISTED","position":1}]}}}}`)
	first.Must(`mutation($input: CancelSignupInput!) { cancelSignup(input: $input) { signup { id } } }`, hub.Vars{"input": hub.Vars{"id": signup}})
	mine.Until(`{"data":{"mySignups":{"signups":{"nodes":[{"state":"OFFERED","position":null}]}}}}`)
	notices.Until(`{"data":{"myNotices":{"unreadNotices":1}}}`)
	second.Must(`mutation($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { person { id } } }`, hub.Vars{"input": hub.Vars{"upTo": c.Present().Add(time.Second).Format(time.RFC3339Nano)}})
	notices.Until(`{"data":{"myNotices":{"unreadNotices":0}}}`)

	c.Lead.Must(`mutation($input: StartTaskInput!) { startTask(input: $input) { task { id } } }`, hub.Vars{"input": hub.Vars{"id": task}})
	changes.Until(`{"data":{"taskChanged":{"state":"IN_PROGRESS","percent":0}}}`)
}

func TestStreamsMissNothingWhenTheConnectionIsLost(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Listen()
	task, shift := c.Task(5, 72*time.Hour)
	seats := c.Visitor().Watch(t, hub.WatchSeats, hub.Vars{"id": task})
	seats.Until(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":5}}]}}`)
	c.Exec(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'LISTEN "live"'`)
	c.SignUp(c.Person("first", 20), shift)
	seats.Until(`{"data":{"shiftSeats":[{"seats":{"taken":1,"free":4}}]}}`)
}

func TestStreamsAreForThoseWhoMay(t *testing.T) {
	t.Parallel()
	w := hub.NewWorld(t)
	w.Listen()
	draft, open := w.PutTask("DRAFT"), w.PutTask("OPEN")
	refused := func(code string) func(string) bool {
		return func(event string) bool { return strings.Contains(event, `"code":"`+code+`"`) }
	}
	for name, c := range map[string]struct {
		who      *hub.Caller
		document string
		id       string
		expect   func(string) bool
	}{
		"a draft, to a visitor":      {w.Visitor(), hub.WatchTask, draft, refused("NOT_FOUND")},
		"seats of a draft":           {w.Visitor(), hub.WatchSeats, draft, refused("NOT_FOUND")},
		"nothing":                    {w.Visitor(), hub.WatchTask, draft[:35] + "0", refused("NOT_FOUND")},
		"no id":                      {w.Visitor(), hub.WatchTask, "x", refused("INVALID")},
		"own sign-ups, of a visitor": {w.Visitor(), hub.WatchSignups, "", refused("UNAUTHENTICATED")},
		"own notices, of a visitor":  {w.Visitor(), hub.WatchNotices, "", refused("UNAUTHENTICATED")},
		"a relation":                 {w.Visitor(), `subscription($id: ID!) { taskChanged(id: $id) { team { id } } }`, open, refused("TOO_COSTLY")},
		"two at once":                {w.Visitor(), `subscription($id: ID!) { taskChanged(id: $id) { id } shiftSeats(taskId: $id) { id } }`, open, refused("GRAPHQL_VALIDATION_FAILED")},
		"a skipped field":            {w.Visitor(), `subscription($id: ID!) { taskChanged(id: $id) @skip(if: true) { id } }`, open, refused("BAD_REQUEST")},
		"a field not included":       {w.Visitor(), `subscription($id: ID!) { taskChanged(id: $id) @include(if: false) { id } }`, open, refused("BAD_REQUEST")},
		"one field twice":            {w.Visitor(), `subscription($id: ID!) { a: taskChanged(id: $id) { id } b: taskChanged(id: $id) { id } }`, open, refused("BAD_REQUEST")},
		"again in a fragment": {w.Visitor(), `subscription($id: ID!) { taskChanged(id: $id) { id } ...Again }
			fragment Again on Subscription { again: taskChanged(id: $id) { id } }`, open, refused("BAD_REQUEST")},
		"again in an inline fragment": {w.Visitor(), `subscription($id: ID!) { taskChanged(id: $id) { id } ... { again: taskChanged(id: $id) { id } } }`, open,
			refused("BAD_REQUEST")},
		"a fragment": {w.Visitor(), `subscription($id: ID!) { ... on Subscription { taskChanged(id: $id) { id } } }`, open, refused("BAD_REQUEST")},
	} {
		variables := hub.Vars{"id": c.id}
		if c.id == "" {
			variables = nil
		}
		if last := c.who.Watch(t, c.document, variables).Ended(); !c.expect(last) {
			t.Errorf("%s: %s", name, last)
		}
	}
	if log := w.Log.String(); strings.Contains(log, "ERROR") {
		t.Errorf("a visitor writes errors into the log: %s", log)
	}
	if a := w.Visitor().Ask(hub.WatchTask, hub.Vars{"id": open}); a.Code() != "BAD_REQUEST" {
		t.Errorf("without the header: %s", a.Code())
	}
	w.Lead.Watch(t, hub.WatchTask, hub.Vars{"id": draft}).Until(`{"data":{"taskChanged":{"state":"DRAFT","percent":0}}}`)

	seen := w.Visitor().Watch(t, hub.WatchTask, hub.Vars{"id": open})
	seen.Until(`{"data":{"taskChanged":{"state":"OPEN","percent":0}}}`)
	w.PutHidden("TASK", "tasks", open)
	if last := seen.Ended(); !refused("NOT_FOUND")(last) {
		t.Errorf("hidden meanwhile: %s", last)
	}
}

func TestStreamsEndWithTheSession(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Listen()
	who := c.Person("who", 20)
	mine := who.Watch(t, hub.WatchSignups, nil)
	mine.Until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
	who.Must(`mutation { signOut(input: {everywhere: true}) { ended } }`)
	if last := mine.Ended(); !strings.Contains(last, `"code":"UNAUTHENTICATED"`) {
		t.Errorf("after signing out: %s", last)
	}
}

func TestStreamsOfOnePersonAreFew(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Listen()
	who := c.Person("who", 20)
	for range 20 {
		who.Watch(t, hub.WatchSignups, nil).Until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
	}
	if last := who.Watch(t, hub.WatchSignups, nil).Ended(); !strings.Contains(last, `"code":"RATE_LIMITED"`) {
		t.Errorf("the 21st: %s", last)
	}
}

func TestWhoDoesNotReadHoldsUpNobody(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	c.Listen()
	task, shift := c.Task(5, 72*time.Hour)
	address := strings.TrimPrefix(c.URL, "http://")
	body, _ := json.Marshal(hub.Vars{"query": hub.WatchSeats, "variables": hub.Vars{"id": task}})
	for range 20 {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = conn.Close() })
		if _, err := fmt.Fprintf(conn, "POST / HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s",
			address, len(body), body); err != nil {
			t.Fatal(err)
		}
	}
	seats := c.Visitor().Watch(t, hub.WatchSeats, hub.Vars{"id": task})
	for free := 6; free <= 25; free++ {
		c.Exec(`update shifts set capacity = $2 where id = $1`, shift, free)
		seats.Until(fmt.Sprintf(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":%d}}]}}`, free))
	}
}

// An event costs what a request for the same costs, from the budget that it shares with its watcher's requests. While that is
// used up the event waits, and a newer one replaces it.
func TestEventsAreMetered(t *testing.T) {
	t.Parallel()
	c := hub.NewCity(t)
	metered := hub.NewOn(t, c.Database, func(o *graph.Options) { o.Unmetered = false })
	metered.Listen()
	began := metered.Present()
	metered.Still(began) // so that no budget refills
	task, first := c.Task(30, 72*time.Hour)
	_, second := c.Task(30, 120*time.Hour)
	person := c.Person("who", 20)
	there := *person
	there.Hub = metered

	mine := there.Watch(t, `subscription { mySignups { signups(filter: {states: [CONFIRMED]}, first: 100) { nodes { shift { task { team { name } } } } } } }`, nil)
	const none = `{"data":{"mySignups":{"signups":{"nodes":[]}}}}`
	mine.Until(none)
	seats := metered.Visitor().Watch(t, hub.WatchSeats, hub.Vars{"id": task})
	seats.Until(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":30}}]}}`)
	for there.Ask(`{ viewer { signups(first: 100) { nodes { shift { task { id } } } } } }`).Code() != "RATE_LIMITED" {
	}
	c.SignUp(person, first)
	seats.Until(`{"data":{"shiftSeats":[{"seats":{"taken":1,"free":29}}]}}`) // told in the same round
	c.SignUp(person, second)
	later := began.Add(time.Minute)
	metered.Still(later)
	const one = `{"shift":{"task":{"team":{"name":"Команда Ауэзов"}}}}`
	event := <-mine.Events
	for event == none { // when the hub begins to listen, it tells again what watchers may have missed
		event = <-mine.Events
	}
	if want := `{"data":{"mySignups":{"signups":{"nodes":[` + one + `,` + one + `]}}}}`; event != want {
		t.Errorf("told %s; want %s", event, want)
	}
}

// @defer would split answers into several pieces, which no transport here sends.
func TestDeferIsRefusedByName(t *testing.T) {
	t.Parallel()
	a := hub.New(t).Visitor().Ask(`{ districts { id ... @defer { code } } }`)
	if a.Code() != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(a.Errors[0].Message, "@defer") {
		t.Errorf("got %s", a.RawBody)
	}
}
