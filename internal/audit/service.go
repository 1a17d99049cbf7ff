package audit

import (
	"context"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
)

// Service is what officers do with the audit log.
type Service struct{ DB *postgres.DB }

// Read records, in its own transaction, that somebody read protected data or was refused it. Callers call it before they hand out
// the data, and hand out nothing if it fails.
func Read(ctx context.Context, db *postgres.DB, e *AuditEntry) error {
	return db.Tx(ctx, func(tx *sqlx.Tx) error { return Write(ctx, tx, e) })
}

// List reads a page of the audit log, newest first, without reports about the reader. Reading the log is recorded too; reading
// holds what the request asked for. Codes: UNAUTHENTICATED, NOT_OFFICER, INVALID.
func (s *Service) List(ctx context.Context, a *auth.Actor, reading *AuditEntry, f *AuditFilter, first int, after *string) (*AuditEntryConnection, error) {
	if f == nil {
		f = &AuditFilter{}
	}
	if a == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	refused := rule.OnlyFor(a, (*auth.Actor).IsOfficer, fault.NotOfficer)
	if refused != "" {
		if err := Read(ctx, s.DB, reading.Refused(refused)); err != nil {
			return nil, err
		}
		return nil, fault.New(refused)
	}
	args, err := paging.Parse(first, after, Order)
	if err != nil {
		return nil, err
	}
	if err := f.validate(); err != nil {
		return nil, err
	}
	rows, err := list(ctx, s.DB, a, f, args)
	if err != nil {
		return nil, err
	}
	if err := Read(ctx, s.DB, reading); err != nil {
		return nil, err
	}
	return paging.Of(rows, args, cursor, func(ctx context.Context) (int, error) { return count(ctx, s.DB, a, f) }), nil
}
