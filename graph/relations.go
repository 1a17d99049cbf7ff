package graph

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/audit"
	"jastarhub/internal/auth"
	"jastarhub/internal/centre"
	"jastarhub/internal/consent"
	"jastarhub/internal/factor"
	"jastarhub/internal/grant"
	"jastarhub/internal/history"
	"jastarhub/internal/invitation"
	"jastarhub/internal/membership"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
	"jastarhub/internal/workday"
)

// relations maps every field that leads from one noun to another, or depends on the viewer, to how it is read for all the objects
// of a level at once.
func (r *Resolver) relations() map[string]relation {
	all := map[string]relation{}
	for _, of := range []map[string]relation{r.placeRelations(), r.personRelations(), r.teamRelations(), r.proposalRelations(),
		r.taskRelations(), r.shiftRelations(), r.hoursRelations(), r.certificateRelations(), r.consentRelations(), r.moderationRelations(), r.invitationRelations(), r.noticeRelations(), r.photoRelations()} {
		for field, relation := range of {
			all[field] = relation
		}
	}
	return all
}

func (r *Resolver) placeRelations() map[string]relation {
	return map[string]relation{
		"District.results":  results[centre.District](r, task.OfDistricts),
		"Centre.results":    results[centre.Centre](r, task.OfCentres),
		"District.centres":  pages[centre.District](centre.Order, r.Centres.OfDistricts),
		"Centre.district":   one(func(c *centre.Centre) uuid.UUID { return c.DistrictID }, r.Centres.DistrictsByIDs),
		"Centre.teamCount":  each(plain(r.Centres.TeamCounts)),
		"Centre.taskCounts": lists[centre.Centre](r.Tasks.CountsOfCentres),
		"Centre.teams":      pages[centre.Centre](team.Newest, r.Teams.OfCentres),
		"Centre.history":    pages[centre.Centre](history.Order, r.historyOf),
		"Centre.availableActions": actsOn(func(q *request, c *centre.Centre) []*rule.Action {
			return append(c.Actions(q.Actor), rule.For(grant.GiveRole, rule.OnlyOfficers(q.Actor)),
				rule.For(invitation.InviteByEmail, rule.OnlyOfficers(q.Actor)))
		}),
		"SpecialDay.availableActions": actsOn(func(q *request, d *workday.SpecialDay) []*rule.Action { return d.Actions(q.Actor) }),
		"Centre.staff": guarded(func(a *auth.Actor, c *centre.Centre) bool { return grant.MaySeeStaff(a, c.ID) },
			pages[centre.Centre](grant.Oldest, r.Grants.StaffOf)),
		"Centre.moveRequests": guarded(func(a *auth.Actor, c *centre.Centre) bool { return team.MaySeeMoveRequests(a, c.ID) },
			pages[centre.Centre](team.OldestRequest, r.Teams.MoveRequestsOf)),
	}
}

