package graph

import (
	"context"
	"jastarhub/internal/privacy"
)

func (r *mutationResolver) RequestData(ctx context.Context, input privacy.RequestDataInput) (*privacy.RequestDataPayload, error) {
	return visit(ctx, input, r.Privacy.RequestData)
}

func (r *mutationResolver) EraseAccount(ctx context.Context, input privacy.EraseAccountInput) (*privacy.EraseAccountPayload, error) {
	return r.eraseAccount(ctx, input)
}

func (r *mutationResolver) ErasePerson(ctx context.Context, input privacy.ErasePersonInput) (*privacy.ErasePersonPayload, error) {
	return r.Privacy.ErasePerson(ctx, call(ctx), input)
}
