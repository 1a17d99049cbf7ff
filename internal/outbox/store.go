package outbox

import (
	"context"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

// take takes the messages of a channel that have waited longest and postpones their next attempt.
func take(ctx context.Context, db *postgres.DB, channel Channel, now time.Time) (taken []*Letter, err error) {
	err = db.Tx(ctx, func(tx *sqlx.Tx) error {
		taken, err = postgres.Read[Letter](ctx, tx, postgres.Select(`with due as (
				select id from outbox where channel = ? and sent_at is null and failed_at is null and due_at <= ? and (at_night or not ?)
				order by due_at, id limit ? for update skip locked),
			taken as (update outbox o set attempts = attempts + 1,
					due_at = ?::timestamptz + least(make_interval(secs => ?) * power(2, least(attempts, 20)), make_interval(secs => ?))
				from due where o.id = due.id returning o.*)
			select o.id, o.channel, o.kind, o.data, o.person_id, o.notice_id, o.at_night, o.created_at, o.attempts, o.address is null as lasting,
				coalesce(o.address, case o.channel when 'EMAIL' then p.email else cast(l.chat_id as text) end) as address,
				case when o.address is null then coalesce(p.language, o.language) else o.language end as language
			from taken o left join people p on p.id = o.person_id left join telegram_links l on l.person_id = o.person_id
			order by o.created_at, o.id`,
			channel, now, Quiet(now), batch, now, firstPause.Seconds(), mostPause.Seconds()))
		return err
	})
	return taken, err
}

// note records the outcome of an attempt. An email's data is deleted once it is sent or given up: it may open an account. An error
// may quote the address, so it is stored with the message and not logged.
func (s *Sender) note(ctx context.Context, letters []*Letter, now time.Time) error {
	var sent, gone []uuid.UUID
	var closed []string
	for _, l := range letters {
		switch {
		case l.Failure == nil:
			sent = append(sent, l.ID)
		case errors.Is(l.Failure, ErrGone):
			gone = append(gone, l.ID)
			if errors.Is(l.Failure, errBlocked) {
				closed = append(closed, *l.Address)
			}
		}
	}
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `update outbox set sent_at = $2, data = '{}', last_error = null where id = any($1)`,
			postgres.IDs(sent), now); err != nil {
			return err
		}
		if len(closed) > 0 {
			if err := s.Unlink(ctx, tx, closed); err != nil {
				return err
			}
		}
		if len(gone) > 0 {
			if _, err := tx.ExecContext(ctx, `delete from outbox where id = any($1)`, postgres.IDs(gone)); err != nil {
				return err
			}
		}
		for _, l := range letters {
			if l.Failure == nil || errors.Is(l.Failure, ErrGone) {
				continue
			}
			if err := l.noteFailure(ctx, tx, now); err != nil {
				return err
			}
		}
		return nil
	})
}

func (l *Letter) noteFailure(ctx context.Context, tx *sqlx.Tx, now time.Time) error {
	if l.givenUp() {
		_, err := tx.ExecContext(ctx, `update outbox set last_error = left($2, $3), failed_at = $4,
			data = case when address is null then data else '{}' end where id = $1`, l.ID, l.Failure.Error(), mostError, now)
		return err
	}
	due := now.Add(max(pause(l.Attempts), retryAfter(l.Failure)))
	if !l.AtNight {
		due = Awake(due)
	}
	_, err := tx.ExecContext(ctx, `update outbox set last_error = left($2, $3), due_at = $4 where id = $1`, l.ID, l.Failure.Error(), mostError, due)
	return err
}
