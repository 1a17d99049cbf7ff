package seed_test

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"log/slog"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/google/uuid"

	"jastarhub/internal/almaty"
	"jastarhub/internal/postgres"
	"jastarhub/internal/postgres/postgrestest"
	"jastarhub/internal/reference"
	"jastarhub/internal/secret"
	"jastarhub/internal/seed"
	"jastarhub/migrations"
)

var key = func() *secret.Key {
	key, err := secret.Parse(base64.StdEncoding.EncodeToString(make([]byte, 32)))
	if err != nil {
		panic(err)
	}
	return key
}()

var quiet = slog.New(slog.DiscardHandler)

var schema = postgrestest.Template{Migrations: migrations.FS, Prepare: func(ctx context.Context, url string) error {
	db, err := postgres.Open(ctx, url, postgres.Options{})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	return reference.Load(ctx, db.DB)
}}

func open(t *testing.T) *postgres.DB {
	t.Helper()
	return openOn(t, schema.New(t), -1)
}

func openOn(t *testing.T, url string, limit time.Duration) *postgres.DB {
	t.Helper()
	db, err := postgres.Open(t.Context(), url, postgres.Options{StatementTimeout: limit})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	return db
}

func list(t *testing.T, db *postgres.DB, query string, args ...any) []string {
	t.Helper()
	var rows []string
	if err := db.SelectContext(t.Context(), &rows, query, args...); err != nil {
		t.Fatalf("%s: %v", query, err)
	}
	return rows
}

// The hour decides which shifts are running, so the demo is tested at several: on a weekday's night, while a shift is held, and
// on a day off.
var hours = []time.Time{
	time.Date(2026, 5, 13, 2, 15, 0, 0, time.UTC),
	time.Date(2026, 5, 13, 11, 40, 0, 0, time.UTC),
	time.Date(2026, 8, 2, 6, 31, 7, 0, time.UTC),
}

func TestDemo(t *testing.T) {
	for _, now := range hours {
		t.Run(now.Format("Mon 15:04"), func(t *testing.T) {
			db := open(t)
			accounts, err := seed.Demo(t.Context(), db.DB, key, now)
			if err != nil {
				t.Fatal(err)
			}
			holds(t, db, now)
			holdsTrails(t, db, now)
			hasEveryState(t, db)
			hasLoops(t, db, now)
			hasAccounts(t, db, accounts)
		})
	}
}

// hasEveryState checks that each state, role, focus and metric occurs.
func hasEveryState(t *testing.T, db *postgres.DB) {
	t.Helper()
	for _, column := range []string{"centres.state", "ngos.state", "ngos.focus", "grants.role", "hostings.state",
		"memberships.role", "memberships.state", "proposals.state", "tasks.state", "consents.scope", "consents.state", "shifts.state", "signups.state",
		"progress_results.metric"} {
		table, name, _ := strings.Cut(column, ".")
		query := fmt.Sprintf(`select e from (select unnest(enum_range(max(%[2]s))) as e from %[1]s) all_of_them
			where e not in (select %[2]s from %[1]s)`, table, name)
		for _, missing := range list(t, db, query) {
			t.Errorf("no %s %s", column, missing)
		}
	}
}

// hasLoops checks that there is everything that can go wrong, or happen together, on the way from a proposal to a result.
func hasLoops(t *testing.T, db *postgres.DB, now time.Time) {
	t.Helper()
	for what, query := range map[string]string{
		"overdue reaction": `select id from proposals where state = 'SUBMITTED' and due_at < $1`,
		"overdue decision": `select id from proposals where state = 'IN_REVIEW' and due_at < $1`,
		"overdue one of coordinator-1": `select p.id from proposals p join grants g on g.centre_id = p.centre_id join people o on o.id = g.person_id
			where o.email = 'coordinator-1@example.org' and due_at < $1`,
		"proposal in time":   `select id from proposals where due_at > $1`,
		"open question":      `select id from merge_questions where answered_at is null and asked_at < $1`,
		"moved support":      `select id from merge_questions where moved and answered_at < $1`,
		"disputed result":    `select subject_id from moves where verb = 'DISPUTE_RESULT' and at < $1`,
		"result of the year": `select team_id from result_sums where year = extract(year from $1::timestamptz)`,
	} {
		if len(list(t, db, query, now)) == 0 {
			t.Errorf("no %s", what)
		}
	}
}

