package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/lang"
	"jastarhub/internal/rule"
	"jastarhub/internal/workday"
)

func (r *mutationResolver) SetSpecialDay(ctx context.Context, input workday.SetSpecialDayInput) (*workday.SpecialDayPayload, error) {
	return r.Resolver.Workdays.Set(ctx, call(ctx), input)
}

func (r *mutationResolver) RemoveSpecialDay(ctx context.Context, input workday.RemoveSpecialDayInput) (*workday.SpecialDayPayload, error) {
	return r.Resolver.Workdays.Remove(ctx, call(ctx), input)
}

func (r *queryResolver) SpecialDays(ctx context.Context, year int) ([]*workday.SpecialDay, error) {
	return rooted(r.Resolver.Workdays.Of(ctx, year))
}

func (r *specialDayResolver) Name(ctx context.Context, obj *workday.SpecialDay, lang *lang.Language) (string, error) {
	return named(ctx, obj.Text, lang), nil
}

func (r *specialDayResolver) AvailableActions(ctx context.Context, obj *workday.SpecialDay) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *Resolver) SpecialDay() generated.SpecialDayResolver { return &specialDayResolver{r} }

type specialDayResolver struct{ *Resolver }
