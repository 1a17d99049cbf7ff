package privacy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/migrations"
)

var migrated = postgrestest.Template{Migrations: migrations.FS}

func open(t *testing.T) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), migrated.New(t), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// catalogue returns the tables of the database with their columns, and the columns that refer to people.
func catalogue(t *testing.T, db *postgres.DB) (columns map[string][]string, ofPeople map[string][]string) {
	t.Helper()
	rows, err := postgres.Read[struct {
		Table    string `db:"in_table"`
		Column   string `db:"in_column"`
		OfPeople bool   `db:"of_people"`
	}](t.Context(), db, postgres.Select(`select c.relname as in_table, a.attname as in_column, exists (select from pg_constraint k
			where k.conrelid = c.oid and k.contype = 'f' and k.confrelid = 'people'::regclass and a.attnum = any(k.conkey)) as of_people
		from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
		where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and c.relname <> 'goose_db_version' order by 1, a.attnum`))
	if err != nil {
		t.Fatal(err)
	}
	columns, ofPeople = map[string][]string{}, map[string][]string{}
	for _, row := range rows {
		columns[row.Table] = append(columns[row.Table], row.Column)
		if row.OfPeople {
			ofPeople[row.Table] = append(ofPeople[row.Table], row.Column)
		}
	}
	return columns, ofPeople
}

// TestEveryColumnIsClassified fails for a new column until an entry says what happens to it.
func TestEveryColumnIsClassified(t *testing.T) {
	columns, ofPeople := catalogue(t, open(t))
	if len(columns) < 25 || len(ofPeople) < 15 {
		t.Fatalf("%d tables, %d of people", len(columns), len(ofPeople))
	}
	named := map[string]int{}
	for _, e := range entries {
		if len(columns[e.table]) == 0 {
			t.Errorf("%s is no table", e.table)
		}
		all := strings.Fields(e.columns)
		if e.columns == "*" {
			all = columns[e.table]
		}
		for _, column := range all {
			named[e.table+"."+column]++
		}
		e.compare(t, ofPeople[e.table])
	}
	for table, list := range columns {
		for _, column := range list {
			if n := named[table+"."+column]; n != 1 {
				t.Errorf("%s.%s is classified %d times: name it once in classification.go, with its fate (kept, blanked, deleted, nobody's) and why", table, column, n)
			}
			delete(named, table+"."+column)
		}
	}
	for name := range named {
		t.Errorf("%s is classified and is no column", name)
	}
}

// compare checks that an entry is complete.
func (e entry) compare(t *testing.T, ofPeople []string) {
	t.Helper()
	at := e.table + " " + e.columns
	acts := e.fate == blanked || e.fate == deleted
	if acts != (e.whose != "") || (e.fate == blanked) != (e.to != "") || !acts && e.why == "" {
		t.Errorf("%s is %s without all that belongs to it, or with more", at, e.fate)
	}
	if e.columns == "*" && e.fate != deleted && e.fate != nobodys {
		t.Errorf("%s: a column that is new must not be %s without being looked at", at, e.fate)
	}
	if e.fate == nobodys && len(ofPeople) > 0 {
		t.Errorf("%s is nobody's, but refers to people by %v", at, ofPeople)
	}
}

// TestEverythingIsInTheDownload: every column of the tables that refer to people is in the download, or there is a reason; and
// every reference to people is followed.
func TestEverythingIsInTheDownload(t *testing.T) {
	columns, ofPeople := catalogue(t, open(t))
	ofPeople["people"], ofPeople["audit_subjects"] = []string{"id"}, []string{"subject_id"}
	for table, references := range ofPeople {
		var texts, conditions []string
		for _, s := range sections {
			if s.table() == table {
				texts, conditions = append(texts, s.pairs()...), append(conditions, s.of)
			}
		}
		followed, shown := strings.Join(conditions, " "), strings.Join(texts, " ")
		for _, column := range references {
			if !names(followed, column) && out(table, column) == "" {
				t.Errorf("no section follows %s.%s", table, column)
			}
		}
		for _, column := range columns[table] {
			if names(shown, column) == (out(table, column) != "") && !slices.Contains(references, column) {
				t.Errorf("%s.%s must be in the download, or else say why it is not", table, column)
			}
		}
	}
}

// names reports whether SQL reads a column of the section's table.
func names(sql, column string) bool {
	return regexp.MustCompile(`\bx\.` + column + `\b`).MatchString(sql)
}

// out returns why a column is not in the download.
func out(table, column string) string {
	for _, e := range entries {
		if e.table == table && e.out[column] != "" {
			return e.out[column]
		}
	}
	return ""
}

// TestStatementsHaveIndexes runs everything that erasure and download do for one person, and checks that no table is read as a
// whole.
func TestStatementsHaveIndexes(t *testing.T) {
	db, person := open(t), uuid.New()
	account, others := atOnce()
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		if _, err := tx.Exec(`set local enable_seqscan = off`); err != nil {
			return err
		}
		plan(t, tx, strings.ReplaceAll(account, "$2", "now()"), person)
		for _, statement := range slices.Concat(others, purges()) {
			plan(t, tx, statement, person)
		}
		for _, s := range sections {
			args := []any{person}
			for _, k := range s.order() {
				args = append(args, least[k.kind])
			}
			plan(t, tx, s.query(), args...)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func plan(t *testing.T, tx *sqlx.Tx, statement string, args ...any) {
	t.Helper()
	var lines []string
	if err := tx.Select(&lines, "explain "+statement, args...); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
	if text := strings.Join(lines, "\n"); strings.Contains(text, "Seq Scan") {
		t.Errorf("%s\n%s", statement, text)
	}
}

// TestTheHistoryStaysAppendOnly tries what a purge may do, and everything that it may not.
func TestTheHistoryStaysAppendOnly(t *testing.T) {
	db := open(t)
	if _, err := db.Exec(`insert into moves (id, subject_id, verb, to_state, acting_as, words, at)
		values (gen_random_uuid(), gen_random_uuid(), 'CREATE', 'NEW', 'HUB', 'Words.', now())`); err != nil {
		t.Fatal(err)
	}
	for statement, may := range map[string]bool{
		`update moves set words = null`:                                             false,
		purging + `update moves set words = 'Others.'`:                              false,
		purging + `update moves set words = null, verb = 'OTHER'`:                   false,
		purging + `update moves set words = null, at = now() - interval '1 second'`: false,
		purging + `delete from moves`:                                               false,
		purging + `truncate moves`:                                                  false,
		purging + `update moves set words = null`:                                   true,
	} {
		tx := db.MustBegin()
		_, err := tx.Exec(fmt.Sprintf("do $do$ begin %s; end $do$", statement))
		if (err == nil) != may {
			t.Errorf("%s: %v", statement, err)
		}
		_ = tx.Rollback()
	}
}

const purging = `perform set_config('hub.purging', 'on', true); `
