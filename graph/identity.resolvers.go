package graph

import (
	"context"
	"jastarhub/internal/identity"
	"jastarhub/internal/person"
)

func (r *mutationResolver) UnlinkIdentity(ctx context.Context, input identity.UnlinkIdentityInput) (*identity.UnlinkIdentityPayload, error) {
	return r.Resolver.Identities.Unlink(ctx, call(ctx), input)
}

func (r *personResolver) Identities(ctx context.Context, obj *person.Person) ([]*identity.Identity, error) {
	return take[[]*identity.Identity](ctx, obj)
}

func (r *queryResolver) PendingIdentity(ctx context.Context, token string) (*identity.PendingIdentity, error) {
	return r.Resolver.Identities.Pending(ctx, token, from(ctx).Now)
}
