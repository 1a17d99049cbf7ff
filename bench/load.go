package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"regexp"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
)

// requests are sent one after the other by all clients together.
type requests struct {
	raw  [][]byte
	once bool // each creates something: none is sent twice
	next atomic.Int64
}

// add appends a GraphQL request of a person.
func (r *requests) add(address, document string, variables map[string]any, person uuid.UUID) error {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	r.raw = append(r.raw, fmt.Appendf(nil, "POST /graphql HTTP/1.1\r\nHost: %s\r\nContent-Type: application/json\r\n"+
		"Accept-Language: kk\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s", address, token(person), len(body), body))
	return nil
}

func (r *requests) take() []byte {
	n := int(r.next.Add(1)) - 1
	if r.once && n >= len(r.raw) {
		return nil
	}
	return r.raw[n%len(r.raw)]
}

// answers are what clients received.
type answers struct {
	took       []time.Duration
	whole      time.Duration
	statements string
	bytes      int // of the largest
	refused    int // because there were too many
	refusal    string
}

func (a *answers) percentile(p int) float64 {
	return a.took[len(a.took)*p/100].Seconds() * 1000
}

// ask lets clients send requests as fast as they are answered.
func ask(ctx context.Context, address string, r *requests, clients int, lasting time.Duration) (*answers, error) {
	ctx, cancel := context.WithTimeout(ctx, lasting)
	defer cancel()
	var all answers
	var mu sync.Mutex
	var failed error
	var asking sync.WaitGroup
	began := time.Now()
	for range clients {
		asking.Go(func() {
			got, err := client(ctx, address, r)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				failed = err
				cancel()
				return
			}
			all.took, all.refused = append(all.took, got.took...), all.refused+got.refused
			all.refusal = max(all.refusal, got.refusal)
			all.bytes, all.statements = max(all.bytes, got.bytes), max(all.statements, got.statements)
		})
	}
	asking.Wait()
	all.whole = time.Since(began)
	slices.Sort(all.took)
	if len(all.took) == 0 && failed == nil {
		failed = fmt.Errorf("no answer, and %d were refused: %.300s", all.refused, all.refusal)
	}
	return &all, failed
}

// tooMuch matches answers that say only that there were too many requests.
var tooMuch = regexp.MustCompile(`^{"errors":.*"code":"(BUSY|RATE_LIMITED|TIMEOUT)"`)

// disturbed sends the same requests twice: while it is quiet, and while something else runs, which ends with its context.
func disturbed(ctx context.Context, address string, r *requests, lasting time.Duration, something func(ctx context.Context) error) (quiet, loud *answers, err error) {
	if _, err := ask(ctx, address, r, watchers, time.Second); err != nil {
		return nil, nil, err
	}
	if quiet, err = ask(ctx, address, r, watchers, lasting); err != nil {
		return nil, nil, err
	}
	going, enough := context.WithTimeout(ctx, lasting)
	defer enough()
	ended := make(chan error, 1)
	go func() { ended <- something(going) }()
	loud, err = ask(ctx, address, r, watchers, lasting)
	return quiet, loud, errors.Join(err, <-ended)
}

// client is one connection that is kept open. Go's own client would cost as much as what it measures.
func client(ctx context.Context, address string, r *requests) (got answers, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return got, err
	}
	defer func() { _ = conn.Close() }()
	reader, body := bufio.NewReaderSize(conn, 64<<10), bytes.Buffer{}
	for ctx.Err() == nil {
		request, began := r.take(), time.Now()
		if request == nil {
			break
		}
		if _, err := conn.Write(request); err != nil {
			return got, err
		}
		answer, err := http.ReadResponse(reader, nil)
		if err != nil {
			return got, err
		}
		body.Reset()
		if _, err := io.Copy(&body, answer.Body); err != nil {
			return got, err
		}
		if tooMuch.Match(body.Bytes()) {
			got.refused, got.refusal = got.refused+1, body.String()
			continue
		}
		got.took = append(got.took, time.Since(began))
		got.bytes, got.statements = max(got.bytes, body.Len()), max(got.statements, answer.Header.Get("Hub-Statements"))
		if answer.StatusCode != http.StatusOK || bytes.Contains(body.Bytes(), []byte(`"errors":`)) {
			return got, fmt.Errorf("%s: %.300s\n%.600s", answer.Status, body.Bytes(), request)
		}
	}
	return got, nil
}
