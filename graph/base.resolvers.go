package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/say"

	"github.com/google/uuid"
)

func (r *moveResolver) By(ctx context.Context, obj *history.Move) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *moveResolver) Words(ctx context.Context, obj *history.Move) (*string, error) {
	return say.Reason(from(ctx).Language, obj.Words), nil
}

func (r *queryResolver) Node(ctx context.Context, id uuid.UUID) (paging.Node, error) {
	return r.node(ctx, id)
}

func (r *queryResolver) Nodes(ctx context.Context, ids []uuid.UUID) ([]paging.Node, error) {
	return r.nodesByIDs(ctx, ids)
}

func (r *Resolver) Move() generated.MoveResolver { return &moveResolver{r} }

func (r *Resolver) Mutation() generated.MutationResolver { return &mutationResolver{r} }

func (r *Resolver) Query() generated.QueryResolver { return &queryResolver{r} }

type (
	moveResolver     struct{ *Resolver }
	mutationResolver struct{ *Resolver }
	queryResolver    struct{ *Resolver }
)
