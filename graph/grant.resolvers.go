package graph

import (
	"context"
	"jastarhub/internal/centre"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *centreResolver) Staff(ctx context.Context, obj *centre.Centre, first int, after *string) (*paging.Connection[grant.Grant], error) {
	return take[*paging.Connection[grant.Grant]](ctx, obj)
}

func (r *grantResolver) Person(ctx context.Context, obj *grant.Grant) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *grantResolver) Waits(ctx context.Context, obj *grant.Grant) (*bool, error) {
	return take[*bool](ctx, obj)
}

func (r *grantResolver) History(ctx context.Context, obj *grant.Grant, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *grantResolver) AvailableActions(ctx context.Context, obj *grant.Grant) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) GiveRole(ctx context.Context, input grant.GiveRoleInput) (*grant.GrantPayload, error) {
	return r.Resolver.Grants.Give(ctx, call(ctx), input)
}

func (r *mutationResolver) EndRole(ctx context.Context, input grant.EndRoleInput) (*grant.GrantPayload, error) {
	return r.Resolver.Grants.End(ctx, call(ctx), input)
}

func (r *ngoResolver) Leads(ctx context.Context, obj *ngo.Ngo, first int, after *string) (*paging.Connection[grant.Grant], error) {
	return take[*paging.Connection[grant.Grant]](ctx, obj)
}

func (r *queryResolver) Grants(ctx context.Context, filter *grant.GrantFilter, first int, after *string) (*paging.Connection[grant.Grant], error) {
	return r.Resolver.Grants.List(ctx, from(ctx).Actor, filter, first, after)
}
