package proposal

import (
	"context"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/workday"
)

// The number of working days in which a centre reacts and decides, unless the hub is configured otherwise.
const ReactDays, DecideDays = 5, 15

// Deadline returns the end, in Almaty, of the n-th working day after the day of a moment.
func Deadline(days workday.Days, from time.Time, n int) time.Time {
	day := from.In(almaty.Zone)
	for n > 0 {
		if day = day.AddDate(0, 0, 1); days.Works(day) {
			n--
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), 23, 59, 59, 0, almaty.Zone)
}

// PutOff returns a deadline moved later by the working days after the day of from, up to the day of to.
func PutOff(days workday.Days, deadline, from, to time.Time) time.Time {
	return Deadline(days, deadline, workingDays(days, from, to))
}

// workingDays returns how many there are after the day of from, up to the day of to.
func workingDays(days workday.Days, from, to time.Time) (n int) {
	for end := Deadline(days, to, 0); Deadline(days, from, 0).Before(end); {
		if from = from.AddDate(0, 0, 1); days.Works(from.In(almaty.Zone)) {
			n++
		}
	}
	return n
}

// DecideBy returns until when the centre has to decide; nil while the clock is stopped, because the author is asked.
func (p *Proposal) DecideBy() *time.Time {
	if p.AskedAt != nil {
		return nil
	}
	return &p.Deciding
}

// Overdue returns for which of the proposals the deadline of the state has passed.
func (s *Service) Overdue(proposals []*Proposal, now time.Time) []bool {
	overdue := make([]bool, len(proposals))
	for i, p := range proposals {
		overdue[i] = p.DueAt != nil && p.DueAt.Before(now)
	}
	return overdue
}

// goOn restarts the clock: the decision is put off by the working days for which the author was asked.
func (p *Proposal) goOn(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	since := p.Deciding
	if p.AskedAt.Before(since) {
		since = *p.AskedAt
	}
	days, err := workday.Since(ctx, tx, since)
	if err == nil {
		p.Deciding, p.AskedAt = PutOff(days, p.Deciding, *p.AskedAt, now), nil
	}
	return err
}
