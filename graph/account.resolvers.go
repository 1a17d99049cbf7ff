package graph

import (
	"context"
	"jastarhub/internal/person"
)

func (r *mutationResolver) VerifyEmail(ctx context.Context, input person.VerifyEmailInput) (*person.VerifyEmailPayload, error) {
	return visit(ctx, input, r.People.VerifyEmail)
}

func (r *mutationResolver) ChangeEmail(ctx context.Context, input person.ChangeEmailInput) (*person.ChangeEmailPayload, error) {
	return visit(ctx, input, r.People.ChangeEmail)
}

func (r *mutationResolver) RequestPasswordReset(ctx context.Context, input person.RequestPasswordResetInput) (*person.RequestPasswordResetPayload, error) {
	return visit(ctx, input, r.People.RequestPasswordReset)
}

func (r *mutationResolver) ResetPassword(ctx context.Context, input person.ResetPasswordInput) (*person.ResetPasswordPayload, error) {
	return visit(ctx, input, r.People.ResetPassword)
}

func (r *mutationResolver) ChangePassword(ctx context.Context, input person.ChangePasswordInput) (*person.ChangePasswordPayload, error) {
	return visit(ctx, input, r.People.ChangePassword)
}

func (r *mutationResolver) EndSession(ctx context.Context, input person.EndSessionInput) (*person.EndSessionPayload, error) {
	return r.People.EndSession(ctx, call(ctx), input)
}

func (r *personResolver) EmailVerified(ctx context.Context, obj *person.Person) (*bool, error) {
	return obj.EmailVerified(from(ctx).Actor), nil
}

func (r *personResolver) Sessions(ctx context.Context, obj *person.Person) ([]*person.Session, error) {
	return take[[]*person.Session](ctx, obj)
}