func hasAccounts(t *testing.T, db *postgres.DB, accounts []seed.SignIn) {
	t.Helper()
	has := map[string]string{
		"officer-1": `select 1 from grants where person_id = $1 and role = 'CITY_OFFICER'`,
		"coordinator-1": `select 1 from grants g join centres c on c.id = g.centre_id and c.state = 'OPEN'
			where person_id = $1 and role = 'COORDINATOR'
			and exists (select from tasks where centre_id = c.id and state = 'CLAIMED_DONE')
			and exists (select from proposals where centre_id = c.id and state = 'SUBMITTED')`,
		"consultant-1": `select 1 from grants where person_id = $1 and role = 'CONSULTANT'`,
		"ngo-lead-1":   `select 1 from grants where person_id = $1 and role = 'NGO_LEAD'`,
		"lead-1": `select 1 from memberships m where person_id = $1 and role = 'LEAD' and state = 'ACTIVE'
			and not exists (select from grants where person_id = $1)
			and exists (select from tasks where team_id = m.team_id and state = 'IN_PROGRESS')`,
		"volunteer-1": `select 1 from signups join people p on p.id = person_id where person_id = $1
			and age(p.birth_date) < interval '18 years' group by person_id having array_agg(signups.state)
			@> '{OFFERED,WAITLISTED,CONFIRMED,COMPLETED,CANCELLED,NO_SHOW}'`,
		"adult-1": `select 1 from signups where person_id = $1 group by person_id
			having array_agg(state) @> '{CONFIRMED,COMPLETED,CANCELLED}'`,
		"resident-1": `select 1 from proposals where author_id = $1 group by author_id having count(distinct state) > 4`,
	}
	for _, account := range accounts {
		name, _, _ := strings.Cut(account.Email, "@")
		found := list(t, db, `select id from people where email = $1 and given_name || ' ' || family_name = $2`,
			account.Email, account.Name)
		if len(found) != 1 || len(list(t, db, has[name], found[0])) == 0 {
			t.Errorf("%s is not there, or has not what the role needs", account.Email)
		}
		delete(has, name)
	}
	if len(has) > 0 {
		t.Errorf("no account for %v", has)
	}
	for _, account := range accounts {
		found := list(t, db, `select person_id from second_factors join people on id = person_id where email = $1`, account.Email)
		if (len(found) == 1) != (account.Secret == seed.Secret) {
			t.Errorf("%s has %d second factors, is said to have %q", account.Email, len(found), account.Secret)
		}
	}
	if n := list(t, db, `select person_id from grants where role <> 'NGO_LEAD' and ended_at is null
		and person_id not in (select person_id from second_factors where secret is not null)`); len(n) > 0 {
		t.Errorf("%d hold a role that does not act", len(n))
	}
	for _, row := range list(t, db, `select person_id || ' ' || encode(secret, 'hex') from second_factors`) {
		id, text, _ := strings.Cut(row, " ")
		owner := uuid.MustParse(id)
		sealed, err := hex.DecodeString(text)
		if err != nil {
			t.Fatal(err)
		}
		if opened, err := key.Open(sealed, owner[:]); err != nil || opened != seed.Secret {
			t.Errorf("the secret of %s is %q, %v", id, opened, err)
		}
	}
	hash := list(t, db, `select distinct password_hash from people`)
	if match, err := argon2id.ComparePasswordAndHash(accounts[0].Password, hash[0]); len(hash) != 1 || !match {
		t.Errorf("the password is not that of everybody: %v", err)
	}
}

