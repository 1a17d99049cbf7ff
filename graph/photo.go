package graph

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/auth"
	"jastarhub/internal/photo"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/task"
)

func (r *Resolver) photoRelations() map[string]relation {
	return map[string]relation{
		"Proposal.photos":       lists[proposal.Proposal](r.Photos.OfProposals),
		"ProgressUpdate.photos": lists[progress.ProgressUpdate](r.Photos.OfUpdates),
		"Task.photos":           pages[task.Task](photo.Newest, r.Photos.OfTasks),
		"Task.checkedInMinors": guarded(func(a *auth.Actor, t *task.Task) bool { return a.LeadsTeam(t.TeamID, t.NgoID) },
			lists[task.Task](r.minorsOf)),
		"CheckedInMinor.person": one(func(m *photo.CheckedInMinor) uuid.UUID { return m.PersonID }, r.People.ByIDs),
	}
}

func (r *Resolver) minorsOf(ctx context.Context, tasks []uuid.UUID) (map[uuid.UUID][]*photo.CheckedInMinor, error) {
	return r.Photos.MinorsOf(ctx, tasks, from(ctx).Now)
}
