package progress

import (
	"context"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/paging"
	"jastarhub/internal/postgres"
	"jastarhub/internal/task"
)

const columns = `u.id, u.task_id, u.author_id, u.text, u.language, u.percent, u.lower_reason, u.created_at, t.team_id, t.ngo_id,
	t.centre_id, coalesce(u.hidden_id, t.hidden_id) as hidden_id`

const selectUpdates = `select ` + columns + ` from progress_updates u join tasks t on t.id = u.task_id`

// Newest is the order of a task's updates.
var Newest = paging.Order{Name: "updates-newest"}

func id(u *ProgressUpdate) uuid.UUID { return u.ID }

func byIDs(ctx context.Context, q sqlx.QueryerContext, ids []uuid.UUID) ([]*ProgressUpdate, error) {
	return postgres.Read[ProgressUpdate](ctx, q,
		postgres.Select(selectUpdates).Where(`u.id = any(?)`, postgres.IDs(ids)))
}

func ofTasks(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID, args paging.Args) ([]*ProgressUpdate, error) {
	query := postgres.Select(`select u.* from unnest(?::uuid[]) p(id) cross join lateral (
		`+selectUpdates+` where u.task_id = p.id and u.hidden_id is null`, postgres.IDs(tasks))
	if args.After != nil {
		query.Add(`and u.id < ?`, args.After.ID)
	}
	return postgres.Read[ProgressUpdate](ctx, q, query.Add(`order by u.id desc limit ?) u`, args.Limit()))
}

func countOfTasks(ctx context.Context, q sqlx.QueryerContext, tasks []uuid.UUID) (map[uuid.UUID]int, error) {
	return postgres.Counts(ctx, q, postgres.Select(
		`select task_id as id, count(*) as n from progress_updates where task_id = any(?) and hidden_id is null group by 1`, postgres.IDs(tasks)))
}

func resultsOf(ctx context.Context, q sqlx.QueryerContext, updates []uuid.UUID) (map[uuid.UUID][]*task.Result, error) {
	rows, err := postgres.Read[struct {
		UpdateID uuid.UUID `db:"update_id"`
		task.Result
	}](ctx, q, postgres.Select(`select update_id, metric, amount from progress_results
		where update_id = any(?) order by update_id, metric`, postgres.IDs(updates)))
	results := make(map[uuid.UUID][]*task.Result, len(updates))
	for _, row := range rows {
		results[row.UpdateID] = append(results[row.UpdateID], &row.Result)
	}
	return results, err
}

func insert(ctx context.Context, tx *sqlx.Tx, u *ProgressUpdate, results []task.ResultInput) error {
	_, err := tx.NamedExecContext(ctx, `insert into progress_updates (id, task_id, author_id, text, language, percent, lower_reason, created_at)
		values (:id, :task_id, :author_id, :text, :language, :percent, :lower_reason, :created_at)`, u)
	for _, result := range results {
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `insert into progress_results (update_id, metric, amount) values ($1, $2, $3)`,
			u.ID, result.Metric, result.Amount)
	}
	return err
}
