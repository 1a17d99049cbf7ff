package proposal

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/notice"
	"jastarhub/internal/rule"
)

// tellNew tells the coordinators of the centre that it has a proposal to answer.
func (p *Proposal) tellNew(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time) error {
	return notice.Tell(ctx, tx, by, now, notice.News{Kind: notice.ProposalNew, About: notice.AboutProposal(p.ID)}, notice.Coordinators(p.CentreID))
}

// Tell tells the author and supporters of a proposal about a step and, if it is the author's own step, the centre. A question is
// answered by the author; supporters of a merged proposal are asked whether their support moves along. words are a centre's: an
// author's are not passed on.
func (p *Proposal) Tell(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, verb rule.Verb, words *string) error {
	news := notice.News{Kind: notice.ProposalMoved, About: notice.AboutProposal(p.ID), Details: notice.Details{Step: string(verb)},
		Event: fmt.Sprintf("%s %s %d", verb, p.ID, now.UnixMicro())}
	to := []notice.Audience{notice.Followers(p.ID)}
	switch {
	case verb == AnswerInfo || verb == WithdrawProposal:
		to = append(to, notice.Coordinators(p.CentreID))
	case words != nil:
		news.Details.Words = *words
	}
	if verb == MergeProposal {
		news.Kind = notice.ProposalMerged
	}
	if verb == AskForInfo {
		asked := news
		asked.Kind = notice.ProposalInfoWanted
		if err := notice.Tell(ctx, tx, by, now, asked, notice.People(p.AuthorID)); err != nil {
			return err
		}
	}
	return notice.Tell(ctx, tx, by, now, news, to...)
}
