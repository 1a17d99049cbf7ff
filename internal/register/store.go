package register

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/postgres"
)

const columns = `h.id, h.person_id, h.starts_at, h.ends_at, h.minutes, t.title, coalesce(s.place, t.place) as place, t.min_age, t.work_class, n.bin,
	n.name_kk as "ngo.name_kk", n.name_ru as "ngo.name_ru", n.name_en as "ngo.name_en",
	m.name_kk as "team.name_kk", m.name_ru as "team.name_ru", m.name_en as "team.name_en",
	d.name_kk as "district.name_kk", d.name_ru as "district.name_ru", d.name_en as "district.name_en"`

// entries reads the lines after one, of an NGO or of all.
func entries(ctx context.Context, q sqlx.QueryerContext, w Wanted, ngo uuid.NullUUID, after *Entry) ([]*Entry, error) {
	query := postgres.Select(`select `+columns+` from (select * from hours where state in ('APPROVED', 'ADJUSTED') and starts_at >= ? and starts_at < ?`,
		almaty.Midnight(w.From), almaty.Midnight(w.To.AddDate(0, 0, 1)))
	if ngo.Valid {
		query.Add(`and ngo_id = ?`, ngo.UUID)
	}
	if after != nil {
		query.Add(`and (starts_at, id) > (?, ?)`, after.StartsAt, after.ID)
	}
	query.Add(`order by starts_at, id limit ?) h join shifts s on s.id = h.shift_id join tasks t on t.id = h.task_id
		join ngos n on n.id = h.ngo_id join teams m on m.id = h.team_id join districts d on d.id = t.district_id order by h.starts_at, h.id`, pageSize)
	return postgres.Read[Entry](ctx, q, query)
}
