package postgres_test

import (
	"bytes"
	"errors"
	"log/slog"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/fault"
	"jastarhub/internal/postgres"
)

func TestAServerThatTakesNoWrites(t *testing.T) {
	for state, want := range map[string]struct {
		code     fault.Code
		writable bool
	}{
		"disk_full":                    {fault.Busy, false},
		"read_only_sql_transaction":    {fault.Busy, false},
		"out_of_memory":                {fault.Busy, true},
		"insufficient_resources":       {fault.Busy, true},
		"too_many_connections":         {fault.Busy, true},
		"numeric_value_out_of_range":   {fault.Internal, true},
		"configuration_limit_exceeded": {fault.Internal, true},
		"unique_violation":             {fault.Internal, true},
		"deadlock_detected":            {fault.Conflict, true},
	} {
		t.Run(state, func(t *testing.T) {
			var log bytes.Buffer
			db := open(t, template.New(t), postgres.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
			for range 3 {
				wantCode(t, state, db.Tx(t.Context(), func(tx *sqlx.Tx) error {
					_, err := tx.ExecContext(t.Context(), `do $$ begin raise exception 'no' using errcode = '`+state+`'; end $$`)
					return err
				}), want.code)
			}
			if err := db.Writable(); (err == nil) != want.writable {
				t.Errorf("writable: %v", err)
			}
			if lines := strings.Count(log.String(), "the database accepts no writes"); (lines == 0) != want.writable || lines > 1 {
				t.Errorf("the log: %s", log.String())
			}
		})
	}
}

// TestTheServersWarningsAreLogged: its notices are not.
func TestTheServersWarningsAreLogged(t *testing.T) {
	var log bytes.Buffer
	db := open(t, template.New(t), postgres.Options{Log: slog.New(slog.NewTextHandler(&log, nil))})
	_, err := db.ExecContext(t.Context(), `do $$ begin raise notice 'it is late'; raise warning 'the disk is hot' using detail = 'near the sun'; end $$`)
	if err != nil {
		t.Fatal(err)
	}
	if said := log.String(); !strings.Contains(said, "the disk is hot") || !strings.Contains(said, "near the sun") || strings.Contains(said, "late") {
		t.Errorf("the log: %s", said)
	}
}

func TestTheWholeReasonIsKept(t *testing.T) {
	_, err := postgres.Open(t.Context(), "postgres://hub@127.0.0.1:1,127.0.0.1:2/postgres?sslmode=disable", postgres.Options{})
	for _, part := range []string{"127.0.0.1:1", "127.0.0.1:2", "connection refused"} {
		if err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v does not name %s", err, part)
		}
	}
	if mapped := postgres.Map(err); !errors.Is(mapped, err) {
		t.Errorf("the cause is not in %v", mapped)
	}
}
