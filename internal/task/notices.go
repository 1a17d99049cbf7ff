package task

import (
	"context"
	"fmt"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/history"
	"jastarhub/internal/notice"
	"jastarhub/internal/rule"
)

// toTeam has the kinds of notices that tell the team's leads about a step.
var toTeam = map[rule.Verb]notice.NoticeKind{VerifyTask: notice.TaskVerified, SendBack: notice.TaskSentBack,
	DisputeResult: notice.TaskDisputed, CancelTask: notice.TaskCancelled}

// toCentre has the kinds that tell the coordinators of its centre.
var toCentre = map[rule.Verb]notice.NoticeKind{ClaimDone: notice.TaskToVerify, DisputeResult: notice.TaskDisputed}

// Tell tells people about a step of a task: the team's leads, the centre if it has to act, and those who proposed the task. The
// words that they read are a team's or a centre's: those of an author's dispute are shown on the task only. Nobody is told twice.
func (t *Task) Tell(ctx context.Context, tx *sqlx.Tx, act history.Act) error {
	news := notice.News{About: notice.AboutTask(t.ID), Details: notice.Details{Step: string(act.Verb)},
		Event: fmt.Sprintf("%s %s %d", act.Verb, t.ID, act.Now.UnixMicro())}
	if act.Words != nil && act.Verb != DisputeResult {
		news.Details.Words = *act.Words
	}
	if news.Kind = toTeam[act.Verb]; news.Kind != "" {
		if err := notice.Tell(ctx, tx, act.By, act.Now, news, notice.Leads(t.TeamID)); err != nil {
			return err
		}
	}
	if news.Kind = toCentre[act.Verb]; news.Kind != "" {
		if err := notice.Tell(ctx, tx, act.By, act.Now, news, notice.Coordinators(t.CentreID)); err != nil {
			return err
		}
	}
	if !t.ProposalID.Valid || !told[act.Verb] {
		return nil
	}
	news.Kind = notice.TaskFromProposal
	return notice.Tell(ctx, tx, act.By, act.Now, news, notice.Followers(t.ProposalID.UUID))
}

// told are the steps that those who proposed a task are told about.
var told = map[rule.Verb]bool{OpenTask: true, StartTask: true, PostProgress: true, ClaimDone: true, VerifyTask: true, SendBack: true,
	DisputeResult: true, CancelTask: true}
