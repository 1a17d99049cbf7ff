package main

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// sink is a mail server that accepts everything and keeps nothing.
type sink struct {
	address string
	mails   atomic.Int64
}

func newSink() (*sink, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &sink{address: listener.Addr().String()}
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			go s.talk(conn)
		}
	}()
	return s, nil
}

func (s *sink) talk(conn net.Conn) {
	defer func() { _ = conn.Close() }()
	say := func(line string) { _, _ = fmt.Fprintf(conn, "%s\r\n", line) }
	say("220 sink")
	lines := bufio.NewScanner(conn)
	for lines.Scan() {
		switch verb, _, _ := strings.Cut(lines.Text(), " "); verb {
		case "DATA":
			say("354 go on")
			for lines.Scan() && lines.Text() != "." {
			}
			s.mails.Add(1)
			say("250 ok")
		case "QUIT":
			say("221 bye")
			return
		default:
			say("250 sink")
		}
	}
}

// noticesASecond is how many people are told something while others read.
const noticesASecond = 200

// notices measures the effect of sending notices on people who read the task list.
func notices(ctx context.Context, db *postgres.DB, hub *server, mails *sink, tasks *requests, lasting time.Duration) error {
	var people []uuid.UUID
	if err := db.SelectContext(ctx, &people, `select id from people where erased_at is null and suspended_id is null order by id limit $1`,
		noticesASecond); err != nil {
		return err
	}
	var task uuid.UUID
	if err := db.GetContext(ctx, &task, `select id from tasks order by id limit 1`); err != nil {
		return err
	}
	var before int64
	quiet, loud, err := disturbed(ctx, hub.address, tasks, lasting, func(ctx context.Context) error {
		before = mails.mails.Load()
		return tellSteadily(ctx, db, task, people)
	})
	if err != nil {
		return err
	}
	sent := float64(mails.mails.Load() - before)
	fmt.Printf("Task list, p99 of %d clients: %.1f ms quiet, %.1f ms while %.0f notifications a second are emailed: %.2f times.\n",
		watchers, quiet.percentile(99), loud.percentile(99), sent/loud.whole.Seconds(), loud.percentile(99)/quiet.percentile(99))
	return nil
}

// tellSteadily tells the people something every second, at any time of the day.
func tellSteadily(ctx context.Context, db *postgres.DB, task uuid.UUID, people []uuid.UUID) error {
	for second := time.NewTicker(time.Second); ; {
		now := time.Now()
		err := db.Tx(ctx, func(tx *sqlx.Tx) error {
			return notice.Tell(ctx, tx, nil, now, notice.News{Kind: notice.TaskSentBack, About: notice.AboutTask(task), Before: now}, notice.People(people...))
		})
		if err != nil && ctx.Err() == nil {
			return err
		}
		select {
		case <-ctx.Done():
			return nil
		case <-second.C:
		}
	}
}
