package graph

import (
	"context"
	"jastarhub/graph/generated"
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

func (r *centreResolver) Reports(ctx context.Context, obj *centre.Centre, filter *moderation.ReportFilter, first int, after *string) (*paging.Connection[moderation.Report], error) {
	return take[*paging.Connection[moderation.Report]](ctx, obj)
}

func (r *centreResolver) Decisions(ctx context.Context, obj *centre.Centre, filter *moderation.DecisionFilter, first int, after *string) (*paging.Connection[moderation.Decision], error) {
	return take[*paging.Connection[moderation.Decision]](ctx, obj)
}

func (r *decisionResolver) Subject(ctx context.Context, obj *moderation.Decision) (paging.Node, error) {
	return take[paging.Node](ctx, obj)
}

func (r *decisionResolver) Centre(ctx context.Context, obj *moderation.Decision) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *decisionResolver) History(ctx context.Context, obj *moderation.Decision, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *decisionResolver) AvailableActions(ctx context.Context, obj *moderation.Decision) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *mutationResolver) ReportContent(ctx context.Context, input moderation.ReportContentInput) (*moderation.ReportPayload, error) {
	return r.Moderation.Report(ctx, call(ctx), input)
}

func (r *mutationResolver) AnswerReport(ctx context.Context, input moderation.AnswerReportInput) (*moderation.ReportPayload, error) {
	return r.Moderation.Answer(ctx, call(ctx), input)
}

func (r *mutationResolver) HideContent(ctx context.Context, input moderation.HideContentInput) (*moderation.DecisionPayload, error) {
	return r.Moderation.Hide(ctx, call(ctx), input)
}

func (r *mutationResolver) ShowContent(ctx context.Context, input moderation.EndInput) (*moderation.DecisionPayload, error) {
	return r.Moderation.Show(ctx, call(ctx), input)
}

func (r *mutationResolver) SuspendPerson(ctx context.Context, input moderation.SuspendPersonInput) (*moderation.DecisionPayload, error) {
	return r.Moderation.Suspend(ctx, call(ctx), input)
}

func (r *mutationResolver) EndSuspension(ctx context.Context, input moderation.EndInput) (*moderation.DecisionPayload, error) {
	return r.Moderation.EndSuspension(ctx, call(ctx), input)
}

func (r *mutationResolver) Appeal(ctx context.Context, input moderation.AppealInput) (*moderation.DecisionPayload, error) {
	return r.Moderation.Appeal(ctx, call(ctx), input)
}

func (r *mutationResolver) AnswerAppeal(ctx context.Context, input moderation.AnswerAppealInput) (*moderation.DecisionPayload, error) {
	return r.Moderation.AnswerAppeal(ctx, call(ctx), input)
}

func (r *ngoResolver) Hidden(ctx context.Context, obj *ngo.Ngo) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *personResolver) Decisions(ctx context.Context, obj *person.Person, first int, after *string) (*paging.Connection[moderation.Decision], error) {
	return take[*paging.Connection[moderation.Decision]](ctx, obj)
}

func (r *progressUpdateResolver) Hidden(ctx context.Context, obj *progress.ProgressUpdate) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *progressUpdateResolver) AvailableActions(ctx context.Context, obj *progress.ProgressUpdate) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *proposalResolver) Hidden(ctx context.Context, obj *proposal.Proposal) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *queryResolver) Reports(ctx context.Context, filter *moderation.ReportFilter, first int, after *string) (*paging.Connection[moderation.Report], error) {
	return r.Moderation.Reports(ctx, from(ctx).Actor, filter, first, after)
}

func (r *queryResolver) Decisions(ctx context.Context, filter *moderation.DecisionFilter, first int, after *string) (*paging.Connection[moderation.Decision], error) {
	return r.Moderation.Decisions(ctx, from(ctx).Actor, filter, first, after)
}

func (r *reportResolver) Subject(ctx context.Context, obj *moderation.Report) (paging.Node, error) {
	return take[paging.Node](ctx, obj)
}

func (r *reportResolver) Centre(ctx context.Context, obj *moderation.Report) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *reportResolver) Reporter(ctx context.Context, obj *moderation.Report) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *reportResolver) Decision(ctx context.Context, obj *moderation.Report) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *reportResolver) OpenReports(ctx context.Context, obj *moderation.Report) (int, error) {
	return take[int](ctx, obj)
}

func (r *reportResolver) History(ctx context.Context, obj *moderation.Report, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *reportResolver) AvailableActions(ctx context.Context, obj *moderation.Report) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *shiftResolver) Hidden(ctx context.Context, obj *shift.Shift) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *taskResolver) Hidden(ctx context.Context, obj *task.Task) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *teamResolver) Hidden(ctx context.Context, obj *team.Team) (*moderation.Decision, error) {
	return take[*moderation.Decision](ctx, obj)
}

func (r *Resolver) Decision() generated.DecisionResolver { return &decisionResolver{r} }

func (r *Resolver) Report() generated.ReportResolver { return &reportResolver{r} }

type (
	decisionResolver struct{ *Resolver }
	reportResolver   struct{ *Resolver }
)