func (r *Resolver) personRelations() map[string]relation {
	own := func(a *auth.Actor, p *person.Person) bool { return p.Own(a) }
	return map[string]relation{
		"Person.grants":   silent(own, lists[person.Person](r.Grants.OfPersons)),
		"Person.sessions": silent(own, lists[person.Person](r.sessionsOf)),
		"Person.secondFactor": silent(own, each(func(ctx context.Context, q *request, people []*person.Person) ([]*factor.SecondFactor, error) {
			return r.Accounts.SecondFactorsOf(ctx, q.Actor, people)
		})),
		"Person.identities":     silent(own, lists[person.Person](r.Identities.OfPersons)),
		"Person.district":       silent(own, maybe(func(p *person.Person) uuid.NullUUID { return p.Private.DistrictID }, r.Centres.DistrictsByIDs)),
		"Person.signups":        guarded(own, statePages[person.Person](signup.LatestFirst, r.Signups.OfPersons)),
		"Person.memberships":    guarded(own, statePages[person.Person](membership.Order, r.Memberships.OfPersons)),
		"Person.proposals":      guarded(own, pages[person.Person](proposal.ByAuthor, r.Proposals.OfAuthors)),
		"Person.mergesToAnswer": guarded(own, pages[person.Person](proposal.ByAuthor, r.Proposals.ToAnswer)),
		"Person.contact":        each(r.contactsOf),
		"Grant.person":          one(func(g *grant.Grant) uuid.UUID { return g.PersonID }, r.People.ByIDs),
		"Grant.history":         pages[grant.Grant](history.Order, r.historyOf),
		"Grant.availableActions": acts(func(ctx context.Context, q *request, rows []*grant.Grant) ([][]*rule.Action, error) {
			return r.Grants.Actions(ctx, q.Actor, rows)
		}),
		"Grant.waits":       silent(func(a *auth.Actor, g *grant.Grant) bool { return g.MayKnowWaits(a) }, each(plain(r.Grants.Wait))),
		"AuditEntry.person": maybe(func(e *audit.AuditEntry) uuid.NullUUID { return e.PersonID }, r.People.ByIDs),
		"Grant.centre":      maybe(func(g *grant.Grant) uuid.NullUUID { return g.CentreID }, r.Centres.ByIDs),
		"Grant.ngo":         maybe(func(g *grant.Grant) uuid.NullUUID { return g.NgoID }, r.visibleNgos),
		"Move.by":           maybe(func(m *history.Move) uuid.NullUUID { return m.ByID }, r.People.ByIDs),
	}
}

func (r *Resolver) invitationRelations() map[string]relation {
	return map[string]relation{
		"Invitation.centre":           maybe(func(i *invitation.Invitation) uuid.NullUUID { return i.CentreID }, r.Centres.ByIDs),
		"Invitation.ngo":              maybe(func(i *invitation.Invitation) uuid.NullUUID { return i.NgoID }, r.visibleNgos),
		"Invitation.team":             maybe(func(i *invitation.Invitation) uuid.NullUUID { return i.TeamID }, r.visibleTeams),
		"Invitation.by":               one(func(i *invitation.Invitation) uuid.UUID { return i.InvitedBy }, r.People.ByIDs),
		"Invitation.history":          pages[invitation.Invitation](history.Order, r.historyOf),
		"Invitation.availableActions": actsOn(func(q *request, i *invitation.Invitation) []*rule.Action { return i.Actions(q.Actor, q.Now) }),
		"InvitationOffer.centre":      maybe(func(i *invitation.InvitationOffer) uuid.NullUUID { return i.CentreID }, r.Centres.ByIDs),
		"InvitationOffer.ngo":         maybe(func(i *invitation.InvitationOffer) uuid.NullUUID { return i.NgoID }, r.visibleNgos),
		"InvitationOffer.team":        maybe(func(i *invitation.InvitationOffer) uuid.NullUUID { return i.TeamID }, r.visibleTeams),

		"Ngo.invitations": guarded(func(a *auth.Actor, n *ngo.Ngo) bool { return grant.MaySeeLeads(a, n.ID) },
			pages[ngo.Ngo](invitation.Order, r.Invitations.OfNgos)),
		"Centre.invitations": guarded(func(a *auth.Actor, _ *centre.Centre) bool { return a.IsOfficer() },
			pages[centre.Centre](invitation.Order, r.Invitations.OfCentres)),
		"Team.invitations": guarded(func(a *auth.Actor, t *team.Team) bool { return a.LeadsTeam(t.ID, t.NgoID) },
			pages[team.Team](invitation.Order, r.Invitations.OfTeams)),
	}
}

