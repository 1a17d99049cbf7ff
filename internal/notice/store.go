package notice

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

// selectNotices reads notices n with the current names and places of their subjects, where everybody, or the author only, may see
// those. If the shift is hidden, the place recorded in the notice is left out too: hiding the shift was meant to hide
// that as well.
var selectNotices = `select n.id, n.person_id, n.kind, n.subject_type, n.subject_id, case when t.id is not null and s.hidden_id is null then n.details
			else n.details #- '{was,place}' #- '{was,point}' #- '{is,place}' #- '{is,point}' end as details,
		n.created_at, n.read_at, s.task_id, t.centre_id,
		coalesce(p.title, t.title, m.name_kk, '') as "called.name_kk", coalesce(p.title, t.title, m.name_ru, '') as "called.name_ru",
		coalesce(p.title, t.title, m.name_en, '') as "called.name_en",
		coalesce(spot.place, '') as place, spot.lat, spot.lon,
		` + named("was") + ` as led_before, ` + named("is") + ` as led_now
	from notices n
		left join shifts s on n.subject_type = 'SHIFT' and s.id = n.subject_id
		left join tasks t on t.id = case n.subject_type when 'TASK' then n.subject_id else s.task_id end and t.hidden_id is null
		left join lateral (select coalesce(s.place, t.place) as place, coalesce(s.lat, t.lat) as lat, coalesce(s.lon, t.lon) as lon) spot
			on t.id is not null and s.hidden_id is null
		left join proposals p on n.subject_type = 'PROPOSAL' and p.id = n.subject_id and p.hidden_id is null
			and (p.state <> 'WITHDRAWN' or p.author_id = n.person_id)
		left join teams m on n.subject_type = 'TEAM' and m.id = n.subject_id and m.hidden_id is null`

// named selects the names of the leads in a part of the details.
func named(part string) string {
	return `(select jsonb_agg(jsonb_build_array(given_name, family_name) order by given_name, id) from people
		where erased_at is null and hidden_id is null
			and id in (select l::uuid from jsonb_array_elements_text(n.details->'` + part + `'->'leads') l))`
}

// standing reads those of the notices that messages may still tell: unread, still true, and for people who may be told. Of a
// changed shift only what is still true is left.
func standing(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID, now time.Time) ([]*Notice, error) {
	rows, err := postgres.Read[Notice](ctx, q, postgres.Select(selectNotices+`
		join people o on o.id = n.person_id cross join (select ?::timestamptz as now) clock`, now).
		Where(`n.id = any(?)`, postgres.IDs(ids)).Where(`n.read_at is null`).
		Where(`o.erased_at is null and o.suspended_id is null`).Where(stands))
	if err != nil {
		return nil, err
	}
	return unchanged(ctx, q, rows)
}

// linked reads the notice of a signed link, unless the person's links were invalidated after it was made.
func linked(ctx context.Context, q sqlx.QueryerContext, id uuid.UUID) ([]*Notice, error) {
	return postgres.Read[Notice](ctx, q, postgres.Select(selectNotices).Where(`n.id = ?`, id).
		Where(`not exists (select from people where id = n.person_id and links_since >= n.created_at)`))
}

// Newest is the order of a person's notices.
var Newest = paging.Order{Name: "notices-newest"}

func id(n *Notice) uuid.UUID     { return n.ID }
func person(n *Notice) uuid.UUID { return n.PersonID }

func ofPersons(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID, unread bool, args paging.Args) ([]*Notice, error) {
	query := postgres.Select(`select x.* from unnest(?::uuid[]) u(id) cross join lateral (`+selectNotices+` where n.person_id = u.id`,
		postgres.IDs(people))
	if unread {
		query.Add(`and n.read_at is null`)
	}
	if args.After != nil {
		query.Add(`and n.id < ?`, args.After.ID)
	}
	return postgres.Read[Notice](ctx, q, query.Add(`order by n.id desc limit ?) x`, args.Limit()))
}

func counts(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID, unread bool) (map[uuid.UUID]int, error) {
	query := postgres.Select(`select person_id as id, count(*) as n from notices`).Where(`person_id = any(?)`, postgres.IDs(people))
	if unread {
		query.Where(`read_at is null`)
	}
	return postgres.Counts(ctx, q, query.Add(`group by 1`))
}

// markRead marks unread notices of the person as read.
func markRead(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, in *MarkNoticesReadInput, now time.Time) error {
	q := postgres.Select(`update notices set read_at = ?`, now).Where(`person_id = ?`, person).Where(`read_at is null`)
	if in.UpTo != nil {
		q.Where(`created_at <= ?`, *in.UpTo)
	} else {
		q.Where(`id = any(?)`, postgres.IDs(in.IDs))
	}
	_, err := tx.ExecContext(ctx, q.SQL(), q.Args()...)
	return err
}

func preferences(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) ([]*NoticePreference, error) {
	return postgres.Read[NoticePreference](ctx, q, postgres.Select(
		`select person_id, topic, email, telegram from notice_preferences where person_id = any(?)`, postgres.IDs(people)))
}

func setPreference(ctx context.Context, tx *sqlx.Tx, p NoticePreference) error {
	_, err := tx.NamedExecContext(ctx, `insert into notice_preferences (person_id, topic, email, telegram)
		values (:person_id, :topic, :email, :telegram)
		on conflict (person_id, topic) do update set email = excluded.email, telegram = excluded.telegram`, p)
	return err
}

// keepNotices is how long a notice is kept.
const keepNotices = 180 * 24 * time.Hour

// Forget deletes notices older than keepNotices.
func (s *Service) Forget(ctx context.Context, now time.Time) error {
	return s.DB.Tx(ctx, func(tx *sqlx.Tx) error {
		if _, err := tx.ExecContext(ctx, `delete from telegram_codes where expires_at < $1`, now); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `delete from notices where id in (select id from notices where created_at < $1 limit 10000)`, now.Add(-keepNotices))
		return err
	})
}

// followers, coordinators and LeadsOf select the people of whatever a fragment of SQL names.

func followers(proposal string) string { return `select followers_of(` + proposal + `)` }

func coordinators(centre string) string {
	return `select person_id from grants where centre_id = ` + centre + ` and role = 'COORDINATOR' and ended_at is null`
}

// LeadsOf selects those who can lead a team: nobody who is suspended.
func LeadsOf(team string) string {
	own := `from memberships led join people l on l.id = led.person_id and l.suspended_id is null and l.erased_at is null
			where led.team_id = ` + team + ` and led.state = 'ACTIVE' and led.role = 'LEAD'`
	return `select l.id ` + own + `
		union all select l.id from grants given join people l on l.id = given.person_id and l.suspended_id is null and l.erased_at is null
			where given.role = 'NGO_LEAD' and given.ended_at is null and given.ngo_id = (select ngo_id from teams where id = ` + team + `)
				and not exists (select ` + own + `)`
}
