package migrations_test

import (
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/migrations"
)

// landings are the names of the migrations in the order in which they landed.
var landings = []string{
	"places people teams proposals tasks shifts", "outbox accounts audit", "minors", "searches", "second_factor", "moderation", "entry",
	"privacy references", "hidden_counts", renumbered, "search", "city", "notices deliveries", "photos", "live", "proposal_loop results",
	"hours certificates",
}

const renumbered = ""

// once are the numbers that some had before they were renumbered.
var once = map[string]int{"minors": 9, "second_factor": 11, "entry": 12, "moderation": 13, "privacy": 14, "searches": 15, "references": 16,
	"hidden_counts": 17}

// since are changes of landed migrations, undone in the states before them.
var since = map[string]string{
	"search": `drop materialized view search_words;
		create materialized view search_words as
			select word from ts_stat('select document from search_documents') where length(word) between 3 and 40 with no data;
		create unique index search_words_key on search_words (word);
		create index search_words_trigrams on search_words using gin (word gin_trgm_ops)`,
	"hours": `drop index hours_counted_of_team, hours_counted_of_centre`,
}

// states are the last migrations of states that differ in kind: some of the later numbers, all of them; lower numbers that landed
// later; the newest.
var states = []string{"searches", "entry", "hidden_counts", "city", "photos", "hours certificates"}

// TestLandedStatesUpgrade makes databases as they were, and expects them to get the schema of a new one.
func TestLandedStatesUpgrade(t *testing.T) {
	t.Parallel()
	want := schema(t, migrated.New(t))
	if len(want) < 700 {
		t.Fatalf("the schema has %d parts", len(want))
	}
	for _, last := range states {
		t.Run(last, func(t *testing.T) {
			t.Parallel()
			url := empty.New(t)
			state(t, url, slices.Index(landings, last))
			migrate(t, url, migrations.FS)
			got := schema(t, url)
			for _, part := range got {
				if !slices.Contains(want, part) {
					t.Errorf("a new database has no %s", part)
				}
			}
			for _, part := range want {
				if !slices.Contains(got, part) {
					t.Errorf("there is no %s", part)
				}
			}
		})
	}
}

var (
	empty    postgrestest.Template
	migrated = postgrestest.Template{Migrations: migrations.FS}
)

func migrate(t *testing.T, url string, fsys fs.FS) {
	t.Helper()
	if err := postgres.Migrate(t.Context(), url, fsys, slog.New(slog.DiscardHandler)); err != nil {
		t.Fatal(err)
	}
}

func open(t *testing.T, url string) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, postgres.Options{StatementTimeout: -1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

// state brings an empty database to its state after the n-th migration landed.
func state(t *testing.T, url string, n int) {
	t.Helper()
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	landed := strings.Fields(strings.Join(landings[:n+1], " "))
	then := fstest.MapFS{}
	for _, file := range files {
		number, name, _ := strings.Cut(strings.TrimSuffix(file, ".sql"), "_")
		if !slices.Contains(landed, name) {
			continue
		}
		if old, other := once[name]; other && n < slices.Index(landings, renumbered) {
			number = fmt.Sprintf("%04d", old)
		}
		text, err := fs.ReadFile(migrations.FS, file)
		if err != nil {
			t.Fatal(err)
		}
		then[number+"_"+name+".sql"] = &fstest.MapFile{Data: text}
	}
	if len(then) != len(landed) {
		t.Fatalf("%d of %d migrations", len(then), len(landed))
	}
	migrate(t, url, then)
	for name, undo := range since {
		if !slices.Contains(landed, name) {
			continue
		}
		if _, err := open(t, url).ExecContext(t.Context(), undo); err != nil {
			t.Fatal(err)
		}
	}
}

// schema lists the parts of a database as PostgreSQL describes them, in no order.
func schema(t *testing.T, url string) []string {
	t.Helper()
	var parts []string
	err := open(t, url).SelectContext(t.Context(), &parts, `
		with mine as (select c.oid, relname, relkind, relacl from pg_class c where relnamespace = 'public'::regnamespace and relname not like 'goose%')
		select format('%s %s with the rights %s', relkind, oid::regclass, relacl) from mine
		union all select format('%s.%s %s %s %s %s', c.oid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attgenerated,
			pg_get_expr(adbin, adrelid)) from mine c join pg_attribute on attrelid = c.oid left join pg_attrdef on adrelid = c.oid and adnum = attnum
			where attnum > 0 and not attisdropped and relkind <> 'i'
		union all select format('%s: %s %s', conrelid::regclass, conname, pg_get_constraintdef(k.oid)) from pg_constraint k
			where connamespace = 'public'::regnamespace and conrelid in (select oid from mine)
		union all select pg_get_indexdef(oid) from mine where relkind = 'i'
		union all select pg_get_viewdef(oid) from mine where relkind in ('v', 'm')
		union all select pg_get_statisticsobjdef(oid) from pg_statistic_ext
		union all select format('%s %s', tgenabled, pg_get_triggerdef(oid)) from pg_trigger where not tgisinternal
		union all select format('%s %s', enumtypid::regtype, string_agg(enumlabel, ', ' order by enumsortorder)) from pg_enum group by enumtypid
		union all select pg_get_functiondef(p.oid) from pg_proc p where pronamespace = 'public'::regnamespace
			and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
		union all select extname from pg_extension`)
	if err != nil {
		t.Fatal(err)
	}
	return parts
}
