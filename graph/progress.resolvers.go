package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/person"
	"jastarhub/internal/progress"
	"jastarhub/internal/task"
)

func (r *mutationResolver) PostProgress(ctx context.Context, input progress.PostProgressInput) (*progress.ProgressPayload, error) {
	return r.Resolver.Progress.Post(ctx, call(ctx), input)
}

func (r *progressUpdateResolver) Results(ctx context.Context, obj *progress.ProgressUpdate) ([]*task.Result, error) {
	return take[[]*task.Result](ctx, obj)
}

func (r *progressUpdateResolver) Author(ctx context.Context, obj *progress.ProgressUpdate) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *progressUpdateResolver) Task(ctx context.Context, obj *progress.ProgressUpdate) (*task.Task, error) {
	return take[*task.Task](ctx, obj)
}

func (r *Resolver) ProgressUpdate() generated.ProgressUpdateResolver {
	return &progressUpdateResolver{r}
}

type progressUpdateResolver struct{ *Resolver }
