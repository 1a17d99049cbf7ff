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

// toTeam are the kinds by which the team's leads are told of a step.
var toTeam = map[rule.Verb]notice.NoticeKind{VerifyTask: notice.TaskVerified, SendBack: notice.TaskSentBack,
	DisputeResult: notice.TaskDisputed, CancelTask: notice.TaskCancelled}

// toCentre are those by which the coordinators of its centre are told.
var toCentre = map[rule.Verb]notice.NoticeKind{ClaimDone: notice.TaskToVerify, DisputeResult: notice.TaskDisputed}

// Tell tells of a step of a task: the team's leads, the centre where it is to look, and those who proposed it. Words are a team's
// or a centre's: what an author disputes is read on the task. Who is told in two of these ways is told once.
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

// told are the steps that those who proposed a task are told of.
var told = map[rule.Verb]bool{OpenTask: true, StartTask: true, PostProgress: true, ClaimDone: true, VerifyTask: true, SendBack: true,
	DisputeResult: true, CancelTask: true}
