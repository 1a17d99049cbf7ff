package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/centre"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
)

func (r *centreResolver) Results(ctx context.Context, obj *centre.Centre, year *int) ([]*task.ResultTotal, error) {
	return take[[]*task.ResultTotal](ctx, obj)
}

func (r *claimResolver) Results(ctx context.Context, obj *task.Claim) ([]*task.Result, error) {
	return take[[]*task.Result](ctx, obj)
}

func (r *districtResolver) Results(ctx context.Context, obj *centre.District, year *int) ([]*task.ResultTotal, error) {
	return take[[]*task.ResultTotal](ctx, obj)
}

func (r *queryResolver) Results(ctx context.Context, year *int) ([]*task.ResultTotal, error) {
	return rooted(r.Resolver.Tasks.Results(ctx, year))
}

func (r *taskResolver) Claim(ctx context.Context, obj *task.Task) (*task.Claim, error) {
	return take[*task.Claim](ctx, obj)
}

func (r *teamResolver) Results(ctx context.Context, obj *team.Team, year *int) ([]*task.ResultTotal, error) {
	return take[[]*task.ResultTotal](ctx, obj)
}

func (r *Resolver) Claim() generated.ClaimResolver { return &claimResolver{r} }

type claimResolver struct{ *Resolver }