// checksum returns a checksum of all rows without the passwords and secrets, which are salted.
func checksum(t *testing.T, db *postgres.DB) []string {
	t.Helper()
	tables := list(t, db, `
select format('select %L || coalesce(md5(string_agg(md5(cast(to_jsonb(t) - ''password_hash'' - ''secret'' as text)), '''' order by to_jsonb(t) - ''secret'')), ''empty'') from %I t',
  table_name || ' ', table_name)
from information_schema.tables where table_schema = 'public' and table_name <> 'goose_db_version'
  and table_name not in ('sessions', 'idempotency_keys', 'outbox') order by table_name`)
	return list(t, db, strings.Join(tables, " union all "))
}

func TestDemoLoadsOnce(t *testing.T) {
	db := open(t)
	first, err := seed.Demo(t.Context(), db.DB, key, hours[0])
	if err != nil {
		t.Fatal(err)
	}
	before := checksum(t, db)
	second, err := seed.Demo(t.Context(), db.DB, key, hours[1])
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(first, second) {
		t.Errorf("accounts were %v, are %v", first, second)
	}
	if after := checksum(t, db); !reflect.DeepEqual(before, after) {
		t.Errorf("was %q, is %q", before, after)
	}
}

func TestNoDemoWithoutReferenceData(t *testing.T) {
	db := open(t)
	if _, err := db.ExecContext(t.Context(), `delete from centres`); err != nil {
		t.Fatal(err)
	}
	if _, err := seed.Demo(t.Context(), db.DB, key, hours[0]); err == nil {
		t.Error("loaded into a city without centres")
	}
}

var small = seed.Size{People: 1500, Teams: 20, Tasks: 400, Signups: 5000, Updates: 900, Proposals: 200, Supports: 2000}

func TestCity(t *testing.T) {
	city := func(number uint64, now time.Time) *postgres.DB {
		db := open(t)
		if err := seed.City(t.Context(), db.DB, key, small, number, now, quiet); err != nil {
			t.Fatal(err)
		}
		return db
	}
	first := city(1, hours[0])
	holds(t, first, time.Date(2026, 5, 13, 0, 0, 0, 0, almaty.Zone))
	sum := checksum(t, first)
	if again := checksum(t, city(1, hours[1])); os.Getenv("HUB_TEST_DATABASE_URL") == "" && !reflect.DeepEqual(sum, again) {
		t.Errorf("the same seed gave %q and %q", sum, again)
	}
	if other := checksum(t, city(2, hours[0])); reflect.DeepEqual(sum, other) {
		t.Error("another seed gave the same rows")
	}
	if err := seed.City(t.Context(), first.DB, key, small, 1, hours[0], quiet); err == nil {
		t.Error("loaded a second city over the first")
	}
	want := []string{"1500 5000 900 200 2000"}
	got := list(t, first, `select concat_ws(' ', (select count(*) from people), (select count(*) from signups),
		(select count(*) from progress_updates), (select count(*) from proposals), (select count(*) from supports))`)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sizes %q, want %q", got, want)
	}
}

func TestSizesGoWithThePeople(t *testing.T) {
	db := open(t)
	size := seed.Size{People: 7000, Signups: 2000}
	if err := seed.City(t.Context(), db.DB, key, size, 1, hours[0], quiet); err != nil {
		t.Fatal(err)
	}
	holds(t, db, time.Date(2026, 5, 13, 0, 0, 0, 0, almaty.Zone))
	want := []string{"7000 16 200 2000 1000 100 2000"}
	got := list(t, db, `select concat_ws(' ', (select count(*) from people), (select count(*) from teams), (select count(*) from tasks),
		(select count(*) from signups), (select count(*) from progress_updates), (select count(*) from proposals), (select count(*) from supports))`)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("sizes %q, want %q", got, want)
	}
}
