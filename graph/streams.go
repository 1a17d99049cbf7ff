package graph

import (
	"context"
	"log/slog"
	"reflect"

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

// seats are the shifts of a task as streams show them.
type seats struct {
	task   *task.Task
	shifts []*shift.Shift
}

func (r *Resolver) watchedTasks(ctx context.Context, ids []uuid.UUID) (map[uuid.UUID]any, error) {
	rows, err := r.Tasks.ByIDs(ctx, ids)
	found := make(map[uuid.UUID]any, len(rows))
	for _, row := range rows {
		found[row.ID] = row
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
		found[id] = &seats{task: row.(*task.Task), shifts: shifts[id].Nodes()}
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

// topicOf is what a subscription watches. Codes: UNAUTHENTICATED, NOT_FOUND, BAD_REQUEST.
func topicOf(op *graphql.OperationContext, in *request) (topic live.Topic, err error) {
	field, ok := op.Operation.SelectionSet[0].(*ast.Field)
	if !ok {
		return topic, fault.Because(fault.BadRequest, "Name the subscription's field itself, not a fragment with it.")
	}
	values := field.ArgumentMap(op.Variables)
	switch field.Name {
	case "taskChanged":
		topic.Kind = live.Task
		topic.ID, err = scalar.UnmarshalID(values["id"])
	case "shiftSeats":
		topic.Kind = live.Seats
		topic.ID, err = scalar.UnmarshalID(values["taskId"])
	case "mySignups":
		if in.Actor == nil {
			return topic, fault.New(fault.Unauthenticated)
		}
		topic.Kind, topic.ID = live.Signups, in.Actor.PersonID
	default:
		err = fault.New(fault.BadRequest)
	}
	return topic, err
}

func (r *Resolver) watchedTask(ctx context.Context) (<-chan *task.Task, error) {
	t, _ := from(ctx).event.Value.(*task.Task)
	if t == nil || !t.Visible(from(ctx).Actor) {
		return nil, fault.Missing("id")
	}
	return streamed(ctx, r.levels.plain, t)
}

func (r *Resolver) watchedShifts(ctx context.Context) (<-chan []*shift.Shift, error) {
	s, _ := from(ctx).event.Value.(*seats)
	if s == nil || !s.task.Visible(from(ctx).Actor) {
		return nil, fault.Missing("taskId")
	}
	return streamed(ctx, r.levels.plain, s.shifts)
}

func (r *Resolver) watchedSignups(ctx context.Context) (<-chan *person.Person, error) {
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

