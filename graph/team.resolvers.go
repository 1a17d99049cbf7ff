package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/lang"
	"jastarhub/internal/membership"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/rule"
	"jastarhub/internal/task"
	"jastarhub/internal/team"

	"github.com/google/uuid"
)

func (r *hostingResolver) Team(ctx context.Context, obj *team.Hosting) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *hostingResolver) Centre(ctx context.Context, obj *team.Hosting) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *hostingResolver) History(ctx context.Context, obj *team.Hosting, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *hostingResolver) AvailableActions(ctx context.Context, obj *team.Hosting) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) CreateTeam(ctx context.Context, input team.CreateTeamInput) (*team.TeamPayload, error) {
	return r.Resolver.Teams.Create(ctx, call(ctx), input)
}

func (r *mutationResolver) MoveTeam(ctx context.Context, input team.MoveTeamInput) (*team.HostingPayload, error) {
	return r.Resolver.Teams.Move(ctx, call(ctx), input)
}

func (r *mutationResolver) AnswerMove(ctx context.Context, input team.AnswerMoveInput) (*team.HostingPayload, error) {
	return r.Resolver.Teams.Answer(ctx, call(ctx), input)
}

func (r *queryResolver) Teams(ctx context.Context, filter *team.TeamFilter, first int, after *string) (*paging.Connection[team.Team], error) {
	return r.Resolver.Teams.List(ctx, filter, first, after)
}

func (r *queryResolver) Team(ctx context.Context, id uuid.UUID) (*team.Team, error) {
	return r.Resolver.Teams.Get(ctx, from(ctx).Actor, id)
}

func (r *teamResolver) Name(ctx context.Context, obj *team.Team, lang *lang.Language) (string, error) {
	return named(ctx, obj.Text, lang), nil
}

func (r *teamResolver) Ngo(ctx context.Context, obj *team.Team) (*ngo.Ngo, error) {
	return take[*ngo.Ngo](ctx, obj)
}

func (r *teamResolver) Centre(ctx context.Context, obj *team.Team) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *teamResolver) Hostings(ctx context.Context, obj *team.Team, first int, after *string) (*paging.Connection[team.Hosting], error) {
	return take[*paging.Connection[team.Hosting]](ctx, obj)
}

func (r *teamResolver) TaskCounts(ctx context.Context, obj *team.Team) ([]*task.TaskCount, error) {
	return take[[]*task.TaskCount](ctx, obj)
}

func (r *teamResolver) Memberships(ctx context.Context, obj *team.Team, filter *membership.MembershipFilter, first int, after *string) (*paging.Connection[membership.Membership], error) {
	return take[*paging.Connection[membership.Membership]](ctx, obj)
}

func (r *teamResolver) FreeSeats(ctx context.Context, obj *team.Team) (int, error) {
	return take[int](ctx, obj)
}

func (r *teamResolver) Unmarked(ctx context.Context, obj *team.Team) (*int, error) {
	return take[*int](ctx, obj)
}

func (r *teamResolver) Tasks(ctx context.Context, obj *team.Team, first int, after *string) (*paging.Connection[task.Task], error) {
	return take[*paging.Connection[task.Task]](ctx, obj)
}

func (r *teamResolver) MyMembership(ctx context.Context, obj *team.Team) (*membership.Membership, error) {
	return take[*membership.Membership](ctx, obj)
}

func (r *teamResolver) AvailableActions(ctx context.Context, obj *team.Team) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *Resolver) Hosting() generated.HostingResolver { return &hostingResolver{r} }

func (r *Resolver) Team() generated.TeamResolver { return &teamResolver{r} }

type (
	hostingResolver struct{ *Resolver }
	teamResolver    struct{ *Resolver }
)
