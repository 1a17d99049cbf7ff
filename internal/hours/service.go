package hours

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/certificate"
	"jastarhub/internal/fault"
	"jastarhub/internal/history"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// Service is what people do with hours.
type Service struct{ DB *postgres.DB }

// Approve confirms that people were there as attendance says. Codes of a row: NOT_FOUND, NOT_LEAD, OWN_CASE, WRONG_STATE,
// TOO_EARLY, TOO_LATE, REASON_MISSING.
func (s *Service) Approve(ctx context.Context, c mutation.Call, in ApproveHoursInput) (*HoursPayload, error) {
	return s.answer(ctx, c, in.validate(), in.IDs, verdict{verb: ApproveHours, reason: in.Reason})
}

// Adjust sets what counts instead. Codes of a row: NOT_FOUND, NOT_LEAD, OWN_CASE, WRONG_STATE, TOO_EARLY, TOO_LATE, OVER_SHIFT.
func (s *Service) Adjust(ctx context.Context, c mutation.Call, in AdjustHoursInput) (*HoursPayload, error) {
	return s.answer(ctx, c, in.validate(), in.ids(), verdict{verb: AdjustHours, reason: &in.Reason, minutes: in.minutes()})
}

// Reject says that nothing counts. Codes of a row: NOT_FOUND, NOT_LEAD, OWN_CASE, WRONG_STATE, TOO_EARLY, TOO_LATE.
func (s *Service) Reject(ctx context.Context, c mutation.Call, in RejectHoursInput) (*HoursPayload, error) {
	return s.answer(ctx, c, in.validate(), in.IDs, verdict{verb: RejectHours, reason: &in.Reason})
}

// answer gives a verdict on each of the hours that allow it, all in one transaction, and returns the outcome for the others.
func (s *Service) answer(ctx context.Context, c mutation.Call, invalid error, ids []uuid.UUID, v verdict) (*HoursPayload, error) {
	outcomes, err := c.DoEach(ctx, s.DB, invalid, func(tx *sqlx.Tx) ([]mutation.Outcome, error) {
		found, err := lock(ctx, tx, ids)
		if err != nil {
			return nil, err
		}
		outcomes, answered := v.decide(ids, found, c)
		return outcomes, v.write(ctx, tx, c, answered)
	})
	if err != nil {
		return nil, err
	}
	return s.payload(ctx, c.Actor, outcomes)
}

// answered is hours that were given a verdict, and their former state.
type answered struct {
	*Hours
	from HoursState
}

// decide applies the verdict to those of the rows that allow it. A row that is named twice is answered once.
func (v verdict) decide(ids []uuid.UUID, found []*Hours, c mutation.Call) (outcomes []mutation.Outcome, done []answered) {
	of, seen := make(map[uuid.UUID]*Hours, len(found)), map[uuid.UUID]bool{}
	for _, h := range found {
		of[h.ID] = h
	}
	for _, id := range ids {
		if seen[id] {
			continue
		}
		seen[id] = true
		h, code := of[id], fault.NotFound
		if h != nil && h.Visible(c.Actor) {
			code = v.refuse(h, c.Actor, c.Now)
		}
		outcomes = append(outcomes, mutation.Outcome{ID: id, Code: code})
		if code == "" {
			done = append(done, answered{h, h.State})
			v.apply(h, c.Actor, c.Now)
		}
	}
	return outcomes, done
}

// write stores verdicts with their history, and tells the people who worked.
func (v verdict) write(ctx context.Context, tx *sqlx.Tx, c mutation.Call, done []answered) error {
	if len(done) == 0 {
		return nil
	}
	rows, moves := make([]*Hours, len(done)), make([]history.Move, len(done))
	for i, h := range done {
		rows[i] = h.Hours
		moves[i] = c.As(h.actingAs(c.Actor), v.verb).Because(v.reason).Done(history.To(h.ID, h.from, h.State))
	}
	if err := update(ctx, tx, rows); err != nil {
		return err
	}
	if err := history.Record(ctx, tx, moves...); err != nil {
		return err
	}
	if err := certificate.HoursHaveChanged(ctx, tx, paging.IDs(rows, id), c.Now); err != nil {
		return err
	}
	return tell(ctx, tx, c, rows)
}

// tell tells the people who worked; those with the same verdict are told together.
func tell(ctx context.Context, tx *sqlx.Tx, c mutation.Call, rows []*Hours) error {
	type same struct {
		shift   uuid.UUID
		minutes int
	}
	people := map[same][]uuid.UUID{}
	for _, h := range rows {
		key := same{h.ShiftID, h.Minutes}
		people[key] = append(people[key], h.PersonID)
	}
	for _, h := range rows {
		key := same{h.ShiftID, h.Minutes}
		if people[key] == nil {
			continue
		}
		details := notice.Details{Step: string(h.State), When: &h.StartsAt, Minutes: h.Minutes}
		if h.Reason != nil {
			details.Words = *h.Reason
		}
		news := notice.News{Kind: notice.HoursAnswered, About: notice.AboutShift(h.ShiftID), Details: details}
		if err := notice.Tell(ctx, tx, c.Actor, c.Now, news, notice.People(people[key]...)); err != nil {
			return err
		}
		people[key] = nil
	}
	return nil
}

// payload reads what a mutation changed, in the same way the first time and on every repetition.
func (s *Service) payload(ctx context.Context, a *auth.Actor, outcomes []mutation.Outcome) (*HoursPayload, error) {
	rows, err := byIDs(ctx, s.DB, mutation.IDs(outcomes))
	if err != nil {
		return nil, err
	}
	of := make(map[uuid.UUID]*Hours, len(rows))
	for _, h := range rows {
		if h.Visible(a) {
			of[h.ID] = h
		}
	}
	results := make([]*HoursResult, len(outcomes))
	for i, o := range outcomes {
		results[i] = &HoursResult{ID: o.ID, Hours: of[o.ID], Code: o.Refusal()}
	}
	return &HoursPayload{Results: results}, nil
}
