package migrations_test

import (
	"testing"

	"github.com/google/uuid"

	"jastarhub/migrations"
)

// aTeam makes a team $1 of an NGO $2, hosted by a centre $3, and a person $1.
const aTeam = `with person as (insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at)
		values ($1, 'a@mail.kz', '!', 'A', '', '2001-02-03', 'KK', now())),
	district as (insert into districts (id, code, name_kk, name_ru, name_en) values ($3, 'A', 'A', 'A', 'A')),
	centre as (insert into centres (id, code, district_id, name_kk, name_ru, name_en, state) values ($3, 'A-1', $3, 'A', 'A', 'A', 'OPEN')),
	ngo as (insert into ngos (id, name_kk, name_ru, name_en, language, focus, state, created_at) values ($2, 'A', 'A', 'A', 'KK', 'SPORT', 'ACTIVE', now()))
	insert into teams (id, ngo_id, name_kk, name_ru, name_en, language, created_at) values ($1, $2, 'A', 'A', 'A', 'KK', now())`

// TestCheckInsOfBefore: check-ins on a shift that was moved away are undone, and the remaining shifts of a finished task are
// cancelled.
func TestCheckInsOfBefore(t *testing.T) {
	t.Parallel()
	url := empty.New(t)
	migrate(t, url, before(t, "0054"))
	db := open(t, url)
	do := func(statement string, args ...any) {
		t.Helper()
		if _, err := db.ExecContext(t.Context(), statement, args...); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	team, ngo, centre := uuid.New(), uuid.New(), uuid.New()
	do(aTeam, team, ngo, centre)
	rows := []struct{ task, starts, begun, shift, signup, moves string }{
		{"IN_PROGRESS", "1 hour", "", "PLANNED", "CHECKED_IN", ""},
		{"IN_PROGRESS", "5 days", "", "PLANNED", "CONFIRMED", "UPDATE_SHIFT CHECKED_IN"},
		{"CLAIMED_DONE", "1 hour", "", "CANCELLED The work is done.", "CANCELLED The work is done.", "CLAIM_DONE CHECKED_IN, CLAIM_DONE PLANNED"},
		{"VERIFIED", "5 days", "", "CANCELLED The work is done.", "CANCELLED The work is done.",
			"CLAIM_DONE CONFIRMED, CLAIM_DONE PLANNED, UPDATE_SHIFT CHECKED_IN"},
		{"CANCELLED", "1 hour", "", "CANCELLED A flood.", "CANCELLED A flood.", "CANCEL_TASK CHECKED_IN, CANCEL_TASK PLANNED"},
		{"CANCELLED", "-1 hour", "", "PLANNED", "CHECKED_IN", ""},
		{"VERIFIED", "1 minute", "now", "PLANNED", "CHECKED_IN", ""},
	}
	ids := make([]uuid.UUID, len(rows))
	for i, row := range rows { // the task, its shift and the sign-up have the same id
		ids[i] = uuid.New()
		do(`insert into tasks (id, team_id, ngo_id, centre_id, district_id, title, description, language, state, created_by,
				created_at, updated_at)
			values ($1, $2, $3, $4, $4, 'A', 'A', 'KK', 'IN_PROGRESS', $2, now(), now())`, ids[i], team, ngo, centre)
		do(`insert into shifts (id, task_id, starts_at, ends_at, capacity, state, created_at, begun_at)
			select $1, $1, at, at + interval '1 hour', 1, 'PLANNED', now(), nullif($3, '')::timestamptz from (select now() + $2::interval as at) s`,
			ids[i], row.starts, row.begun)
		do(`insert into people (id, email, password_hash, given_name, family_name, birth_date, language, created_at)
			values ($1::uuid, $1::uuid || '@mail.kz', '!', 'B', '', '2001-02-03', 'KK', now())`, ids[i])
		do(`insert into signups (id, shift_id, person_id, starts_at, ends_at, state, checked_in_at, created_at, updated_at)
			select id, id, id, starts_at, ends_at, 'CHECKED_IN', now(), now(), now() from shifts where id = $1`, ids[i])
		do(`update tasks set state = $2::task_state, updated_at = now(), claimed_by = case when $2 in ('CLAIMED_DONE', 'VERIFIED') then created_by end,
			verified_at = case when $2 = 'VERIFIED' then now() end, cancel_reason = case when $2 = 'CANCELLED' then 'A flood.' end where id = $1`, ids[i], row.task)
	}
	migrate(t, url, migrations.FS)
	for i, row := range rows {
		var got struct{ Shift, Signup, Moves string }
		if err := db.GetContext(t.Context(), &got, `select concat_ws(' ', s.state, s.cancel_reason) as shift, concat_ws(' ', g.state, g.end_reason) as signup,
				coalesce((select string_agg(concat_ws(' ', verb, from_state), ', ' order by verb, from_state) from moves where subject_id = s.id), '') as moves
			from shifts s join signups g on g.shift_id = s.id where s.id = $1`, ids[i]); err != nil {
			t.Fatal(err)
		}
		if got.Shift != row.shift || got.Signup != row.signup || got.Moves != row.moves {
			t.Errorf("%s, %s: %+v", row.task, row.starts, got)
		}
	}
}
