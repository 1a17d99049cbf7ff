package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
	"jastarhub/internal/task"
	"jastarhub/internal/team"

	"github.com/google/uuid"
)

func (r *centreResolver) Name(ctx context.Context, obj *centre.Centre, lang *lang.Language) (string, error) {
	return named(ctx, obj.Text, lang), nil
}

func (r *centreResolver) District(ctx context.Context, obj *centre.Centre) (*centre.District, error) {
	return take[*centre.District](ctx, obj)
}

func (r *centreResolver) TeamCount(ctx context.Context, obj *centre.Centre) (int, error) {
	return take[int](ctx, obj)
}

func (r *centreResolver) TaskCounts(ctx context.Context, obj *centre.Centre) ([]*task.TaskCount, error) {
	return take[[]*task.TaskCount](ctx, obj)
}

func (r *centreResolver) Teams(ctx context.Context, obj *centre.Centre, first int, after *string) (*paging.Connection[team.Team], error) {
	return take[*paging.Connection[team.Team]](ctx, obj)
}

func (r *centreResolver) MoveRequests(ctx context.Context, obj *centre.Centre, first int, after *string) (*paging.Connection[team.Hosting], error) {
	return take[*paging.Connection[team.Hosting]](ctx, obj)
}

func (r *centreResolver) History(ctx context.Context, obj *centre.Centre, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *centreResolver) AvailableActions(ctx context.Context, obj *centre.Centre) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *districtResolver) Name(ctx context.Context, obj *centre.District, lang *lang.Language) (string, error) {
	return named(ctx, obj.Text, lang), nil
}

func (r *districtResolver) Centres(ctx context.Context, obj *centre.District, first int, after *string) (*paging.Connection[centre.Centre], error) {
	return take[*paging.Connection[centre.Centre]](ctx, obj)
}

func (r *mutationResolver) SetCentreState(ctx context.Context, input centre.SetCentreStateInput) (*centre.CentrePayload, error) {
	return r.Resolver.Centres.SetState(ctx, call(ctx), input)
}

func (r *queryResolver) Districts(ctx context.Context) ([]*centre.District, error) {
	return r.Resolver.Centres.Districts(ctx)
}

func (r *queryResolver) Centres(ctx context.Context, filter *centre.CentreFilter, first int, after *string) (*paging.Connection[centre.Centre], error) {
	return r.Resolver.Centres.List(ctx, filter, first, after)
}

func (r *queryResolver) Centre(ctx context.Context, id uuid.UUID) (*centre.Centre, error) {
	return r.Resolver.Centres.Get(ctx, id)
}

func (r *Resolver) Centre() generated.CentreResolver { return &centreResolver{r} }

func (r *Resolver) District() generated.DistrictResolver { return &districtResolver{r} }

type (
	centreResolver   struct{ *Resolver }
	districtResolver struct{ *Resolver }
)
