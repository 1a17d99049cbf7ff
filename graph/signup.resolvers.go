package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/say"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
)

func (r *mutationResolver) SignUp(ctx context.Context, input signup.SignUpInput) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.SignUp(ctx, call(ctx), input)
}

func (r *mutationResolver) AcceptOffer(ctx context.Context, input signup.ByID) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.Accept(ctx, call(ctx), input)
}

func (r *mutationResolver) DeclineOffer(ctx context.Context, input signup.ByID) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.Decline(ctx, call(ctx), input)
}

func (r *mutationResolver) CancelSignup(ctx context.Context, input signup.CancelSignupInput) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.Cancel(ctx, call(ctx), input)
}

func (r *mutationResolver) CheckIn(ctx context.Context, input signup.ByID) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.CheckIn(ctx, call(ctx), input)
}

func (r *mutationResolver) CheckOut(ctx context.Context, input signup.ByID) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.CheckOut(ctx, call(ctx), input)
}

func (r *mutationResolver) MarkNoShow(ctx context.Context, input signup.ByID) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.MarkNoShow(ctx, call(ctx), input)
}

func (r *mutationResolver) CorrectAttendance(ctx context.Context, input signup.CorrectAttendanceInput) (*signup.SignupPayload, error) {
	return r.Resolver.Signups.Correct(ctx, call(ctx), input)
}

func (r *signupResolver) Shift(ctx context.Context, obj *signup.Signup) (*shift.Shift, error) {
	return take[*shift.Shift](ctx, obj)
}

func (r *signupResolver) Person(ctx context.Context, obj *signup.Signup) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *signupResolver) Position(ctx context.Context, obj *signup.Signup) (*int, error) {
	return take[*int](ctx, obj)
}

func (r *signupResolver) EndReason(ctx context.Context, obj *signup.Signup) (*string, error) {
	return say.Reason(from(ctx).Language, obj.EndReason), nil
}

func (r *signupResolver) History(ctx context.Context, obj *signup.Signup, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *signupResolver) AvailableActions(ctx context.Context, obj *signup.Signup) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *Resolver) Signup() generated.SignupResolver { return &signupResolver{r} }

type signupResolver struct{ *Resolver }
