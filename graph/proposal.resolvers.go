package graph

import (
	"context"
	"jastarhub/graph/generated"
	"jastarhub/internal/centre"
	"jastarhub/internal/geo"
	"jastarhub/internal/history"
	"jastarhub/internal/paging"
	"jastarhub/internal/person"
	"jastarhub/internal/proposal"
	"jastarhub/internal/rule"
	"jastarhub/internal/task"

	"github.com/google/uuid"
)

func (r *mutationResolver) SubmitProposal(ctx context.Context, input proposal.SubmitProposalInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Submit(ctx, call(ctx), input)
}

func (r *mutationResolver) ReviewProposal(ctx context.Context, input proposal.ByID) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Review(ctx, call(ctx), input)
}

func (r *mutationResolver) AskForInfo(ctx context.Context, input proposal.AskForInfoInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Ask(ctx, call(ctx), input)
}

func (r *mutationResolver) AnswerInfo(ctx context.Context, input proposal.AnswerInfoInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Answer(ctx, call(ctx), input)
}

func (r *mutationResolver) AcceptProposal(ctx context.Context, input proposal.AcceptProposalInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Accept(ctx, call(ctx), input)
}

func (r *mutationResolver) DeclineProposal(ctx context.Context, input proposal.DeclineProposalInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Decline(ctx, call(ctx), input)
}

func (r *mutationResolver) MergeProposal(ctx context.Context, input proposal.MergeProposalInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Merge(ctx, call(ctx), input)
}

func (r *mutationResolver) AnswerMerge(ctx context.Context, input proposal.AnswerMergeInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.AnswerMerge(ctx, call(ctx), input)
}

func (r *mutationResolver) WithdrawProposal(ctx context.Context, input proposal.WithdrawProposalInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Withdraw(ctx, call(ctx), input)
}

func (r *mutationResolver) ReassignProposal(ctx context.Context, input proposal.ReassignProposalInput) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Reassign(ctx, call(ctx), input)
}

func (r *mutationResolver) SupportProposal(ctx context.Context, input proposal.ByID) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Support(ctx, call(ctx), input)
}

func (r *mutationResolver) WithdrawSupport(ctx context.Context, input proposal.ByID) (*proposal.ProposalPayload, error) {
	return r.Resolver.Proposals.Unsupport(ctx, call(ctx), input)
}

func (r *personResolver) MergesToAnswer(ctx context.Context, obj *person.Person, first int, after *string) (*paging.Connection[proposal.Proposal], error) {
	return take[*paging.Connection[proposal.Proposal]](ctx, obj)
}

func (r *proposalResolver) District(ctx context.Context, obj *proposal.Proposal) (*centre.District, error) {
	return take[*centre.District](ctx, obj)
}

func (r *proposalResolver) Centre(ctx context.Context, obj *proposal.Proposal) (*centre.Centre, error) {
	return take[*centre.Centre](ctx, obj)
}

func (r *proposalResolver) Author(ctx context.Context, obj *proposal.Proposal) (*person.Person, error) {
	return take[*person.Person](ctx, obj)
}

func (r *proposalResolver) SupportedByMe(ctx context.Context, obj *proposal.Proposal) (bool, error) {
	return take[bool](ctx, obj)
}

func (r *proposalResolver) Overdue(ctx context.Context, obj *proposal.Proposal) (bool, error) {
	return take[bool](ctx, obj)
}

func (r *proposalResolver) MergedInto(ctx context.Context, obj *proposal.Proposal) (*proposal.Proposal, error) {
	return take[*proposal.Proposal](ctx, obj)
}

func (r *proposalResolver) Merged(ctx context.Context, obj *proposal.Proposal, first int, after *string) (*paging.Connection[proposal.Proposal], error) {
	return take[*paging.Connection[proposal.Proposal]](ctx, obj)
}

func (r *proposalResolver) Task(ctx context.Context, obj *proposal.Proposal) (*task.Task, error) {
	return take[*task.Task](ctx, obj)
}

func (r *proposalResolver) History(ctx context.Context, obj *proposal.Proposal, first int, after *string) (*paging.Connection[history.Move], error) {
	return take[*paging.Connection[history.Move]](ctx, obj)
}

func (r *proposalResolver) Trail(ctx context.Context, obj *proposal.Proposal, first int, after *string) (*paging.Connection[proposal.TrailStep], error) {
	return take[*paging.Connection[proposal.TrailStep]](ctx, obj)
}

func (r *proposalResolver) AvailableActions(ctx context.Context, obj *proposal.Proposal) ([]*rule.Action, error) {
	return take[[]*rule.Action](ctx, obj)
}

func (r *queryResolver) Proposals(ctx context.Context, filter *proposal.ProposalFilter, order proposal.ProposalOrder, first int, after *string) (*paging.Connection[proposal.Proposal], error) {
	return r.Resolver.Proposals.List(ctx, from(ctx).Now, filter, order, first, after)
}

func (r *queryResolver) Proposal(ctx context.Context, id uuid.UUID) (*proposal.Proposal, error) {
	return r.Resolver.Proposals.Get(ctx, from(ctx).Actor, id)
}

func (r *queryResolver) SimilarProposals(ctx context.Context, districtID uuid.UUID, title string, text *string, point *geo.Point) ([]*proposal.Proposal, error) {
	return rooted(r.Resolver.Proposals.Similar(ctx, proposal.Draft{DistrictID: districtID, Title: title, Text: text, Point: point}))
}

func (r *trailStepResolver) Task(ctx context.Context, obj *proposal.TrailStep) (*task.Task, error) {
	return take[*task.Task](ctx, obj)
}

func (r *Resolver) Proposal() generated.ProposalResolver { return &proposalResolver{r} }

func (r *Resolver) TrailStep() generated.TrailStepResolver { return &trailStepResolver{r} }

type (
	proposalResolver  struct{ *Resolver }
	trailStepResolver struct{ *Resolver }
)
