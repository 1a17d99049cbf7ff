package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

const (
	subscribers  = 5000
	ofOneAddress = 500 // as many as the hub allows for one
	changes      = 5
	places       = `subscription { shiftSeats(taskId: "%s") { id waiting seats { capacity taken free } } }`
	latest       = 10 * time.Second // for an event

	greedy   = 4  // people who make the hub work for them
	ofPerson = 20 // streams, as many as the hub allows one person
	dear     = `subscription { mySignups { signups(first: 100) { nodes { shift { task { team { name ngo { name } } centre { name } district { name } } } } } } }`
	pace     = 50 * time.Millisecond // between two changes of what they watch
)

// streams measures the effect of a few who watch much on people who read the task list, what watchers of one task's seats cost,
// and when the last of them has learnt of a change.
func streams(ctx context.Context, db *postgres.DB, hub *server, tasks *requests, lasting time.Duration) error {
	if err := dearStreams(ctx, db, hub, tasks, lasting); err != nil {
		return err
	}
	var task, shift uuid.UUID
	if err := db.QueryRowContext(ctx, `select t.id, s.id from tasks t join shifts s on s.task_id = t.id
		where t.state = 'OPEN' and t.hidden_id is null order by t.id limit 1`).Scan(&task, &shift); err != nil {
		return err
	}
	before, err := hub.usage()
	if err != nil {
		return err
	}
	heard, ended := make(chan time.Time, subscribers), make(chan error, subscribers)
	for i := range subscribers {
		conn, err := watch(ctx, hub.address, fmt.Sprintf(places, task),
			fmt.Sprintf("X-Forwarded-For: 10.0.0.%d", i/ofOneAddress+1))
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		go func() { ended <- listen(conn, heard) }()
	}
	if _, err := all(heard, ended); err != nil {
		return err
	}
	fmt.Printf("%d subscribers to one task's places.\n\n| change | the last has the event after, ms |\n|---|---|\n", subscribers)
	for n := range changes {
		began := time.Now()
		if _, err := db.ExecContext(ctx, `update shifts set capacity = capacity + $2 where id = $1`, shift, 1-2*(n%2)); err != nil {
			return err
		}
		last, err := all(heard, ended)
		if err != nil {
			return err
		}
		fmt.Printf("| %d | %d |\n", n+1, last.Sub(began).Milliseconds())
	}
	after, err := hub.usage()
	if err != nil {
		return err
	}
	fmt.Printf("\nPeak memory of the hub: %d MB before, %d MB with them.\n", before.peak>>20, after.peak>>20)
	return nil
}

// dearStreams measures the effect on people who read the task list of a few people who watch as much as they may, while all of it
// changes.
func dearStreams(ctx context.Context, db *postgres.DB, hub *server, tasks *requests, lasting time.Duration) error {
	people, err := ids(ctx, db, `select person_id from signups group by person_id order by count(*) desc, person_id limit $1`, greedy)
	if err != nil {
		return err
	}
	mine, err := ids(ctx, db, `select distinct on (person_id) id from signups where person_id = any($1)`, postgres.IDs(people))
	if err != nil {
		return err
	}
	signed := map[uuid.UUID]bool{}
	for _, person := range people {
		signed[person] = true
	}
	if err := signIn(ctx, db, signed); err != nil {
		return err
	}
	heard, ended := make(chan time.Time, subscribers), make(chan error, greedy*ofPerson)
	for i := range greedy * ofPerson {
		conn, err := watch(ctx, hub.address, dear, "Authorization: Bearer "+token(people[i%greedy]))
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		go func() { ended <- listen(conn, heard) }()
	}
	events := 0
	quiet, loud, err := disturbed(ctx, hub.address, tasks, lasting, func(ctx context.Context) error {
		for change := time.NewTicker(pace); ; {
			select {
			case <-heard:
				events++
			case err := <-ended:
				return fmt.Errorf("a stream ended: %w", err)
			case <-change.C:
				if _, err := db.ExecContext(ctx, `update signups set updated_at = updated_at where id = any($1)`, postgres.IDs(mine)); err != nil && ctx.Err() == nil {
					return err
				}
			case <-ctx.Done():
				return nil
			}
		}
	})
	if err != nil {
		return err
	}
	fmt.Printf("Task list, p99 of %d clients: %.1f ms quiet, %.1f ms while %d people, with %d streams each, watch something that changes %d times a second (%d events): %.2f times.\n",
		watchers, quiet.percentile(99), loud.percentile(99), greedy, ofPerson, time.Second/pace, events, loud.percentile(99)/quiet.percentile(99))
	fmt.Printf("The median: %.1f ms quiet, %.1f ms then.\n\n", quiet.percentile(50), loud.percentile(50))
	return nil
}

// watch opens a stream; header says who watches, or from where.
func watch(ctx context.Context, hub, document, header string) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", hub)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(map[string]string{"query": document})
	if err != nil {
		return nil, err
	}
	_, err = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"+
		"%s\r\nContent-Length: %d\r\n\r\n%s", hub, header, len(body), body)
	return conn, err
}

// listen reports each event of a stream, until it ends.
func listen(conn net.Conn, heard chan<- time.Time) error {
	lines := bufio.NewReaderSize(conn, 512)
	for {
		switch line, err := lines.ReadString('\n'); {
		case err != nil:
			return err
		case strings.HasPrefix(line, "event: next"):
			heard <- time.Now()
		case strings.HasPrefix(line, `data: {"errors"`):
			return errors.New(line)
		}
	}
}

// all waits until each subscriber has received one more event, and returns when the last did.
func all(heard <-chan time.Time, ended <-chan error) (last time.Time, err error) {
	late := time.After(latest)
	for n := range subscribers {
		select {
		case last = <-heard:
		case err := <-ended:
			return last, fmt.Errorf("a stream ended: %w", err)
		case <-late:
			return last, fmt.Errorf("only %d of %d have the event within %s", n, subscribers, latest)
		}
	}
	return last, nil
}