func (r *Resolver) teamRelations() map[string]relation {
	return map[string]relation{
		"Ngo.teams": pages[ngo.Ngo](team.Newest, r.Teams.OfNgos),
		"Ngo.leads": guarded(func(a *auth.Actor, n *ngo.Ngo) bool { return grant.MaySeeLeads(a, n.ID) },
			pages[ngo.Ngo](grant.Oldest, r.Grants.LeadsOf)),
		"Ngo.history": pages[ngo.Ngo](history.Order, r.historyOf),
		"Ngo.availableActions": actsOn(func(q *request, n *ngo.Ngo) []*rule.Action {
			return append(n.Actions(q.Actor), rule.For(team.CreateTeam, team.RefuseCreation(q.Actor, n.ID, n.State)),
				rule.For(grant.GiveRole, grant.RefuseNgoLead(q.Actor, n.ID)),
				rule.For(invitation.InviteByEmail, grant.RefuseNgoLead(q.Actor, n.ID)))
		}),
		"Team.ngo":        one(func(t *team.Team) uuid.UUID { return t.NgoID }, r.Ngos.ByIDs),
		"Team.centre":     one(func(t *team.Team) uuid.UUID { return t.CentreID }, r.Centres.ByIDs),
		"Team.hostings":   pages[team.Team](team.NewestHosting, r.visibleHostings),
		"Team.taskCounts": lists[team.Team](r.Tasks.CountsOfTeams),
		"Team.freeSeats": each(func(ctx context.Context, q *request, rows []*team.Team) ([]int, error) {
			return r.Shifts.FreeSeats(ctx, paging.IDs(rows, idOf[team.Team]()), q.Now)
		}),
		"Team.unmarked": silent(membership.MaySeeAll, each(func(ctx context.Context, q *request, rows []*team.Team) ([]*int, error) {
			return r.Signups.Unmarked(ctx, paging.IDs(rows, idOf[team.Team]()), q.Now)
		})),
		"Team.tasks":       pages[team.Team](task.ByTeam, r.Tasks.OfTeams),
		"Team.memberships": guarded(membership.MaySeeAll, statePages[team.Team](membership.Order, r.Memberships.OfTeams)),
		"Team.results":     results[team.Team](r, task.OfTeams),
		"Team.myMembership": each(func(ctx context.Context, q *request, rows []*team.Team) ([]*membership.Membership, error) {
			return r.Memberships.MineIn(ctx, q.Actor, paging.IDs(rows, idOf[team.Team]()))
		}),
		"Team.availableActions": acts(func(ctx context.Context, q *request, rows []*team.Team) ([][]*rule.Action, error) {
			actions, err := r.Teams.Actions(ctx, q.Actor, rows)
			for i := range actions {
				actions[i] = append(actions[i], rule.For(invitation.InviteByEmail, rows[i].RefuseInvitation(q.Actor)))
			}
			return actions, err
		}),
		"Hosting.team":             one(func(h *team.Hosting) uuid.UUID { return h.TeamID }, r.Teams.ByIDs),
		"Hosting.centre":           one(func(h *team.Hosting) uuid.UUID { return h.CentreID }, r.Centres.ByIDs),
		"Hosting.history":          pages[team.Hosting](history.Order, r.historyOf),
		"Hosting.availableActions": actsOn(func(q *request, h *team.Hosting) []*rule.Action { return h.Actions(q.Actor) }),
		"Membership.team":          one(func(m *membership.Membership) uuid.UUID { return m.TeamID }, r.visibleTeams),
		"Membership.person":        one(func(m *membership.Membership) uuid.UUID { return m.PersonID }, r.People.ByIDs),
		"Membership.history":       pages[membership.Membership](history.Order, r.historyOf),
		"Membership.availableActions": acts(func(ctx context.Context, q *request, rows []*membership.Membership) ([][]*rule.Action, error) {
			return r.Memberships.Actions(ctx, q.Actor, q.Now, rows)
		}),
	}
}

