package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/auth"
	"jastarhub/internal/postgres"
)

// Tell writes news down for everybody in the audiences, with one statement, in the transaction that gives the reason. by is who
// made the news, and is not told of it; nil is the hub. Neither is who is suspended or has erased the account.
func Tell(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, news News, to ...Audience) error {
	if _, known := kinds[news.Kind]; !known {
		return fmt.Errorf("there is no kind of notice %q", news.Kind)
	}
	details, err := json.Marshal(news.Details)
	if err != nil {
		return err
	}
	q := postgres.Select(`with told as (`)
	for i, audience := range to {
		if i > 0 {
			q.Add(`union`)
		}
		q.Add(audience.sql, audience.args...)
	}
	q.Add(`) insert into notices (id, person_id, kind, subject_type, subject_id, details, event, created_at)
		select id_at(?::timestamptz), p.id, ?, ?, ?::uuid, ?::jsonb, ?, ?::timestamptz from people p
		where p.id in (select * from told) and p.id <> ? and p.erased_at is null and p.suspended_id is null order by p.id
		on conflict (person_id, event) do nothing`,
		now, news.Kind, news.About.Type, news.About.ID, details, news.event(now), now, by.ID())
	_, err = tx.ExecContext(ctx, q.SQL(), q.Args()...)
	return err
}

// event is that of the news: by itself what is told of the subject at the moment.
func (n News) event(now time.Time) string {
	if n.Event != "" {
		return n.Event
	}
	return fmt.Sprintf("%s %s %d", n.Kind, n.About.ID, now.UnixMicro())
}
