package moderation

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const reportColumns = `id, ` + subjectColumns + `, reporter_id, reason, words, state, decision_id, created_at, decided_at`

const selectReports = `select ` + reportColumns + ` from reports`

func reportID(r *Report) uuid.UUID     { return r.ID }
func reportCentre(r *Report) uuid.UUID { return r.CentreID.UUID }

func reportsByIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Report, error) {
	return postgres.Read[Report](ctx, q, postgres.Select(selectReports).Where(`id = any(?)`, postgres.IDs(ids)))
}

func lockReport(ctx context.Context, tx *sqlx.Tx, a *auth.Actor, id uuid.UUID) (*Report, error) {
	rows, err := postgres.Read[Report](ctx, tx, postgres.Select(selectReports).Where(`id = ?`, id).Add(`for no key update`))
	if err == nil && (len(rows) == 0 || !rows[0].Visible(a)) {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// inStates keeps the rows in the states. A single state is compared with "=", so that an index that begins with the state yields
// the order.
func inStates[S ~string](q *postgres.Query, states []S, enum string) *postgres.Query {
	if len(states) == 1 {
		return q.Where(`state = ?::`+enum, states[0])
	}
	return q.Where(`state = any(?::`+enum+`[])`, postgres.Strings(states))
}

func reports(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, states []ReportState, args paging.Args) ([]*Report, error) {
	query := inStates(postgres.Select(selectReports), states, `report_state`)
	addOthers(query, a)
	if args.After != nil {
		query.Where(`id > ?`, args.After.ID)
	}
	return postgres.Read[Report](ctx, q, query.Add(`order by id limit ?`, args.Limit()))
}

func countReports(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, states []ReportState) (int, error) {
	query := inStates(postgres.Select(`select count(*) from reports`), states, `report_state`)
	addOthers(query, a)
	return postgres.Count(ctx, q, query)
}

func reportsOfCentres(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, centres []uuid.UUID, states []ReportState,
	args paging.Args) ([]*Report, error) {
	query := postgres.Select(`select r.* from unnest(?::uuid[]) c(id) cross join lateral (`+selectReports, postgres.IDs(centres)).
		Where(`centre_id = c.id`)
	addOthers(inStates(query, states, `report_state`), a)
	if args.After != nil {
		query.Where(`reports.id > ?`, args.After.ID)
	}
	return postgres.Read[Report](ctx, q, query.Add(`order by reports.id limit ?) r`, args.Limit()))
}

func countReportsOfCentres(ctx context.Context, q sqlx.QueryerContext, a *auth.Actor, centres []uuid.UUID,
	states []ReportState) (map[uuid.UUID]int, error) {
	query := inStates(postgres.Select(`select centre_id as id, count(*) as n from reports`).
		Where(`centre_id = any(?)`, postgres.IDs(centres)), states, `report_state`)
	addOthers(query, a)
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

// openAbout counts the open reports about each subject.
func openAbout(ctx context.Context, q sqlx.QueryerContext, subjects []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select subject_id as id, count(*) as n from reports
		where state = 'OPEN' and subject_id = any(?) group by 1`, postgres.IDs(subjects)))
}

// openOf returns the reporter's open report about a subject, the zero id where there is none.
func openOf(ctx context.Context, tx *sqlx.Tx, reporter, subject uuid.UUID) (uuid.UUID, error) {
	var open uuid.NullUUID
	err := tx.GetContext(ctx, &open, `select (select id from reports
		where reporter_id = $1 and subject_id = $2 and state = 'OPEN')`, reporter, subject)
	return open.UUID, err
}

// insertReport inserts a report unless its reporter already has an open one, which may have just been made concurrently.
func insertReport(ctx context.Context, tx *sqlx.Tx, r *Report) (inserted bool, err error) {
	done, err := tx.NamedExecContext(ctx, `insert into reports (`+reportColumns+`)
		values (:id, :subject_type, :subject_id, :centre_id, :team_id, :ngo_id, :person_id, :reporter_id, :reason, :words, :state,
			null, :created_at, null)
		on conflict do nothing`, r)
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n == 1, err
}

func closeReport(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, state ReportState, at time.Time) error {
	_, err := tx.ExecContext(ctx, `update reports set state = $2, decided_at = $3 where id = $1`, id, state, at)
	return err
}

// upholdAbout closes the open reports about the subject of a decision, and returns them.
func upholdAbout(ctx context.Context, tx *sqlx.Tx, d *Decision) ([]*Report, error) {
	return postgres.Read[Report](ctx, tx, postgres.Select(`with open as (
			select id as o from reports where subject_id = ? and state = 'OPEN' order by id for no key update)
		update reports set state = 'UPHELD', decision_id = ?, decided_at = ? from open where id = o returning `+reportColumns,
		d.SubjectID, d.ID, d.DecidedAt))
}

func reporterOf(ctx context.Context, tx *sqlx.Tx, r *Report) ([]*recipient, error) {
	return postgres.Read[recipient](ctx, tx, postgres.Select(`select email, language from people where id = ? and erased_at is null`, r.ReporterID))
}
