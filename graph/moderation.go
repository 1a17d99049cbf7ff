package graph

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/moderation"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
)

func (r *Resolver) moderationRelations() map[string]relation {
	own := func(a *auth.Actor, p *person.Person) bool { return p.Own(a) }
	queue := func(a *auth.Actor, c *centre.Centre) bool { return moderation.MaySeeQueue(a, c.ID) }
	return map[string]relation{
		"Person.decisions": guarded(own, pages[person.Person](moderation.NewestDecision, r.ownDecisions)),
		"Centre.reports":   guarded(queue, statePages[centre.Centre](moderation.OldestReport, r.reportsOfCentres)),
		"Centre.decisions": guarded(queue, statePages[centre.Centre](moderation.OldestDecision, r.Moderation.DecisionsOfCentres)),

		"Proposal.hidden":                 maybe(func(p *proposal.Proposal) uuid.NullUUID { return p.HiddenID }, r.visibleDecisions),
		"Task.hidden":                     maybe(func(t *task.Task) uuid.NullUUID { return t.HiddenID }, r.visibleDecisions),
		"Shift.hidden":                    maybe(func(s *shift.Shift) uuid.NullUUID { return s.HiddenID }, r.visibleDecisions),
		"ProgressUpdate.hidden":           maybe(func(u *progress.ProgressUpdate) uuid.NullUUID { return u.HiddenID }, r.visibleDecisions),
		"Team.hidden":                     maybe(func(t *team.Team) uuid.NullUUID { return t.HiddenID }, r.visibleDecisions),
		"Ngo.hidden":                      maybe(func(n *ngo.Ngo) uuid.NullUUID { return n.HiddenID }, r.visibleDecisions),
		"ProgressUpdate.availableActions": actsOn(func(*request, *progress.ProgressUpdate) []*rule.Action { return nil }),

		"Report.subject":            r.subjects(func(o any) *moderation.Subject { return &o.(*moderation.Report).Subject }),
		"Report.centre":             maybe(func(o *moderation.Report) uuid.NullUUID { return o.CentreID }, r.Centres.ByIDs),
		"Report.reporter":           one(func(o *moderation.Report) uuid.UUID { return o.ReporterID }, r.People.ByIDs),
		"Report.decision":           maybe(func(o *moderation.Report) uuid.NullUUID { return o.DecisionID }, r.visibleDecisions),
		"Report.openReports":        each(plain(r.Moderation.OpenAbout)),
		"Report.history":            pages[moderation.Report](history.Order, r.historyOf),
		"Report.availableActions":   actsOn(func(q *request, o *moderation.Report) []*rule.Action { return o.Actions(q.Actor) }),
		"Decision.subject":          r.subjects(func(o any) *moderation.Subject { return &o.(*moderation.Decision).Subject }),
		"Decision.centre":           maybe(func(d *moderation.Decision) uuid.NullUUID { return d.CentreID }, r.Centres.ByIDs),
		"Decision.history":          pages[moderation.Decision](history.Order, r.historyOf),
		"Decision.availableActions": actsOn(func(q *request, d *moderation.Decision) []*rule.Action { return d.Actions(q.Actor, q.Now) }),
	}
}

// subjectOf returns an object that can be reported as moderation's subject, and the decision that hides it. A new noun with text
// needs a line here.
func subjectOf(object any) (s moderation.Subject, hidden uuid.NullUUID, ok bool) {
	some := func(id uuid.UUID) uuid.NullUUID { return uuid.NullUUID{UUID: id, Valid: true} }
	switch o := object.(type) {
	case *proposal.Proposal:
		return moderation.Subject{CentreID: some(o.CentreID), PersonID: some(o.AuthorID)}, o.HiddenID, true
	case *task.Task:
		return moderation.Subject{CentreID: some(o.CentreID), TeamID: some(o.TeamID), NgoID: some(o.NgoID)}, o.HiddenID, true
	case *shift.Shift:
		return moderation.Subject{CentreID: some(o.CentreID), TeamID: some(o.TeamID), NgoID: some(o.NgoID)}, o.HiddenID, true
	case *progress.ProgressUpdate:
		return moderation.Subject{CentreID: some(o.CentreID), TeamID: some(o.TeamID), NgoID: some(o.NgoID)}, o.HiddenID, true
	case *team.Team:
		return moderation.Subject{CentreID: some(o.CentreID), TeamID: some(o.ID), NgoID: some(o.NgoID)}, o.HiddenID, true
	case *ngo.Ngo:
		return moderation.Subject{NgoID: some(o.ID)}, o.HiddenID, true
	}
	return s, hidden, false
}

