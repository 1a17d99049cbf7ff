package notice

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/auth"
	"jastarhub/internal/outbox"
	"jastarhub/internal/postgres"
)

// Tell tells the news to everybody in the audiences, with one statement, in the transaction of what it is about: as a notice in
// the app, and as messages where the person wants them. by caused the news, and is not told about it; nil is the hub. People who are
// suspended or have erased the account are not told either.
func Tell(ctx context.Context, tx *sqlx.Tx, by *auth.Actor, now time.Time, news News, to ...Audience) error {
	kind, known := kinds[news.Kind]
	if !known {
		return fmt.Errorf("there is no kind of notification %q", news.Kind)
	}
	details, err := json.Marshal(news.Details)
	if err != nil {
		return err
	}
	q := postgres.Select(`with audience as (`)
	for i, audience := range to {
		if i > 0 {
			q.Add(`union`)
		}
		q.Add(audience.sql, audience.args...)
	}
	night := news.atNight(now)
	due := now
	if !night {
		due = outbox.Awake(now)
	}
	q.Add(`), told as (insert into notices (id, person_id, kind, subject_type, subject_id, details, event, created_at, digest_at)
		select id_at(?::timestamptz), p.id, ?, ?, ?::uuid, ?::jsonb, ?, ?::timestamptz,
			case when not ? and coalesce(f.email, ?) = 'DAILY' then ?::timestamptz end
		from people p left join notice_preferences f on f.person_id = p.id and f.topic = ?
		where p.id in (select * from audience) and p.id <> ? and p.erased_at is null and p.suspended_id is null order by p.id
		on conflict (person_id, event) do nothing returning id, person_id)`,
		now, news.Kind, news.About.Type, news.About.ID, details, news.event(now), now,
		kind.needed, kind.topic.email(), outbox.Next(now, digestAt), kind.topic, by.ID())
	outbox.Notices{Kind: outbox.Kind(news.Kind), Now: now, Due: due, AtNight: night}.Put(q,
		`select c.channel, t.person_id, t.id as notice_id, p.language, '{}'::jsonb as data
		from told t join people p on p.id = t.person_id cross join (values ('EMAIL'), ('TELEGRAM')) c(channel)
			left join notice_preferences f on f.person_id = t.person_id and f.topic = ?
			left join telegram_links l on l.person_id = t.person_id
		where case c.channel when 'EMAIL' then coalesce(f.email, ?) = 'ALL' or ? and coalesce(f.email, ?) <> 'NONE'
			else l.person_id is not null and coalesce(f.telegram, true) end
		order by t.id`, kind.topic, kind.topic.email(), kind.needed, kind.topic.email())
	_, err = tx.ExecContext(ctx, q.SQL(), q.Args()...)
	return err
}

// atNight reports whether a notice must be pushed during quiet hours because the morning would be too late: a shift cancelled the
// same day, or a deadline less than two hours after quiet hours end.
func (n News) atNight(now time.Time) bool {
	if n.Before.IsZero() {
		return false
	}
	const enough = 2 * time.Hour
	sameDay := almaty.Day(n.Before) == almaty.Day(now)
	return n.Before.Before(outbox.Awake(now).Add(enough)) || n.Kind == ShiftCancelled && sameDay
}

// event returns the event of the news: by default, this kind of news about the subject at this moment.
func (n News) event(now time.Time) string {
	if n.Event != "" {
		return n.Event
	}
	return fmt.Sprintf("%s %s %d", n.Kind, n.About.ID, now.UnixMicro())
}
