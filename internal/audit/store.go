package audit

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const insert = `with entry as (
		insert into audit_entries (id, at, person_id, roles, action, subjects, fields, request_id, outcome)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id, at, subjects)
	insert into audit_subjects (subject_id, at, entry_id) select distinct unnest(subjects), at, id from entry`

// Write records an entry in the transaction of the action it is about.
func Write(ctx context.Context, tx *sqlx.Tx, e *AuditEntry) error {
	_, err := tx.ExecContext(ctx, insert, e.ID, e.At, e.PersonID, e.Held, e.Action, postgres.IDs(e.About), e.Set, e.RequestID, e.Code)
	return err
}

const columns = `e.id, e.at, e.person_id, e.roles, e.action, e.subjects, e.fields, e.request_id, e.outcome`

// from selects entries: those about a subject through the subject's own index.
func (f *AuditFilter) from(what string) *postgres.Query {
	if f.SubjectID == nil {
		return postgres.Select(`select ` + what + ` from audit_entries e`)
	}
	return postgres.Select(`select `+what+` from audit_subjects s join audit_entries e on e.at = s.at and e.id = s.entry_id`).
		Where(`s.subject_id = ?`, *f.SubjectID)
}

// place returns the columns of the order, in the table whose index is used.
func (f *AuditFilter) place() string {
	if f.SubjectID == nil {
		return `(e.at, e.id)`
	}
	return `(s.at, s.entry_id)`
}

// Secret are the actions, as an SQL list, that are hidden from whoever is reported by them.
const Secret = `('reportContent', 'answerReport')`

// ofOthers leaves out reports about the reader, about what the reader wrote, and about teams and NGOs that the reader belongs to.
const ofOthers = `not (e.action in ` + Secret + ` and (? = any(e.subjects) or exists (select from reports r
	where r.id = any(e.subjects) and (r.person_id = ? or r.team_id = any(?) or r.ngo_id = any(?)))))`

func (f *AuditFilter) where(q *postgres.Query, reader *auth.Actor) *postgres.Query {
	q.Where(ofOthers, reader.PersonID, reader.PersonID, postgres.IDs(reader.Teams), postgres.IDs(reader.Ngos))
	if f.PersonID != nil {
		q.Where(`e.person_id = ?`, *f.PersonID)
	}
	if f.Action != nil {
		q.Where(`e.action = ?`, *f.Action)
	}
	if f.From != nil {
		q.Where(`e.at >= ?`, *f.From)
	}
	if f.To != nil {
		q.Where(`e.at < ?`, *f.To)
	}
	return q.Anew() // which index is right depends on the filter
}

func list(ctx context.Context, q sqlx.QueryerContext, reader *auth.Actor, f *AuditFilter, args paging.Args) ([]*AuditEntry, error) {
	query := f.where(f.from(columns), reader)
	if args.After != nil {
		query.Where(f.place()+` < (?::timestamptz, ?::uuid)`, args.After.Key, args.After.ID)
	}
	order := `order by e.at desc, e.id desc limit ?`
	if f.SubjectID != nil {
		order = `order by s.at desc, s.entry_id desc limit ?`
	}
	return postgres.Read[AuditEntry](ctx, q, query.Add(order, args.Limit()))
}

func count(ctx context.Context, q sqlx.QueryerContext, reader *auth.Actor, f *AuditFilter) (int, error) {
	return postgres.Count(ctx, q, f.where(f.from(`count(*)`), reader))
}

func cursor(e *AuditEntry) paging.Cursor {
	return paging.Cursor{Key: e.At.Format(time.RFC3339Nano), ID: e.ID}
}
