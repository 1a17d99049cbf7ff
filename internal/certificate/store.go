package certificate

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
)

const columns = `id, number, person_id, given_name, family_name, language, from_on, to_on, first_on, last_on, minutes, shifts, centre_id,
	issued_at, revoked_at, revocation`

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*Certificate, error) {
	return postgres.Read[Certificate](ctx, q, postgres.Select(`select `+columns+` from certificates where id = any(?)`, postgres.IDs(ids)))
}

func byNumber(ctx context.Context, q sqlx.QueryerContext, number string) (*Certificate, error) {
	return first(ctx, q, postgres.Select(`select `+columns+` from certificates where number = ?`, number))
}

// lock reads a certificate and keeps others from revoking it until the transaction ends.
func lock(ctx context.Context, tx *sqlx.Tx, number string) (*Certificate, error) {
	return first(ctx, tx, postgres.Select(`select `+columns+` from certificates where number = ? for no key update`, number))
}

func first(ctx context.Context, q sqlx.QueryerContext, query *postgres.Query) (*Certificate, error) {
	rows, err := postgres.Read[Certificate](ctx, q, query)
	if err == nil && len(rows) == 0 {
		err = fault.Missing("number")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// lockCounting returns a person's hours that count, and keeps their verdicts unchanged until the transaction ends.
func lockCounting(ctx context.Context, tx *sqlx.Tx, person uuid.UUID, in IssueCertificateInput) ([]uuid.UUID, error) {
	from, before := in.between()
	query := postgres.Select(`select id from hours where person_id = ? and starts_at >= ? and starts_at < ?
		and state in ('APPROVED', 'ADJUSTED') and minutes > 0`, person, from, before)
	if in.TeamID != nil {
		query.Add(`and team_id = ?`, *in.TeamID)
	}
	rows, err := postgres.Read[uuid.UUID](ctx, tx, query.Add(`order by id for share`))
	ids := make([]uuid.UUID, len(rows))
	for i, id := range rows {
		ids[i] = *id
	}
	return ids, err
}

const insertCertificate = `insert into certificates (id, number, person_id, given_name, family_name, language, from_on, to_on, first_on, last_on,
		minutes, shifts, centre_id, issued_at)
	select $1, $2, $3, $4, $5, $6, $7, $8, min(d.day), max(d.day), sum(h.minutes), count(*),
		case when count(distinct h.centre_id) = 1 then cast(min(cast(h.centre_id as text)) as uuid) end, $9
	from hours h cross join lateral (select cast(h.starts_at at time zone 'Asia/Almaty' as date) as day) d where h.id = any($10)`

const insertParts = `insert into certificate_parts (certificate_id, team_id, team_name_kk, team_name_ru, team_name_en,
		ngo_name_kk, ngo_name_ru, ngo_name_en, minutes, shifts, first_on, last_on)
	select $1, t.id, t.name_kk, t.name_ru, t.name_en, n.name_kk, n.name_ru, n.name_en, s.minutes, s.shifts, s.first_on, s.last_on
	from (select h.team_id, sum(h.minutes) as minutes, count(*) as shifts, min(d.day) as first_on, max(d.day) as last_on
		from hours h cross join lateral (select cast(h.starts_at at time zone 'Asia/Almaty' as date) as day) d
		where h.id = any($2) group by 1) s join teams t on t.id = s.team_id join ngos n on n.id = t.ngo_id`

// insert stores a certificate of hours, with its sums and the names as they are now.
func insert(ctx context.Context, tx *sqlx.Tx, c *Certificate, hours []uuid.UUID) error {
	_, err := tx.ExecContext(ctx, insertCertificate, c.ID, c.Number, c.PersonID, c.GivenName, c.FamilyName, c.Language, c.From, c.To, c.IssuedAt,
		postgres.IDs(hours))
	if err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, insertParts, c.ID, postgres.IDs(hours)); err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `insert into certificate_hours (certificate_id, hours_id, minutes) select $1, id, minutes from hours where id = any($2)`,
		c.ID, postgres.IDs(hours))
	return err
}

// revoke runs in the transaction that gives the reason for it; which is an SQL condition, always a constant of this package.
func revoke(ctx context.Context, tx *sqlx.Tx, now time.Time, why CertificateRevocation, which string, args ...any) ([]*Certificate, error) {
	query := postgres.Select(`with live as (select id from certificates where revoked_at is null and `+which+` order by id for no key update)`, args...)
	return postgres.Read[Certificate](ctx, tx, query.Add(`update certificates set revoked_at = ?, revocation = ?
		where id in (select id from live) returning `+columns, now, why))
}

// partsOf leaves out the names of teams and NGOs that are hidden now.
func partsOf(ctx context.Context, q sqlx.QueryerContext, certificates []uuid.UUID) ([]*CertificatePart, error) {
	return postgres.Read[CertificatePart](ctx, q, postgres.Select(`select p.certificate_id, p.minutes, p.shifts, p.first_on, p.last_on,
			case when s.shown then p.team_name_kk else '' end as "team.name_kk", case when s.shown then p.team_name_ru else '' end as "team.name_ru",
			case when s.shown then p.team_name_en else '' end as "team.name_en", case when s.shown then p.ngo_name_kk else '' end as "ngo.name_kk",
			case when s.shown then p.ngo_name_ru else '' end as "ngo.name_ru", case when s.shown then p.ngo_name_en else '' end as "ngo.name_en"
		from certificate_parts p join teams t on t.id = p.team_id join ngos n on n.id = t.ngo_id
			cross join lateral (select t.hidden_id is null and n.hidden_id is null as shown) s
		where p.certificate_id = any(?) order by p.certificate_id, p.minutes desc, p.team_id`, postgres.IDs(certificates)))
}

// ofPersons reads a page of each person's certificates, newest first.
func ofPersons(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID, args paging.Args) ([]*Certificate, error) {
	query := postgres.Select(`select c.* from unnest(?::uuid[]) p(id) cross join lateral (select `+columns+` from certificates
		where person_id = p.id`, postgres.IDs(people))
	if args.After != nil {
		query.Add(`and id < ?`, args.After.ID)
	}
	return postgres.Read[Certificate](ctx, q, query.Add(`order by id desc limit ?) c`, args.Limit()))
}

func counts(ctx context.Context, q sqlx.QueryerContext, people []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(`select person_id as id, count(*) as n from certificates where person_id = any(?) group by 1`,
		postgres.IDs(people)))
}
