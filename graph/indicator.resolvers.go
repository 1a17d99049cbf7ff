package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/indicator"
	"jastarhub/internal/lang"
)

func (r *indicatorResolver) Definition(ctx context.Context, obj *indicator.Indicator, lang *lang.Language) (string, error) {
	return named(ctx, obj.Text, lang), nil
}

func (r *queryResolver) Indicators(ctx context.Context, year int) ([]*indicator.Indicator, error) {
	return rooted(r.Resolver.Indicators.Of(ctx, year, from(ctx).Now))
}

func (r *Resolver) Indicator() generated.IndicatorResolver { return &indicatorResolver{r} }

type indicatorResolver struct{ *Resolver }
