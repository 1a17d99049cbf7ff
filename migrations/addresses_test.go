package migrations_test

import (
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"jastarhub/internal/email"
	"jastarhub/internal/postgres"
	"jastarhub/migrations"
)

// before returns the schema as it was before a migration.
func before(t *testing.T, file string) fs.FS {
	t.Helper()
	files, err := fs.Glob(migrations.FS, "*.sql")
	if err != nil {
		t.Fatal(err)
	}
	then := fstest.MapFS{}
	for _, name := range files {
		text, err := fs.ReadFile(migrations.FS, name)
		if err != nil {
			t.Fatal(err)
		}
		if name < file {
			then[name] = &fstest.MapFile{Data: text}
		}
	}
	return then
}

const insertPerson = `insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at, email_verified_at)
	values ($1, $2, '!', $3, '', '2001-02-03', 'KK', timestamptz '2026-01-01' + $4 * interval '1 day',
		case when $5 then timestamptz '2026-06-01' end)`

// TestAddressesOfBefore: old addresses get today's form, and of two accounts for one mailbox the older verified one gets the
// address.
func TestAddressesOfBefore(t *testing.T) {
	t.Parallel()
	url := empty.New(t)
	migrate(t, url, before(t, "0049"))
	db := open(t, url)
	put := func(address, name string, day int, verified bool) (id string) {
		t.Helper()
		id = postgres.NewID().String()
		if _, err := db.ExecContext(t.Context(), insertPerson, id, address, name, day, verified); err != nil {
			t.Fatal(address, err)
		}
		return id
	}
	want := map[string]string{}
	for _, host := range []string{"почта.қаз", "faß.de", "bücher.example", "例え.テスト", "üabcde-äöü.kz", "ｍａｉｌ.қаз", "a。қаз", "mail.kz", "😀.kz",
		"a" + strings.Repeat("қ", 30) + ".kz", "ә-ғ.қаз", "الأردن.example"} {
		address := "q" + fmt.Sprint(len(want)) + "@" + host
		folded, ok := email.Fold(address)
		if !ok {
			folded = "" // only has to survive
		}
		want[put(address, "Name", 0, true)] = folded
	}
	const unicode, ascii = "@почта.қаз", "@xn--80a1acny.xn--80ao21a"
	elder, younger := put("a"+unicode, "Name", 1, true), put("a"+ascii, "Name", 2, true)
	want[elder], want[younger] = "a"+ascii, "a"+unicode
	elder, younger = put("b"+ascii, "Name", 1, true), put("b"+unicode, "Name", 2, true)
	want[elder], want[younger] = "b"+ascii, "b"+unicode
	squatter, owner := put("c"+ascii, "Name", 1, false), put("c"+unicode, "Name", 2, true)
	want[owner], want[squatter] = "c"+ascii, "c"+unicode
	first, second := put("d"+unicode, "Name", 1, false), put("d"+ascii, "Name", 2, false)
	want[first], want[second] = "d"+unicode, "d"+ascii
	odd := put("e\u0085@mail.kz", "Two\nlines\u2028of "+strings.Repeat("a", 90), 0, false)
	want[odd] = "e\ufffd@mail.kz"
	for i, address := range []string{"f" + unicode, "f" + ascii, "g" + unicode} {
		if _, err := db.ExecContext(t.Context(), `insert into invitations (id, token_hash, email, role, state, invited_by, created_at, expires_at)
			values ($1::uuid, $1::text::bytea, $2, 'CITY_OFFICER', 'SENT', $3, now() - $4 * interval '1 hour', now() + interval '1 day')`,
			postgres.NewID(), address, odd, i); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.ExecContext(t.Context(), `with d as (insert into decisions (id, kind, subject_type, subject_id, person_id, reason, words, state,
			decided_by, decided_at) values (gen_random_uuid(), 'SUSPEND', 'PERSON', $1, $1, 'SPAM', 'Again.', 'IN_FORCE', $3, now()) returning id)
		update people set suspended_id = d.id from d where people.id in ($1, $2, $3)`, first, second, owner); err != nil {
		t.Fatal(err)
	}

	migrate(t, url, migrations.FS)
	var open, suspended string
	if err := db.GetContext(t.Context(), &open, `select string_agg(email, ' ' order by email) from invitations where state = 'SENT'`); err != nil ||
		open != "f"+ascii+" g"+ascii {
		t.Errorf("open invitations: %s, %v", open, err)
	}
	if err := db.GetContext(t.Context(), &suspended, `select string_agg(email, ' ' order by email) from people where suspended_id is not null`); err != nil ||
		suspended != want[owner]+" "+want[first] {
		t.Errorf("suspended: %s, %v", suspended, err)
	}
	for id, address := range want {
		var got string
		if err := db.GetContext(t.Context(), &got, `select email from people where id = $1`, id); err != nil || address != "" && got != address {
			t.Errorf("%q, want %q: %v", got, address, err)
		}
	}
	var name string
	if err := db.GetContext(t.Context(), &name, `select given_name from people where id = $1`, odd); err != nil || name != "Two lines of "+strings.Repeat("a", 67) {
		t.Errorf("%q, %v", name, err)
	}
	for _, bad := range [][2]string{{"f\n@mail.kz", "Name"}, {"mail.kz", "Name"}, {"f@" + strings.Repeat("a", 254), "Name"}, {"f@mail.kz", "Two\nlines"},
		{"f@mail.kz", strings.Repeat("a", 81)}, {"f@mail.kz", "Tab\tbed"}} {
		if _, err := db.ExecContext(t.Context(), insertPerson, postgres.NewID(), bad[0], bad[1], 0, false); err == nil {
			t.Errorf("%q of %q is taken", bad[1], bad[0])
		}
	}
}
