package graph

import (
	"context"
	"time"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/hours"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/rule"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
)

func (r *Resolver) hoursRelations() map[string]relation {
	return map[string]relation{
		"Hours.signup":           one(func(h *hours.Hours) uuid.UUID { return h.SignupID }, r.Signups.ByIDs),
		"Hours.person":           one(func(h *hours.Hours) uuid.UUID { return h.PersonID }, r.People.ByIDs),
		"Hours.task":             one(func(h *hours.Hours) uuid.UUID { return h.TaskID }, r.visibleTasks),
		"Hours.team":             one(func(h *hours.Hours) uuid.UUID { return h.TeamID }, r.visibleTeams),
		"Hours.history":          pages[hours.Hours](history.Order, r.historyOf),
		"Hours.availableActions": actsOn(func(q *request, h *hours.Hours) []*rule.Action { return h.Actions(q.Actor, q.Now) }),
		"TeamRecord.team":        one(func(t *hours.TeamRecord) uuid.UUID { return t.TeamID }, r.visibleTeams),
		"Signup.hours": each(func(ctx context.Context, _ *request, rows []*signup.Signup) ([]*hours.Hours, error) {
			return r.WorkedHours.OfSignups(ctx, paging.IDs(rows, idOf[signup.Signup]()))
		}),
		"Team.hours": guarded(func(a *auth.Actor, t *team.Team) bool { return a.Oversees(t.ID, t.NgoID, t.CentreID) },
			statePages[team.Team](hours.OldestFirst, r.WorkedHours.OfTeams)),
		"Task.hours": guarded(func(a *auth.Actor, t *task.Task) bool { return a.Oversees(t.TeamID, t.NgoID, t.CentreID) },
			statePages[task.Task](hours.OldestFirst, r.WorkedHours.OfTasks)),
		"Centre.workedHours": guarded(func(a *auth.Actor, c *centre.Centre) bool { return hours.MaySeeCentre(a, c.ID) },
			statePages[centre.Centre](hours.OldestFirst, r.WorkedHours.OfCentres)),
		"Person.hours": guarded(func(a *auth.Actor, p *person.Person) bool { return p.Own(a) },
			statePages[person.Person](hours.LatestFirst, r.WorkedHours.OfPersons)),
	}
}

// record reads the viewer's own record.
func (r *Resolver) record(ctx context.Context, first, last *time.Time) (*hours.Record, error) {
	return r.WorkedHours.Record(ctx, from(ctx).Actor, first, last, from(ctx).Now)
}
