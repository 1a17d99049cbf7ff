package workday

import (
	"context"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/almaty"
	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

const selectDays = `select id, day, works, name_kk, name_ru, name_en, removed_at from special_days`

func ofYear(ctx context.Context, q sqlx.QueryerContext, year int) ([]*SpecialDay, error) {
	return postgres.Read[SpecialDay](ctx, q, postgres.Select(selectDays).Where(`removed_at is null`).
		Where(`day between make_date(?, 1, 1) and make_date(?, 12, 31)`, year, year).Add(`order by day`))
}

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*SpecialDay, error) {
	return postgres.Read[SpecialDay](ctx, q, postgres.Select(selectDays).Where(`id = any(?)`, postgres.IDs(ids)))
}

func lock(ctx context.Context, tx *sqlx.Tx, id uuid.UUID) (*SpecialDay, error) {
	rows, err := postgres.Read[SpecialDay](ctx, tx, postgres.Select(selectDays).Where(`id = ?`, id).Add(`for no key update`))
	if err == nil && len(rows) == 0 {
		err = fault.Missing("id")
	}
	if err != nil {
		return nil, err
	}
	return rows[0], nil
}

// Since reads the special days after the day of a moment, as the transaction sees them: each deadline is calculated from the list
// as it is then, whichever process has changed it.
func Since(ctx context.Context, q sqlx.QueryerContext, moment time.Time) (Days, error) {
	rows, err := postgres.Read[SpecialDay](ctx, q, postgres.Select(`select day, works from special_days`).Where(`removed_at is null`).
		Where(`day > ?::date`, almaty.Day(moment)))
	days := make(Days, len(rows))
	for _, d := range rows {
		days[d.Day.Format(time.DateOnly)] = d.Works
	}
	return days, err
}

const putDay = `insert into special_days (id, day, works, name_kk, name_ru, name_en) values ($1, $2, $3, $4, $5, $6)
	on conflict (day) where removed_at is null do update set name_kk = excluded.name_kk, name_ru = excluded.name_ru, name_en = excluded.name_en
	returning id`

// put stores the day and returns the id of its row, which is not the new one if the day was in the list.
func put(ctx context.Context, tx *sqlx.Tx, d *SpecialDay) (id uuid.UUID, err error) {
	return id, tx.GetContext(ctx, &id, putDay, d.ID, d.Day, d.Works, d.KK, d.RU, d.EN)
}

func remove(ctx context.Context, tx *sqlx.Tx, id uuid.UUID, now time.Time) error {
	_, err := tx.ExecContext(ctx, `update special_days set removed_at = $2 where id = $1`, id, now)
	return err
}
