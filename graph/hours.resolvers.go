package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/hours"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
)

func (r *centreResolver) WorkedHours(ctx context.Context, obj *centre.Centre, filter *hours.HoursFilter, first int, after *string) (*paging.Connection[hours.Hours], error) {
	return take[*paging.Connection[hours.Hours]](ctx, obj)
}

func (r *hoursResolver) Signup(ctx context.Context, obj *hours.Hours) (*signup.Signup, error) {
	return take[*signup.Signup](ctx, obj)
}

func (r *hoursResolver) Person(ctx context.Context, obj *hours.Hours) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *hoursResolver) Task(ctx context.Context, obj *hours.Hours) (*task.Task, error) {
	return take[*task.Task](ctx, obj)
}

func (r *hoursResolver) Team(ctx context.Context, obj *hours.Hours) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *hoursResolver) History(ctx context.Context, obj *hours.Hours, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *hoursResolver) AvailableActions(ctx context.Context, obj *hours.Hours) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) ApproveHours(ctx context.Context, input hours.ApproveHoursInput) (*hours.HoursPayload, error) {
	return r.WorkedHours.Approve(ctx, call(ctx), input)
}

func (r *mutationResolver) AdjustHours(ctx context.Context, input hours.AdjustHoursInput) (*hours.HoursPayload, error) {
	return r.WorkedHours.Adjust(ctx, call(ctx), input)
}

func (r *mutationResolver) RejectHours(ctx context.Context, input hours.RejectHoursInput) (*hours.HoursPayload, error) {
	return r.WorkedHours.Reject(ctx, call(ctx), input)
}

func (r *personResolver) Hours(ctx context.Context, obj *person.Person, filter *hours.HoursFilter, first int, after *string) (*paging.Connection[hours.Hours], error) {
	return take[*paging.Connection[hours.Hours]](ctx, obj)
}

func (r *signupResolver) Hours(ctx context.Context, obj *signup.Signup) (*hours.Hours, error) {
	return take[*hours.Hours](ctx, obj)
}

func (r *taskResolver) Hours(ctx context.Context, obj *task.Task, filter *hours.HoursFilter, first int, after *string) (*paging.Connection[hours.Hours], error) {
	return take[*paging.Connection[hours.Hours]](ctx, obj)
}

func (r *teamResolver) Hours(ctx context.Context, obj *team.Team, filter *hours.HoursFilter, first int, after *string) (*paging.Connection[hours.Hours], error) {
	return take[*paging.Connection[hours.Hours]](ctx, obj)
}

func (r *Resolver) Hours() generated.HoursResolver { return &hoursResolver{r} }

type hoursResolver struct{ *Resolver }
