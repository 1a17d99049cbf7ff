package migrations_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jmoiron/sqlx"
	"github.com/lib/pq"

	"jastarhub/internal/postgres"
	"jastarhub/migrations"
)

// few are tables that stay small enough to be read while others wait, and why.
var few = map[string]string{
	"centres":            "a city has dozens",
	"districts":          "a city has eight",
	"indicators":         "a dozen a year",
	"oidc_flows":         "they end after minutes",
	"pending_identities": "they end after minutes",
	"special_days":       "two dozen a year",
	"telegram_bot":       "one row",
	"telegram_codes":     "they end after minutes",
}

// apart marks a file whose statements are committed one by one.
const apart = "-- +goose NO TRANSACTION\n"

// contract marks a file that removes what the schema had, and says why nothing uses it.
const contract = "\n-- contract: "

const (
	locksOut = "it keeps others from writing to %s while it reads %s: add constraints as not valid and validate them in a later file, " +
		"build indexes concurrently, give new columns neither a new type nor a value for each row"
	inOne = "it changes rows of %s in one transaction, which keeps others from changing them: do it in a file of its own without a " +
		"transaction, in batches with a commit after each"
	beside   = "it changes %s and fills rows beside it: do the second in a later file, so that it can be repeated by itself"
	removes  = `it removes %s, which the previous release may still use: do it a release later, with a line "-- contract: why nothing uses it"`
	tooShort = "it builds an index while waits for locks are short: begin with set lock_timeout = 0; and end with reset lock_timeout;"
	tooLong  = "it keeps others from writing to %s, and does not limit how long they wait: set lock_timeout = 0 is for indexes alone"
	onlyOnce = "it fails if it runs again after it ended halfway, as a file without a transaction must not (%v): begin with drop … if exists"
)

// unit is what one transaction commits; a statement that cannot run inside of a transaction is alone.
type unit struct {
	text  string
	alone bool
}

// units returns the transactions of a migration.
func units(file string) (all []unit) {
	if !strings.Contains(file, apart) {
		return []unit{{file, false}}
	}
	text, whole := "", false
	for line := range strings.Lines(file) {
		text += line
		ends := strings.HasPrefix(line, "-- +goose StatementEnd")
		whole = (whole || strings.HasPrefix(line, "-- +goose StatementBegin")) && !ends
		if ends || !whole && strings.HasSuffix(line, ";\n") {
			all = append(all, unit{text, strings.Contains(text, " concurrently ") || strings.Contains(text, "commit;")})
			text = ""
		}
	}
	return all
}

// done is what a transaction has done, before its commit, to the tables that existed before the migration.
const done = `
	with old as (select oid, oid::regclass::text as name from unnest($1::oid[]) as t(oid)),
	held as (select distinct name, mode from pg_locks join old on oid = relation where pid = pg_backend_pid() and locktype = 'relation')
	select array_to_string(array(select distinct name from held
			where mode in ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock') order by 1), ', '),
		array_to_string(array(select name from held where mode = 'RowExclusiveLock' and name <> all($2) order by 1), ', '),
		array_to_string(array(select name from pg_stat_xact_user_tables join old on oid = relid
			where seq_scan + coalesce(idx_scan, 0) > 0 and name <> all($2) order by 1), ', ')`

// disturbs runs a migration and returns why people could not work meanwhile.
func disturbs(t *testing.T, db *postgres.DB, file string) (problems []string) {
	t.Helper()
	ctx := t.Context()
	conn, err := db.Connx(ctx)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	before, patient := columns(t, conn), strings.Contains(file, "set lock_timeout = 0;\n")
	if strings.Contains(file, " concurrently ") && !patient {
		problems = append(problems, tooShort)
	}
	tables := pq.Int64Array{}
	if err := conn.GetContext(ctx, &tables, `select array(select oid::bigint from pg_class where relnamespace = 'public'::regnamespace
			and relkind = 'r' and relname not like 'goose%')`); err != nil {
		t.Fatal(err)
	}
	altered, fills := "", false
	for _, u := range units(file) {
		if u.alone {
			fills = fills || strings.Contains(u.text, "commit;")
			if _, err := conn.ExecContext(ctx, u.text); err != nil {
				t.Fatalf("%s: %v", u.text, err)
			}
			continue
		}
		locked, changed, read := run(t, conn, u.text, tables)
		altered = cmp.Or(altered, locked)
		switch {
		case locked != "" && patient:
			problems = append(problems, fmt.Sprintf(tooLong, locked))
		case locked != "" && read != "":
			problems = append(problems, fmt.Sprintf(locksOut, locked, read))
		case changed != "" && read != "":
			problems = append(problems, fmt.Sprintf(inOne, changed))
		}
	}
	if altered != "" && fills {
		problems = append(problems, fmt.Sprintf(beside, altered))
	}
	if strings.Contains(file, apart) {
		for _, u := range units(file) {
			if _, err := conn.ExecContext(ctx, u.text); err != nil {
				problems = append(problems, fmt.Sprintf(onlyOnce, err))
				break
			}
		}
	}
	after := columns(t, conn)
	gone := slices.DeleteFunc(before, func(column string) bool { return slices.Contains(after, column) })
	if len(gone) > 0 && !strings.Contains(file, contract) {
		problems = append(problems, fmt.Sprintf(removes, strings.Join(gone, ", ")))
	}
	return problems
}