// moderated adds reporting and hiding to the actions on everything that can be reported, and the reason why a barred person may do
// nothing.
func moderated(of relation) relation {
	return func(ctx context.Context, objects []any, args arguments) ([]any, error) {
		values, err := of(ctx, objects, args)
		if err != nil {
			return nil, err
		}
		a := from(ctx).Actor
		for i, object := range objects {
			actions := values[i].([]*rule.Action)
			if s, hidden, ok := subjectOf(object); ok {
				actions = append(actions, rule.For(moderation.ReportContent, s.RefuseReport(a)),
					rule.For(moderation.HideContent, s.RefuseHide(a, hidden.Valid)))
			}
			values[i] = barred(a, actions)
		}
		return values, nil
	}
}

// barred marks every action except Appeal, which mutations leave to everybody, with the reason why the actor may do nothing.
func barred(a *auth.Actor, actions []*rule.Action) []*rule.Action {
	why := a.Barred()
	if why == "" {
		return actions
	}
	for i, action := range actions {
		if action.Action != moderation.Appeal {
			actions[i] = rule.For(action.Action, why)
		}
	}
	return actions
}

// subjects leads to what reports and decisions are about. A person is shown to anyone who may see the report or decision;
// everything else only to those who may see it itself.
func (r *Resolver) subjects(subject func(any) *moderation.Subject) relation {
	return func(ctx context.Context, objects []any, _ arguments) ([]any, error) {
		var people, others []uuid.UUID
		for _, o := range objects {
			if s := subject(o); s.SubjectType == moderation.AboutPerson {
				people = append(people, s.SubjectID)
			} else {
				others = append(others, s.SubjectID)
			}
		}
		persons, err := r.People.ByIDs(ctx, distinct(people))
		if err != nil {
			return nil, err
		}
		at := map[uuid.UUID]any{}
		for _, p := range persons {
			at[p.ID] = p
		}
		others = distinct(others)
		nodes, err := r.objects(ctx, others)
		if err != nil {
			return nil, err
		}
		for i, node := range nodes {
			at[others[i]] = node
		}
		values := make([]any, len(objects))
		for i, o := range objects {
			values[i] = at[subject(o).SubjectID]
		}
		return values, nil
	}
}

func (r *Resolver) ownDecisions(ctx context.Context, people []uuid.UUID, args paging.Args) (map[uuid.UUID]*moderation.DecisionConnection, error) {
	own, err := r.Moderation.Own(ctx, from(ctx).Actor, args)
	return map[uuid.UUID]*moderation.DecisionConnection{people[0]: own}, err
}

func (r *Resolver) reportsOfCentres(ctx context.Context, centres []uuid.UUID, states []moderation.ReportState,
	args paging.Args) (map[uuid.UUID]*moderation.ReportConnection, error) {
	return r.Moderation.ReportsOfCentres(ctx, from(ctx).Actor, centres, states, args)
}

// The functions below leave out what the viewer may not see.

func (r *Resolver) visibleProposals(ctx context.Context, ids []uuid.UUID) ([]*proposal.Proposal, error) {
	return visible(r.Proposals.ByIDs, (*proposal.Proposal).Visible)(ctx, ids)
}

func (r *Resolver) visibleTeams(ctx context.Context, ids []uuid.UUID) ([]*team.Team, error) {
	return visible(r.Teams.ByIDs, (*team.Team).Visible)(ctx, ids)
}

func (r *Resolver) visibleNgos(ctx context.Context, ids []uuid.UUID) ([]*ngo.Ngo, error) {
	return visible(r.Ngos.ByIDs, (*ngo.Ngo).Visible)(ctx, ids)
}

func (r *Resolver) visibleShifts(ctx context.Context, ids []uuid.UUID) ([]*shift.Shift, error) {
	return visible(r.Shifts.ByIDs, (*shift.Shift).Visible)(ctx, ids)
}

func (r *Resolver) visibleReports(ctx context.Context, ids []uuid.UUID) ([]*moderation.Report, error) {
	return visible(r.Moderation.ReportsByIDs, (*moderation.Report).Visible)(ctx, ids)
}

func (r *Resolver) visibleDecisions(ctx context.Context, ids []uuid.UUID) ([]*moderation.Decision, error) {
	return visible(r.Moderation.DecisionsByIDs, (*moderation.Decision).Visible)(ctx, ids)
}
