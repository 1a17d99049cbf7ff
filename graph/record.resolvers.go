package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/hours"
	"jastarhub/internal/team"
	"time"
)

func (r *queryResolver) MyRecord(ctx context.Context, from *time.Time, to *time.Time) (*hours.Record, error) {
	return r.record(ctx, from, to)
}

func (r *teamRecordResolver) Team(ctx context.Context, obj *hours.TeamRecord) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *Resolver) TeamRecord() generated.TeamRecordResolver { return &teamRecordResolver{r} }

type teamRecordResolver struct{ *Resolver }
