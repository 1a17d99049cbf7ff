package stories

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"jastarhub/graph"
)

// listen lets the hub receive changes, as it does when it serves.
func (h *hub) listen() {
	h.t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { h.broker.Listen(ctx, h.db) })
	working.Go(func() { h.broker.Deliver(ctx) })
	h.t.Cleanup(func() {
		h.broker.Close()
		cancel()
		working.Wait()
	})
}

// stream is an open subscription.
type stream struct {
	t      *testing.T
	events chan string // the data of each event; closed when it is complete
}

// watch opens a subscription.
func (c *caller) watch(t *testing.T, document string, variables vars) *stream {
	t.Helper()
	body, _ := json.Marshal(vars{"query": document, "variables": variables})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.h.url, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	if c.token != "" {
		request.Header.Set("Authorization", "Bearer "+c.token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	s := &stream{t, make(chan string, 100)}
	go func() {
		defer func() { _ = response.Body.Close() }()
		defer close(s.events)
		if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
			var refused strings.Builder
			_, _ = bufio.NewReader(response.Body).WriteTo(&refused)
			s.events <- refused.String()
			return
		}
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			switch data, ok := strings.CutPrefix(lines.Text(), "data: "); {
			case ok:
				s.events <- data
			case lines.Text() == "event: complete":
				return
			}
		}
	}()
	return s
}

// until reads events until one is as expected; others may come before it, because fast changes are told together.
func (s *stream) until(want string) {
	s.t.Helper()
	for seen := []string{}; ; {
		select {
		case event, open := <-s.events:
			if event == want {
				return
			}
			if seen = append(seen, event); !open {
				s.t.Fatalf("the stream ended: %s; want %s", strings.Join(seen, "\n"), want)
			}
		case <-time.After(10 * time.Second):
			s.t.Fatalf("no event; so far %s; want %s", strings.Join(seen, "\n"), want)
		}
	}
}

// ended reads until the stream is complete, and returns the last event.
func (s *stream) ended() (last string) {
	s.t.Helper()
	for {
		select {
		case event, open := <-s.events:
			if !open {
				return last
			}
			last = event
		case <-time.After(10 * time.Second):
			s.t.Fatalf("the stream goes on after %s", last)
		}
	}
}

const (
	watchTask    = `subscription($id: ID!) { taskChanged(id: $id) { state percent } }`
	watchSeats   = `subscription($id: ID!) { shiftSeats(taskId: $id) { seats { taken free } } }`
	watchNotices = `subscription { myNotices { unreadNotices } }`
	watchSignups = `subscription { mySignups { signups(filter: {states: [CONFIRMED, WAITLISTED, OFFERED]}) { nodes { state position } } } }`
)