func (r *Resolver) proposalRelations() map[string]relation {
	return map[string]relation{
		"Proposal.district": one(func(p *proposal.Proposal) uuid.UUID { return p.DistrictID }, r.Centres.DistrictsByIDs),
		"Proposal.centre":   one(func(p *proposal.Proposal) uuid.UUID { return p.CentreID }, r.Centres.ByIDs),
		"Proposal.author":   one(func(p *proposal.Proposal) uuid.UUID { return p.AuthorID }, r.People.ByIDs),
		"Proposal.task":     maybe(func(p *proposal.Proposal) uuid.NullUUID { return p.TaskID }, r.visibleTasks),
		"Proposal.history":  pages[proposal.Proposal](history.Order, r.historyOf),
		"Proposal.trail":    pages[proposal.Proposal](proposal.ByStep, r.Proposals.TrailsOf),
		"TrailStep.task":    maybe(func(t *proposal.TrailStep) uuid.NullUUID { return t.TaskID }, r.visibleTasks),
		"Proposal.overdue": each(func(_ context.Context, q *request, rows []*proposal.Proposal) ([]bool, error) {
			return r.Proposals.Overdue(rows, q.Now), nil
		}),
		"Proposal.mergedInto": maybe(func(p *proposal.Proposal) uuid.NullUUID { return p.MergedInto }, r.visibleProposals),
		"Proposal.merged":     pages[proposal.Proposal](proposal.ByAuthor, r.Proposals.MergedInto),
		"Proposal.supportedByMe": each(func(ctx context.Context, q *request, rows []*proposal.Proposal) ([]bool, error) {
			return r.Proposals.Supported(ctx, q.Actor, rows)
		}),
		"Proposal.availableActions": acts(func(ctx context.Context, q *request, rows []*proposal.Proposal) ([][]*rule.Action, error) {
			return r.Proposals.Actions(ctx, q.Actor, rows)
		}),
	}
}

func (r *Resolver) taskRelations() map[string]relation {
	return map[string]relation{
		"Task.team":     one(func(t *task.Task) uuid.UUID { return t.TeamID }, r.Teams.ByIDs),
		"Task.ngo":      one(func(t *task.Task) uuid.UUID { return t.NgoID }, r.Ngos.ByIDs),
		"Task.centre":   one(func(t *task.Task) uuid.UUID { return t.CentreID }, r.Centres.ByIDs),
		"Task.district": one(func(t *task.Task) uuid.UUID { return t.DistrictID }, r.Centres.DistrictsByIDs),
		"Task.proposal": maybe(func(t *task.Task) uuid.NullUUID { return t.ProposalID }, r.visibleProposals),
		"Task.shifts":   timedPages[task.Task](shift.Soonest, r.Shifts.OfTasks),
		"Task.nextShift": each(func(ctx context.Context, q *request, rows []*task.Task) ([]*shift.Shift, error) {
			return r.Shifts.NextOf(ctx, paging.IDs(rows, idOf[task.Task]()), q.Now)
		}),
		"Task.sentBack": each(plain(r.Tasks.SentBack)),
		"Task.updates":  pages[task.Task](progress.Newest, r.Progress.OfTasks),
		"Task.history":  pages[task.Task](history.Order, r.historyOf),
		"Task.signups": guarded(func(a *auth.Actor, t *task.Task) bool { return a.Oversees(t.TeamID, t.NgoID, t.CentreID) },
			statePages[task.Task](signup.OldestFirst, r.Signups.OfTasks)),
		"Task.availableActions":  actsOn(func(q *request, t *task.Task) []*rule.Action { return t.Actions(q.Actor, q.Now) }),
		"Task.claim":             each(plain(r.Tasks.ClaimsOf)),
		"Claim.results":          lists[task.Claim](r.Tasks.ResultsOf),
		"ProgressUpdate.results": lists[progress.ProgressUpdate](r.Progress.ResultsOf),
		"ProgressUpdate.author":  one(func(u *progress.ProgressUpdate) uuid.UUID { return u.AuthorID }, r.People.ByIDs),
		"ProgressUpdate.task":    one(func(u *progress.ProgressUpdate) uuid.UUID { return u.TaskID }, r.Tasks.ByIDs),
	}
}

