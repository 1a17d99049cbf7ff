package signup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/fault"
	"jastarhub/internal/mutation"
	"jastarhub/internal/notice"
	"jastarhub/internal/postgres"
)

// When people are reminded, in Almaty: about tomorrow's shifts in the evening, about today's in the morning.
const evening, night, morning = 18, 22, 8

// reminder is about the shifts that begin in a period.
type reminder struct {
	kind     notice.NoticeKind
	from, to time.Time
}

// reminders returns those that are due at this hour.
func reminders(now time.Time) (due []reminder) {
	local := now.In(almaty.Zone)
	midnight := time.Date(local.Year(), local.Month(), local.Day()+1, 0, 0, 0, 0, almaty.Zone)
	if local.Hour() >= evening && local.Hour() < night {
		due = append(due, reminder{notice.ShiftTomorrow, midnight, midnight.AddDate(0, 0, 1)})
	}
	if local.Hour() >= morning {
		due = append(due, reminder{notice.ShiftToday, now, midnight})
	}
	return due
}

// Remind reminds those who have a seat, once for each shift, and again for one that was moved. It may run in several processes at
// once.
func (s *Service) Remind(ctx context.Context, now time.Time) error {
	var failed error
	for _, r := range reminders(now) {
		for more := true; more; {
			err := s.DB.Tx(ctx, func(tx *sqlx.Tx) (err error) {
				more, err = r.send(ctx, tx, now)
				return err
			})
			failed = errors.Join(failed, err)
			more = more && err == nil
		}
	}
	return failed
}

const remindedAtOnce = 50

// send takes shifts that nobody was reminded of and reminds the people on them; more reports whether there may be others.
func (r reminder) send(ctx context.Context, tx *sqlx.Tx, now time.Time) (more bool, err error) {
	shifts, err := postgres.Read[struct {
		ID       uuid.UUID `db:"shift_id"`
		StartsAt time.Time `db:"starts_at"`
	}](ctx, tx, postgres.Select(`insert into shift_reminders (shift_id, kind, starts_at, sent_at)
		select s.id, ?, s.starts_at, ?::timestamptz from shifts s join tasks t on t.id = s.task_id
		where s.state = 'PLANNED' and s.starts_at >= ? and s.starts_at < ? and s.hidden_id is null
			and t.state in ('OPEN', 'IN_PROGRESS') and t.hidden_id is null
			and not exists (select from shift_reminders r where r.shift_id = s.id and r.kind = ? and r.starts_at = s.starts_at)
		order by s.id limit ? on conflict do nothing returning shift_id, starts_at`, r.kind, now, r.from, r.to, r.kind, remindedAtOnce))
	if err != nil {
		return false, err
	}
	for _, shift := range shifts {
		news := notice.News{Kind: r.kind, About: notice.AboutShift(shift.ID), Details: notice.Details{When: &shift.StartsAt},
			Event: fmt.Sprintf("%s %s %d", r.kind, shift.ID, shift.StartsAt.Unix())}
		if err := notice.Tell(ctx, tx, nil, now, news, notice.OnShift(shift.ID, Confirmed)); err != nil {
			return false, err
		}
	}
	return len(shifts) == remindedAtOnce, nil
}

// SayComing records that a person who was asked by a reminder will come. Codes: NOT_FOUND, NOT_YOURS, WRONG_STATE, SIGNUP_CLOSED.
func (s *Service) SayComing(ctx context.Context, c mutation.Call, id uuid.UUID) error {
	_, err := c.Do(ctx, s.DB, nil, func(tx *sqlx.Tx) (uuid.UUID, error) {
		if _, err := lockSlotOf(ctx, tx, id); err != nil {
			return uuid.Nil, err
		}
		g, err := s.permitted(ctx, tx, c, id, CancelSignup) // as long as the person could also cancel
		if err == nil && g.State != Confirmed {
			err = fault.New(fault.WrongState)
		}
		if err != nil {
			return uuid.Nil, err
		}
		_, err = tx.ExecContext(ctx, `update signups set coming_at = $2 where id = $1`, id, c.Now)
		return id, err
	})
	return err
}

// ForgetComing deletes what people answered about a shift that was moved.
func ForgetComing(ctx context.Context, tx *sqlx.Tx, shift uuid.UUID) error {
	_, err := tx.ExecContext(ctx, `update signups set coming_at = null where shift_id = $1 and coming_at is not null`, shift)
	return err
}
