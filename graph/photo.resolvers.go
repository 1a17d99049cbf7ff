package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/photo"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/task"
)

func (r *checkedInMinorResolver) Person(ctx context.Context, obj *photo.CheckedInMinor) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *progressUpdateResolver) Photos(ctx context.Context, obj *progress.ProgressUpdate) ([]*photo.Photo, error) {
	return take[[]*photo.Photo](ctx, obj)
}

func (r *proposalResolver) Photos(ctx context.Context, obj *proposal.Proposal) ([]*photo.Photo, error) {
	return take[[]*photo.Photo](ctx, obj)
}

func (r *taskResolver) Photos(ctx context.Context, obj *task.Task, first int, after *string) (*paging.Connection[photo.Photo], error) {
	return take[*paging.Connection[photo.Photo]](ctx, obj)
}

func (r *taskResolver) CheckedInMinors(ctx context.Context, obj *task.Task) ([]*photo.CheckedInMinor, error) {
	return take[[]*photo.CheckedInMinor](ctx, obj)
}

func (r *Resolver) CheckedInMinor() generated.CheckedInMinorResolver {
	return &checkedInMinorResolver{r}
}

type checkedInMinorResolver struct{ *Resolver }
