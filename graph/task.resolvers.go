package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/centre"
	"jastarhub/internal/history"
	"jastarhub/internal/ngo"
	"jastarhub/internal/paging"
	"jastarhub/internal/progress"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/shift"
	"jastarhub/internal/signup"
	"jastarhub/internal/task"
	"jastarhub/internal/team"
	"jastarhub/internal/work"

	"github.com/google/uuid"
)

func (r *mutationResolver) CreateTask(ctx context.Context, input task.CreateTaskInput) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Create(ctx, call(ctx), input)
}

func (r *mutationResolver) AdoptProposal(ctx context.Context, input task.AdoptProposalInput) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Adopt(ctx, call(ctx), input)
}

func (r *mutationResolver) UpdateTask(ctx context.Context, input task.UpdateTaskInput) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Update(ctx, call(ctx), input)
}

func (r *mutationResolver) OpenTask(ctx context.Context, input task.ByID) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Open(ctx, call(ctx), input)
}

func (r *mutationResolver) StartTask(ctx context.Context, input task.ByID) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Start(ctx, call(ctx), input)
}

func (r *mutationResolver) ClaimDone(ctx context.Context, input task.ClaimDoneInput) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Claim(ctx, call(ctx), input)
}

func (r *mutationResolver) VerifyTask(ctx context.Context, input task.VerifyTaskInput) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Verify(ctx, call(ctx), input)
}

func (r *mutationResolver) DisputeResult(ctx context.Context, input task.DisputeResultInput) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Dispute(ctx, call(ctx), input)
}

func (r *mutationResolver) SendBack(ctx context.Context, input task.WithReason) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.SendBack(ctx, call(ctx), input)
}

func (r *mutationResolver) CancelTask(ctx context.Context, input task.WithReason) (*task.TaskPayload, error) {
	return r.Resolver.Tasks.Cancel(ctx, call(ctx), input)
}

func (r *queryResolver) Tasks(ctx context.Context, filter *task.TaskFilter, order task.TaskOrder, first int, after *string) (*paging.Connection[task.Task], error) {
	return r.Resolver.Tasks.List(ctx, from(ctx).Actor, from(ctx).Now, filter, order, first, after)
}

func (r *queryResolver) Task(ctx context.Context, id uuid.UUID) (*task.Task, error) {
	return r.Resolver.Tasks.Get(ctx, from(ctx).Actor, id)
}

func (r *queryResolver) AdultsOnlyWork(ctx context.Context) ([]work.WorkClass, error) {
	return work.AdultsOnly, nil
}

func (r *taskResolver) NextShift(ctx context.Context, obj *task.Task) (*shift.Shift, error) {
	return take[*shift.Shift](ctx, obj)
}

func (r *taskResolver) Team(ctx context.Context, obj *task.Task) (*team.Team, error) {
	return take[*team.Team](ctx, obj)
}

func (r *taskResolver) Ngo(ctx context.Context, obj *task.Task) (*ngo.Ngo, error) {
	return take[*ngo.Ngo](ctx, obj)
}

func (r *taskResolver) Centre(ctx context.Context, obj *task.Task) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *taskResolver) District(ctx context.Context, obj *task.Task) (*centre.District, error) {
	return take[*centre.District](ctx, obj)
}

func (r *taskResolver) Proposal(ctx context.Context, obj *task.Task) (*proposal.Proposal, error) {
	return take[*proposal.Proposal](ctx, obj)
}

func (r *taskResolver) Shifts(ctx context.Context, obj *task.Task, filter *shift.ShiftFilter, first int, after *string) (*paging.Connection[shift.Shift], error) {
	return take[*paging.Connection[shift.Shift]](ctx, obj)
}

func (r *taskResolver) Signups(ctx context.Context, obj *task.Task, filter *signup.SignupFilter, first int, after *string) (*paging.Connection[signup.Signup], error) {
	return take[*paging.Connection[signup.Signup]](ctx, obj)
}

func (r *taskResolver) Updates(ctx context.Context, obj *task.Task, first int, after *string) (*paging.Connection[progress.ProgressUpdate], error) {
	return take[*paging.Connection[progress.ProgressUpdate]](ctx, obj)
}

func (r *taskResolver) SentBack(ctx context.Context, obj *task.Task) (*history.Move, error) {
	return take[*history.Move](ctx, obj)
}

func (r *taskResolver) History(ctx context.Context, obj *task.Task, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *taskResolver) AvailableActions(ctx context.Context, obj *task.Task) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *Resolver) Task() generated.TaskResolver { return &taskResolver{r} }

type taskResolver struct{ *Resolver }
