package main

import (
	"bufio"
	"context"
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
	ofOneAddress = 500 // as many as the hub lets watch from one
	changes      = 5
	latest       = 10 * time.Second // for an event
)

// streams measures what those who watch the seats of one task cost, and when the last of them has heard of a change.
func streams(ctx context.Context, db *postgres.DB, hub *server) error {
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
		conn, err := watch(ctx, hub.address, task, i/ofOneAddress)
		if err != nil {
			return err
		}
		defer func() { _ = conn.Close() }()
		go func() { ended <- listen(conn, heard) }()
	}
	if _, err := all(heard, ended); err != nil {
		return err
	}
	fmt.Printf("%d subscribers of one task's seats.\n\n| change | the last has heard after, ms |\n|---|---|\n", subscribers)
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

// watch opens a stream, as if from one of several addresses.
func watch(ctx context.Context, hub string, task uuid.UUID, address int) (net.Conn, error) {
	conn, err := (&net.Dialer{}).DialContext(ctx, "tcp", hub)
	if err != nil {
		return nil, err
	}
	body := fmt.Sprintf(`{"query":"subscription { shiftSeats(taskId: \"%s\") { id waiting seats { capacity taken free } } }"}`, task)
	_, err = fmt.Fprintf(conn, "POST /graphql HTTP/1.1\r\nHost: %s\r\nAccept: text/event-stream\r\nContent-Type: application/json\r\n"+
		"X-Forwarded-For: 10.0.0.%d\r\nContent-Length: %d\r\n\r\n%s", hub, address+1, len(body), body)
	return conn, err
}

// listen tells of each event of a stream, until it ends.
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

// all waits until each subscriber has heard once more, and tells when the last did.
func all(heard <-chan time.Time, ended <-chan error) (last time.Time, err error) {
	late := time.After(latest)
	for n := range subscribers {
		select {
		case last = <-heard:
		case err := <-ended:
			return last, fmt.Errorf("a stream ended: %w", err)
		case <-late:
			return last, fmt.Errorf("only %d of %d have heard within %s", n, subscribers, latest)
		}
	}
	return last, nil
}
