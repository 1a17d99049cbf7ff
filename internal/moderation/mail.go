package moderation

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/outbox"
	"jastarhub/internal/signup"
)

// The emails. None contains a name.
const (
	mailUpheld          outbox.Kind = "DECISION_UPHELD"
	mailOverturned      outbox.Kind = "DECISION_OVERTURNED"
	mailReportDecided   outbox.Kind = "REPORT_DECIDED"
	mailSignupCancelled outbox.Kind = "SIGNUPS_CANCELLED"
)

var (
	mailDecided = map[DecisionKind]outbox.Kind{Hide: "CONTENT_HIDDEN", Suspend: "PERSON_SUSPENDED"}
	mailEnded   = map[DecisionKind]outbox.Kind{Hide: "CONTENT_SHOWN", Suspend: "SUSPENSION_ENDED"}
)

// tell emails everyone a decision concerns: the person, or the leads of the team and of its NGO.
func (d *Decision) tell(ctx context.Context, tx *sqlx.Tx, now time.Time, kind outbox.Kind, words string) error {
	concerned, err := concernedBy(ctx, tx, d)
	if err != nil {
		return err
	}
	data := map[string]any{"id": d.ID, "kind": d.Kind, "subject": d.SubjectType, "reason": d.Reason, "words": words, "until": "",
		"appealBy": d.AppealBy()}
	if d.Until != nil {
		data["until"] = *d.Until
	}
	for _, r := range concerned {
		if err := outbox.Put(ctx, tx, now, outbox.Mail{Kind: kind, To: r.Email, Language: r.Language, Data: data}); err != nil {
			return err
		}
	}
	return nil
}

// tellReporters emails those who made the reports the outcome, without naming anyone.
func tellReporters(ctx context.Context, tx *sqlx.Tx, now time.Time, reports ...*Report) error {
	for _, r := range reports {
		reporter, err := reporterOf(ctx, tx, r)
		if err != nil {
			return err
		}
		if len(reporter) == 0 {
			continue
		}
		err = outbox.Put(ctx, tx, now, outbox.Mail{Kind: mailReportDecided, To: reporter[0].Email, Language: reporter[0].Language,
			Data: map[string]any{"upheld": r.State == Upholding}})
		if err != nil {
			return err
		}
	}
	return nil
}

// tellLeads emails the leads of the teams whose shifts lost sign-ups.
func tellLeads(ctx context.Context, tx *sqlx.Tx, now time.Time, cancelled []*signup.Slot) error {
	if len(cancelled) == 0 {
		return nil
	}
	shifts, err := signup.Lines(ctx, tx, cancelled)
	if err != nil {
		return err
	}
	leads, err := leadsOf(ctx, tx, slices.Collect(maps.Keys(shifts)))
	if err != nil {
		return err
	}
	for _, l := range leads {
		if err := outbox.Put(ctx, tx, now, outbox.Mail{Kind: mailSignupCancelled, To: l.Email, Language: l.Language,
			Data: map[string]any{"shifts": shifts[l.TeamID.UUID]}}); err != nil {
			return err
		}
	}
	return nil
}
