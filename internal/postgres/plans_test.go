package postgres_test

import (
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

func TestOnePlanForAllArguments(t *testing.T) {
	db := one(t)
	ask := func(from sqlx.QueryerContext, q *postgres.Query) {
		t.Helper()
		if _, err := postgres.Read[struct{ ID int }](t.Context(), from, q); err != nil {
			t.Fatal(err)
		}
	}
	among := func() *postgres.Query {
		return postgres.Select("SELECT 1 AS id WHERE gen_random_uuid() = any(?)", postgres.IDs([]uuid.UUID{uuid.New()}))
	}
	below := func() *postgres.Query { return postgres.Select("SELECT 2 AS id WHERE random() < ?", 0.5).Anew() }
	undone := errors.New("undone")
	if _, err := db.ExecContext(t.Context(), "CREATE TABLE once (n int UNIQUE DEFERRABLE INITIALLY DEFERRED)"); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		ask(db, among())
		ask(db, below())
		err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			ask(tx, below())
			ask(tx, among())
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		ask(db, among())
		err = db.Tx(t.Context(), func(tx *sqlx.Tx) error {
			ask(tx, below())
			_, err := tx.ExecContext(t.Context(), "INSERT INTO once VALUES (1), (1)")
			return err
		})
		if err == nil {
			t.Fatal("the commit did not fail")
		}
		ask(db, below())
	}
	got := get[string](t, db, `SELECT string_agg(left(statement, 8) || ' ' || generic_plans || ' ' || custom_plans, ', ' ORDER BY statement)
		FROM pg_prepared_statements WHERE statement LIKE 'SELECT _ AS id%'`)
	if want := "SELECT 1 9 0, SELECT 2 0 12"; got != want {
		t.Errorf("statements with their runs by one plan and by plans of their own: %s, want %s", got, want)
	}
}
