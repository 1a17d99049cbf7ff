package graph

import (
	"context"
	"jastarhub/internal/account"
	"jastarhub/internal/factor"
	"jastarhub/internal/person"
)

func (r *mutationResolver) StartSecondFactor(ctx context.Context, input account.StartSecondFactorInput) (*account.StartSecondFactorPayload, error) {
	return visit(ctx, input, r.Accounts.StartSecondFactor)
}

func (r *mutationResolver) ConfirmSecondFactor(ctx context.Context, input account.ConfirmSecondFactorInput) (*account.ConfirmSecondFactorPayload, error) {
	return r.confirm(ctx, input)
}

func (r *mutationResolver) EndSecondFactor(ctx context.Context, input account.EndSecondFactorInput) (*account.EndSecondFactorPayload, error) {
	return visit(ctx, input, r.Accounts.EndSecondFactor)
}

func (r *mutationResolver) RenewRecoveryCodes(ctx context.Context, input account.RenewRecoveryCodesInput) (*account.RenewRecoveryCodesPayload, error) {
	return visit(ctx, input, r.Accounts.RenewRecoveryCodes)
}

func (r *mutationResolver) ResetSecondFactor(ctx context.Context, input account.ResetSecondFactorInput) (*account.ResetSecondFactorPayload, error) {
	return r.Accounts.ResetSecondFactor(ctx, call(ctx), input)
}

func (r *personResolver) SecondFactor(ctx context.Context, obj *person.Person) (*factor.SecondFactor, error) {
	return take[*factor.SecondFactor](ctx, obj)
}
