package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/history"
	"jastarhub/internal/membership"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"
)

func (r *membershipResolver) Team(ctx context.Context, obj *membership.Membership) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *membershipResolver) Person(ctx context.Context, obj *membership.Membership) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *membershipResolver) History(ctx context.Context, obj *membership.Membership, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *membershipResolver) AvailableActions(ctx context.Context, obj *membership.Membership) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) RequestMembership(ctx context.Context, input membership.RequestMembershipInput) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.Request(ctx, call(ctx), input)
}

func (r *mutationResolver) InviteMember(ctx context.Context, input membership.InviteMemberInput) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.Invite(ctx, call(ctx), input)
}

func (r *mutationResolver) AnswerMembership(ctx context.Context, input membership.AnswerMembershipInput) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.Answer(ctx, call(ctx), input)
}

func (r *mutationResolver) WithdrawMembership(ctx context.Context, input membership.ByID) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.Withdraw(ctx, call(ctx), input)
}

func (r *mutationResolver) LeaveTeam(ctx context.Context, input membership.ByID) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.Leave(ctx, call(ctx), input)
}

func (r *mutationResolver) RemoveMember(ctx context.Context, input membership.RemoveMemberInput) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.Remove(ctx, call(ctx), input)
}

func (r *mutationResolver) SetMemberRole(ctx context.Context, input membership.SetMemberRoleInput) (*membership.MembershipPayload, error) {
	return r.Resolver.Memberships.SetRole(ctx, call(ctx), input)
}

func (r *Resolver) Membership() generated.MembershipResolver { return &membershipResolver{r} }

type membershipResolver struct{ *Resolver }
