package hub

import (
	"bufio"
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// Listen lets the hub receive changes, as it does when it serves.
func (h *Hub) Listen() {
	h.T.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	var working sync.WaitGroup
	working.Go(func() { h.Broker.Listen(ctx, h.DB) })
	working.Go(func() { h.Broker.Deliver(ctx) })
	h.T.Cleanup(func() {
		h.Broker.Close()
		cancel()
		working.Wait()
	})
}

// stream is an open subscription.
type stream struct {
	t      *testing.T
	Events chan string // the data of each event; closed when it is complete
}

// Watch opens a subscription.
func (c *Caller) Watch(t *testing.T, document string, variables Vars) *stream {
	t.Helper()
	body, _ := json.Marshal(Vars{"query": document, "variables": variables})
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, c.Hub.URL, strings.NewReader(string(body)))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Accept", "text/event-stream")
	if c.Token != "" {
		request.Header.Set("Authorization", "Bearer "+c.Token)
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	s := &stream{t, make(chan string, 100)}
	go func() {
		defer func() { _ = response.Body.Close() }()
		defer close(s.Events)
		if !strings.HasPrefix(response.Header.Get("Content-Type"), "text/event-stream") {
			var refused strings.Builder
			_, _ = bufio.NewReader(response.Body).WriteTo(&refused)
			s.Events <- refused.String()
			return
		}
		for lines := bufio.NewScanner(response.Body); lines.Scan(); {
			switch data, ok := strings.CutPrefix(lines.Text(), "data: "); {
			case ok:
				s.Events <- data
			case lines.Text() == "event: complete":
				return
			}
		}
	}()
	return s
}

// Until reads events until one is as expected; others may come before it, because fast changes are told together.
func (s *stream) Until(want string) {
	s.t.Helper()
	for seen := []string{}; ; {
		select {
		case event, open := <-s.Events:
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

// Ended reads until the stream is complete, and returns the last event.
func (s *stream) Ended() (last string) {
	s.t.Helper()
	for {
		select {
		case event, open := <-s.Events:
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
	WatchTask    = `subscription($id: ID!) { taskChanged(id: $id) { state percent } }`
	WatchSeats   = `subscription($id: ID!) { shiftSeats(taskId: $id) { seats { taken free } } }`
	WatchNotices = `subscription { myNotices { unreadNotices } }`
	WatchSignups = `subscription { mySignups { signups(filter: {states: [CONFIRMED, WAITLISTED, OFFERED]}) { nodes { state position } } } }`
)
