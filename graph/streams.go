package graph

import (
	"context"
	"log/slog"
	"reflect"
	"sync"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/google/uuid"
	"github.com/vektah/gqlparser/v2/ast"

	"jastarhub/graph/scalar"
	"jastarhub/internal/fault"
	"jastarhub/internal/live"
	"jastarhub/internal/page"
	"jastarhub/internal/person"
	"jastarhub/internal/shift"
	"jastarhub/internal/task"
)

// Broker makes what tells the streams of one process that something changed.
func (r *Resolver) Broker(log *slog.Logger) *live.Broker {
	return live.New(r.People.Actors, map[live.Kind]live.Read{live.Task: r.watchedTasks, live.Seats: r.watchedSeats, live.Signups: r.watchedLines}, log)
}

// sight is a task, or its shifts, as streams show them, with the answers that were made of it: who asks the same about what everybody
// sees is told the same.
type sight struct {
	task   *task.Task
	shifts []*shift.Shift

	mu      sync.Mutex
	answers map[string]told
}

// told is an answer as it is written, and whether there will be no other; or how long to wait before it is made.
type told struct {
	text []byte
	last bool
	wait time.Duration
}

// answered returns the answer to a question, made once for everyone whom it is the same for.
func (s *sight) answered(question string, make func() told) told {
	if s == nil || !s.task.Visible(nil) {
		return make()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	answer, ok := s.answers[question]
	if !ok {
		if answer = make(); answer.wait == 0 {
			s.answers[question] = answer
		}
	}
	return answer
}

func (r *Resolver) watchedTasks(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]any, error) {
	rows, err := r.Tasks.ByIDs(ctx, ids)
	found := make(map[uuid.UUID]any, len(rows))
	for _, row := range rows {
		found[row.ID] = &sight{task: row, answers: map[string]told{}}
	}
	return found, err
}

func (r *Resolver) watchedSeats(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]any, error) {
	found, err := r.watchedTasks(ctx, ids)
	if err != nil {
		return nil, err
	}
	shifts, err := r.Shifts.OfTasks(ctx, ids, nil, page.Args{First: page.Most})
	for id, row := range found {
		row.(*sight).shifts = shifts[id].Nodes()
	}
	return found, err
}

// watchedLines are the tasks in whose lines people stand: their places change with others' sign-ups.
func (r *Resolver) watchedLines(ctx context.Context, people []uuid.UUID) (map[uuid.UUID]any, error) {
	waiting, err := r.Signups.TasksWaitedFor(ctx, people)
	found := make(map[uuid.UUID]any, len(waiting))
	for id, tasks := range waiting {
		also := make(live.Also, len(tasks))
		for i, task := range tasks {
			also[i] = live.Topic{Kind: live.Seats, ID: task}
		}
		found[id] = also
	}
	return found, err
}

// watched is what each subscription watches, and the argument that names whose; none is the viewer's own.
var watched = map[string]struct {
	kind     live.Kind
	argument string
}{
	"taskChanged": {live.Task, "id"},
	"shiftSeats":  {live.Seats, "taskId"},
	"mySignups":   {live.Signups, ""},
	"myNotices":   {live.Notices, ""},
}

// topicOf is what a subscription watches. Codes: BAD_REQUEST, INVALID, UNAUTHENTICATED.
func topicOf(op *graphql.OperationContext, in *request) (live.Topic, error) {
	if len(op.Operation.SelectionSet) > 1 { // the specification's rule lets one field through under two names
		return live.Topic{}, fault.Because(fault.BadRequest, "A subscription has one field, once: send another subscription for the other.")
	}
	field, ok := op.Operation.SelectionSet[0].(*ast.Field)
	if !ok {
		return live.Topic{}, fault.Because(fault.BadRequest, "Name the subscription's field itself, not a fragment with it.")
	}
	what, ok := watched[field.Name]
	switch {
	case len(field.Directives) > 0:
		return live.Topic{}, fault.Because(fault.BadRequest, "The field of a subscription takes no directives: leave the subscription out instead.")
	case !ok:
		return live.Topic{}, fault.New(fault.BadRequest)
	case what.argument != "":
		id, err := scalar.UnmarshalID(field.ArgumentMap(op.Variables)[what.argument])
		return live.Topic{Kind: what.kind, ID: id}, err
	case in.Actor == nil:
		return live.Topic{}, fault.New(fault.Unauthenticated)
	}
	return live.Topic{Kind: what.kind, ID: in.Actor.PersonID}, nil
}

func (r *Resolver) watchedTask(ctx context.Context) (<-chan *task.Task, error) {
	s, _ := from(ctx).event.Value.(*sight)
	if s == nil || !s.task.Visible(from(ctx).Actor) {
		return nil, fault.Missing("id")
	}
	return streamed(ctx, r.levels.plain, s.task)
}

func (r *Resolver) watchedShifts(ctx context.Context) (<-chan []*shift.Shift, error) {
	s, _ := from(ctx).event.Value.(*sight)
	if s == nil || !s.task.Visible(from(ctx).Actor) {
		return nil, fault.Missing("taskId")
	}
	return streamed(ctx, r.levels.plain, s.shifts)
}

// watchedSelf is the person who watches, with the rights of now.
func (r *Resolver) watchedSelf(ctx context.Context) (<-chan *person.Person, error) {
	viewer, err := r.viewer(ctx)
	if err != nil {
		return nil, err
	}
	return streamed(ctx, r.levels.read, viewer)
}

// streamed is one event as gqlgen takes it, with what is selected below read before.
func streamed[T any](ctx context.Context, read func(context.Context, string, []any, ast.SelectionSet) error, event T) (<-chan T, error) {
	field := graphql.GetFieldContext(ctx).Field
	if err := read(ctx, field.Definition.Type.Name(), flatten(nil, reflect.ValueOf(event)), field.Selections); err != nil {
		return nil, err
	}
	events := make(chan T, 1)
	events <- event
	close(events)
	return events, nil
}
