package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
	"jastarhub/internal/say"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"

	"github.com/google/uuid"
)

func (r *mutationResolver) AddShift(ctx context.Context, input shift.AddShiftInput) (*shift.ShiftPayload, error) {
	return r.Resolver.Tasks.AddShift(ctx, call(ctx), input)
}

func (r *mutationResolver) UpdateShift(ctx context.Context, input shift.UpdateShiftInput) (*shift.ShiftPayload, error) {
	return r.Resolver.Shifts.Update(ctx, call(ctx), input)
}

func (r *mutationResolver) CancelShift(ctx context.Context, input shift.CancelShiftInput) (*shift.ShiftPayload, error) {
	return r.Resolver.Shifts.Cancel(ctx, call(ctx), input)
}

func (r *queryResolver) Shift(ctx context.Context, id uuid.UUID) (*shift.Shift, error) {
	return r.Shifts.Get(ctx, from(ctx).Actor, id)
}

func (r *shiftResolver) CancelReason(ctx context.Context, obj *shift.Shift) (*string, error) {
	return say.Reason(from(ctx).Language, obj.CancelReason), nil
}

func (r *shiftResolver) Task(ctx context.Context, obj *shift.Shift) (*task.Task, error) {
	return take[*task.Task](ctx, obj)
}

func (r *shiftResolver) Signups(ctx context.Context, obj *shift.Shift, filter *signup.SignupFilter, first int, after *string) (*paging.Connection[signup.Signup], error) {
	return take[*paging.Connection[signup.Signup]](ctx, obj)
}

func (r *shiftResolver) MySignup(ctx context.Context, obj *shift.Shift) (*signup.Signup, error) {
	return take[*signup.Signup](ctx, obj)
}

func (r *shiftResolver) History(ctx context.Context, obj *shift.Shift, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *shiftResolver) AvailableActions(ctx context.Context, obj *shift.Shift) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *Resolver) Shift() generated.ShiftResolver { return &shiftResolver{r} }

type shiftResolver struct{ *Resolver }
