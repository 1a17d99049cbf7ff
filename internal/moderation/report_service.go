package moderation

import (
	"cmp"
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/attempt"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/rule"
	"jastarhub/internal/signup"
)

// Service is what people do about unacceptable content and conduct.
type Service struct {
	DB      *postgres.DB
	Signups *signup.Service
}

// ReportsByIDs reads reports; unknown ids are left out. Visible decides who may see them.
func (s *Service) ReportsByIDs(ctx context.Context, ids []uuid.UUID) ([]*Report, error) {
	return reportsByIDs(ctx, s.DB, ids)
}

// Reports reads a page of the city's reports, oldest first, without those about the actor. Codes: UNAUTHENTICATED, NOT_OFFICER,
// INVALID.
func (s *Service) Reports(ctx context.Context, a *auth.Actor, f *ReportFilter, first int, after *string) (*ReportConnection, error) {
	args, err := officers(a, first, after, OldestReport)
	if err != nil {
		return nil, err
	}
	states := or(cmp.Or(f, &ReportFilter{}).States, Open)
	rows, err := reports(ctx, s.DB, a, states, args)
	return paging.Of(rows, args, paging.ByID(reportID), func(ctx context.Context) (int, error) { return countReports(ctx, s.DB, a, states) }), err
}

// officers checks that the actor is an officer and reads the arguments of a page.
func officers(a *auth.Actor, first int, after *string, order paging.Order) (paging.Args, error) {
	if err := fault.If(rule.SignedIn(a != nil, rule.OnlyFor(a, (*auth.Actor).IsOfficer, fault.NotOfficer))); err != nil {
		return paging.Args{}, err
	}
	return paging.Parse(first, after, order)
}

// ReportsOfCentres reads a page of the reports that each centre has to answer, oldest first, without those about the actor.
// MaySeeQueue decides who may see them.
func (s *Service) ReportsOfCentres(ctx context.Context, a *auth.Actor, centres []uuid.UUID, states []ReportState,
	args paging.Args) (map[uuid.UUID]*ReportConnection, error) {
	states = or(states, Open)
	rows, err := reportsOfCentres(ctx, s.DB, a, centres, states, args)
	return paging.Each(centres, rows, reportCentre, args, paging.ByID(reportID),
		func(ctx context.Context) (map[uuid.UUID]int, error) {
			return countReportsOfCentres(ctx, s.DB, a, centres, states)
		}), err
}

// OpenAbout returns, for each of the reports, how many open reports there are about the same subject.
func (s *Service) OpenAbout(ctx context.Context, reports []*Report) ([]int, error) {
	open, err := openAbout(ctx, s.DB, paging.IDs(reports, func(r *Report) uuid.UUID { return r.SubjectID }))
	counts := make([]int, len(reports))
	for i, r := range reports {
		counts[i] = open[r.SubjectID]
	}
	return counts, err
}

// Report reports something that the actor may see. If the same person has an open report about it, that one is kept as it is.
// Codes: NOT_FOUND, OWN_CASE, TRY_LATER.
func (s *Service) Report(ctx context.Context, c mutation.Call, in ReportContentInput) (*ReportPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		about, err := find(ctx, tx, c.Actor, in.SubjectID, "subjectId")
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(about.RefuseReport(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		if open, err := openOf(ctx, tx, c.Actor.PersonID, in.SubjectID); err != nil || open != uuid.Nil {
			return open, err
		}
		wait, err := attempt.Limits.Reports.Of(c.Actor.PersonID.String()).Take(ctx, tx, c.Now)
		if err == nil && wait > 0 {
			err = attempt.TryLater(wait)
		}
		if err != nil {
			return uuid.Nil, err
		}
		r := &Report{ID: postgres.NewID(), Subject: about.Subject, ReporterID: c.Actor.PersonID, Reason: in.Reason, Words: in.Words,
			State: Open, CreatedAt: c.Now}
		if inserted, err := insertReport(ctx, tx, r); err != nil {
			return uuid.Nil, err
		} else if !inserted {
			return openOf(ctx, tx, c.Actor.PersonID, in.SubjectID)
		}
		return r.ID, c.As(history.Person, ReportContent).Record(ctx, tx, history.To(r.ID, "", r.State))
	})
	return s.report(ctx, c, id, err)
}

// Answer closes a report without hiding anything, and tells the person who made it. Codes: NOT_FOUND, NOT_YOUR_CENTRE,
// NOT_OFFICER, OWN_CASE, WRONG_STATE.
func (s *Service) Answer(ctx context.Context, c mutation.Call, in AnswerReportInput) (*ReportPayload, error) {
	id, err := c.Do(ctx, s.DB, in.validate(), func(tx *sqlx.Tx) (uuid.UUID, error) {
		r, err := lockReport(ctx, tx, c.Actor, in.ID)
		if err != nil {
			return uuid.Nil, err
		}
		if err := fault.If(r.refuse(c.Actor)); err != nil {
			return uuid.Nil, err
		}
		r.State = Dismissed
		if in.Uphold {
			r.State = Upholding
		}
		if err := closeReport(ctx, tx, r.ID, r.State, c.Now); err != nil {
			return uuid.Nil, err
		}
		if err := tellReporters(ctx, tx, c.Now, r); err != nil {
			return uuid.Nil, err
		}
		return r.ID, c.As(r.actingAs(c.Actor), AnswerReport).Because(&in.Words).Record(ctx, tx, history.To(r.ID, Open, r.State))
	})
	return s.report(ctx, c, id, err)
}

// actingAs returns the role in which the actor decided.
func (s *Subject) actingAs(a *auth.Actor) history.ActingAs {
	if s.CentreID.Valid && a.Coordinates(s.CentreID.UUID) {
		return history.Coordinator
	}
	return history.Officer
}

// report returns the report that a mutation changed.
func (s *Service) report(ctx context.Context, c mutation.Call, id uuid.UUID, err error) (*ReportPayload, error) {
	return mutation.Answer(ctx, c, id, err, s.ReportsByIDs, (*Report).Visible, func(rows []*Report) *ReportPayload { return &ReportPayload{Report: rows[0]} })
}
