package graph

import (
	"context"
	"jastarhub/internal/factor"
	"jastarhub/internal/person"
)

func (r *mutationResolver) StartSecondFactor(ctx context.Context, input person.StartSecondFactorInput) (*person.StartSecondFactorPayload, error) {
	return visit(ctx, input, r.People.StartSecondFactor)
}

func (r *mutationResolver) ConfirmSecondFactor(ctx context.Context, input person.ConfirmSecondFactorInput) (*person.ConfirmSecondFactorPayload, error) {
	return r.confirm(ctx, input)
}

func (r *mutationResolver) EndSecondFactor(ctx context.Context, input person.EndSecondFactorInput) (*person.EndSecondFactorPayload, error) {
	return visit(ctx, input, r.People.EndSecondFactor)
}

func (r *mutationResolver) RenewRecoveryCodes(ctx context.Context, input person.RenewRecoveryCodesInput) (*person.RenewRecoveryCodesPayload, error) {
	return visit(ctx, input, r.People.RenewRecoveryCodes)
}

func (r *mutationResolver) ResetSecondFactor(ctx context.Context, input person.ResetSecondFactorInput) (*person.ResetSecondFactorPayload, error) {
	return r.People.ResetSecondFactor(ctx, call(ctx), input)
}

func (r *personResolver) SecondFactor(ctx context.Context, obj *person.Person) (*factor.SecondFactor, error) {
	return take[*factor.SecondFactor](ctx, obj)
}
