package graph

import (
	"context"
	"jastarhub/internal/person"
)

func (r *mutationResolver) UnlinkIdentity(ctx context.Context, input person.UnlinkIdentityInput) (*person.UnlinkIdentityPayload, error) {
	return r.People.Unlink(ctx, call(ctx), input)
}

func (r *personResolver) Identities(ctx context.Context, obj *person.Person) ([]*person.Identity, error) {
	return take[[]*person.Identity](ctx, obj)
}

func (r *queryResolver) PendingIdentity(ctx context.Context, token string) (*person.PendingIdentity, error) {
	return r.People.Pending(ctx, token, from(ctx).Now)
}
