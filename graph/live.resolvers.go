package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/person"
	"jastarhub/internal/shift"
	"jastarhub/internal/task"

	"github.com/google/uuid"
)

func (r *subscriptionResolver) TaskChanged(ctx context.Context, id uuid.UUID) (<-chan *task.Task, error) {
	return r.watchedTask(ctx)
}

func (r *subscriptionResolver) ShiftSeats(ctx context.Context, taskID uuid.UUID) (<-chan []*shift.Shift, error) {
	return r.watchedShifts(ctx)
}

func (r *subscriptionResolver) MySignups(ctx context.Context) (<-chan *person.Person, error) {
	return r.watchedSelf(ctx)
}

func (r *subscriptionResolver) MyNotices(ctx context.Context) (<-chan *person.Person, error) {
	return r.watchedSelf(ctx)
}

func (r *Resolver) Subscription() generated.SubscriptionResolver { return &subscriptionResolver{r} }

type subscriptionResolver struct{ *Resolver }
