package graph

import (
	"context"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/ngo"
	"jastarhub/internal/page"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
)

func (r *centreResolver) Staff(ctx context.Context, obj *centre.Centre, first int, after *string) (*page.Connection[person.Grant], error) {
	return take[*page.Connection[person.Grant]](ctx, obj)
}

func (r *grantResolver) Person(ctx context.Context, obj *person.Grant) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *grantResolver) Waits(ctx context.Context, obj *person.Grant) (*bool, error) {
	return take[*bool](ctx, obj)
}

func (r *grantResolver) History(ctx context.Context, obj *person.Grant, first int, after *string) (*page.Connection[history.Move], error) {
	return take[*page.Connection[history.Move]](ctx, obj)
}

func (r *grantResolver) AvailableActions(ctx context.Context, obj *person.Grant) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) GiveRole(ctx context.Context, input person.GiveRoleInput) (*person.GrantPayload, error) {
	return r.Resolver.People.Give(ctx, call(ctx), input)
}

func (r *mutationResolver) EndRole(ctx context.Context, input person.EndRoleInput) (*person.GrantPayload, error) {
	return r.Resolver.People.End(ctx, call(ctx), input)
}

func (r *ngoResolver) Leads(ctx context.Context, obj *ngo.Ngo, first int, after *string) (*page.Connection[person.Grant], error) {
	return take[*page.Connection[person.Grant]](ctx, obj)
}

func (r *queryResolver) Grants(ctx context.Context, filter *person.GrantFilter, first int, after *string) (*page.Connection[person.Grant], error) {
	return r.Resolver.People.Grants(ctx, from(ctx).Actor, filter, first, after)
}
