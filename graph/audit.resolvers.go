package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/audit"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
)

func (r *auditEntryResolver) Person(ctx context.Context, obj *audit.AuditEntry) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *queryResolver) AuditEntries(ctx context.Context, filter *audit.AuditFilter, first int, after *string) (*paging.Connection[audit.AuditEntry], error) {
	return r.Resolver.Audit.List(ctx, from(ctx).Actor, call(ctx).Entry(), filter, first, after)
}

func (r *Resolver) AuditEntry() generated.AuditEntryResolver { return &auditEntryResolver{r} }

type auditEntryResolver struct{ *Resolver }
