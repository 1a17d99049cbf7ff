package task

import (
	"context"

	"github.com/google/uuid"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

// Of is what the totals are for: a column of the table that stores them.
type Of string

// What there are totals for.
const (
	OfTeams     Of = "team_id"
	OfCentres   Of = "centre_id"
	OfDistricts Of = "district_id"
)

// Totals are lists of totals by the id that they are for.
type Totals = map[uuid.UUID][]*ResultTotal

// Results adds up the results of the city's verified tasks, in a year or in all. Codes: INVALID.
func (s *Service) Results(ctx context.Context, year *int) ([]*ResultTotal, error) {
	if err := checkYear(year); err != nil {
		return nil, err
	}
	rows, err := postgres.Read[ResultTotal](ctx, s.DB, ofYear(postgres.Select(`select metric, sum(amount)::bigint as amount, sum(tasks) as tasks
		from result_sums`), year).Add(`group by 1 having sum(tasks) > 0 order by 1`))
	return append([]*ResultTotal{}, rows...), err
}

// ResultsBy adds up the results of the verified tasks of each team, centre or district. Codes: INVALID.
func (s *Service) ResultsBy(ctx context.Context, of Of, ids []uuid.UUID, year *int) (Totals, error) {
	if err := checkYear(year); err != nil {
		return nil, err
	}
	rows, err := postgres.Read[struct {
		ID uuid.UUID `db:"id"`
		ResultTotal
	}](ctx, s.DB, ofYear(postgres.Select(`select `+string(of)+` as id, metric, sum(amount)::bigint as amount, sum(tasks) as tasks
		from result_sums`).Where(string(of)+` = any(?)`, postgres.IDs(ids)), year).
		Add(`group by 1, 2 having sum(tasks) > 0 order by 1, 2`))
	totals := make(Totals, len(ids))
	for _, row := range rows {
		totals[row.ID] = append(totals[row.ID], &row.ResultTotal)
	}
	return totals, err
}

func ofYear(q *postgres.Query, year *int) *postgres.Query {
	if year != nil {
		q.Where(`year = ?`, *year)
	}
	return q
}

// checkYear limits the year that totals are requested for.
func checkYear(year *int) error {
	var c fault.Check
	if year != nil {
		c.Between("year", *year, 2000, 2100)
	}
	return c.Err()
}
