package task

import (
	"context"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/notice"
	"jastarhub/internal/rule"
)

// toTeam has the kinds of notices that tell the team's leads about a step.
var toTeam = map[rule.Verb]notice.NoticeKind{VerifyTask: notice.TaskVerified, SendBack: notice.TaskSentBack,
	DisputeResult: notice.TaskDisputed, CancelTask: notice.TaskCancelled}

// toCentre has the kinds that tell the coordinators of its centre.
var toCentre = map[rule.Verb]notice.NoticeKind{ClaimDone: notice.TaskToVerify, DisputeResult: notice.TaskDisputed}

// Tell tells people about a step of a task: the team's leads, the centre if it has to act, and those who proposed the task. words
// are a team's or a centre's: the words of an author's dispute are shown on the task only. Nobody is told twice.
func (t *Task) Tell(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, verb rule.Verb, words *string) error {
	news := notice.News{About: notice.AboutTask(t.ID), Details: notice.Details{Step: string(verb)},
		Event: fmt.Sprintf("%s %s %d", verb, t.ID, now.UnixMicro())}
	if words != nil && verb != DisputeResult {
		news.Details.Words = *words
	}
	if news.Kind = toTeam[verb]; news.Kind != "" {
		if err := notice.Tell(ctx, tx, by, now, news, notice.Leads(t.TeamID)); err != nil {
			return err
		}
	}
	if news.Kind = toCentre[verb]; news.Kind != "" {
		if err := notice.Tell(ctx, tx, by, now, news, notice.Coordinators(t.CentreID)); err != nil {
			return err
		}
	}
	if !t.ProposalID.Valid || !told[verb] {
		return nil
	}
	news.Kind = notice.TaskFromProposal
	return notice.Tell(ctx, tx, by, now, news, notice.Followers(t.ProposalID.UUID))
}

// told are the steps that those who proposed a task are told about.
var told = map[rule.Verb]bool{OpenTask: true, StartTask: true, PostProgress: true, ClaimDone: true, VerifyTask: true, SendBack: true,
	DisputeResult: true, CancelTask: true}
