package migrations_test

import (
	"maps"
	"slices"
	"testing"

	"github.com/jmoiron/sqlx"

	"jastarhub/internal/postgres"
)

// byItself lists everything that PostgreSQL runs by itself, with a statement that runs it or looks up its names. The text of a
// PL/pgSQL function is not checked before it runs, so it has to have a search_path of its own.
const byItself = `
	with mine as (select oid, relkind from pg_class where relnamespace = 'public'::regnamespace and relname not like 'goose%')
	select 'function ' || p.oid::regprocedure as name, case lanname when 'sql' then pg_get_functiondef(p.oid)
			else case when p.proconfig::text ~ 'search_path=' then '' else 'do $$ begin raise ''it has no search_path''; end $$' end end as statement
		from pg_proc p join pg_language l on l.oid = prolang
		where pronamespace = 'public'::regnamespace
			and not exists (select from pg_depend where classid = 'pg_proc'::regclass and objid = p.oid and deptype = 'e')
	union all select 'view ' || oid::regclass, 'table ' || oid::regclass from mine where relkind = 'v'
	union all select 'view ' || oid::regclass, 'refresh materialized view ' || oid::regclass from mine where relkind = 'm'
	union all select 'trigger ' || tgname, format('drop trigger %I on %s; %s', tgname, tgrelid::regclass, pg_get_triggerdef(oid)) from pg_trigger
		where not tgisinternal
	union all select format('%s of %s', kind, relation::regclass), format('select %s from (values (1)) one left join %s on true', expression, relation::regclass)
		from (
			select 'default ' || adnum as kind, adrelid as relation, pg_get_expr(adbin, adrelid) as expression from pg_attrdef
			union all select 'constraint ' || conname, conrelid, pg_get_expr(conbin, conrelid) from pg_constraint where conbin is not null
			union all select 'index ' || indexrelid::regclass, indrelid, pg_get_expr(indexprs, indrelid) from pg_index where indexprs is not null
			union all select 'index ' || indexrelid::regclass, indrelid, pg_get_expr(indpred, indrelid) from pg_index where indpred is not null) e
		where relation in (select oid from mine)`

// unbound returns what the database cannot run without a search_path, and why.
func unbound(t *testing.T, db *postgres.DB) (found map[string]string) {
	t.Helper()
	found = map[string]string{}
	err := db.Tx(t.Context(), func(tx *sqlx.Tx) error {
		tx.MustExec(`set local search_path = ''`)
		var all []struct{ Name, Statement string }
		if err := tx.Select(&all, byItself); err != nil {
			return err
		}
		if len(all) < 200 {
			t.Errorf("only %d things run by themselves", len(all))
		}
		for _, one := range all {
			tx.MustExec(`savepoint before`)
			if _, err := tx.Exec(one.Statement); err != nil {
				found[one.Name] = err.Error()
			}
			tx.MustExec(`rollback to before`)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestEverythingNamesItsSchema(t *testing.T) {
	t.Parallel()
	for name, why := range unbound(t, open(t, migrated.New(t))) {
		t.Errorf("%s: %s", name, why)
	}
}

func TestWhatDoesNotNameItsSchemaIsFound(t *testing.T) {
	t.Parallel()
	db := open(t, migrated.New(t))
	bad := []struct{ name, made string }{
		{"function public.folded(text)", `create function folded(t text) returns text language sql immutable as 'select fold(t)'`},
		{"function public.upper_name(text)", `create function upper_name(t text) returns text language plpgsql immutable
			as 'begin return fold(upper(t)); end'`},
		{"view public.lexemes", `create view lexemes as select word from ts_stat('select document from search_documents')`},
		{"view public.kept_lexemes", `create materialized view kept_lexemes as table lexemes with no data`},
		{"default 2 of public.things", `create table things (id int, line bigint default nextval(text 'signups_line'), name text)`},
		{"index public.things_name of public.things", `create index things_name on things (upper_name(coalesce(name, '')))`},
		{"constraint things_named of public.things",
			`alter table things add constraint things_named check (upper_name(coalesce(name, '')) <> '')`},
	}
	var want []string
	for _, b := range bad {
		want = append(want, b.name)
		if _, err := db.ExecContext(t.Context(), b.made); err != nil {
			t.Fatal(b.name, err)
		}
	}
	slices.Sort(want)
	found := unbound(t, db)
	if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, want) {
		t.Errorf("found %v, want %v: %v", got, want, found)
	}
}