// run commits a transaction and returns which of the tables it has locked, changed and read.
func run(t *testing.T, conn *sqlx.Conn, text string, tables pq.Int64Array) (locked, changed, read string) {
	t.Helper()
	// PostgreSQL counts per connection: what it has counted so far is not this transaction's.
	if _, err := conn.ExecContext(t.Context(), `select pg_stat_force_next_flush()`); err != nil {
		t.Fatal(err)
	}
	tx, err := conn.BeginTxx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback() }()
	if _, err := tx.Exec(text); err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	if err := tx.QueryRow(done, tables, pq.Array(slices.Collect(maps.Keys(few)))).Scan(&locked, &changed, &read); err != nil {
		t.Fatal(err)
	}
	if err := tx.Commit(); err != nil {
		t.Fatal(err)
	}
	return locked, changed, read
}

func columns(t *testing.T, conn *sqlx.Conn) (all []string) {
	t.Helper()
	if err := conn.SelectContext(t.Context(), &all, `select format('%s.%s', attrelid::regclass, attname) from pg_attribute
		join pg_class c on c.oid = attrelid where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0 and not attisdropped
		order by 1`); err != nil {
		t.Fatal(err)
	}
	return all
}

// TestNewMigrationsLetPeopleWork runs those that have not landed on a database as it is before them.
func TestNewMigrationsLetPeopleWork(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(list)
	if err != nil {
		t.Fatal(err)
	}
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	fresh := slices.DeleteFunc(files, func(file string) bool { return strings.Contains(string(text), "  "+file+"\n") })
	url := empty.New(t)
	migrate(t, url, before(t, slices.Concat(fresh, []string{"9999"})[0]))
	db := open(t, url)
	for _, file := range fresh {
		text, err := fs.ReadFile(migrations.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range disturbs(t, db, string(text)) {
			t.Errorf("%s: %s", file, problem)
		}
	}
}

const batches = `-- +goose StatementBegin
do $$ begin
  loop
    update signups set end_reason = null where id in (select id from signups where end_reason = '' limit 1000);
    exit when not found;
    commit;
  end loop;
end $$;
-- +goose StatementEnd
`

func TestWhatDisturbsIsFound(t *testing.T) {
	t.Parallel()
	const together = "shifts while it reads shifts"
	db := open(t, migrated.New(t))
	for table := range few {
		var there bool
		if err := db.GetContext(t.Context(), &there, `select to_regclass($1) is not null`, table); err != nil || !there {
			t.Errorf("there is no table %s, %v", table, err)
		}
	}
	for _, c := range []struct{ file, want string }{
		{`create index shifts_a on shifts (capacity)`, together},
		{`drop index shifts_a; create index shifts_a on shifts (capacity)`, together},
		{`do $$ begin execute 'create index shifts_b on shifts (capacity)'; end $$`, together},
		{`alter table shifts add constraint shifts_c check (capacity > 0)`, together},
		{apart + "alter table shifts drop constraint if exists d, add constraint d check (capacity > 0);\n", together},
		{`alter table shifts add constraint shifts_e foreign key (task_id) references tasks`, "shifts, tasks while it reads shifts"},
		{`alter table shifts alter column lat set not null`, together},
		{`alter table shifts alter column place type varchar(200)`, together},
		{`alter table shifts add column f float not null default random()`, together},
		{`alter table shifts add column g int generated always as (capacity + 1) stored`, together},
		{`alter table shifts add column h int; update shifts set h = capacity`, together},
		{`create table seats as select id, taken from shifts; alter table shifts add column i int`, together},
		{`update signups set end_reason = null where end_reason = ''`, "changes rows of signups"},
		{`insert into moves (id, subject_id, verb, to_state, acting_as, at) select id, id, 'SIGN_UP', 'CONFIRMED', 'HUB', now() from signups`,
			"changes rows of moves"},
		{apart + "set lock_timeout = 0;\ncreate index concurrently shifts_j on shifts (capacity);\n", "fails if it runs again"},
		{apart + "alter table signups add column if not exists q int;\n" + batches, "changes signups and fills rows"},
		{apart + "drop index concurrently if exists shifts_j;\n", "while waits for locks are short"},
		{apart + "set lock_timeout = 0;\ndrop trigger if exists shifts_live on shifts;\n", "does not limit how long they wait"},
		{apart + "alter table shifts add column k int;\n", "fails if it runs again"},

		{`alter table shifts add column l int not null default 1, add column by_id uuid references people`, ""},
		{`alter table shifts add constraint m check (capacity > 0) not valid, add foreign key (task_id) references tasks not valid`, ""},
		{`drop trigger tasks_live on tasks; drop index shifts_when`, ""},
		{`create table places (shift_id uuid references shifts); create index on places (shift_id)`, ""},
		{`alter table centres add constraint n check (code <> ''); update centres set code = lower(code)`, ""},
		{`insert into districts values (gen_random_uuid(), 'X', 'X', 'X', 'X')`, ""},
		{apart + "set lock_timeout = 0;\ndrop index concurrently if exists o;\ncreate index concurrently o on shifts (capacity);\n", ""},
		{apart + `alter table shifts drop constraint if exists p, add constraint p check (lon is not null) not valid;
alter table shifts validate constraint p;
alter table shifts alter column lon set not null;
`, ""},
		{apart + batches, ""},

		{`alter table shifts rename column place to spot`, "removes shifts.place"},
		{`alter table shifts drop column spot`, "removes shifts.spot"},
		{`drop table shift_reminders`, "removes shift_reminders.kind, "},
		{"-- +goose Up\n-- contract: nobody has read it since the last release\nalter table shifts drop column lat, drop column lon", ""},
	} {
		problems := strings.Join(disturbs(t, db, c.file), "; ")
		if (problems == "") != (c.want == "") || !strings.Contains(problems, c.want) {
			t.Errorf("%s: got %q, want %q", c.file, problems, c.want)
		}
	}
}
