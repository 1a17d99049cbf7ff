package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/account"
	"jastarhub/internal/centre"
	"jastarhub/internal/grant"
	"jastarhub/internal/lang"
	"jastarhub/internal/membership"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/proposal"
	"jastarhub/internal/signup"
	"time"
)

func (r *grantResolver) Centre(ctx context.Context, obj *grant.Grant) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *grantResolver) Ngo(ctx context.Context, obj *grant.Grant) (*ngo.Ngo, error) {
	return take[*ngo.Ngo](ctx, obj)
}

func (r *mutationResolver) Register(ctx context.Context, input account.RegisterInput) (*account.SessionPayload, error) {
	return begin(ctx, r.Accounts, input, r.Invitations.Register)
}

func (r *mutationResolver) SignIn(ctx context.Context, input account.SignInInput) (*account.SessionPayload, error) {
	return begin(ctx, r.Accounts, input, r.Accounts.SignIn)
}

func (r *mutationResolver) SignOut(ctx context.Context, input account.SignOutInput) (*account.SignOutPayload, error) {
	return r.signOut(ctx, input)
}

func (r *mutationResolver) UpdateProfile(ctx context.Context, input person.UpdateProfileInput) (*person.UpdateProfilePayload, error) {
	return r.People.UpdateProfile(ctx, call(ctx), input)
}

func (r *personResolver) DisplayName(ctx context.Context, obj *person.Person) (string, error) {
	return obj.DisplayName(from(ctx).Actor, from(ctx).Now), nil
}

func (r *personResolver) GivenName(ctx context.Context, obj *person.Person) (*string, error) {
	return obj.GivenName(from(ctx).Actor), nil
}

func (r *personResolver) FamilyName(ctx context.Context, obj *person.Person) (*string, error) {
	return obj.FamilyName(from(ctx).Actor), nil
}

func (r *personResolver) Email(ctx context.Context, obj *person.Person) (*string, error) {
	return obj.Email(from(ctx).Actor), nil
}

func (r *personResolver) BirthDate(ctx context.Context, obj *person.Person) (*time.Time, error) {
	return obj.BirthDate(from(ctx).Actor), nil
}

func (r *personResolver) Language(ctx context.Context, obj *person.Person) (*lang.Language, error) {
	return obj.Language(from(ctx).Actor), nil
}

func (r *personResolver) District(ctx context.Context, obj *person.Person) (*centre.District, error) {
	return take[*centre.District](ctx, obj)
}

func (r *personResolver) Grants(ctx context.Context, obj *person.Person) ([]*grant.Grant, error) {
	return take[[]*grant.Grant](ctx, obj)
}

func (r *personResolver) Signups(ctx context.Context, obj *person.Person, filter *signup.SignupFilter, first int, after *string) (*paging.Connection[signup.Signup], error) {
	return take[*paging.Connection[signup.Signup]](ctx, obj)
}

func (r *personResolver) Memberships(ctx context.Context, obj *person.Person, filter *membership.MembershipFilter, first int, after *string) (*paging.Connection[membership.Membership], error) {
	return take[*paging.Connection[membership.Membership]](ctx, obj)
}

func (r *personResolver) Proposals(ctx context.Context, obj *person.Person, first int, after *string) (*paging.Connection[proposal.Proposal], error) {
	return take[*paging.Connection[proposal.Proposal]](ctx, obj)
}

func (r *queryResolver) Viewer(ctx context.Context) (*person.Person, error) {
	return r.viewer(ctx)
}

func (r *Resolver) Grant() generated.GrantResolver { return &grantResolver{r} }

func (r *Resolver) Person() generated.PersonResolver { return &personResolver{r} }

type (
	grantResolver  struct{ *Resolver }
	personResolver struct{ *Resolver }
)
