package proposal

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/history"
	"jastarhub/internal/notice"
)

// tellNew tells the coordinators of the centre that it has a proposal to answer.
func (p *Proposal) tellNew(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time) error {
	return notice.Tell(ctx, tx, by, now, notice.News{Kind: notice.ProposalNew, About: notice.AboutProposal(p.ID)}, notice.Coordinators(p.CentreID))
}

// Tell tells the author and supporters of a proposal about a step and, if it is the author's own step, the centre. A question is
// answered by the author; supporters of a merged proposal are asked whether their support moves along. A centre's words are passed
// on, an author's are not.
func (p *Proposal) Tell(ctx context.Context, tx *sqlx.Tx, act history.Act) error {
	news := notice.News{Kind: notice.ProposalMoved, About: notice.AboutProposal(p.ID), Details: notice.Details{Step: string(act.Verb)},
		Event: fmt.Sprintf("%s %s %d", act.Verb, p.ID, act.Now.UnixMicro())}
	to := []notice.Audience{notice.Followers(p.ID)}
	switch {
	case act.Verb == AnswerInfo || act.Verb == WithdrawProposal:
		to = append(to, notice.Coordinators(p.CentreID))
	case act.Words != nil:
		news.Details.Words = *act.Words
	}
	if act.Verb == MergeProposal {
		news.Kind = notice.ProposalMerged
	}
	if act.Verb == AskForInfo {
		asked := news
		asked.Kind = notice.ProposalInfoWanted
		if err := notice.Tell(ctx, tx, act.By, act.Now, asked, notice.People(p.AuthorID)); err != nil {
			return err
		}
	}
	return notice.Tell(ctx, tx, act.By, act.Now, news, to...)
}
