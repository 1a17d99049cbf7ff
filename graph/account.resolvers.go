package graph

import (
	"context"
	"jastarhub/internal/account"
	"jastarhub/internal/person"
)

func (r *mutationResolver) VerifyEmail(ctx context.Context, input account.VerifyEmailInput) (*account.VerifyEmailPayload, error) {
	return visit(ctx, input, r.Accounts.VerifyEmail)
}

func (r *mutationResolver) ChangeEmail(ctx context.Context, input account.ChangeEmailInput) (*account.ChangeEmailPayload, error) {
	return visit(ctx, input, r.Accounts.ChangeEmail)
}

func (r *mutationResolver) RequestPasswordReset(ctx context.Context, input account.RequestPasswordResetInput) (*account.RequestPasswordResetPayload, error) {
	return visit(ctx, input, r.Accounts.RequestPasswordReset)
}

func (r *mutationResolver) ResetPassword(ctx context.Context, input account.ResetPasswordInput) (*account.ResetPasswordPayload, error) {
	return visit(ctx, input, r.Accounts.ResetPassword)
}

func (r *mutationResolver) ChangePassword(ctx context.Context, input account.ChangePasswordInput) (*account.ChangePasswordPayload, error) {
	return visit(ctx, input, r.Accounts.ChangePassword)
}

func (r *mutationResolver) EndSession(ctx context.Context, input account.EndSessionInput) (*account.EndSessionPayload, error) {
	return r.Accounts.EndSession(ctx, call(ctx), input)
}

func (r *personResolver) EmailVerified(ctx context.Context, obj *person.Person) (*bool, error) {
	return obj.EmailVerified(from(ctx).Actor), nil
}

func (r *personResolver) Sessions(ctx context.Context, obj *person.Person) ([]*account.Session, error) {
	return take[[]*account.Session](ctx, obj)
}
