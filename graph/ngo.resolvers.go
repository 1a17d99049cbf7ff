package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"

	"github.com/google/uuid"
)

func (r *mutationResolver) CreateNgo(ctx context.Context, input ngo.CreateNgoInput) (*ngo.NgoPayload, error) {
	return r.Resolver.Ngos.Create(ctx, call(ctx), input)
}

func (r *mutationResolver) UpdateNgo(ctx context.Context, input ngo.UpdateNgoInput) (*ngo.NgoPayload, error) {
	return r.Resolver.Ngos.Update(ctx, call(ctx), input)
}

func (r *mutationResolver) SetNgoState(ctx context.Context, input ngo.SetNgoStateInput) (*ngo.NgoPayload, error) {
	return r.Resolver.Ngos.SetState(ctx, call(ctx), input)
}

func (r *ngoResolver) Name(ctx context.Context, obj *ngo.Ngo, lang *lang.Language) (string, error) {
	return named(ctx, obj.Text, lang), nil
}

func (r *ngoResolver) Teams(ctx context.Context, obj *ngo.Ngo, first int, after *string) (*paging.Connection[team.Team], error) {
	return take[*paging.Connection[team.Team]](ctx, obj)
}

func (r *ngoResolver) History(ctx context.Context, obj *ngo.Ngo, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *ngoResolver) AvailableActions(ctx context.Context, obj *ngo.Ngo) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *queryResolver) Ngos(ctx context.Context, filter *ngo.NgoFilter, first int, after *string) (*paging.Connection[ngo.Ngo], error) {
	return r.Resolver.Ngos.List(ctx, filter, first, after)
}

func (r *queryResolver) Ngo(ctx context.Context, id uuid.UUID) (*ngo.Ngo, error) {
	return r.Resolver.Ngos.Get(ctx, from(ctx).Actor, id)
}

func (r *Resolver) Ngo() generated.NgoResolver { return &ngoResolver{r} }

type ngoResolver struct{ *Resolver }
