package main

import (
	"context"
	"database/sql"
	"net/http"
	"strconv"
	"time"

	"github.com/google/uuid"
	_ "github.com/lib/pq" // registers its driver
)

// flat is question a as one statement without any GraphQL.
const flat = `select t.id, t.title, t.state, s.id, s.name_kk, n.id, n.name_kk, c.id, c.code, c.name_kk, d.id, d.code, d.name_kk,
		t.taken, t.capacity, coalesce(u.id::text, ''), coalesce(u.text, ''), u.created_at, coalesce(p.id::text, ''),
		coalesce(p.given_name || ' ' || p.family_name, '')
	from (select * from tasks where district_id = $1 and state = 'OPEN' order by id desc limit 20) t
		join teams s on s.id = t.team_id join ngos n on n.id = t.ngo_id join centres c on c.id = t.centre_id
		join districts d on d.id = t.district_id
		left join lateral (select * from progress_updates where task_id = t.id order by id desc limit 3) u on true
		left join people p on p.id = u.author_id
	order by t.id desc, u.id desc`

// serveLimit answers question a as fast as possible on the same database: plain net/http, one prepared statement, JSON by hand.
// The hub is compared with it because a ratio says more than the speed of a machine.
func serveLimit(ctx context.Context, address, url string) error {
	db, err := sql.Open("postgres", url)
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(16)
	db.SetMaxIdleConns(16)
	tasks, err := db.PrepareContext(ctx, flat)
	if err != nil {
		return err
	}
	http.HandleFunc("/readyz", func(http.ResponseWriter, *http.Request) {})
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		body, err := answerFlat(r.Context(), tasks, r.URL.Query().Get("id"))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Header().Set("Hub-Statements", "1")
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(body)
	})
	return http.ListenAndServe(address, nil)
}

// taskNames come before the columns that belong to a task.
var taskNames = []string{`{"id":`, `,"title":`, `,"state":`, `,"team":{"id":`, `,"name":`, `},"ngo":{"id":`, `,"name":`,
	`},"centre":{"id":`, `,"code":`, `,"name":`, `},"district":{"id":`, `,"code":`, `,"name":`}

func answerFlat(ctx context.Context, tasks *sql.Stmt, district string) ([]byte, error) {
	if _, err := uuid.Parse(district); err != nil {
		return nil, err
	}
	rows, err := tasks.QueryContext(ctx, district)
	if err != nil {
		return nil, err
	}
	defer func() { _ = rows.Close() }()
	var texts [13]string
	var taken, capacity int
	var update, text, author, name, before string
	var at sql.NullTime
	into := make([]any, 0, 20)
	for i := range texts {
		into = append(into, &texts[i])
	}
	into = append(into, &taken, &capacity, &update, &text, &at, &author, &name)
	out := append(make([]byte, 0, 32<<10), `{"data":{"tasks":{"nodes":[`...)
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		if before == texts[0] {
			out = append(out, ',')
		} else {
			if before != "" {
				out = append(out, `]}},`...)
			}
			before, out = texts[0], appendTask(out, texts[:], taken, capacity)
		}
		out = strconv.AppendQuote(append(out, `{"id":`...), update)
		out = strconv.AppendQuote(append(out, `,"text":`...), text)
		out = at.Time.AppendFormat(append(out, `,"createdAt":"`...), time.RFC3339)
		out = strconv.AppendQuote(append(out, `","author":{"id":`...), author)
		out = strconv.AppendQuote(append(out, `,"displayName":`...), name)
		out = append(out, `}}`...)
	}
	return append(out, `]}}]}}}`...), rows.Err()
}

// appendTask appends the beginning of a task, up to its updates.
func appendTask(out []byte, texts []string, taken, capacity int) []byte {
	for i, text := range texts {
		out = strconv.AppendQuote(append(out, taskNames[i]...), text)
	}
	out = strconv.AppendInt(append(out, `},"seats":{"taken":`...), int64(taken), 10)
	out = strconv.AppendInt(append(out, `,"capacity":`...), int64(capacity), 10)
	return append(out, `},"updates":{"nodes":[`...)
}
