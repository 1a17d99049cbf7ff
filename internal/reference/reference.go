// Package reference loads published data about the city: its districts, its centres and the year's plan.
package reference

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/lang"
	"jastarhub/internal/say"
)

//go:embed almaty.json
var almaty []byte

// statements load one kind of row each, in the order of their references. They correct what the city publishes (names,
// definitions, targets) and do not touch what people change in the hub: states, opening dates, addresses. A row that is already
// right is not written again.
var statements = []string{`
insert into districts (id, code, name_kk, name_ru, name_en)
select id, code, name_kk, name_ru, name_en
from jsonb_to_recordset(cast($1 as jsonb)->'districts')
  as r(id uuid, code text, name_kk text, name_ru text, name_en text)
on conflict (code) do update set name_kk = excluded.name_kk, name_ru = excluded.name_ru, name_en = excluded.name_en
where (districts.name_kk, districts.name_ru, districts.name_en)
  is distinct from (excluded.name_kk, excluded.name_ru, excluded.name_en)`, `
insert into centres (id, code, district_id, name_kk, name_ru, name_en, state)
select r.id, r.code, d.id, r.name_kk, r.name_ru, r.name_en, r.state
from jsonb_to_recordset(cast($1 as jsonb)->'centres')
  as r(id uuid, code text, district text, name_kk text, name_ru text, name_en text, state centre_state)
join districts d on d.code = r.district
on conflict (code) do update set name_kk = excluded.name_kk, name_ru = excluded.name_ru, name_en = excluded.name_en
where (centres.name_kk, centres.name_ru, centres.name_en)
  is distinct from (excluded.name_kk, excluded.name_ru, excluded.name_en)`, `
insert into indicators (id, year, code, unit, definition_kk, definition_ru, definition_en, baseline, target, comparison, announced_on)
select id, year, code, unit, definition_kk, definition_ru, definition_en, baseline, target, comparison, announced_on
from jsonb_to_recordset(cast($1 as jsonb)->'indicators')
  as r(id uuid, year integer, code text, unit text, definition_kk text, definition_ru text, definition_en text,
    baseline bigint, target bigint, comparison text, announced_on date)
on conflict (year, code) do update set unit = excluded.unit, definition_kk = excluded.definition_kk,
  definition_ru = excluded.definition_ru, definition_en = excluded.definition_en, baseline = excluded.baseline,
  target = excluded.target, comparison = excluded.comparison, announced_on = excluded.announced_on
where (indicators.unit, indicators.definition_kk, indicators.definition_ru, indicators.definition_en,
    indicators.baseline, indicators.target, indicators.comparison, indicators.announced_on)
  is distinct from (excluded.unit, excluded.definition_kk, excluded.definition_ru, excluded.definition_en,
    excluded.baseline, excluded.target, excluded.comparison, excluded.announced_on)`,
}

// Load brings the reference data up to date, each time the migrations run. In a transaction it is all or nothing.
func Load(ctx context.Context, db sqlx.ExtContext) error {
	document, err := identified(almaty)
	if err != nil {
		return fmt.Errorf("reference data: %w", err)
	}
	for _, statement := range statements {
		if _, err := db.ExecContext(ctx, statement, document); err != nil {
			return fmt.Errorf("load reference data: %w", err)
		}
	}
	return nil
}

// identified gives every row of the document an id, which is used only if the row is new, and its texts no-break spaces.
func identified(document []byte) (string, error) {
	var tables map[string][]map[string]any
	if err := json.Unmarshal(document, &tables); err != nil {
		return "", err
	}
	for _, rows := range tables {
		for _, row := range rows {
			id, err := uuid.NewV7()
			if err != nil {
				return "", err
			}
			row["id"] = id
			for column, value := range row {
				text, is := value.(string)
				for _, l := range lang.All {
					if is && strings.HasSuffix(column, "_"+strings.ToLower(string(l))) {
						row[column] = say.Unbroken(l, text)
					}
				}
			}
		}
	}
	text, err := json.Marshal(tables)
	return string(text), err
}
