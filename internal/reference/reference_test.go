package reference_test

import (
	"reflect"
	"testing"

	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/internal/reference"
	"jastarhub/migrations"
)

var schema = postgrestest.Template{Migrations: migrations.FS}

func open(t *testing.T) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), schema.New(t), postgres.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	if err := reference.Load(t.Context(), db.DB); err != nil {
		t.Fatal(err)
	}
	return db
}

func texts(t *testing.T, db *postgres.DB, query string) []string {
	t.Helper()
	var list []string
	if err := db.SelectContext(t.Context(), &list, query); err != nil {
		t.Fatal(err)
	}
	return list
}

func TestLoad(t *testing.T) {
	db := open(t)
	for _, test := range []struct {
		query string
		want  []string
	}{
		{`select count(*) from districts`, []string{"8"}},
		{`select state || ' ' || count(*) from centres group by state order by state`, []string{"PLANNED 5", "OPEN 11"}},
		{`select code from centres where district_id = (select id from districts where code = 'MEDEU') order by id`,
			[]string{"MEDEU-1", "MEDEU-2"}},
		{`select name_kk from centres where code = 'AUEZOV-2'`, []string{"Әуезов ауданының №\u00a02 жастар комьюнити-орталығы"}},
		{`select code || coalesce(' ' || baseline, '') || coalesce(' ' || target, '') from indicators order by code`,
			[]string{"CENTRES_OPEN 11 16", "CONSULTATIONS 22000", "EVENTS 3000", "NGOS_ACTIVE 0 8", "PEOPLE", "YOUTH_REACHED 570000 700000"}},
	} {
		if got := texts(t, db, test.query); !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %q, want %q", test.query, got, test.want)
		}
	}
}

// everything selects all rows with the transactions that wrote them: a row that is written again differs.
const everything = `
select cast((d, d.xmin) as text) from districts d union all
select cast((c, c.xmin) as text) from centres c union all
select cast((i, i.xmin) as text) from indicators i order by 1`

func TestLoadAgainChangesNothing(t *testing.T) {
	db := open(t)
	before := texts(t, db, everything)
	if err := reference.Load(t.Context(), db.DB); err != nil {
		t.Fatal(err)
	}
	if after := texts(t, db, everything); !reflect.DeepEqual(before, after) {
		t.Errorf("was %q, is %q", before, after)
	}
}

func TestLoadCorrectsTextsAndKeepsWhatPeopleSet(t *testing.T) {
	db := open(t)
	const query = `
select name_ru || state || coalesce(cast(opened_on as text), '') || coalesce(address, '') from centres where code = 'ALATAU-2'
union all select cast(target as text) from indicators where code = 'EVENTS'`
	if _, err := db.ExecContext(t.Context(), `
update centres set name_ru = '?', state = 'OPEN', opened_on = '2026-05-01', address = 'Момышұлы, 1' where code = 'ALATAU-2';
update indicators set target = 1 where code = 'EVENTS'`); err != nil {
		t.Fatal(err)
	}
	if err := reference.Load(t.Context(), db.DB); err != nil {
		t.Fatal(err)
	}
	want := []string{"Молодёжный комьюнити-центр №\u00a02, Алатауский районOPEN2026-05-01Момышұлы, 1", "3000"}
	if got := texts(t, db, query); !reflect.DeepEqual(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
}
