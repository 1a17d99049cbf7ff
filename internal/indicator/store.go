package indicator

import (
	"github.com/google/uuid"

	"jastarhub/internal/postgres"
)

// selectIndicators takes the current year: figures are counted for that year only.
const selectIndicators = `select i.id, i.code, i.year, i.unit, i.definition_kk as name_kk, i.definition_ru as name_ru,
	i.definition_en as name_en, i.baseline, i.target, i.comparison, i.announced_on,
	case when i.year = ? then case i.code
		when 'CENTRES_OPEN' then (select count(*) from centres where state = 'OPEN')
		when 'NGOS_ACTIVE' then (select count(*) from ngos n
			where n.state = 'ACTIVE' and n.hidden_id is null and exists (select from teams where ngo_id = n.id and hidden_id is null))
	end end as fact
	from indicators i`

func ofYear(year, present int) *postgres.Query {
	return postgres.Select(selectIndicators, present).Where(`i.year = ?`, year).Add(`order by i.code`)
}

func byIDs(ids []uuid.UUID, present int) *postgres.Query {
	return postgres.Select(selectIndicators, present).Where(`i.id = any(?)`, postgres.IDs(ids))
}
