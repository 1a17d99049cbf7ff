package graph

import (
	"context"
	"jastarhub/internal/paging"
	"jastarhub/internal/search"

	"github.com/google/uuid"
)

func (r *queryResolver) Search(ctx context.Context, text string, types []search.SearchType, district *uuid.UUID, first int) ([]paging.Node, error) {
	return r.found(ctx, text, types, district, first)
}
