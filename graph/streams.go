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
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/shift"
	"jastarhub/internal/task"
)

// Broker returns a broker that tells the streams of one process about changes.
func (r *Resolver) Broker(log *slog.Logger, now func() time.Time) *live.Broker {
	return live.New(r.Accounts.Actors, map[live.Kind]live.Read{live.Task: r.watchedTasks, live.Seats: r.watchedSeats, live.Signups: r.watchedLines}, log, now)
}

// sight is a task, or its shifts, as streams show them, with the answers made from it: watchers who ask the same about what
// everybody may see get the same answer.
type sight struct {
	task   *task.Task
	shifts []*shift.Shift

	mu      sync.Mutex
	answers map[string]told
}

// told is a finished answer, and whether it is the last; or how long to wait before it is made.
type told struct {
	text []byte
	last bool
	wait time.Duration
}

// answered returns the answer to a question, made once for everyone who gets the same.
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
	shifts, err := r.Shifts.OfTasks(ctx, ids, nil, paging.Args{First: paging.Most})
	for id, row := range found {
		row.(*sight).shifts = shifts[id].Nodes()
	}
	return found, err
}

// watchedLines finds the tasks on whose waiting lists people are: their positions change with other people's sign-ups.
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

// watched is what each subscription watches, and the argument with the id; without one it is the viewer's own.
var watched = map[string]struct {
	kind     live.Kind
	argument string
}{
	"taskChanged": {live.Task, "id"},
	"shiftSeats":  {live.Seats, "taskId"},
	"mySignups":   {live.Signups, ""},
	"myNotices":   {live.Notices, ""},
}

// topicOf returns what a subscription watches. Codes: BAD_REQUEST, INVALID, UNAUTHENTICATED.
func topicOf(op *graphql.OperationContext, in *request) (live.Topic, error) {
	if len(op.Operation.SelectionSet) > 1 { // the specification's rule allows one field under two names
		return live.Topic{}, fault.Because(fault.BadRequest, "A subscription has a single field: send another subscription for the other one.")
	}
	field, ok := op.Operation.SelectionSet[0].(*ast.Field)
	if !ok {
		return live.Topic{}, fault.Because(fault.BadRequest, "Select the subscription's field directly, not in a fragment.")
	}
	what, ok := watched[field.Name]
	switch {
	case len(field.Directives) > 0:
		return live.Topic{}, fault.Because(fault.BadRequest, "A subscription's field takes no directives: do not send the subscription instead.")
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

// watchedSelf returns the watching person, with current rights.
func (r *Resolver) watchedSelf(ctx context.Context) (<-chan *person.Person, error) {
	viewer, err := r.viewer(ctx)
	if err != nil {
		return nil, err
	}
	return streamed(ctx, r.levels.read, viewer)
}

// streamed returns one event in gqlgen's form, after reading what is selected below it.
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
