package graph

import (
	"context"
	"jastarhub/internal/paging"
	"jastarhub/internal/search"
)

func (r *queryResolver) Search(ctx context.Context, text string, filter *search.SearchFilter, first int) ([]paging.Node, error) {
	return rooted(r.found(ctx, text, filter, first))
}