func TestStreamsTellOfWhatAnotherProcessChanged(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	other := newHubOn(t, c.on)
	other.listen()
	task, shift := c.task(1, 72*time.Hour)
	first, second := c.person("first", 20), c.person("second", 20)
	there := *second
	there.h = other

	seats, changes := other.visitor().watch(t, watchSeats, vars{"id": task}), other.visitor().watch(t, watchTask, vars{"id": task})
	mine, notices := there.watch(t, watchSignups, nil), there.watch(t, watchNotices, nil)
	seats.until(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":1}}]}}`)
	changes.until(`{"data":{"taskChanged":{"state":"OPEN","percent":0}}}`)
	mine.until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
	notices.until(`{"data":{"myNotices":{"unreadNotices":0}}}`)

	signup, _ := c.signUp(first, shift)
	seats.until(`{"data":{"shiftSeats":[{"seats":{"taken":1,"free":0}}]}}`)
	third := c.person("third", 20)
	inLine, _ := c.signUp(third, shift)
	c.signUp(second, shift)
	mine.until(`{"data":{"mySignups":{"signups":{"nodes":[{"state":"WAITLISTED","position":2}]}}}}`)
	third.must(`mutation($input: CancelSignupInput!) { cancelSignup(input: $input) { signup { id } } }`, vars{"input": vars{"id": inLine}})
	mine.until(`{"data":{"mySignups":{"signups":{"nodes":[{"state":"WAITLISTED","position":1}]}}}}`)
	first.must(`mutation($input: CancelSignupInput!) { cancelSignup(input: $input) { signup { id } } }`, vars{"input": vars{"id": signup}})
	mine.until(`{"data":{"mySignups":{"signups":{"nodes":[{"state":"OFFERED","position":null}]}}}}`)
	notices.until(`{"data":{"myNotices":{"unreadNotices":1}}}`)
	second.must(`mutation($input: MarkNoticesReadInput!) { markNoticesRead(input: $input) { person { id } } }`, vars{"input": vars{"upTo": c.present().Add(time.Second).Format(time.RFC3339Nano)}})
	notices.until(`{"data":{"myNotices":{"unreadNotices":0}}}`)

	c.lead.must(`mutation($input: StartTaskInput!) { startTask(input: $input) { task { id } } }`, vars{"input": vars{"id": task}})
	changes.until(`{"data":{"taskChanged":{"state":"IN_PROGRESS","percent":0}}}`)
}

func TestStreamsMissNothingWhenTheConnectionIsLost(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.listen()
	task, shift := c.task(5, 72*time.Hour)
	seats := c.visitor().watch(t, watchSeats, vars{"id": task})
	seats.until(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":5}}]}}`)
	c.exec(`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and query = 'LISTEN "live"'`)
	c.signUp(c.person("first", 20), shift)
	seats.until(`{"data":{"shiftSeats":[{"seats":{"taken":1,"free":4}}]}}`)
}

func TestStreamsAreForThoseWhoMay(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.listen()
	draft, open := w.putTask("DRAFT"), w.putTask("OPEN")
	refused := func(code string) func(string) bool {
		return func(event string) bool { return strings.Contains(event, `"code":"`+code+`"`) }
	}
	for name, c := range map[string]struct {
		who      *caller
		document string
		id       string
		expect   func(string) bool
	}{
		"a draft, to a visitor":      {w.visitor(), watchTask, draft, refused("NOT_FOUND")},
		"seats of a draft":           {w.visitor(), watchSeats, draft, refused("NOT_FOUND")},
		"nothing":                    {w.visitor(), watchTask, draft[:35] + "0", refused("NOT_FOUND")},
		"no id":                      {w.visitor(), watchTask, "x", refused("INVALID")},
		"own sign-ups, of a visitor": {w.visitor(), watchSignups, "", refused("UNAUTHENTICATED")},
		"own notices, of a visitor":  {w.visitor(), watchNotices, "", refused("UNAUTHENTICATED")},
		"a relation":                 {w.visitor(), `subscription($id: ID!) { taskChanged(id: $id) { team { id } } }`, open, refused("TOO_COSTLY")},
		"two at once":                {w.visitor(), `subscription($id: ID!) { taskChanged(id: $id) { id } shiftSeats(taskId: $id) { id } }`, open, refused("GRAPHQL_VALIDATION_FAILED")},
		"a skipped field":            {w.visitor(), `subscription($id: ID!) { taskChanged(id: $id) @skip(if: true) { id } }`, open, refused("BAD_REQUEST")},
		"a field not included":       {w.visitor(), `subscription($id: ID!) { taskChanged(id: $id) @include(if: false) { id } }`, open, refused("BAD_REQUEST")},
		"one field twice":            {w.visitor(), `subscription($id: ID!) { a: taskChanged(id: $id) { id } b: taskChanged(id: $id) { id } }`, open, refused("BAD_REQUEST")},
		"again in a fragment": {w.visitor(), `subscription($id: ID!) { taskChanged(id: $id) { id } ...Again }
			fragment Again on Subscription { again: taskChanged(id: $id) { id } }`, open, refused("BAD_REQUEST")},
		"again in an inline fragment": {w.visitor(), `subscription($id: ID!) { taskChanged(id: $id) { id } ... { again: taskChanged(id: $id) { id } } }`, open,
			refused("BAD_REQUEST")},
		"a fragment": {w.visitor(), `subscription($id: ID!) { ... on Subscription { taskChanged(id: $id) { id } } }`, open, refused("BAD_REQUEST")},
	} {
		variables := vars{"id": c.id}
		if c.id == "" {
			variables = nil
		}
		if last := c.who.watch(t, c.document, variables).ended(); !c.expect(last) {
			t.Errorf("%s: %s", name, last)
		}
	}
	if log := w.log.String(); strings.Contains(log, "ERROR") {
		t.Errorf("a visitor writes errors into the log: %s", log)
	}
	if a := w.visitor().ask(watchTask, vars{"id": open}); a.code() != "BAD_REQUEST" {
		t.Errorf("without the header: %s", a.code())
	}
	w.lead.watch(t, watchTask, vars{"id": draft}).until(`{"data":{"taskChanged":{"state":"DRAFT","percent":0}}}`)

	seen := w.visitor().watch(t, watchTask, vars{"id": open})
	seen.until(`{"data":{"taskChanged":{"state":"OPEN","percent":0}}}`)
	w.putHidden("TASK", "tasks", open)
	if last := seen.ended(); !refused("NOT_FOUND")(last) {
		t.Errorf("hidden meanwhile: %s", last)
	}
}

func TestStreamsEndWithTheSession(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.listen()
	who := c.person("who", 20)
	mine := who.watch(t, watchSignups, nil)
	mine.until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
	who.must(`mutation { signOut(input: {everywhere: true}) { ended } }`)
	if last := mine.ended(); !strings.Contains(last, `"code":"UNAUTHENTICATED"`) {
		t.Errorf("after signing out: %s", last)
	}
}

func TestStreamsOfOnePersonAreFew(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.listen()
	who := c.person("who", 20)
	for range 20 {
		who.watch(t, watchSignups, nil).until(`{"data":{"mySignups":{"signups":{"nodes":[]}}}}`)
	}
	if last := who.watch(t, watchSignups, nil).ended(); !strings.Contains(last, `"code":"RATE_LIMITED"`) {
		t.Errorf("the 21st: %s", last)
	}
}

func TestWhoDoesNotReadHoldsUpNobody(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	c.listen()
	task, shift := c.task(5, 72*time.Hour)
	address := strings.TrimPrefix(c.url, "http://")
	body, _ := json.Marshal(vars{"query": watchSeats, "variables": vars{"id": task}})
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
	seats := c.visitor().watch(t, watchSeats, vars{"id": task})
	for free := 6; free <= 25; free++ {
		c.exec(`update shifts set capacity = $2 where id = $1`, shift, free)
		seats.until(fmt.Sprintf(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":%d}}]}}`, free))
	}
}

// An event costs what a request for the same costs, from the budget that it shares with its watcher's requests. While that is
// used up the event waits, and a newer one replaces it.
func TestEventsAreMetered(t *testing.T) {
	t.Parallel()
	c := newCity(t)
	metered := newHubOn(t, c.on, func(o *graph.Options) { o.Unmetered = false })
	metered.listen()
	began := time.Now()
	metered.clock.Store(&began) // so that no budget refills
	task, first := c.task(30, 72*time.Hour)
	_, second := c.task(30, 120*time.Hour)
	person := c.person("who", 20)
	there := *person
	there.h = metered

	mine := there.watch(t, `subscription { mySignups { signups(filter: {states: [CONFIRMED]}, first: 100) { nodes { shift { task { team { name } } } } } } }`, nil)
	const none = `{"data":{"mySignups":{"signups":{"nodes":[]}}}}`
	mine.until(none)
	seats := metered.visitor().watch(t, watchSeats, vars{"id": task})
	seats.until(`{"data":{"shiftSeats":[{"seats":{"taken":0,"free":30}}]}}`)
	for there.ask(`{ viewer { signups(first: 100) { nodes { shift { task { id } } } } } }`).code() != "RATE_LIMITED" {
	}
	c.signUp(person, first)
	seats.until(`{"data":{"shiftSeats":[{"seats":{"taken":1,"free":29}}]}}`) // told in the same round
	c.signUp(person, second)
	later := began.Add(time.Minute)
	metered.clock.Store(&later)
	const one = `{"shift":{"task":{"team":{"name":"Команда Ауэзов"}}}}`
	event := <-mine.events
	for event == none { // when the hub begins to listen, it tells again what watchers may have missed
		event = <-mine.events
	}
	if want := `{"data":{"mySignups":{"signups":{"nodes":[` + one + `,` + one + `]}}}}`; event != want {
		t.Errorf("told %s; want %s", event, want)
	}
}

// @defer would split answers into several pieces, which no transport here sends.
func TestDeferIsRefusedByName(t *testing.T) {
	t.Parallel()
	a := newHub(t).visitor().ask(`{ districts { id ... @defer { code } } }`)
	if a.code() != "GRAPHQL_VALIDATION_FAILED" || !strings.Contains(a.Errors[0].Message, "@defer") {
		t.Errorf("got %s", a.rawBody)
	}
}
