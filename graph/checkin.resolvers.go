package graph

import (
	"context"
	"jastarhub/internal/signup"

	"github.com/google/uuid"
)

func (r *mutationResolver) CheckInWithCode(ctx context.Context, input signup.CheckInWithCodeInput) (*signup.SignupPayload, error) {
	return r.Signups.CheckInWithCode(ctx, call(ctx), from(ctx).Address, input)
}

func (r *mutationResolver) CheckInMany(ctx context.Context, input signup.CheckInManyInput) (*signup.CheckInManyPayload, error) {
	return r.Signups.CheckInMany(ctx, call(ctx), input)
}

func (r *queryResolver) CheckInCode(ctx context.Context, shiftID uuid.UUID) (*signup.CheckInCode, error) {
	return r.Signups.CheckInCode(ctx, from(ctx).Actor, shiftID, from(ctx).Now)
}
