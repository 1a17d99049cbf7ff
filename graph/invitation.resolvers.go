package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/account"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/invitation"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/team"
)

func (r *centreResolver) Invitations(ctx context.Context, obj *centre.Centre, first int, after *string) (*paging.Connection[invitation.Invitation], error) {
	return take[*paging.Connection[invitation.Invitation]](ctx, obj)
}

func (r *invitationResolver) Centre(ctx context.Context, obj *invitation.Invitation) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *invitationResolver) Ngo(ctx context.Context, obj *invitation.Invitation) (*ngo.Ngo, error) {
	return take[*ngo.Ngo](ctx, obj)
}

func (r *invitationResolver) Team(ctx context.Context, obj *invitation.Invitation) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *invitationResolver) By(ctx context.Context, obj *invitation.Invitation) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *invitationResolver) History(ctx context.Context, obj *invitation.Invitation, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *invitationResolver) AvailableActions(ctx context.Context, obj *invitation.Invitation) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *invitationOfferResolver) Centre(ctx context.Context, obj *invitation.InvitationOffer) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *invitationOfferResolver) Ngo(ctx context.Context, obj *invitation.InvitationOffer) (*ngo.Ngo, error) {
	return take[*ngo.Ngo](ctx, obj)
}

func (r *invitationOfferResolver) Team(ctx context.Context, obj *invitation.InvitationOffer) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *mutationResolver) InviteByEmail(ctx context.Context, input invitation.InviteByEmailInput) (*invitation.InvitationPayload, error) {
	return r.Resolver.Invitations.Invite(ctx, call(ctx), input)
}

func (r *mutationResolver) WithdrawInvitation(ctx context.Context, input invitation.WithdrawInvitationInput) (*invitation.InvitationPayload, error) {
	return r.Resolver.Invitations.Withdraw(ctx, call(ctx), input)
}

func (r *mutationResolver) AcceptInvitation(ctx context.Context, input invitation.AcceptInvitationInput) (*account.SessionPayload, error) {
	return begin(ctx, r.Accounts, input, r.Resolver.Invitations.Accept)
}

func (r *ngoResolver) Invitations(ctx context.Context, obj *ngo.Ngo, first int, after *string) (*paging.Connection[invitation.Invitation], error) {
	return take[*paging.Connection[invitation.Invitation]](ctx, obj)
}

func (r *queryResolver) Invitation(ctx context.Context, token string) (*invitation.InvitationOffer, error) {
	return r.Resolver.Invitations.Offer(ctx, token, from(ctx).Now)
}

func (r *queryResolver) Invitations(ctx context.Context, first int, after *string) (*paging.Connection[invitation.Invitation], error) {
	return r.Resolver.Invitations.List(ctx, from(ctx).Actor, first, after)
}

func (r *teamResolver) Invitations(ctx context.Context, obj *team.Team, first int, after *string) (*paging.Connection[invitation.Invitation], error) {
	return take[*paging.Connection[invitation.Invitation]](ctx, obj)
}

func (r *Resolver) Invitation() generated.InvitationResolver { return &invitationResolver{r} }

func (r *Resolver) InvitationOffer() generated.InvitationOfferResolver {
	return &invitationOfferResolver{r}
}

type (
	invitationResolver      struct{ *Resolver }
	invitationOfferResolver struct{ *Resolver }
)
