package hours

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/auth"
	"jastarhub/internal/fault"
	"jastarhub/internal/ngo"
	"jastarhub/internal/postgres"
)

// Record is a person's hours in a period: those that count, and those that wait.
type Record struct {
	From, To                                       *time.Time // days; nil: no end
	Minutes, Shifts, PendingMinutes, PendingShifts int
	Teams                                          []*TeamRecord
	Focuses                                        []*FocusRecord
	Months                                         []*MonthRecord
}

// TeamRecord is the work for one team that counts.
type TeamRecord struct {
	TeamID          uuid.UUID
	Minutes, Shifts int
}

// FocusRecord is the work for NGOs of one focus that counts.
type FocusRecord struct {
	Focus           ngo.Focus
	Minutes, Shifts int
}

// MonthRecord is the work of one month that counts.
type MonthRecord struct {
	Month           time.Time
	Minutes, Shifts int
}

// The maximum number of rows in a record's lists.
const (
	mostTeams  = 100
	mostMonths = 120
)

// Record sums up the actor's own hours. Codes: UNAUTHENTICATED, INVALID.
func (s *Service) Record(ctx context.Context, a *auth.Actor, from, to *time.Time, now time.Time) (*Record, error) {
	if a == nil {
		return nil, fault.New(fault.Unauthenticated)
	}
	var c fault.Check
	c.That(from == nil || almaty.Midnight(*from).Before(now), "from", "must not be in the future")
	c.That(to == nil || almaty.Midnight(*to).Before(now), "to", "must not be in the future")
	c.That(from == nil || to == nil || !to.Before(*from), "to", "must not be before from")
	if err := c.Err(); err != nil {
		return nil, err
	}
	sums, err := sumUp(ctx, s.DB, a.PersonID, from, to)
	if err != nil {
		return nil, err
	}
	record := &Record{From: from, To: to, Teams: []*TeamRecord{}, Focuses: []*FocusRecord{}, Months: []*MonthRecord{}}
	for _, sum := range sums {
		record.add(sum)
	}
	return record, nil
}

// sum is the total of all hours, of a team, of a focus or of a month.
type sum struct {
	TeamID         uuid.NullUUID `db:"team_id"`
	Focus          *ngo.Focus    `db:"focus"`
	Month          *time.Time    `db:"month"`
	Minutes        int           `db:"minutes"`
	Shifts         int           `db:"shifts"`
	PendingMinutes int           `db:"pending_minutes"`
	PendingShifts  int           `db:"pending_shifts"`
}

func (r *Record) add(s *sum) {
	counts := s.Shifts > 0
	switch {
	case s.TeamID.Valid:
		if counts && len(r.Teams) < mostTeams {
			r.Teams = append(r.Teams, &TeamRecord{s.TeamID.UUID, s.Minutes, s.Shifts})
		}
	case s.Focus != nil:
		if counts {
			r.Focuses = append(r.Focuses, &FocusRecord{*s.Focus, s.Minutes, s.Shifts})
		}
	case s.Month != nil:
		if counts && len(r.Months) < mostMonths {
			r.Months = append(r.Months, &MonthRecord{*s.Month, s.Minutes, s.Shifts})
		}
	default:
		r.Minutes, r.Shifts, r.PendingMinutes, r.PendingShifts = s.Minutes, s.Shifts, s.PendingMinutes, s.PendingShifts
	}
}

// sumUp sums up a person's hours: months latest first, everything else by most minutes.
func sumUp(ctx context.Context, q sqlx.QueryerContext, person uuid.UUID, from, to *time.Time) ([]*sum, error) {
	query := postgres.Select(`select h.team_id, n.focus, h.month, coalesce(sum(h.minutes) filter (where h.state <> 'PENDING'), 0) as minutes,
			count(*) filter (where h.state <> 'PENDING') as shifts, coalesce(sum(h.minutes) filter (where h.state = 'PENDING'), 0) as pending_minutes,
			count(*) filter (where h.state = 'PENDING') as pending_shifts
		from (select team_id, ngo_id, state, minutes, cast(date_trunc('month', starts_at at time zone 'Asia/Almaty') as date) as month
			from hours where person_id = ? and state in ('PENDING', 'APPROVED', 'ADJUSTED')`, person)
	if from != nil {
		query.Add(`and starts_at >= ?`, almaty.Midnight(*from))
	}
	if to != nil {
		query.Add(`and starts_at < ?`, almaty.Midnight(to.AddDate(0, 0, 1)))
	}
	return postgres.Read[sum](ctx, q, query.Add(`) h join ngos n on n.id = h.ngo_id
		group by grouping sets ((), (h.team_id), (n.focus), (h.month)) order by h.month desc, minutes desc, h.team_id, n.focus`))
}
