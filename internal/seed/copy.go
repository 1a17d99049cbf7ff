package seed

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// counters update, in one statement each, what the triggers would have counted row by row. Shifts come before tasks, which sum
// them up.
var counters = []string{`
update proposals p set support_count = s.supports
from (select proposal_id, count(*) as supports from supports where withdrawn_at is null group by 1) s
where p.id = s.proposal_id`, `
update teams t set member_count = m.members
from (select team_id, count(*) as members from memberships where state = 'ACTIVE' group by 1) m
where t.id = m.team_id`, `
update shifts set taken = s.taken, waiting = s.waiting
from (
  select shift_id, count(*) filter (where takes_seat(state)) as taken,
    count(*) filter (where state = 'WAITLISTED') as waiting
  from signups group by 1) s
where shifts.id = s.shift_id and s.taken + s.waiting > 0`, `
update tasks t set first_shift_at = s.first_shift_at, last_shift_at = s.last_shift_at, next_shift_at = s.next_shift_at,
  capacity = s.capacity, taken = s.taken, free = s.free
from (
  select task_id, min(starts_at) as first_shift_at, max(starts_at) as last_shift_at,
    min(starts_at) filter (where begun_at is null) as next_shift_at, sum(capacity) as capacity,
    sum(taken) as taken, coalesce(sum(capacity - taken) filter (where begun_at is null), 0) as free
  from shifts where state = 'PLANNED' group by 1) s
where t.id = s.task_id`, `
insert into task_counts (team_id, centre_id, state, tasks)
select team_id, centre_id, state, count(*) from tasks group by 1, 2, 3`, `
insert into result_sums (team_id, centre_id, district_id, year, metric, amount, tasks)
select team_id, centre_id, district_id, r.year, r.metric, sum(r.amount), count(*)
from tasks t cross join lateral results_of(t) r group by 1, 2, 3, 4, 5`, `
insert into task_texts (task_id, text)
select id, fold(title || ' ' || description) from tasks order by id`, `
insert into search_documents select * from searchable where type = 'TASK'`, `
refresh materialized view search_words`, `
select setval('signups_line', max(line)) from signups`,
}

// moved are the tables whose rows the counters rewrote, in any order.
var moved = []string{"proposals", "shifts", "tasks", "teams"}

var triggered = []string{"memberships", "supports", "tasks", "shifts", "signups"}

// write copies the rows into the tables without the triggers, which would lock and count for every single row.
func (r *rows) write(ctx context.Context, tx *sqlx.Tx, log *slog.Logger) error {
	if err := each(ctx, tx, triggered, "alter table %s disable trigger user"); err != nil {
		return err
	}
	if err := r.copy(ctx, tx, log); err != nil {
		return err
	}
	if err := each(ctx, tx, counters, "%s"); err != nil {
		return err
	}
	if err := each(ctx, tx, moved, "cluster %[1]s using %[1]s_pkey"); err != nil {
		return err
	}
	if err := each(ctx, tx, triggered, "alter table %s enable trigger user"); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, "analyze")
	return err
}

func each(ctx context.Context, tx *sqlx.Tx, words []string, statement string) error {
	for _, word := range words {
		if _, err := tx.ExecContext(ctx, fmt.Sprintf(statement, word)); err != nil {
			return err
		}
	}
	return nil
}

func (r *rows) copy(ctx context.Context, tx *sqlx.Tx, log *slog.Logger) error {
	for _, table := range []func() error{
		func() error { return copyIn(ctx, tx, log, "people", r.people) },
		func() error { return copyIn(ctx, tx, log, "ngos", r.ngos) },
		func() error { return copyIn(ctx, tx, log, "second_factors", r.factors) },
		func() error { return copyIn(ctx, tx, log, "grants", r.grants) },
		func() error { return copyIn(ctx, tx, log, "teams", r.teams) },
		func() error { return copyIn(ctx, tx, log, "hostings", r.hostings) },
		func() error { return copyIn(ctx, tx, log, "memberships", r.memberships) },
		func() error { return copyIn(ctx, tx, log, "proposals", r.proposals) },
		func() error { return copyIn(ctx, tx, log, "supports", r.supports) },
		func() error { return copyIn(ctx, tx, log, "merge_questions", r.questions) },
		func() error { return copyIn(ctx, tx, log, "tasks", r.tasks) },
		func() error { return copyIn(ctx, tx, log, "shifts", r.shifts) },
		func() error { return copyIn(ctx, tx, log, "signups", r.signups) },
		func() error { return copyIn(ctx, tx, log, "hours", r.hours) },
		func() error { return copyIn(ctx, tx, log, "certificates", r.certificates) },
		func() error { return copyIn(ctx, tx, log, "certificate_parts", r.parts) },
		func() error { return copyIn(ctx, tx, log, "certificate_hours", r.counted) },
		func() error { return copyIn(ctx, tx, log, "consents", r.consents) },
		func() error { return copyIn(ctx, tx, log, "progress_updates", r.updates) },
		func() error { return copyIn(ctx, tx, log, "progress_results", r.results) },
		func() error { return copyIn(ctx, tx, log, "task_claims", r.claims) },
		func() error { return copyIn(ctx, tx, log, "claim_results", r.claimed) },
		func() error { return copyIn(ctx, tx, log, "reports", r.reports) },
		func() error { return copyIn(ctx, tx, log, "moves", r.moves) },
	} {
		if err := table(); err != nil {
			return err
		}
	}
	return nil
}

// copyIn sends rows to a table: the fields with a db tag, the first of which is the id.
func copyIn[T any](ctx context.Context, tx *sqlx.Tx, log *slog.Logger, table string, rows []T) error {
	start := time.Now()
	var columns []string
	for _, field := range reflect.VisibleFields(reflect.TypeFor[T]()) {
		if column := field.Tag.Get("db"); column != "" {
			columns = append(columns, column)
		}
	}
	stmt, err := tx.PrepareContext(ctx, fmt.Sprintf("copy %s (%s) from stdin", table, strings.Join(columns, ", ")))
	if err != nil {
		return fmt.Errorf("copy into %s: %w", table, err)
	}
	defer func() { _ = stmt.Close() }()
	values := make([]any, len(columns))
	for i := range rows {
		row := reflect.ValueOf(&rows[i]).Elem()
		for j := range values {
			values[j] = row.Field(j).Interface()
		}
		if _, err := stmt.ExecContext(ctx, values...); err != nil {
			return fmt.Errorf("copy into %s: %w", table, err)
		}
	}
	if _, err := stmt.ExecContext(ctx); err != nil { // a call without values ends the COPY
		return fmt.Errorf("copy into %s: %w", table, err)
	}
	log.InfoContext(ctx, "written", "table", table, "rows", len(rows), "duration", time.Since(start))
	return nil
}

// byID puts rows in the order of time, in which a hub in use would have written them.
func byID[T any](rows []T, id func(*T) uuid.UUID) {
	slices.SortFunc(rows, func(a, b T) int {
		x, y := id(&a), id(&b)
		return bytes.Compare(x[:], y[:])
	})
}