func (r *Resolver) shiftRelations() map[string]relation {
	return map[string]relation{
		"Shift.task":    one(func(s *shift.Shift) uuid.UUID { return s.TaskID }, r.Tasks.ByIDs),
		"Shift.history": pages[shift.Shift](history.Order, r.historyOf),
		"Shift.signups": guarded(func(a *auth.Actor, s *shift.Shift) bool { return a.Oversees(s.TeamID, s.NgoID, s.CentreID) },
			statePages[shift.Shift](signup.OldestFirst, r.Signups.OfShifts)),
		"Shift.mySignup": each(func(ctx context.Context, q *request, rows []*shift.Shift) ([]*signup.Signup, error) {
			return r.Signups.MineIn(ctx, q.Actor, paging.IDs(rows, idOf[shift.Shift]()))
		}),
		"Shift.availableActions": acts(func(ctx context.Context, q *request, rows []*shift.Shift) ([][]*rule.Action, error) {
			return r.Shifts.Actions(ctx, q.Actor, rows, q.Now)
		}),
		"Signup.shift":    one(func(g *signup.Signup) uuid.UUID { return g.Slot.ID }, r.visibleShifts),
		"Signup.person":   one(func(g *signup.Signup) uuid.UUID { return g.PersonID }, r.People.ByIDs),
		"Signup.position": each(plain(r.Signups.Positions)),
		"Signup.history":  pages[signup.Signup](history.Order, r.historyOf),
		"Signup.availableActions": acts(func(ctx context.Context, q *request, rows []*signup.Signup) ([][]*rule.Action, error) {
			return r.Signups.Actions(ctx, q.Actor, rows, q.Now)
		}),
	}
}

func (r *Resolver) consentRelations() map[string]relation {
	maySee := func(a *auth.Actor, p *person.Person) bool { return consent.MaySee(a, p.ID) }
	return map[string]relation{
		"Person.consents":          silent(maySee, lists[person.Person](r.Consents.OfPersons)),
		"Consent.person":           one(func(c *consent.Consent) uuid.UUID { return c.PersonID }, r.People.ByIDs),
		"Consent.recordedBy":       maybe(func(c *consent.Consent) uuid.NullUUID { return c.RecordedBy }, r.People.ByIDs),
		"Consent.revokedBy":        maybe(func(c *consent.Consent) uuid.NullUUID { return c.RevokedBy }, r.People.ByIDs),
		"Consent.history":          pages[consent.Consent](history.Order, r.historyOf),
		"Consent.availableActions": actsOn(func(q *request, c *consent.Consent) []*rule.Action { return c.Actions(q.Actor) }),
	}
}

// results reads the totals of each row's verified tasks, for a year if one is given.
func results[P any](r *Resolver, of task.Of) relation {
	id := idOf[P]()
	return func(ctx context.Context, objects []any, args arguments) ([]any, error) {
		year, err := args.number("year")
		if err != nil {
			return nil, err
		}
		rows := typed[P](objects)
		totals, err := r.Tasks.ResultsBy(ctx, of, distinct(paging.IDs(rows, id)), year)
		if err != nil {
			return nil, err
		}
		values := make([]any, len(objects))
		for i, row := range rows {
			values[i] = append([]*task.ResultTotal{}, totals[id(row)]...)
		}
		return values, nil
	}
}

func (r *Resolver) historyOf(ctx context.Context, subjects []uuid.UUID, args paging.Args) (map[uuid.UUID]*history.MoveConnection, error) {
	return history.Of(ctx, r.DB, subjects, args)
}

// visibleHostings leaves out requests to move that the viewer has no part in.
func (r *Resolver) visibleHostings(ctx context.Context, teams []uuid.UUID, args paging.Args) (map[uuid.UUID]*team.HostingConnection, error) {
	return r.Teams.HostingsOf(ctx, from(ctx).Actor, teams, args)
}

// visibleTasks leaves out drafts and hidden tasks that the viewer may not see.
func (r *Resolver) visibleTasks(ctx context.Context, ids []uuid.UUID) ([]*task.Task, error) {
	return visible(r.Tasks.ByIDs, (*task.Task).Visible)(ctx, ids)
}
