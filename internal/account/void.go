package account

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
)

// voided ends everything unused that opens or changes an account. A new kind of link, code or token needs a line here; a test
// finds it in the database's catalogue. What does not belong to the account stays: an invitation and a provider's claim about an
// address belong to the address, a guardian's link to the guardian. The mark by which a device is known is signed with
// links_since, and has no row.
const voided = `with mailed as (update account_tokens set used_at = $2 where person_id = $1 and used_at is null),
	downloads as (update data_requests set expires_at = $2 where person_id = $1 and taken_at is null and expires_at > $2),
	chats as (delete from telegram_codes where person_id = $1),
	browsers as (delete from oidc_flows f using sessions s where s.id = f.session_id and s.person_id = $1),
	started as (delete from second_factors where person_id = $1 and secret is null),
	replacing as (update second_factors set pending = null where person_id = $1 and secret is not null and pending is not null),
	signed as (update people set links_since = $2 where id = $1)
	update sessions set ended_at = $2 where person_id = $1 and id <> $3 and ended_at is null`

// void ends every link, code and token of the person, and all sessions except keep, the one in which the person makes the change;
// uuid.Nil keeps none. It returns how many sessions ended.
func void(ctx context.Context, tx *sqlx.Tx, person, keep uuid.UUID, now time.Time) (int, error) {
	ended, err := tx.ExecContext(ctx, voided, person, now, keep)
	if err != nil {
		return 0, err
	}
	n, err := ended.RowsAffected()
	return int(n), err
}

// EndSessions ends all of a person's sessions, and every unused link.
func EndSessions(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, at time.Time) error {
	_, err := void(ctx, tx, person, uuid.Nil, at)
	return err
}
